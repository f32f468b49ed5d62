"""A program that asks a server that is not there."""

import socket

import requests
import sentry_sdk
import stock

stock.init(traces_sample_rate=1.0)


def fetch(url, **options):
    values = stock.nasties()
    return requests.get(url, params={"q": "größe"}, timeout=1, **options), values


if __name__ == "__main__":
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with sentry_sdk.start_transaction(op="task", name="fetch größe"):
        fetch(f"http://127.0.0.1:{port}/x", headers={"Cookie": "a=b"})
