"""OpenSSL's words in errors of `ssl`: libraries, reasons and why a certificate was refused.

A reason in capitals could be a run-time value like any other; so it stays if it is listed.
"""

from __future__ import annotations

_LIBRARIES = frozenset("SSL X509 X509V3 PEM ASN1 EVP SYS BIO RSA EC PKCS7 PKCS12 CRYPTO CONF DH ENGINE PROV UI".split())
_REASONS = frozenset(
    """
    APPLICATION_DATA_AFTER_CLOSE_NOTIFY ATTEMPT_TO_REUSE_SESSION_IN_DIFFERENT_CONTEXT BAD_CERTIFICATE BAD_DECRYPT
    BAD_ECPOINT BAD_EXTENSION BAD_LENGTH BAD_PASSWORD_READ BAD_PROTOCOL_VERSION_NUMBER BAD_RECORD_TYPE BAD_SIGNATURE
    BINDER_DOES_NOT_VERIFY BLOCK_CIPHER_PAD_IS_WRONG CALLBACK_FAILED CA_KEY_TOO_SMALL CA_MD_TOO_WEAK CCS_RECEIVED_EARLY
    CERTIFICATE_VERIFY_FAILED CERT_ALREADY_IN_HASH_TABLE CERT_LENGTH_MISMATCH CLIENTHELLO_TLSEXT DATA_LENGTH_TOO_LONG
    DECRYPTION_FAILED_OR_BAD_RECORD_MAC DH_KEY_TOO_SMALL EE_KEY_TOO_SMALL EXCESSIVE_MESSAGE_SIZE EXTRA_DATA_IN_MESSAGE
    HTTPS_PROXY_REQUEST HTTP_REQUEST INAPPROPRIATE_FALLBACK INTERNAL_ERROR INVALID_ALERT INVALID_CERTIFICATE
    INVALID_SESSION_ID KEY_TYPE_MISMATCH KEY_VALUES_MISMATCH LENGTH_MISMATCH LENGTH_TOO_SHORT LIBRARY_HAS_NO_CIPHERS
    MISSING_RSA_CERTIFICATE NESTED_ASN1_ERROR NOT_ENOUGH_DATA NO_CERTIFICATES_RETURNED NO_CERTIFICATE_ASSIGNED
    NO_CERTIFICATE_OR_CRL_FOUND NO_CIPHERS_AVAILABLE NO_CIPHER_MATCH NO_PRIVATE_KEY_ASSIGNED NO_PROTOCOLS_AVAILABLE
    NO_RENEGOTIATION NO_SHARED_CIPHER NO_SHARED_GROUP NO_SHARED_SIGNATURE_ALGORITHMS NO_START_LINE
    NO_SUITABLE_KEY_SHARE NO_SUITABLE_SIGNATURE_ALGORITHM NULL_SSL_CTX NULL_SSL_METHOD_PASSED PACKET_LENGTH_TOO_LONG
    PEER_DID_NOT_RETURN_A_CERTIFICATE PROBLEMS_GETTING_PASSWORD PROTOCOL_IS_SHUTDOWN PSK_IDENTITY_NOT_FOUND
    RECORD_LAYER_FAILURE RECORD_LENGTH_MISMATCH RECORD_TOO_SMALL RENEGOTIATION_MISMATCH SHUTDOWN_WHILE_IN_INIT
    SSLV3_ALERT_BAD_CERTIFICATE SSLV3_ALERT_BAD_RECORD_MAC SSLV3_ALERT_CERTIFICATE_EXPIRED
    SSLV3_ALERT_CERTIFICATE_REVOKED SSLV3_ALERT_CERTIFICATE_UNKNOWN SSLV3_ALERT_DECOMPRESSION_FAILURE
    SSLV3_ALERT_HANDSHAKE_FAILURE SSLV3_ALERT_ILLEGAL_PARAMETER SSLV3_ALERT_NO_CERTIFICATE
    SSLV3_ALERT_UNEXPECTED_MESSAGE SSLV3_ALERT_UNSUPPORTED_CERTIFICATE SSL_HANDSHAKE_FAILURE
    TLSV13_ALERT_CERTIFICATE_REQUIRED TLSV13_ALERT_MISSING_EXTENSION TLSV1_ALERT_ACCESS_DENIED
    TLSV1_ALERT_DECODE_ERROR TLSV1_ALERT_DECRYPTION_FAILED TLSV1_ALERT_DECRYPT_ERROR TLSV1_ALERT_EXPORT_RESTRICTION
    TLSV1_ALERT_INAPPROPRIATE_FALLBACK TLSV1_ALERT_INSUFFICIENT_SECURITY TLSV1_ALERT_INTERNAL_ERROR
    TLSV1_ALERT_NO_APPLICATION_PROTOCOL TLSV1_ALERT_NO_RENEGOTIATION TLSV1_ALERT_PROTOCOL_VERSION
    TLSV1_ALERT_RECORD_OVERFLOW TLSV1_ALERT_UNKNOWN_CA TLSV1_ALERT_UNKNOWN_PSK_IDENTITY TLSV1_ALERT_USER_CANCELLED
    TLSV1_BAD_CERTIFICATE_HASH_VALUE TLSV1_BAD_CERTIFICATE_STATUS_RESPONSE TLSV1_CERTIFICATE_UNOBTAINABLE
    TLSV1_UNRECOGNIZED_NAME TLSV1_UNSUPPORTED_EXTENSION TOO_LONG TOO_MANY_WARN_ALERTS UNEXPECTED_CCS_MESSAGE
    UNEXPECTED_EOF_WHILE_READING UNEXPECTED_MESSAGE UNEXPECTED_RECORD UNINITIALIZED UNKNOWN_ALERT_TYPE
    UNKNOWN_CERTIFICATE_TYPE UNKNOWN_CIPHER_RETURNED UNKNOWN_PROTOCOL UNKNOWN_PROTOCOL UNKNOWN_SSL_VERSION
    UNKNOWN_STATE UNSAFE_LEGACY_RENEGOTIATION_DISABLED UNSUPPORTED_PROTOCOL UNSUPPORTED_SSL_VERSION
    VERSION_TOO_HIGH VERSION_TOO_LOW WRONG_CIPHER_RETURNED WRONG_CURVE WRONG_SIGNATURE_LENGTH WRONG_SIGNATURE_TYPE
    WRONG_SSL_VERSION WRONG_VERSION_NUMBER X509_LIB ASN1_LIB PEM_LIB EVP_LIB BIO_LIB SSL_LIB
    """.split()
)
_CERTIFICATES = frozenset(
    """
    unable to get local issuer certificate | unable to get issuer certificate | certificate has expired
    self signed certificate | self-signed certificate | self signed certificate in certificate chain
    self-signed certificate in certificate chain | certificate is not yet valid | certificate revoked
    unable to verify the first certificate | unable to get certificate CRL | CRL has expired | CRL is not yet valid
    certificate signature failure | certificate chain too long | invalid CA certificate | certificate not trusted
    path length constraint exceeded | unsupported certificate purpose | unsuitable certificate purpose
    certificate rejected | application verification failure | EE certificate key too weak | out of memory
    CA certificate key too weak | CA signature digest algorithm too weak | Missing Authority Key Identifier
    Missing Subject Key Identifier | Basic Constraints of CA cert not marked critical | subject issuer mismatch
    CA cert does not include key usage extension | Empty Subject Alternative Name extension
    certificate contains invalid altname | format error in certificate's notBefore field | IP address mismatch
    format error in certificate's notAfter field | Hostname mismatch | email address mismatch
    """.strip()
    .replace("\n    ", " | ")
    .split(" | ")
)


def _said(reason: str) -> str:
    return reason.lower().replace("_", " ")


_WORDED = frozenset(
    """
    https proxy request | http request | bad ecpoint | unexpected eof while reading | ssl/tls alert bad certificate
    ssl/tls alert bad record mac | ssl/tls alert certificate expired | ssl/tls alert certificate revoked
    ssl/tls alert certificate unknown | ssl/tls alert handshake failure | ssl/tls alert illegal parameter
    ssl/tls alert unexpected message | ssl/tls alert unsupported certificate | PEM lib | X509 lib | ASN1 lib | EVP lib
    BIO lib | system lib | unspecified certificate verification error
    """.strip()
    .replace("\n    ", " | ")
    .split(" | ")
)
#: All of them, with the texts OpenSSL has for its reasons.
SSL = _LIBRARIES | _REASONS | _CERTIFICATES | _WORDED | frozenset(map(_said, _REASONS))
