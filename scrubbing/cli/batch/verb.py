"""The work of ``scrubbing scrub``: each input through the cores to its output, and what is said of it."""

from __future__ import annotations

import argparse
import collections
import contextlib
import os
import sys
from collections.abc import Iterator, Sequence

from scrubbing.cli.batch import arguments, signals, targets
from scrubbing.cli.batch.arguments import Task, WrongUse
from scrubbing.cli.batch.bar import Bar
from scrubbing.cli.batch.cores import MANY, Cores, LostProcess
from scrubbing.cli.batch.formats import WHOLE
from scrubbing.cli.batch.sources import Source
from scrubbing.cli.said import DONE, FAILED, INTERRUPTED, WRONG_USE
from scrubbing.errors import PolicyError

_MADE = {"text": "line", "envelope": "item"}


def run(args: argparse.Namespace) -> int:
    """Scrub; returns the exit code.

    Args:
        args: as `options.add` has them parsed.

    Raises:
        BrokenPipeError: whoever read the output has gone.
    """
    try:
        task = arguments.task(args)
    except (WrongUse, PolicyError) as error:
        _say(str(error))
        return WRONG_USE
    work = Work(task)
    try:
        with signals.ended(), Cores(task.policy, task.jobs) as cores:
            return work.done(cores)
    except KeyboardInterrupt:
        work.bar.clear()
        _say("scrub: interrupted; no output file was written" if task.outputs[-1] else "scrub: interrupted")
        return INTERRUPTED
    except LostProcess:
        work.bar.clear()
        _say("scrub: a process ended before its work was done; for want of memory, maybe: try --jobs 1")
        return FAILED


class _NotWrittenError(Exception):
    """The output cannot be written; its cause says why."""


class Work:
    """One run of the verb.

    Args:
        task: what is to be done.
    """

    def __init__(self, task: Task) -> None:
        self._task, self._code = task, DONE
        self.bar = Bar(shown=not task.quiet and (task.outputs[0] is not None or not sys.stdout.isatty()))

    def done(self, cores: Cores) -> int:
        """Do it; returns the exit code.

        Args:
            cores: the processes.
        """
        if self._task.own:
            for path, output in zip(self._task.inputs, self._task.outputs, strict=True):
                self._into([path], output, cores)
        else:
            self._into(self._task.inputs, self._task.outputs[0], cores)
        return self._code

    def _into(self, paths: Sequence[str], output: str | None, cores: Cores) -> None:
        """Scrub inputs into one output; where one of them cannot be, a file stays what it was."""
        target: targets.Target | None = None
        good = True
        try:
            for path in paths:
                with self._opened(path) as source:
                    if source is not None and target is None:
                        with signals.held():  # once there is a file, somebody must know of it
                            target = self._target(output, source)
                    good = source is not None and target is not None and self._one(source, target, cores) and good
            self._end(target, output, good=good)
        except _NotWrittenError as error:
            self._failed(output or "<stdout>", error.__cause__)
            _hush(output)
        finally:
            if target is not None:
                target.drop()

    @contextlib.contextmanager
    def _opened(self, path: str) -> Iterator[Source | None]:
        try:
            source = Source(path)
        except OSError as error:
            self._failed(path, error)
            yield None
            return
        try:
            yield source
        finally:
            source.close()

    def _target(self, output: str | None, source: Source) -> targets.Target:
        own = self._task.own
        zipped = source.zipped if own else output is not None and output.endswith(".gz")
        like = source.found if source.size else None
        with _writing():
            return targets.target(output, like, zipped=zipped, follow=not own or self._task.in_place)

    def _one(self, source: Source, target: targets.Target, cores: Cores) -> bool:
        """Scrub one input; says whether all of it was read, and in place also whether all of it may be replaced."""
        counts: collections.Counter[str] = collections.Counter()
        dropped: collections.Counter[str] = collections.Counter()
        self.bar.start(source.name, source.size)
        try:
            pieces = source.pieces(self._task.format)
            for piece, made in cores.done(pieces, many=source.size >= MANY and source.format not in WHOLE):
                with _writing():
                    target.write(made.data)
                counts.update(made=made.made, changed=made.changed, bad=len(made.bad))
                dropped.update(made.dropped)
                self._bad(source.name, made.bad)
                self.bar.at(piece.position)
        except BrokenPipeError:
            raise
        except OSError as error:
            self._failed(source.name, error)
            return False
        self.bar.clear()
        self._summary(source, counts, dropped)
        return not self._task.in_place or self._replaceable(source, counts["bad"])

    def _replaceable(self, source: Source, bad: int) -> bool:
        """In place nothing may be lost: not a line that could not be scrubbed, not what was written meanwhile."""
        if bad:
            self._problem(f"{source.name}: left as it was, with what could not be scrubbed: -o OUT leaves that out")
        elif source.is_changed():
            self._problem(f"{source.name}: left as it was: somebody wrote to it meanwhile")
        else:
            return True
        return False

    def _end(self, target: targets.Target | None, output: str | None, *, good: bool) -> None:
        if target is None:
            return
        if good or output is None:
            with _writing():
                target.keep()
        elif not self._task.in_place:
            self._problem(f"{output}: not written, since not all of its input could be read")

    def _bad(self, name: str, bad: Sequence[tuple[int, str]]) -> None:
        for line, reason in bad:
            self._problem(f"{name}:{line}: {reason}")

    def _summary(self, source: Source, counts: collections.Counter[str], dropped: collections.Counter[str]) -> None:
        if self._task.quiet:
            return
        said = [_counted(counts["made"], _MADE.get(source.format, "event"))]
        said += [f"{counts['changed']} of them changed"] if source.format == "text" else []
        said += [f"{_counted(counts['bad'], 'bad ' + _bad_what(source.format))} left out"] if counts["bad"] else []
        said += [
            f"{number} {type_} left out: not under {self._task.policy.preset}" for type_, number in dropped.items()
        ]
        _say(f"{source.name}: {', '.join(said)} (as {source.format})")

    def _failed(self, name: str, error: BaseException | None) -> None:
        reason = error.strerror or error if isinstance(error, OSError) else error
        self._problem(f"{name}: {reason}")

    def _problem(self, text: str) -> None:
        self._code = FAILED
        self.bar.clear()
        _say(text)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _bad_what(format_: str) -> str:
    return "line" if format_ in ("ndjson", "text") else _MADE.get(format_, "event")


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    """Tell what goes wrong with the output from what goes wrong with the input."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _NotWrittenError from error


def _hush(output: str | None) -> None:
    """Let Python not try again, at its end, what could not be written to standard output."""
    if output is None:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    """Write a line to standard error; a name that a terminal would obey is escaped."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(shown.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    sys.stderr.flush()
