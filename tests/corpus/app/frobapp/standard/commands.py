"""Command lines: options, programs that are run."""

from __future__ import annotations

import argparse
import cmd
import getopt
import subprocess
import sys


def parser():
    made = argparse.ArgumentParser("frobapp", exit_on_error=False)
    made.add_argument("--size", type=int)
    made.add_argument("--level", choices=["low", "high"])
    return made


def option_that_is_no_number(v):
    # -> argument <?>: invalid <?> value: <?>
    parser().parse_args(["--size", v.word])


def option_that_is_no_choice(v):
    # -> argument <?>: invalid choice: <?> (choose from <?>)
    parser().parse_args(["--level", v.word])


def option_defined_twice(v):
    # -> argument <?>: conflicting option string: <?>
    parser().add_argument("--size", help=v.sentence)


def option_of_no_type(v):
    # -> <?> is not callable
    parser().add_argument("--name", type=v.word)


def option_of_no_action(v):
    # -> unknown action "<?>"
    parser().add_argument("--name", action=v.word)


def positional_with_a_flag(v):
    # -> invalid option string <?>: must start with a character <?>
    parser().add_argument(v.word, "--name")


def option_getopt_does_not_know(v):
    # -> option --<?> not recognized
    getopt.getopt([f"--{v.word}"], "s:", ["size="])


def option_getopt_needs_a_value_for(v):
    # -> option --<?> requires argument
    getopt.getopt(["--size"], "s:", ["size="])


def short_option_getopt_does_not_know(v):
    # -> option -<?> not recognized
    getopt.getopt(["-z", v.word], "s:")


def command_that_is_not_there(v):
    # -> [Errno <?>] No such file or directory: <?>
    subprocess.run([v.path, v.word], check=True)


def command_that_fails(v):
    # -> Command '<?>' returned non-zero exit status <?>.
    subprocess.run([sys.executable, "-c", "raise SystemExit(3)", v.secret], check=True)


def command_that_takes_too_long(v):
    # -> Command '<?>' timed out after <?> seconds
    subprocess.run([sys.executable, "-c", "import time; time.sleep(9)", v.secret], timeout=0.01)


def command_in_a_missing_directory(v):
    # -> [Errno <?>] No such file or directory: <?>
    subprocess.run([sys.executable], cwd=v.home / v.word)


def command_with_a_number(v):
    # -> expected str, bytes or os.PathLike object, not <?>
    subprocess.run([sys.executable, v.number])


def command_with_output_twice(v):
    # -> stdout and stderr arguments may not be used with capture_output.
    subprocess.run([v.path], capture_output=True, stdout=subprocess.PIPE)


def command_line_without_a_prompt(v):
    # -> <?> object has no attribute <?>
    cmd.Cmd().onecmd(f"help {v.word}") or getattr(cmd.Cmd(), v.key)
