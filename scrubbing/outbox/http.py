"""One envelope to one server: a request by urllib3 that follows nothing, repeats nothing, and ends in time.

The only place of the library that opens a connection to anywhere. urllib3 comes when the first envelope goes.
"""

from __future__ import annotations

import _thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from logging import LogRecord
    from typing import Any

    from scrubbing.outbox.bounded import Exchange
    from scrubbing.outbox.dsn import Dsn

_MOST_ANSWER_BYTES = 65536
_TLS_WITH_CLIENT = ("cert_file", "key_file")
#: urllib3's loggers: what they say of our requests is not for the app's terminal.
_LOGGERS = ("connection", "connectionpool", "poolmanager", "response", "util.retry")
#: Threads that post at this moment.
_POSTING: set[int] = set()


class HttpOptions:
    """How the server is reached.

    Args:
        connect: seconds for each of the server's addresses to accept the connection.
        total: seconds for all of the exchange.
        ca_certs: a file of certificate authorities to trust instead of certifi's.
        http_proxy: a proxy's URL for a server reached by ``https_proxy`` too; None asks the environment, empty is
            none.
        https_proxy: the proxy's URL; None falls back to ``http_proxy``, then to the environment; empty is none.
        cert_file: this client's certificate.
        key_file: this client's key.
    """

    __slots__ = ("ca_certs", "cert_file", "connect", "http_proxy", "https_proxy", "key_file", "total")

    def __init__(
        self,
        *,
        connect: float = 1.0,
        total: float = 3.0,
        ca_certs: str | None = None,
        http_proxy: str | None = None,
        https_proxy: str | None = None,
        cert_file: str | None = None,
        key_file: str | None = None,
    ) -> None:
        self.connect = connect
        self.total = total
        self.ca_certs = ca_certs
        self.http_proxy = http_proxy
        self.https_proxy = https_proxy
        self.cert_file = cert_file
        self.key_file = key_file


class Answer:
    """What the server said.

    Args:
        status: the HTTP status.
        headers: the headers, looked up without regard to case.
    """

    __slots__ = ("headers", "status")

    def __init__(self, status: int, headers: Mapping[str, str]) -> None:
        self.status = status
        self.headers = headers


class Line:
    """A line to the server for a few envelopes, one after the other.

    Args:
        dsn: the server and the key.
        options: how it is reached.
        version: this library's version, for the server to see.
    """

    def __init__(self, dsn: Dsn, options: HttpOptions, version: str) -> None:
        _import_urllib3()
        self._dsn = dsn
        self._options = options
        self._headers = _headers(dsn, version)
        self._pool: Any = None
        self._exchange: Exchange | None = None

    @property
    def begun(self) -> bool:
        """Whether any byte of the last envelope's request may have left."""
        return self._exchange is not None and self._exchange.begun

    def post(self, body: bytes, may_begin: Callable[[], bool] = lambda: True) -> Answer | None:
        """Post one envelope; None when no answer came in time, or it may not go.

        Args:
            body: the envelope's bytes, not compressed.
            may_begin: the last question, asked when the line stands and before the first byte of the request.
        """
        import gzip

        import urllib3

        _silence()
        me = _thread.get_ident()
        _POSTING.add(me)
        try:
            return self._exchanged(gzip.compress(body, mtime=0), may_begin)
        # RuntimeError: no thread to dial in, at interpreter shutdown.
        except (urllib3.exceptions.HTTPError, OSError, ValueError, RuntimeError):
            return None
        finally:
            _POSTING.discard(me)

    def _exchanged(self, body: bytes, may_begin: Callable[[], bool]) -> Answer:
        import urllib3

        response = self._connected(may_begin).urlopen(
            "POST",
            self._dsn.envelope_path,
            body=body,
            headers=self._headers,
            timeout=urllib3.Timeout(connect=self._options.connect, read=self._options.total),
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )
        _finish(response)
        return Answer(response.status, response.headers)

    def _connected(self, may_begin: Callable[[], bool]) -> Any:
        if self._exchange is None:
            from scrubbing.outbox.bounded import Exchange

            self._exchange = Exchange()
        # Before anything that can fail: what is said of the last envelope is not said of this one.
        self._exchange.anew(self._options.total, may_begin)
        if self._pool is None:
            from scrubbing.outbox.bounded import bounded

            self._pool = _pool(self._dsn, self._options)
            self._pool.ConnectionCls = bounded(self._pool.ConnectionCls, self._exchange)
        return self._pool

    def close(self) -> None:
        """Hang up."""
        if self._pool is not None:
            self._pool.close()


def _import_urllib3() -> None:
    """Import what a post needs, so that nothing takes time between the last question and the socket.

    The standard modules come first: urllib3 1.26 imports them inside a finder, with Python's import lock held, and
    would wait for ever for a thread that is importing them and waits for that lock.
    """
    # Written out, so that whoever bundles an app sees them.
    import http.client  # noqa: F401
    import queue  # noqa: F401
    import urllib.parse  # noqa: F401

    import urllib3  # noqa: F401


def _silence() -> None:
    import logging

    for name in _LOGGERS:  # a filter that is there is not added again
        logging.getLogger(f"urllib3.{name}").addFilter(_of_others)


def _of_others(_: LogRecord) -> bool:
    return _thread.get_ident() not in _POSTING


def _headers(dsn: Dsn, version: str) -> dict[str, str]:
    client = f"scrubbing/{version}"
    auth = f"Sentry sentry_version=7, sentry_client={client}, sentry_key={dsn.key}"
    return {
        "User-Agent": client,
        "X-Sentry-Auth": auth + (f", sentry_secret={dsn.secret}" if dsn.secret else ""),
        "Content-Type": "application/x-sentry-envelope",
        "Content-Encoding": "gzip",
        "Accept-Encoding": "identity",
    }


def _finish(response: Any) -> None:
    """Read what else the server says, up to a bound; the status counts whatever becomes of the rest."""
    import urllib3

    rest = _MOST_ANSWER_BYTES
    try:
        while rest > 0 and (chunk := response.read(min(rest, 8192))):
            rest -= len(chunk)
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        rest = 0
    if rest > 0:
        response.release_conn()
    else:
        response.close()


def _pool(dsn: Dsn, options: HttpOptions) -> Any:
    from urllib.parse import unquote

    import urllib3

    if dsn.scheme == "http":
        return urllib3.HTTPConnectionPool(dsn.host, dsn.port)
    proxy = _proxy(dsn, options)
    if not proxy:
        return urllib3.HTTPSConnectionPool(dsn.host, dsn.port, **_tls(options))
    user = urllib3.util.parse_url(proxy).auth
    headers = urllib3.make_headers(proxy_basic_auth=unquote(user)) if user else None
    through = urllib3.ProxyManager(proxy, proxy_headers=headers, **_tls(options))
    return through.connection_from_host(dsn.host, dsn.port, dsn.scheme)


def _tls(options: HttpOptions) -> dict[str, Any]:
    import certifi

    client = {name: getattr(options, name) for name in _TLS_WITH_CLIENT if getattr(options, name)}
    return {"cert_reqs": "CERT_REQUIRED", "ca_certs": options.ca_certs or certifi.where(), **client}


def _proxy(dsn: Dsn, options: HttpOptions) -> str | None:
    """The proxy's URL, which TLS is tunnelled through; plain http and this machine need none."""
    if dsn.is_loopback:
        return None
    chosen = options.http_proxy if options.https_proxy is None else options.https_proxy
    if chosen is None:
        from urllib.request import getproxies, proxy_bypass

        chosen = "" if proxy_bypass(dsn.host) else getproxies().get("https", "")
    return chosen if "://" in chosen or not chosen else "http://" + chosen
