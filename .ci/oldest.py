"""Prints pyproject's dependencies at the oldest versions it allows, as constraints for pip."""

import re
from pathlib import Path

text = Path("pyproject.toml").read_text(encoding="utf-8")
dependencies = re.search(r"^dependencies = \[(.*?)^\]", text, re.DOTALL | re.MULTILINE)
for name, oldest in re.findall(r'^  "([\w-]+)>=([\d.]+)', dependencies.group(1), re.MULTILINE):
    print(f"{name}=={oldest}")
