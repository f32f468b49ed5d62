"""The table of verbs hung into argparse, click and typer. None of them is imported before its function is called.

Each way ends in ``run``, so that a verb says the same wherever it is mounted.
"""

from __future__ import annotations

from scrubbing.cli.table import ABOUT, GROUP, VERBS, Argument, Verb
from scrubbing.errors import ConfigurationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any

    from scrubbing.cli.subject import Subject
    from scrubbing.telemetry import Telemetry

    Ask = Callable[[], Subject]


def run(verb: Verb, ask: Ask, values: dict[str, Any]) -> None:
    """Run a verb and print what it says.

    Args:
        verb: a row of the table.
        ask: gives the app it is about.
        values: its arguments by name.

    Raises:
        SystemExit: with the exit code, where it is not 0.
    """
    from scrubbing.cli import verbs
    from scrubbing.cli.said import Said

    try:
        said: Said = getattr(verbs, verb.name)(ask(), **values)
    except ConfigurationError as error:
        said = Said(2, note=str(error))
    said.print()
    if said.code:
        raise SystemExit(said.code)


def framework(telemetry: Telemetry, name: str) -> Any:
    """Mount the verbs for an app of click or typer.

    Args:
        telemetry: the app's.
        name: ``"click"`` or ``"typer"``.

    Raises:
        ConfigurationError: neither of them.
    """
    mount = _FRAMEWORKS.get(name)
    if mount is None:
        raise ConfigurationError(f"cli: expected 'click' or 'typer', got {name!r}")
    return mount(_inside(telemetry))


def arguments(telemetry: Telemetry, parser: Any) -> None:
    """Mount the verbs for an app of argparse; see ``Telemetry.add_arguments``.

    Raises:
        ConfigurationError: no parser, and not what its ``add_subparsers`` returns.
    """
    import argparse

    ask = _inside(telemetry)
    if isinstance(parser, argparse._SubParsersAction):  # noqa: SLF001  # what add_subparsers returns has no other name
        parser = parser.add_parser(GROUP, help=ABOUT, description=ABOUT)
    elif not isinstance(parser, argparse.ArgumentParser):
        raise ConfigurationError(
            f"add_arguments: expected a parser or what add_subparsers() returns, got {type(parser).__name__}"
        )
    commands = parser.add_subparsers(metavar="VERB", required=True)
    for verb in VERBS:
        fill(commands.add_parser(verb.name, help=verb.sentence, description=verb.sentence), verb, ask)


def fill(parser: argparse.ArgumentParser, verb: Verb, ask: Ask | None = None) -> None:
    """Give a parser a verb's arguments.

    Args:
        parser: of this verb.
        verb: a row of the table.
        ask: gives the app; with it ``args.func(args)`` runs the verb.
    """
    for argument in verb.arguments:
        if argument.form == "flag":
            parser.add_argument(argument.shown, dest=argument.name, action="store_true", help=argument.sentence)
        else:
            nargs = "*" if argument.form == "many" else "?"
            parser.add_argument(argument.name, nargs=nargs, metavar=argument.shown, help=argument.sentence)
    if ask is not None:
        parser.set_defaults(func=lambda args: run(verb, ask, taken(verb, args)))


def taken(verb: Verb, args: argparse.Namespace) -> dict[str, Any]:
    """A verb's arguments by name, from what argparse found."""
    return {argument.name: getattr(args, argument.name) for argument in verb.arguments}


def _click(ask: Ask) -> Any:
    import click

    def parameter(argument: Argument) -> Any:
        if argument.form == "flag":
            return click.Option([argument.shown, argument.name], is_flag=True, help=argument.sentence)
        many = argument.form == "many"
        shown = f"[{argument.shown}]{'...' * many}"
        return click.Argument([argument.name], nargs=-1 if many else 1, required=False, metavar=shown)

    def command(verb: Verb) -> Any:
        return click.Command(
            verb.name,
            params=[parameter(argument) for argument in verb.arguments],
            callback=lambda **values: run(verb, ask, values),
            help="\n\n".join([verb.sentence, *_words(verb)]),
        )

    return click.Group(GROUP, {verb.name: command(verb) for verb in VERBS}, help=ABOUT)


def _words(verb: Verb) -> list[str]:
    """What a verb's words mean; click shows no help of its own for them."""
    return [f"{argument.shown}: {argument.sentence}." for argument in verb.arguments if argument.form != "flag"]


def _typer(ask: Ask) -> Any:
    import inspect

    import typer

    def parameter(argument: Argument) -> inspect.Parameter:
        default, kind = _TYPES[argument.form]
        made = (
            typer.Option(default, argument.shown, help=argument.sentence)
            if argument.form == "flag"
            else typer.Argument(default, metavar=argument.shown, help=argument.sentence)
        )
        return inspect.Parameter(argument.name, inspect.Parameter.KEYWORD_ONLY, default=made, annotation=kind)

    def callback(verb: Verb) -> Callable[..., None]:
        def called(**values: Any) -> None:
            run(verb, ask, values)

        # Typer reads a command's parameters from its function's signature; ours come from the table.
        parameters = [parameter(argument) for argument in verb.arguments]
        called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # inspect's own hook
        called.__annotations__ = {one.name: one.annotation for one in parameters}
        return called

    group = typer.Typer(name=GROUP, help=ABOUT, no_args_is_help=True)
    for verb in VERBS:
        group.command(verb.name, help=verb.sentence)(callback(verb))
    return group


_FRAMEWORKS: dict[str, Callable[[Ask], Any]] = {"click": _click, "typer": _typer}
_TYPES: dict[str, tuple[Any, Any]] = {"flag": (False, bool), "word": (None, str), "many": (None, list[str])}


def _inside(telemetry: Telemetry) -> Ask:
    def ask() -> Subject:
        from scrubbing.cli.subject import inside

        return inside(telemetry)

    return ask


def outside(app: str) -> Ask:
    """What gives the app for the ``scrubbing`` command.

    Args:
        app: its name.
    """

    def ask() -> Subject:
        from scrubbing.cli import subject

        return subject.outside(app)

    return ask
