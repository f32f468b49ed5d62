"""Sockets, addresses, answers, certificates."""

from __future__ import annotations

import ftplib
import http.client
import http.cookies
import io
import smtplib
import socket
import ssl
import urllib.parse
import urllib.request
import wsgiref.headers


def connection_that_is_refused(v):
    # -> [Errno <?>] Connection refused
    socket.create_connection(("127.0.0.1", 9))


def connection_that_is_refused_for_a_page(v):
    # -> <urlopen error [Errno <?>] Connection refused>
    urllib.request.urlopen(f"http://127.0.0.1:9/{v.word}")


def connection_that_is_refused_for_mail(v):
    # -> [Errno <?>] Connection refused
    smtplib.SMTP("127.0.0.1", 9)


def connection_that_is_refused_for_files(v):
    # -> [Errno <?>] Connection refused
    ftplib.FTP().connect("127.0.0.1", 9, timeout=v.number)


def port_out_of_range(v):
    # -> bind(): port must be 0-65535.
    with socket.socket() as made:
        made.bind(("127.0.0.1", v.number))


def port_of_an_unknown_service(v):
    # -> service/proto not found
    socket.getservbyname(v.word)


def address_that_is_none(v):
    # -> illegal IP address string passed to inet_aton
    socket.inet_aton(v.host)


def address_of_an_unknown_family(v):
    # -> [Errno <?>] Address family not supported by protocol
    socket.inet_pton(v.number, v.host)


def socket_that_is_closed(v):
    # -> [Errno <?>] Bad file descriptor
    with socket.socket() as made:
        pass
    made.send(v.word.encode())


def socket_that_is_not_connected(v):
    # -> [Errno <?>] Broken pipe
    with socket.socket() as made:
        made.send(v.word.encode())


def text_sent_to_a_socket(v):
    # -> a bytes-like object is required, not <?>
    with socket.socket() as made:
        made.send(v.word)


def address_of_no_scheme(v):
    # -> unknown url type: <?>
    urllib.request.urlopen(v.host)


def address_of_an_unknown_scheme(v):
    # -> <urlopen error unknown url type: <?>>
    urllib.request.urlopen(f"{v.word}://{v.host}/")


def address_with_a_bad_port(v):
    # -> Port could not be cast to integer value as <?>
    return urllib.parse.urlsplit(f"http://127.0.0.1:{v.word}/").port


def address_with_an_open_bracket(v):
    # -> Invalid IPv6 URL
    return urllib.parse.urlsplit(f"http://[{v.word}/")


def address_with_a_space(v):
    # -> URL can't contain control characters. <?> (found at least <?>)
    http.client.HTTPConnection("127.0.0.1", 9).putrequest("GET", f"/{v.sentence}")


def host_with_a_bad_port(v):
    # -> nonnumeric port: <?>
    http.client.HTTPConnection(f"127.0.0.1:{v.word}")


def header_with_a_line_break(v):
    # -> Invalid header value <?>
    connection = http.client.HTTPConnection("127.0.0.1", 9)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("X-Name", f"{v.word}\n{v.word}")


def header_with_a_bad_name(v):
    # -> Invalid header name <?>
    connection = http.client.HTTPConnection("127.0.0.1", 9)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader(f"X {v.word}\n", v.word)


def answer_before_a_question(v):
    # -> <?>
    http.client.HTTPConnection(v.host).getresponse()


def answer_that_is_none(v):
    # -> <?>
    class Socket:
        def makefile(self, mode):
            return io.BytesIO(v.sentence.encode() + b"\r\n")

    http.client.HTTPResponse(Socket()).begin()


def status_that_is_none(v):
    # -> <?>
    class Socket:
        def makefile(self, mode):
            return io.BytesIO(b"HTTP/1.1 %s\r\n" % v.word.encode())

    http.client.HTTPResponse(Socket()).begin()


def cookie_with_a_bad_name(v):
    # -> Illegal key <?>
    http.cookies.SimpleCookie()[f"{v.word};"] = v.secret


def query_with_too_many_fields(v):
    # -> Max number of fields exceeded
    return urllib.parse.parse_qs(f"{v.key}=1&{v.word}=2", max_num_fields=1)


def query_read_strictly(v):
    # -> bad query field: <?>
    return urllib.parse.parse_qs(v.word, strict_parsing=True)


def headers_of_no_list(v):
    # -> Headers must be a list of name/value tuples
    wsgiref.headers.Headers({v.key: v.word})


def certificates_that_are_not_there(v):
    # -> [Errno <?>] No such file or directory
    ssl.create_default_context(cafile=v.path)


def certificate_that_is_none(v):
    # -> [SSL] PEM lib (_ssl.c:<?>)
    path = v.home / v.word
    path.write_text(v.secret)
    ssl.create_default_context().load_cert_chain(path)


def ciphers_nobody_knows(v):
    # -> ('No cipher can be selected.',)
    ssl.create_default_context().set_ciphers(v.word)


def handshake_with_text(v):
    # -> Invalid PEM encoding; must start with -----BEGIN CERTIFICATE-----
    ssl.PEM_cert_to_DER_cert(v.sentence)
