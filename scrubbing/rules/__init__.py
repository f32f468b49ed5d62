"""Rules: what must not be in a text that leaves, as rows, and the engine that runs them.

    engine = Engine(BUILTIN, Machine.detect())
    engine.scrub("no such file: /home/erika/x.py", Kind.TEXT)  # no such file: /home/[user]/x.py

A rule is a row (`Pattern`, `Keys`), a function (`rule`) or any object with ``name, kinds, redaction, find``. `BUILTIN`
holds ours, in a fixed order, with examples. The room knows `schema.kinds` and a `Machine` as a value, and nothing
else; it reads no file and no clock.

Placeholders, stable so that grouping works on any server, and never a finding themselves:

==============  ========================================================================================================
``[user]``      a login name, a full name or a part of one; a home or profile directory's owner; a user number in a path
``[host]``      this machine's host name; the server of a UNC path
``[domain]``    a Windows or DNS domain; the organisation in a OneDrive folder's name
``[email]``     a mail address
``[ip]``        an IPv4 or IPv6 address, loopback excepted
``[mac]``       a hardware address
``[phone]``     a telephone number
``[imei]``      the number of a mobile device
``[creditcard]``, ``[iban]``, ``[us-ssn]``  numbers that carry their own proof
``[auth]``      user and password in a URL or on a command line
``[token]``     a service's token, a JWT, the value of an Authorization header
``[pemkey]``    what stands between the lines of a PEM block
``[Filtered]``  the value under a sensitive key; a whole text in which something would be left to find
==============  ========================================================================================================

With `Redaction.HASH` and a key, sixteen hexadecimal digits follow inside the brackets: ``[user:3f2a9c0e4b5d6a71]``.
"""

from __future__ import annotations

from scrubbing.rules.builtin import BUILTIN
from scrubbing.rules.engine import Engine, Finding
from scrubbing.rules.rows import TEXT_KINDS, Example, Keys, Pattern, Redaction, Rule, hit, miss, rule

__all__ = [
    "BUILTIN",
    "TEXT_KINDS",
    "Engine",
    "Example",
    "Finding",
    "Keys",
    "Pattern",
    "Redaction",
    "Rule",
    "hit",
    "miss",
    "rule",
]
