"""Commands made with click, called as its testing guide says: without exiting."""

from __future__ import annotations

import click


@click.group()
def cli():
    pass


@cli.command()
@click.option("--size", type=int)
@click.option("--level", type=click.Choice(["low", "high"]))
@click.option("--ratio", type=click.FloatRange(2, 9))
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--config", type=click.Path(exists=True))
@click.option("--output", type=click.File("r"))
@click.option("--id", "id_", type=click.UUID)
@click.option("--color/--no-color")
@click.option("--pair", type=(int, int))
@click.argument("name")
def paint(**options):
    return options


def positive(context, parameter, value):
    if value <= 0:
        raise click.BadParameter(f"{value} is not positive")
    return value


@cli.command()
@click.option("--count", type=int, callback=positive, required=True)
def repeat(count):
    raise click.ClickException(f"cannot repeat {count} times")


def run(*arguments):
    return cli.main(list(arguments), prog_name="frobapp", standalone_mode=False)


def command_nobody_knows(v):
    # -> No such command <?>.
    run(v.word)


def option_nobody_knows(v):
    # -> No such option: --<?>
    run("paint", f"--{v.word}", v.name)


def number_that_is_none(v):
    # -> <?> is not a valid <?>.
    run("paint", "--size", v.word, v.name)


def choice_that_is_none(v):
    # -> <?> is not one of <?>.
    run("paint", "--level", v.word, v.name)


def number_out_of_range(v):
    # -> <?> is not in the range <?>.
    run("paint", "--ratio", str(v.number), v.name)


def date_that_is_none(v):
    # -> <?> does not match the format <?>.
    run("paint", "--since", v.word, v.name)


def path_that_is_not_there(v):
    # -> <?> <?> does not exist.
    run("paint", "--config", v.path, v.name)


def file_that_is_not_there(v):
    # -> <?>: No such file or directory
    run("paint", "--output", v.path, v.name)


def identifier_that_is_none(v):
    # -> <?> is not a valid UUID.
    run("paint", "--id", v.word, v.name)


def argument_that_is_missing(v):
    # -> Missing parameter: <?>
    run("paint", "--size", str(v.number))


def arguments_too_many(v):
    # -> Got unexpected extra arguments (<?>)
    run("paint", v.name, v.word, v.secret)


def option_without_its_value(v):
    # -> Option <?> requires an argument.
    run("paint", v.name, "--size")


def option_with_too_few_values(v):
    # -> Option <?> requires <?> arguments.
    run("paint", v.name, "--pair", "1")


def flag_with_a_value(v):
    # -> Option <?> does not take a value.
    run("paint", f"--color={v.word}", v.name)


def option_that_is_missing(v):
    # -> Missing parameter: <?>
    run("repeat")


def value_the_callback_refuses(v):
    # -> <?> is not positive
    run("repeat", "--count", f"-{v.number}")


def command_that_fails(v):
    # -> cannot repeat <?> times
    run("repeat", "--count", str(v.number))


def group_without_a_command(v):
    # -> Usage: <?>\n\nOptions:\n<?>\n\nCommands:\n<?>
    run()


def context_that_is_not_there(v):
    # -> There is no active click context.
    click.get_current_context()


def usage_the_app_refuses(v):
    # -> --<?> needs --size
    raise click.UsageError(f"--{v.key} needs --size")


def file_the_app_cannot_read(v):
    # -> not a painting
    raise click.FileError(v.path, hint="not a painting")


def abort_by_the_user(v):
    # -> <?>
    raise click.Abort
