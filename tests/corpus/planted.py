"""The run-time values that failing code is given: distinctive, so that four characters of one are a find.

No four letters in a row of them are part of a word, and both people have values of the same kinds and lengths, so that
the same code takes the same way with either.
"""

from __future__ import annotations

import datetime
import decimal
import pathlib
from dataclasses import dataclass, field, fields


@dataclass(frozen=True)
class Planted:
    """Values of one person."""

    name: str
    word: str
    key: str
    path: str
    email: str
    host: str
    secret: str
    sentence: str
    folder: str
    number: int
    amount: decimal.Decimal
    ratio: float
    day: datetime.date
    home: pathlib.Path = field(default=pathlib.Path(), compare=False)

    def texts(self) -> list[str]:
        """All values as text; of the home, which is a directory of this run, the part that was planted."""
        return [str(getattr(self, one.name)) for one in fields(self) if one.name != "home"]


ERIKA = Planted(
    name="Žqxvö Kwjybh",
    word="zqxwvkjqpz",
    key="wqzk_vxjqh",
    path="/hqzx/wvkqjz/kxqzvw.jqx",
    email="qkzxvw@wvqzjk.qvx",
    host="kqzxwvp.vqjzkx",
    secret="Xq7Zv_Kw9jQ4zxV",
    sentence="Jqzwx kvqzj, wxqkv zjqw",
    folder="jvqkzwxhqz",
    number=77319,
    amount=decimal.Decimal("9071.83"),
    ratio=0.48157,
    day=datetime.date(2087, 11, 23),
)
MAX = Planted(
    name="Ňwgjä Vqmzhb",
    word="gvjwpxqkmz",
    key="pgwx_jmqvb",
    path="/gpvx/mjqwgp/vgxpjm.wqg",
    email="pgmjxq@gmxpwj.jgm",
    host="mgpxjqw.gpwmjx",
    secret="Gm5Pw_Xj8gM2pwQ",
    sentence="Pgmwj xqgpm, jwgxp mgqp",
    folder="gpxmjwqvgp",
    number=68425,
    amount=decimal.Decimal("8062.59"),
    ratio=0.59264,
    day=datetime.date(2086, 12, 24),
)
#: Somebody whose values look like what templates and skeletons are made of.
SLY = Planted(
    name="{word} %s <?> Dfkpb",
    word="%sfkdbw{0}<int>",
    key="fkdw_bmfkd",
    path="/bfkd/wmbfdk/dkwmfb.kdf",
    email="fkbdwm@dkfwbm.kdw",
    host="dkfwbmf.bwdkfm",
    secret="'\"\\Fkdb8Wm_kFd9",
    sentence="\nKfwdb %(name)s\tbmdfk {name!r}: fkwbd",
    folder="wbkfdmkwbf",
    number=94268,
    amount=decimal.Decimal("-3094.62"),
    ratio=0.73948,
    day=datetime.date(2094, 10, 26),
)
