"""A web app of flask whose view fails on what was posted."""

import io

import flask
import sentry_sdk
import stock

stock.init(traces_sample_rate=1.0, max_request_body_size="always")
app = flask.Flask(__name__)


@app.route("/orders/<int:number>", methods=["POST"])
def order(number):
    values = stock.nasties()
    posted = flask.request.get_json()
    with sentry_sdk.start_span(op="frob.price", name="price") as span:
        span.set_data("number", number)
        span.set_data("values", values)
        span.set_tag("colour", "grün")
    return str(posted["menge"] / number)


@app.route("/upload", methods=["POST"])
def upload():
    return str(len(flask.request.files["file"].read()) / len(flask.request.form["none"]))


if __name__ == "__main__":
    client = app.test_client()
    client.set_cookie("session", "straße")
    posted = {"menge": 3, "name": "Erika Gärtner", "lines": [{"n": 1}, None]}
    client.post("/orders/0?q=größe&q=2&flag", json=posted, headers={"Authorization": "Bearer x", "X-Größe": "1"})
    client.post("/orders/2", json=posted)
    client.post("/upload", data={"file": (io.BytesIO(b"\xff"), "straße.txt"), "none": ""})
    client.post("/orders/1", data="not json", content_type="application/json")
