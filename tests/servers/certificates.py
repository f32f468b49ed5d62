"""Certificates for test servers, made with the system's openssl: good ones, expired ones, ones for somebody else."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def certificate(base: Path, *, name: str = "IP:127.0.0.1", days: int = 2) -> tuple[str, ssl.SSLContext]:
    """A certificate that nobody signed but itself, and a server's context with it.

    Args:
        base: an empty directory for its files.
        name: whom it is for, such as ``IP:127.0.0.1`` or ``DNS:errors.example.org``.
        days: it is good for from now on; negative: it was.
    """
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    key, request, cert, extensions = (str(base / name) for name in ("key.pem", "request.pem", "cert.pem", "names"))
    (base / "names").write_text(f"subjectAltName={name}\n")
    made = ["openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=tests", "-keyout", key]
    signed = ["openssl", "x509", "-req", "-in", request, "-signkey", key, "-days", str(days), "-extfile", extensions]
    for command in ([*made, "-out", request], [*signed, "-out", cert]):
        subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context
