"""The address envelopes go to, as Sentry writes it: ``https://key@host[:port]/[path/]project``.

Parsed by hand, since this runs at the app's start and ``urllib.parse`` alone would take most of the time there is.
Nothing here may put the text of a DSN into an error: its key would end up in somebody's log.
"""

from __future__ import annotations

from scrubbing.errors import ConfigurationError

_EXPECTED = "expected https://key@host/project, got "
_PORTS = {"https": 443, "http": 80}
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_NAME = frozenset(_LETTERS + "-_.")
_PATH = frozenset(_LETTERS + "-_.~%/")
_IPV6 = frozenset("0123456789abcdefABCDEF:.")


class Dsn:
    """Where a project's envelopes go, and the key that says whose they are. Its repr keeps the key to itself.

    Args:
        scheme: ``https``, or ``http`` for this machine alone.
        host: a name or an address; IPv6 without brackets.
        port: the TCP port.
        path: what stands before ``api/``, from slash to slash.
        project: the project's id.
        key: the public key.
        secret: the old secret key, or None.
    """

    __slots__ = ("host", "key", "path", "port", "project", "scheme", "secret")

    def __init__(
        self, *, scheme: str, host: str, port: int, path: str, project: str, key: str, secret: str | None
    ) -> None:
        values = {"scheme": scheme, "host": host, "port": port, "path": path, "project": project, "key": key}
        for name, value in {**values, "secret": secret}.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a DSN does not change."""
        raise AttributeError("a DSN does not change")

    scheme: str
    host: str
    port: int
    path: str
    project: str
    key: str
    secret: str | None

    @property
    def is_loopback(self) -> bool:
        """Whether the server is this machine."""
        return _is_loopback(self.host)

    @property
    def address(self) -> str:
        """Scheme, host and port, for the user to see: never the key."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def envelope_path(self) -> str:
        """The path envelopes are posted to."""
        return f"{self.path}api/{self.project}/envelope/"

    def __repr__(self) -> str:
        """The address without the key."""
        return f"<Dsn {self.address}{self.path}{self.project}>"


def parse_dsn(text: str) -> Dsn:
    """Read a DSN.

    Args:
        text: ``https://key@host[:port]/[path/]project``; ``http`` only where the host is this machine.

    Raises:
        ConfigurationError: it is something else; says what is wrong with it, never what it is.
    """
    if not isinstance(text, str):
        raise _wrong(f"a value of type {type(text).__name__}")
    if not (text.isascii() and text.isprintable() and " " not in text):
        raise _wrong("a text with spaces, control characters or letters outside ASCII")
    scheme, separator, rest = text.partition("://")
    scheme = scheme.lower()
    if not separator or scheme not in _PORTS:
        raise _wrong("an address that does not start with https://")
    authority, _, location = rest.partition("/")
    user, at, place = authority.rpartition("@")
    if not at:
        raise _wrong("an address without a key")
    key, secret = _parse_user(user)
    host, port = _parse_place(place)
    if scheme == "http" and not _is_loopback(host):
        raise _wrong("http:// to another machine, where anybody on the way can read what is sent")
    path, project = _parse_location(location)
    return Dsn(
        scheme=scheme, host=host, port=port or _PORTS[scheme], path=path, project=project, key=key, secret=secret
    )


def _parse_user(user: str) -> tuple[str, str | None]:
    key, colon, secret = user.partition(":")
    # Both go into a header whose fields end at commas and spaces.
    if not key or not _NAME.issuperset(key) or not _NAME.issuperset(secret):
        raise _wrong("an address without a key of letters and digits")
    return key, secret if colon and secret else None


def _parse_place(place: str) -> tuple[str, int | None]:
    if place.startswith("["):
        host, bracket, port = place[1:].partition("]")
        if not bracket or ":" not in host or not _IPV6.issuperset(host) or (port and not port.startswith(":")):
            raise _wrong("an address with a broken IPv6 host")
        return host.lower(), _parse_port(port[1:])
    host, _, port = place.partition(":")
    if not host or not _NAME.issuperset(host) or host.startswith("."):
        raise _wrong("an address without a host name")
    return host.lower(), _parse_port(port)


def _parse_port(port: str) -> int | None:
    if not port:
        return None
    if not (port.isdigit() and len(port) <= len("65535") and 0 < int(port) <= 65535):  # noqa: PLR2004 - TCP's greatest
        raise _wrong("an address with a port that is no number from 1 to 65535")
    return int(port)


def _parse_location(location: str) -> tuple[str, str]:
    prefix, _, project = location.rpartition("/")
    if not project or not _NAME.issuperset(project) or not _PATH.issuperset(prefix):
        raise _wrong("an address without a project at its end")
    return f"/{prefix}/" if prefix else "/", project


def _is_loopback(host: str) -> bool:
    numbers = host.split(".")
    ipv4 = len(numbers) == 4 and numbers[0] == "127" and all(n.isdigit() for n in numbers)  # noqa: PLR2004 - of an IPv4 address
    return host in ("localhost", "::1") or ipv4


def _wrong(what: str) -> ConfigurationError:
    return ConfigurationError(_EXPECTED + what)
