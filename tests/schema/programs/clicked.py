"""A command of click that fails twice over, with breadcrumbs and tags."""

import logging

import click
import sentry_sdk
import stock

stock.init(attach_stacktrace=True)
logger = logging.getLogger("frob.sync")


@click.group()
def main():
    pass


@main.command()
@click.argument("document", type=click.Path())
@click.option("--rows", type=int)
def build(document, rows):
    values = stock.nasties()
    logger.warning("building %s with %d rows", document, rows)
    sentry_sdk.set_tag("document", document)
    sentry_sdk.set_tag("rows", rows)
    sentry_sdk.set_extra("values", values)
    sentry_sdk.set_context("printer", {"model": "Größe", "serial": 4711, "nested": [{"deep": True}]})
    sentry_sdk.set_user({"id": 7, "email": "erika@example.org", "ip_address": "10.0.0.7", "segment": "x", "plan": "y"})
    sentry_sdk.add_breadcrumb(message="read", category="frob", level="info", data={"rows": rows, "values": values})
    try:
        open(document).close()
    except OSError as error:
        logger.exception("cannot open it")
        raise click.UsageError(f"no document {document}") if rows < 0 else ValueError("größer", values) from error


if __name__ == "__main__":
    main(["build", "/home/erika/straße.txt", "--rows", "7"])
