"""The forms facts and identifiers have: regular expressions the whole value must match, and sets of known words.

A fact that leaves unread by the rules must not be able to carry anything else, so forms are as narrow as what is
really sent. Nothing here is compiled before it is needed.
"""

from __future__ import annotations

HEX32 = r"[0-9a-f]{32}"
HEX16 = r"[0-9a-f]{16}"
UUID = r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"
#: Of our own making (`scrubbing.identity.ids`): a random UUID as it is written, so that hardly anything else fits.
OWN_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
#: RFC 3339 in UTC, as the SDK and the servers write it.
STAMP = r"20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,6})?(Z|\+00:00)"
#: The same, or seconds since 1970.
TIME = STAMP + r"|[12]\d{9}(\.\d{1,7})?"
#: ``app@version`` or a bare version; servers drop longer ones (FACTS: 200).
RELEASE = r"(?=.{1,200}\Z)([A-Za-z][A-Za-z0-9._-]*@)?[0-9A-Za-z][0-9A-Za-z.+!_-]*"
#: What servers take for an environment or a distribution (64 characters, no slash, not "none").
ENVIRONMENT = r"(?!none\Z)[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
#: A name an app gives to one of its commands, or the mark of one that is not declared.
COMMAND = r"[A-Za-z][A-Za-z0-9 _.:-]{0,63}|<\?>"
#: A version number of something: numbers, and at most one mark of what comes before or after a release.
VERSION = r"\d{1,4}(\.\d{1,4}){0,3}((a|b|rc|\.dev|\.post)\d{1,3})?"

LEVELS = ("fatal", "critical", "error", "warning", "info", "debug")
STATUSES = ("ok", "exited", "errored", "crashed", "abnormal")
#: Where exceptions are caught: our own hooks, and the integrations of sentry-sdk.
MECHANISMS = (
    "generic",
    "chained",
    "command",
    "excepthook",
    "threading",
    "unraisablehook",
    "asyncio",
    "tkinter",
    "multiprocessing",
    "faulthandler",
    "logging",
    "aiohttp",
    "arq",
    "asgi",
    "aws_lambda",
    "beam",
    "bottle",
    "celery",
    "chalice",
    "django",
    "dramatiq",
    "falcon",
    "fastapi",
    "flask",
    "gcp",
    "gql",
    "graphene",
    "grpc",
    "huey",
    "litestar",
    "pyramid",
    "quart",
    "ray",
    "rq",
    "sanic",
    "serverless",
    "spark",
    "starlette",
    "starlite",
    "strawberry",
    "sys_exit",
    "tornado",
    "trytond",
    "typer",
    "wsgi",
)
#: The names under which the integrations of sentry-sdk report themselves.
INTEGRATIONS = (
    *MECHANISMS[3:],
    "aiomysql",
    "anthropic",
    "argv",
    "ariadne",
    "asyncpg",
    "atexit",
    "boto3",
    "clickhouse_driver",
    "cloudresourcecontext",
    "cohere",
    "dedupe",
    "executing",
    "gnu_backtrace",
    "google_genai",
    "httpx",
    "httpx2",
    "huggingface_hub",
    "langchain",
    "langgraph",
    "launchdarkly",
    "litellm",
    "loguru",
    "mcp",
    "modules",
    "openai",
    "openai_agents",
    "openfeature",
    "opentelemetry",
    "otlp",
    "pure_eval",
    "pydantic_ai",
    "pymongo",
    "pyreqwest",
    "redis",
    "rust_tracing",
    "socket",
    "spark_worker",
    "sqlalchemy",
    "statsig",
    "stdlib",
    "trytond_wsgi",
    "typesafe",
    "unleash",
)
#: The names sentry-sdk has with and without them.
SDKS = ("sentry.python", *(f"sentry.python.{name}" for name in INTEGRATIONS))
