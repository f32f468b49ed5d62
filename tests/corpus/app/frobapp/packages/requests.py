"""Web requests with requests; the only server is a port nobody listens at."""

from __future__ import annotations

import io

import requests
from requests.adapters import HTTPAdapter
from requests.auth import HTTPDigestAuth
from requests.cookies import RequestsCookieJar, create_cookie


def response(status, reason, url, body=b""):
    made = requests.Response()
    made.status_code, made.reason, made.url = status, reason, url
    made.raw = io.BytesIO(body)
    return made


def refused_connection(v):
    # -> <?>(host=<?>, port=<?>): Max retries exceeded with url: <?> (Caused by <?>Failed to establish a new connection: [Errno <?>] Connection refused<?>)
    requests.get(f"http://127.0.0.1:9/{v.word}", timeout=5)


def address_without_a_scheme(v):
    # -> Invalid URL <?>: No scheme supplied. Perhaps you meant https://<?>?
    requests.get(v.host)


def address_without_a_host(v):
    # -> Invalid URL <?>: No host supplied
    requests.get(f"http:///{v.word}")


def address_of_an_unknown_scheme(v):
    # -> No connection adapters were found for <?>
    requests.get(f"gopher://{v.host}/{v.word}")


def address_with_a_bad_port(v):
    # -> Failed to parse: <?>
    requests.get(f"http://127.0.0.1:{v.word}/")


def host_with_a_star(v):
    # -> URL has an invalid label.
    requests.get(f"http://*{v.host}/")


def host_with_a_long_label(v):
    # -> Failed to parse: <?>
    requests.get(f"http://{v.word * 10}ö.{v.host}/")


def user_not_found(v):
    # -> <?> Client Error: <?> for url: <?>
    response(404, "Not Found", f"http://{v.host}/users/{v.word}").raise_for_status()


def server_that_failed(v):
    # -> <?> Server Error: <?> for url: <?>
    response(502, f"Bad {v.word}", f"http://{v.host}/").raise_for_status()


def answer_that_is_no_json(v):
    # -> Expecting value: line <?> column <?> (char <?>)
    return response(200, "OK", f"http://{v.host}/", v.sentence.encode()).json()


def answer_read_twice(v):
    # -> The content for this response was already consumed
    answer = response(200, "OK", f"http://{v.host}/", v.sentence.encode())
    list(answer.iter_content(3))
    return answer.content


def header_with_a_line_break(v):
    # -> Invalid leading whitespace, reserved character(s), or return character(s) in header value: <?>
    requests.Request("GET", "http://127.0.0.1:9/", headers={"X-Name": f"{v.word}\n{v.word}"}).prepare()


def header_that_is_a_number(v):
    # -> Header part (<?>) from <?> must be of type str or bytes, not <?>
    requests.Request("GET", "http://127.0.0.1:9/", headers={"X-Size": v.number}).prepare()


def files_that_are_text(v):
    # -> Data must not be a string.
    requests.Request("POST", "http://127.0.0.1:9/", files=v.word, data=v.sentence).prepare()


def body_that_cannot_be_json(v):
    # -> Object of type <?> is not JSON serializable
    requests.post("http://127.0.0.1:9/", json={v.word: v.ratio, "day": v.day})


def hook_nobody_knows(v):
    # -> Unsupported event specified, with event name "<?>"
    requests.Request("GET", "http://127.0.0.1:9/", hooks={v.key: print}).register_hook(v.word, print)


def timeout_that_is_no_pair(v):
    # -> Invalid timeout <?>. Pass a (connect, read) timeout tuple, or a single float to set both timeouts to the same value.
    requests.get("http://127.0.0.1:9/", timeout=(1, 2, v.number))


def certificate_that_is_not_there(v):
    # -> Could not find a suitable TLS CA certificate bundle, invalid path: <?>
    requests.get("https://127.0.0.1:9/", verify=v.path)


def client_certificate_that_is_not_there(v):
    # -> Could not find the TLS certificate file, invalid path: <?>
    requests.get("https://127.0.0.1:9/", cert=v.path)


def too_many_redirects(v):
    # -> Exceeded <?> redirects.
    class Redirecting(HTTPAdapter):
        def send(self, request, **options):
            answer = response(302, "Found", request.url)
            answer.headers["location"] = f"/{v.word}"
            answer.request = request
            return answer

    session = requests.Session()
    session.mount("http://", Redirecting())
    session.max_redirects = 3
    session.get(f"http://{v.host}/")


def adapter_for_no_scheme(v):
    # -> No connection adapters were found for <?>
    session = requests.Session()
    session.adapters.clear()
    session.get(f"http://{v.host}/{v.word}")


def proxy_that_is_none(v):
    # -> Please check proxy URL. It is malformed and could be missing the host.
    requests.get("http://127.0.0.1:9/", proxies={"http": f"http:///{v.word}"})


def cookies_with_one_name(v):
    # -> There are multiple cookies with name, <?>
    jar = RequestsCookieJar()
    jar.set(v.key, v.word, domain=v.host)
    jar.set(v.key, v.word, domain=f"www.{v.host}")
    return jar[v.key]


def cookie_with_odd_arguments(v):
    # -> create_cookie() got unexpected keyword arguments: <?>
    create_cookie("session", v.secret, **{"size": 1})


def cookie_that_is_missing(v):
    # -> "name=<?>, domain=<?>, path=<?>"
    return RequestsCookieJar()[v.key]


def request_prepared_by_hand(v):
    # -> You can only send PreparedRequests.
    requests.Session().send(requests.Request("GET", f"http://{v.host}/", auth=HTTPDigestAuth(v.name, v.secret)))
