"""Web requests with httpx; the only servers are made up, or a port nobody listens at."""

from __future__ import annotations

import asyncio

import httpx


def answering(answer):
    return httpx.Client(transport=httpx.MockTransport(answer), base_url="http://127.0.0.1:9")


def refused_connection(v):
    # -> [Errno <?>] Connection refused
    httpx.get(f"http://127.0.0.1:9/{v.word}", trust_env=False)


def address_without_a_scheme(v):
    # -> Request URL is missing an 'http://' or 'https://' protocol.
    httpx.get(v.host, trust_env=False)


def address_of_an_unknown_scheme(v):
    # -> Request URL has an unsupported protocol '<?>://'.
    httpx.get(f"gopher://{v.host}/", trust_env=False)


def address_with_a_bad_port(v):
    # -> Invalid port: <?>
    httpx.URL(f"http://127.0.0.1:{v.word}/")


def address_with_an_odd_character(v):
    # -> Invalid non-printable ASCII character in URL, <?> at position <?>.
    httpx.URL(f"http://{v.host}/{v.word}\0")


def address_that_is_too_long(v):
    # -> URL too long
    httpx.URL(f"http://{v.host}/{v.word * 7000}")


def address_of_a_number(v):
    # -> Invalid type for url.  Expected str or httpx.URL, got <?>: <?>
    httpx.URL(v.number)


def address_with_a_bad_host(v):
    # -> Invalid IPv6 address: <?>
    httpx.URL(f"http://[{v.word}]/")


def address_with_an_odd_part(v):
    # -> <?> is an invalid keyword argument for URL()
    httpx.URL("http://127.0.0.1/", **{v.key: v.word})


def part_of_a_wrong_type(v):
    # -> Argument <?> must be <?> but got <?>
    httpx.URL("http://127.0.0.1/", port=v.word)


def user_not_found(v):
    # -> <?> '<?> <?>' for url <?>\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/<?>
    answering(lambda request: httpx.Response(404)).get(f"/users/{v.word}").raise_for_status()


def server_that_moved(v):
    # -> <?> '<?> <?>' for url <?>\nRedirect location: <?>\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/<?>
    answering(lambda request: httpx.Response(301, headers={"Location": f"/{v.key}"})).get(
        f"/{v.word}"
    ).raise_for_status()


def answer_without_a_request(v):
    # -> Cannot call `raise_for_status` as the request instance has not been set on this response.
    httpx.Response(500, text=v.sentence).raise_for_status()


def answer_that_is_no_json(v):
    # -> Expecting value: line <?> column <?> (char <?>)
    answering(lambda request: httpx.Response(200, text=v.sentence)).get(f"/{v.word}").json()


def answer_that_is_not_gzipped(v):
    # -> Error <?> while decompressing data: incorrect header check
    packed = {"Content-Encoding": "gzip"}
    answering(lambda request: httpx.Response(200, headers=packed, stream=httpx.ByteStream(v.secret.encode()))).get("/")


def answer_read_after_its_stream(v):
    # -> Attempted to access streaming response content, without having called `read()`.
    with answering(lambda request: httpx.Response(200, stream=httpx.ByteStream(v.secret.encode()))).stream(
        "GET", f"/{v.word}"
    ) as answer:
        return answer.text


def answer_streamed_twice(v):
    # -> Attempted to read or stream some content, but the content has already been streamed. For requests, this could be due to passing a generator as request content, and then receiving a redirect response or a secondary request as part of an authentication flow.For responses, this could be due to attempting to stream the response content more than once.
    stream = httpx.ByteStream(v.secret.encode())
    with answering(lambda request: httpx.Response(200, stream=stream)).stream("GET", "/") as answer:
        list(answer.iter_raw())
        list(answer.iter_raw())


def too_many_redirects(v):
    # -> Exceeded maximum allowed redirects.
    answering(lambda request: httpx.Response(302, headers={"Location": f"/{v.word}"})).get("/", follow_redirects=True)


def redirect_to_nowhere(v):
    # -> Invalid URL in location header: Invalid port: <?>.
    where = {"Location": f"http://127.0.0.1:{v.word}/"}
    answering(lambda request: httpx.Response(302, headers=where)).get("/", follow_redirects=True)


def time_that_ran_out(v):
    # -> no answer of <?> in 5 seconds
    def answer(request):
        raise httpx.ReadTimeout(f"no answer of {request.url.path} in 5 seconds", request=request)

    answering(answer).get(f"/{v.word}")


def client_that_is_closed(v):
    # -> Cannot send a request, as the client has been closed.
    client = answering(lambda request: httpx.Response(200))
    client.close()
    client.get(f"/{v.word}")


def client_opened_twice(v):
    # -> Cannot open a client instance more than once.
    with answering(lambda request: httpx.Response(200)) as client:
        client.__enter__()


def timeout_that_is_incomplete(v):
    # -> httpx.Timeout must either include a default, or set all four parameters explicitly.
    httpx.Timeout(connect=v.ratio)


def proxy_of_an_unknown_scheme(v):
    # -> Unknown scheme for proxy URL <?>
    httpx.Client(proxy=f"{v.word}://{v.host}", trust_env=False)


def mounts_that_are_wrong(v):
    # -> Proxy keys should use proper URL forms rather than plain scheme strings. Instead of "<?>", use "<?>://"
    httpx.Client(mounts={v.word: None}, trust_env=False)


def auth_of_a_wrong_type(v):
    # -> Invalid "auth" argument: <?>
    httpx.get("http://127.0.0.1:9/", auth=v.number, trust_env=False)


def header_that_is_a_number(v):
    # -> Header value must be str or bytes, not <?>
    httpx.Headers({v.key: v.number})


def header_that_is_no_ascii(v):
    # -> <?> codec can't encode character <?> in position <?>: ordinal not in range(128)
    httpx.Request("GET", "http://127.0.0.1:9/", headers={"X-Name": v.name})


def content_of_a_wrong_type(v):
    # -> Unexpected type for 'content', <?>
    httpx.Request("POST", "http://127.0.0.1:9/", content=v.number)


def files_opened_as_text(v):
    # -> Multipart file uploads must be opened in binary mode, not text mode.
    path = v.home / v.word
    path.write_text(v.sentence)
    with path.open() as file:
        httpx.post("http://127.0.0.1:9/", files={"file": file}, trust_env=False)


def cookies_with_one_name(v):
    # -> Multiple cookies exist with name=<?>
    cookies = httpx.Cookies()
    cookies.set(v.key, v.word, domain=v.host)
    cookies.set(v.key, v.word, domain=f"www.{v.host}")
    return cookies[v.key]


def json_that_cannot_be_written(v):
    # -> Object of type <?> is not JSON serializable
    httpx.post("http://127.0.0.1:9/", json={v.word: v.day}, trust_env=False)


def refused_connection_of_a_task(v):
    # -> All connection attempts failed
    async def ask():
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.get(f"http://127.0.0.1:9/{v.word}")

    asyncio.run(ask())


def request_that_was_not_sent(v):
    # -> The request instance has not been set on this response.
    return httpx.Response(200, text=v.word).request


def encoding_nobody_knows(v):
    # -> lookup() argument must be str, not <?>
    return httpx.Response(200, content=v.word.encode(), default_encoding=lambda content: v.number).text


def cookie_that_is_missing(v):
    # -> <?>
    return httpx.Cookies({"session": v.secret})[v.key]
