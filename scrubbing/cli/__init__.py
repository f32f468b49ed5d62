"""The user's verbs (``on``, ``off``, ``status``, ...), as the ``scrubbing`` command and inside apps.

``table`` says which verbs there are and what they take, ``verbs`` does the work, ``mounts`` hangs the same table into
argparse, click and typer. An app mounts them at its start, whatever its user said: until a verb is asked for, nothing
here imports more than the table.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the ``scrubbing`` command.

    Args:
        argv: its arguments; ``None`` takes the process's.

    Returns:
        The exit code: 0 done, 1 something is damaged or failed, 2 wrong use.
    """
    from scrubbing.cli.command import run

    return run(argv)
