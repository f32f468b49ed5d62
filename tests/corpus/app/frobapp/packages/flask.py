"""A web application of Flask: routes, templates, settings, requests users send."""

from __future__ import annotations

import flask

app = flask.Flask(__name__)
app.testing = True


@app.route("/users/<int:number>")
def user(number):
    raise LookupError(f"no user has the number {number}")


@app.route("/form", methods=["POST"])
def form():
    return flask.request.form["surname"]


@app.route("/json", methods=["POST"])
def document():
    return flask.request.get_json()


@app.route("/nothing")
def nothing():
    return None


@app.route("/render")
def render():
    return flask.render_template_string(flask.request.args["template"])


@app.route("/abort")
def aborting():
    flask.abort(403, f"{flask.request.args['name']} may not look at this")


@app.route("/odd")
def odd():
    return flask.request.args["name"], flask.request.args["name"], 1, 2


@app.route("/secret")
def secret():
    flask.session["name"] = flask.request.args["name"]
    return ""


def asked(path, method="GET", **options):
    """Let the application handle a request; its errors come back."""
    with app.test_request_context(path, method=method, **options):
        return app.dispatch_request()


def rendered(template, **values):
    with app.app_context():
        return flask.render_template_string(template, **values)


def page_that_is_missing(v):
    # -> <?> <?>: The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.
    asked(f"/{v.word}")


def method_that_is_not_allowed(v):
    # -> <?> <?>: The method is not allowed for the requested URL.
    asked(f"/users/{v.number}", "POST")


def user_nobody_has(v):
    # -> no user has the number <?>
    asked(f"/users/{v.number}")


def form_without_a_field(v):
    # -> <?> <?>: The browser (or proxy) sent a request that this server could not understand.
    asked("/form", "POST", data={v.key: v.name})


def json_that_is_none(v):
    # -> <?> <?>: The browser (or proxy) sent a request that this server could not understand.
    asked("/json", "POST", data=v.sentence, content_type="application/json")


def json_of_another_type(v):
    # -> <?> <?>: Did not attempt to load JSON data because the request Content-Type was not 'application/json'.
    asked("/json", "POST", data=v.sentence)


def view_that_returns_nothing(v):
    # -> The view function for <?> did not return a valid response. The function either returned None or ended without a return statement.
    with app.test_request_context(f"/nothing?{v.key}"):
        app.full_dispatch_request()


def view_that_returns_too_much(v):
    # -> The view function did not return a valid response tuple. The tuple must have the form (body, status, headers), (body, status), or (body, headers).
    with app.test_request_context("/odd", query_string={"name": v.name}):
        app.full_dispatch_request()


def page_the_user_may_not_see(v):
    # -> <?> <?>: <?> may not look at this
    asked("/abort", query_string={"name": v.name})


def session_without_a_key(v):
    # -> The session is unavailable because no secret key was set.  Set the secret_key on the application to something unique and secret.
    asked("/secret", query_string={"name": v.name})


def template_with_a_mistake(v):
    # -> Encountered unknown tag <?>.
    rendered(f"{{% {v.word} %}}")


def template_that_does_not_end(v):
    # -> Unexpected end of template. Jinja was looking for the following tags: <?>. The innermost block that needs to be closed is <?>.
    rendered(f"{{% if {v.word} %}}")


def template_with_an_unknown_filter(v):
    # -> No filter named <?>.
    rendered(f"{{{{ name | {v.word} }}}}", name=v.name)


def template_with_an_undefined_name(v):
    # -> <?> has no attribute <?>
    rendered("{{ user.name.first }}", user={v.key: v.word})


def template_with_an_odd_character(v):
    # -> unexpected char <?> at <?>
    rendered(f"{{{{ {v.key} ? }}}}")


def template_that_is_missing(v):
    # -> <?>
    with app.app_context():
        flask.render_template(f"{v.word}.html")


def template_that_divides(v):
    # -> division by zero
    rendered("{{ size / 0 }}", size=v.number)


def template_including_a_missing_one(v):
    # -> <?>
    rendered(f"{{% include '{v.word}.html' %}}")


def template_with_brackets_that_do_not_fit(v):
    # -> unexpected <?>, expected <?>
    rendered(f"{{{{ ({v.word}] }}}}")


def address_of_no_endpoint(v):
    # -> Could not build url for endpoint <?>. Did you mean <?> instead?
    with app.test_request_context("/"):
        flask.url_for(v.word)


def address_without_its_value(v):
    # -> Could not build url for endpoint <?> with values <?>. Did you forget to specify values <?>?
    with app.test_request_context("/"):
        flask.url_for("user", name=v.name)


def address_outside_of_a_request(v):
    # -> Unable to build URLs outside an active request without 'SERVER_NAME' configured. Also configure 'APPLICATION_ROOT' and 'PREFERRED_URL_SCHEME' as needed.
    with app.app_context():
        flask.url_for("user", number=v.number)


def request_outside_of_one(v):
    # -> Working outside of request context.\n\nThis typically means that you attempted to use functionality that needed\nan active HTTP request. Consult the documentation on testing for\ninformation about how to avoid this problem.
    return flask.request.args[v.key]


def application_outside_of_one(v):
    # -> Working outside of application context.\n\nThis typically means that you attempted to use functionality that needed\nthe current application. To solve this, set up an application context\nwith app.app_context(). See the documentation for more information.
    return flask.current_app.config[v.key]


def setting_that_is_missing(v):
    # -> <?>
    return app.config[v.key]


def settings_file_that_is_missing(v):
    # -> [Errno <?>] Unable to load configuration file (No such file or directory): <?>
    app.config.from_pyfile(v.path)


def settings_variable_that_is_missing(v):
    # -> The environment variable <?> is not set and as such configuration could not be loaded. Set this variable and make it point to a configuration file
    app.config.from_envvar(v.key)


def settings_of_a_missing_module(v):
    # -> import_string() failed for <?>. Possible reasons are:\n\n- missing __init__.py in a package;\n- package or module path not included in sys.path;\n- duplicated package or module name taking precedence in sys.path;\n- missing module, class, function or variable;\n\nDebugged import:\n\n- <?> not found.\n\nOriginal exception:\n\n<?>: <?>
    app.config.from_object(f"{v.word}.{v.key}")


def endpoint_taken_twice(v):
    # -> View function mapping is overwriting an existing endpoint function: <?>
    made = flask.Flask(v.word)
    made.add_url_rule("/", v.key, lambda: "")
    made.add_url_rule("/other", v.key, lambda: "")


def rule_without_a_slash(v):
    # -> URL rule <?> must start with a slash.
    flask.Flask(v.word).add_url_rule(v.key, v.key, lambda: "")


def rule_with_an_unknown_converter(v):
    # -> the converter <?> does not exist
    flask.Flask(v.word).add_url_rule(f"/<{v.word}:name>", v.key, lambda: "")


def blueprint_with_a_dot(v):
    # -> 'name' may not contain a dot '.' character.
    flask.Blueprint(f"{v.word}.{v.key}", __name__)


def blueprint_registered_twice(v):
    # -> The name <?> is already registered for a different blueprint. Use 'name=' to provide a unique name.
    made = flask.Flask(v.word)
    made.register_blueprint(flask.Blueprint(v.key, __name__))
    made.register_blueprint(flask.Blueprint(v.key, __name__))


def file_outside_of_the_directory(v):
    # -> <?> <?>: The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.
    with app.test_request_context("/"):
        flask.send_from_directory(v.home, f"../{v.word}")


def file_that_is_missing(v):
    # -> [Errno <?>] No such file or directory: <?>
    with app.test_request_context("/"):
        flask.send_file(v.home / v.word)


def json_that_cannot_be_written(v):
    # -> Object of type <?> is not JSON serializable
    with app.app_context():
        flask.json.dumps({v.word: object})


def status_nobody_knows(v):
    # -> no exception for <?>
    flask.abort(v.number)


def error_handler_for_no_error(v):
    # -> <?> is not a recognized HTTP error code. Use a subclass of HTTPException with that code instead.
    flask.Flask(v.word).register_error_handler(v.number, lambda error: "")


def attribute_the_context_has_not(v):
    # -> <?>
    with app.app_context():
        return getattr(flask.g, v.key)
