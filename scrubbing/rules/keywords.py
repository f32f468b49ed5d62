"""What secrets are called, and how a name and its value are written: one vocabulary for all rows that look for them.

All expressions are for lowered texts. A name may stand inside a longer one (``DB_PASSWORD``, ``dbPassword``), and a few
words may follow it (``secret_key_base``); ``token_type`` and ``password_file`` are names of something else.
"""

from __future__ import annotations

from typing import Final

_OPENING_WORDS = """
api access private secret auth encryption decryption signing master license licence shared account storage client
service subscription consumer hmac ssh rsa gpg pgp aes jwt recovery activation product serial session app application
deploy function functions webhook wifi wep wpa cipher csrf cookie merchant server stream admin
"""
#: Keys are secret only when they open something: an API's, an account's; a dictionary's or a keyboard's are not.
OPENING: Final = tuple(_OPENING_WORDS.split())
#: Codes are secret only when they let somebody in; an error's or a country's are not.
ADMITTING: Final = ("access", "backup", "recovery", "activation", "registration", "unlock", "invite", "mfa", "2fa")


#: What stands before "pass" where that is short for a password.
LOGINS: Final = tuple(
    "db user root admin smtp mail imap ftp redis ssh sql mysql wifi key store trust my new old become".split()  # noqa: SIM905
)
_MARKED: Final = r"[\w\\\"'`&#;\]*<. -]{0,24}\s{0,8}(?:[:=|>\t%]|\uff1a(?=)|\u2192(?=))"
#: Whether the word before opens something is asked behind the expression: a list of words takes long to compile.
KEY: Final = rf"key(?=s?{_MARKED})(?:(?<=[a-z]key)|(?<=[a-z][_. -]key))"
CODE: Final = rf"(?:{'|'.join(ADMITTING)})[_. -]?codes?"
PASS: Final = r"pass(?:[ _-]?word|wd|phrase|code)s?"  # noqa: S105 - an expression
PASS_ALONE: Final = r"pass(?=[\w\\\"'`&#;\]]{0,12}\s?[=:])"  # noqa: S105 - an expression
SESSION: Final = r"sess(?:ion)?[_-]?(?:id|key|token)"

#: Any name of a secret, where it ends what was looked at.
SECRET: Final = (
    rf"(?:{PASS}|pass(?<![a-z]pass)|pwd|pw(?<![a-z0-9]pw)|psk(?<![a-z]psk)|secrets?|token|credentials?|creds|{SESSION}"
    r"|(?:access|auth|api|refresh|bearer)[_-]?tokens|[cx]srf|authorization|(?:jwt|sid|cvv|otp)(?<![a-z]...)"
    rf"|(?:{'|'.join(OPENING)})[_. -]?keys?|{CODE})"
)
#: What may follow such a name without making it another's.
TAIL_WORDS: Final = (
    r"(?:[_ -]?(?:key|id|value|hash|salt|base|confirmation|confirm|text|plain|b64|base64|token|secret|\d)){0,4}"
)
TAIL: Final = TAIL_WORDS + r"(?![\w-])"
#: A quote, as it is or escaped, and as HTML writes it.
QUOTE: Final = r"(?:\\{0,4}[\"'`]|&(?:quot|apos|#0?3[49]|#x2[27]);)"
_CLOSED: Final = rf"(?:{QUOTE}|\*\*|</\w{{1,8}}>)?\]?"
#: Between a name and its value.
IS: Final = (
    _CLOSED
    + r"(?:\s{0,8}(?:=>|=&gt;|->|\u2192|:=|=(?![=~])|:(?![:/])|\uff1a(?=)|\||\t)(?:\*\*|</\w{1,8}>)?\s{0,8}|>|&gt;)"
)
#: Signs of a separator that stands for much else, too.
LOOSE: Final = r"(?:[^-=]>\Z|&gt;\Z|->|\u2192|\||[^:=\s]\s{0,8}\t)\s{0,8}\Z"
_OPENED: Final = (
    r"(?:\[\s?|(?:secret(?:str|bytes|value)?|str|bytes|password|sensitive|masked)\("
    r"|\{\s?\\{0,4}[\"'](?:value|secret|string|data)\\{0,4}[\"']\s?:\s?)?(?:[bruf]{1,2}(?=[\\\"'&]))?"
)
#: A value between quotes of any kind. (Sets of characters far apart take long to compile; ``(?=)`` keeps them apart.)
ENCLOSED: Final = (
    r"(?:\\{1,4}[\"']([^\"'\\\0\r\n]+)|\"((?:[^\"\\\0\r\n]|\\[^\0\r\n])+)|'((?:[^'\\\0\r\n]|\\[^\0\r\n])+)"
    r"|`([^`\0\r\n]+)`|&(?:quot|apos|#0?3[49]|#x2[27]);([^&\0\r\n]+)&"
    r"|(?:[\u2018-\u201f\u300c]|\xab(?=))\s?([^\0\r\n]{1,200}?)(?:[\u2018-\u201f\u300d]|\xbb(?=)|(?=[\0\r\n]|\Z)))"
)
#: The same inside what programs put around secrets.
QUOTED: Final = _OPENED + ENCLOSED
BARE: Final = (
    r"((?:[^\s\"'&;,)}\]><\0\\|`{(\[]|\\(?![\\nrt\"'0]))(?:[^\s\"'&;,)}\]><\0\\|`]|<(?!/)|\\(?![\\nrt\"'0])"
    r"|&(?![\w.\[\]%-]{0,64}=|\w{1,8};|[\s\"'\0&]|\Z))*)"  # within it, unless another pair or an entity begins
)
#: What stands behind a value without belonging to it.
DECORATION: Final = ".:!?*\u2026\u3002\u300d\u00bb\u201c\u201d\u2018\u2019`"
#: The same in what was percent-encoded, once or twice, or written for JavaScript.
ENCODED: Final = r"%(?:25)?3[ad](?:%(?:25)?(?:2[027]|5b)|\+)*" + r"|\\u003d"
ENCODED_VALUE: Final = r"((?:[^%&\s\"'<>\0\\,;]|%(?!(?:25)?(?:2[026-9c]|0[ad]|3[be]|[57][bd]))[0-9a-f]{2})+)"
