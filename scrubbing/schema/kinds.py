"""What a field can hold, and the presets under which fields leave."""

from __future__ import annotations

import enum


class Kind(enum.Enum):
    """What kind of value a field holds; decides which rules look at it and how the fence judges it."""

    ID = "identifier"  # a random identifier we made: hexadecimal digits, dashes
    SYMBOL = "symbol"  # a name from code: module, function, class
    CODE = "code"  # a line of source text
    PATH = "path"  # a file path
    URL = "url"  # a URL
    TEXT = "text"  # free text made at run time
    MESSAGE = "message"  # what an exception or a log call says: a skeleton or free text, as the policy has it
    BAG = "bag"  # any JSON: every string and key inside is free text
    NUMBER = "number"  # a number, a boolean, a time stamp
    FACT = "fact"  # an enumerated fact: one of a known set, or of a narrow pattern

    __hash__ = object.__hash__  # members are compared by identity; the inherited one is slow, and asked for each string


#: From closed to open. A field that leaves under one preset leaves under the more open ones too.
PRESETS = ("strict", "standard", "verbose")
