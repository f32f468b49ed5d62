"""``python -m scrubbing.cli``: the ``scrubbing`` command, where its script is not on the path."""

from __future__ import annotations

import sys

from scrubbing.cli import main

if __name__ == "__main__":
    sys.exit(main())
