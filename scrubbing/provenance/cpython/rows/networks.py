"""Sockets, `select`, `ssl`."""

ROWS = r"""
= OSError: run
{IPv4|IPv6} sockaddr must be {int} tuple
AF_UNIX path too long
getsockopt buflen out of range
illegal IP address string passed to inet_aton
illegal IP address string passed to inet_pton
no interface with this name
packed IP wrong length for inet_ntoa
port/proto not found
protocol not found
service/proto not found
no interface with this index
sockaddr resolved to multiple addresses
{func}(): bad family
{func}(): unknown address family
{func}(): bad protocol
unsupported address family
address family mismatched
unknown address family
illegal sockaddr argument
Int or String expected
= OverflowError: run
{func}: port must be 0-65535.
{htons|ntohs}: Python int too large to convert to C 16-bit unsigned integer
{htons|ntohs}: can't convert negative Python int to C 16-bit unsigned integer
{func}: flowinfo must be 0-1048575.
timeout doesn't fit into C timeval
= TypeError: run
host name must not contain null character
AF_INET address must be a pair (host, port)
arguments 1-3 must be sequences
{func}(): {AF_INET|AF_INET6|AF_PACKET|AF_UNIX|AF_BLUETOOTH|AF_NETLINK|AF_TIPC|AF_ALG|AF_VSOCK|AF_CAN} address must be {tuple|a tuple}, not {type}
cafile, capath and cadata cannot be all omitted
certfile should be a valid filesystem path
getnameinfo(): illegal sockaddr argument
timeout must be a float or None
timeout must be an integer or None
password should be a string or callable
keyfile should be a valid filesystem path
cafile should be a valid filesystem path
capath should be a valid filesystem path
cadata should be an ASCII string or a bytes-like object
argument must be an int, or have a fileno() method.
fileno() returned a non-integer
{func}: wrong format
{func}(): {AF_INET|AF_INET6} address must be a pair (host, port)
AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])
= ValueError: run
negative buffer size in {func}
size should not be negative
unknown elliptic curve name {value}
unknown object {value}
NID must be positive.
Cannot set verify_mode to CERT_NONE when check_hostname is enabled.
Empty certificate data
I/O operation on closed epoll object
Timeout value out of range
file descriptor cannot be a negative integer ({int})
filedescriptor out of range in select()
invalid length of packed IP address string
invalid or unsupported protocol version {int}
maxevents must be greater than 0, got {int}
negative sizehint
num must be positive
timeout must be non-negative
unknown address family {int}
server_hostname cannot be an empty string or start with a leading dot.
invalid value for verify_mode
handshake not done yet
Unsupported protocol version {value}
password cannot be longer than {int} bytes
negative buffersize in {recv|recvfrom|recv_into|recvfrom_into|recvmsg}
= ssl.SSLError ssl.SSLCertVerificationError ssl.SSLEOFError ssl.SSLSyscallError ssl.SSLWantReadError ssl.SSLWantWriteError ssl.SSLZeroReturnError: run
('No cipher can be selected.',)
('ALPN protocols must be 1 to 255 in length',)
('cannot write() after write_eof()',)
{no start line|not enough data}: cadata does not contain a certificate (_ssl.c:{int})
[{ssl}: {ssl}] {ssl} (_ssl.c:{int})
[{ssl}: {ssl}] {ssl}: {ssl} (_ssl.c:{int})
[{ssl}: {ssl}] {ssl}: {Hostname mismatch, certificate is not valid for|IP address mismatch, certificate is not valid for} {value}. (_ssl.c:{int})
[{ssl}] {ssl} (_ssl.c:{int})
[{ssl}: {ssl}] EOF occurred in violation of protocol (_ssl.c:{int})
EOF occurred in violation of protocol (_ssl.c:{int})
The operation did not complete ({read|write|X509 lookup|connect}) (_ssl.c:{int})
TLS/SSL connection has been closed (EOF) (_ssl.c:{int})
Some I/O error occurred (_ssl.c:{int})
A failure in the SSL library occurred (_ssl.c:{int})
Invalid error code (_ssl.c:{int})
Underlying socket has been closed.
Underlying socket too large for select().
Underlying socket connection gone (_ssl.c:{int})
The {read|write|handshake|shutdown} operation timed out
= TimeoutError: run
timed out
The {read|write|handshake|shutdown} operation timed out
_ssl.c:{int}: The {read|write|handshake|shutdown} operation timed out
= RuntimeError: run
concurrent poll() invocation
"""
