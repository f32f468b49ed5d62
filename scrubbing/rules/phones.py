"""Rows for telephone numbers and for the numbers of the devices themselves.

A number is taken for a telephone's in international form, with a country code that is given out (ITU-T E.164) and as
many digits as its country has; in national form behind a word that says so, or where its groups are those of a
country and of hardly anything else. A device's number (IMEI) is told by its groups and check digit, or by the word
before it.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.personal import luhn
from scrubbing.rules.rows import TEXT_KINDS, Pattern, apart, compiled, hit, miss
from scrubbing.rules.views import after, before
from scrubbing.schema.kinds import Kind

#: Country codes in use, from ITU's list: one, two or three digits.
_COUNTRY: Final = (
    r"(?:1(?=[2-9]\d{9}\Z)|7(?=\d{10}\Z)|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|21[12368]|2[2-6]\d|29[0137-9]|3[578]\d|42\d|50\d|59\d|6[789]\d|80\d|85\d|87\d|88\d|96\d|97\d|99\d)"
)
_FEWEST, _MOST, _FEWEST_NATIONAL, _FEWEST_DIFFERENT = 9, 15, 6, 3  # +000000000 is nobody's
_MOST_NATIONAL: Final = 12
_OF_TABLE: Final = 4  # digits of each group in a table of characters
#: A byte that stands before another.
_BYTES: Final = r"\b[\da-fA-F]{2} \Z"
#: Not in lines of source, where numbers in groups are tables.
_SAID: Final = TEXT_KINDS - {Kind.CODE, Kind.PATH, Kind.URL}
_NUMBER: Final = (
    r"(?:[_ -]?(?:number|no|nr|num))?\.?\\?[\"']?\s{0,2}[:= ]\s{0,2}\\?[\"']?(\(?\d[\d ()./-]{5,20}\d)(?![\w:])"
)


#: Further words for a telephone.
_ABROAD: Final = (
    *("m\u00f3vil", "movil", "celular", "t\u00e9l\u00e9phone", "t\u00e9l", "tel\u00e9fono", "telefone", "cellulare"),
    *(
        "hotline",
        "rufnummer",
        "telefoon",
        "telefonu",
        "puhelin",
        "\u0442\u0435\u043b\u0435\u0444\u043e\u043d",
        "\u7535\u8bdd",
        "\u96fb\u8a71",
    ),
)


#: What a telephone number would be a part of, in the shape.
_JOINING: Final = "0Aa_.,:/+-"


def _digits(text: str, start: int, end: int) -> str:
    return "".join(filter(str.isdigit, text[start:end]))


def _international(text: str, start: int, end: int) -> bool:
    number = text[start:end].replace("(0)", "")  # the national prefix, which is not dialled from abroad
    digits = "".join(filter(str.isdigit, number)).removeprefix("00")
    known = compiled(_COUNTRY).match(digits) is not None and len(set(digits)) >= _FEWEST_DIFFERENT
    return known and _FEWEST <= len(digits) <= _MOST


def _double_zero(text: str, start: int, end: int) -> bool:
    table = all(len(group) == _OF_TABLE for group in text[start:end].split(" "))
    return not table and text.startswith("00", start) and _international(text, start, end)


def _national(text: str, start: int, end: int) -> bool:
    digits = _digits(text, start, end)
    return _FEWEST_NATIONAL <= len(digits) <= _MOST and compiled(r"\d{4}-\d\d-\d\d").match(text, start) is None


def _area(text: str, start: int, end: int) -> bool:
    """Tell a number behind its area code from counters and dates that begin with a 0, too."""
    if compiled(r"\d{5}-\d{4}\Z").match(text[start:end]):
        return False  # a postal code of the United States
    groups = compiled("[ /-]+").split(text[start:end])
    if not _FEWEST <= sum(map(len, groups)) <= _MOST_NATIONAL or compiled(_BYTES).search(before(text, start, 3)):
        return False
    return not (len({len(group) for group in groups}) == 1 and all(group.startswith("0") for group in groups))


def _pairs(text: str, start: int, end: int) -> bool:
    """Tell a number in pairs of digits from bytes in a dump."""
    around = compiled(_BYTES).search(before(text, start, 3)) or compiled(r" [\da-fA-F]{2}\b").match(after(text, end, 3))
    return around is None


def _exchange(text: str, start: int, end: int) -> bool:
    """North America's area codes and exchanges begin with no 0 and no 1."""
    del end
    return text[start] not in "01" and text[start + 4] not in "01"


def _device(text: str, start: int, end: int) -> bool:
    return luhn(_digits(text, start, end))


PHONES: Final = (
    Pattern(
        "phone",
        r"\+0" + apart(r"\+0", r"0Aa_.+)\]") + r"(?:0|[ ()./-]{1,2}0|\(0\)){7,16}(?![0Aa]|\.0)",
        placeholder="[phone]",
        examples=(
            hit("call +49 30 1234567 now", "call [phone] now"),
            hit("+1 (415) 555-0132.", "[phone]."),
            hit("tel:+442079460958;x", "tel:[phone];x"),
            miss("+1234 -567, +02:00, x+1234567890, +1.5e10"),
            miss("offset +12345678 ns"),
        ),
        literals=("+0",),
        over="shape",
        check=_international,
        batched=True,
    ),
    Pattern(
        "phone-quoted",
        r"%2b(\d{9,15})(?![\w])",
        placeholder="[phone]",
        examples=(hit("to=%2B4930123456789&n=1", "to=%2B[phone]&n=1"), miss("%2B1 and a%2Bb")),
        literals=("%2b",),
        over="low",
        check=_international,
        batched=True,
    ),
    Pattern(
        "phone-00",
        "00(?=0{0,3}[ /-])" + apart("00", "0Aa_.+:-") + r"0{0,3}[ /-](?:0|[ ()/-]{1,2}0){6,14}(?![0Aa]|[.:-]0)",
        placeholder="[phone]",
        examples=(
            hit("ring 0049 30 1234567", "ring [phone]"),
            miss("2024-05-03 10, 0012 34, 10 20 30 40 50 60 70"),
        ),
        literals=("00 0", "00/0", "00-0"),
        over="shape",
        check=_double_zero,
        batched=True,
    ),
    Pattern(
        "phone-us",
        r"\(000\)(?<![0Aa_]\(000\)) ?000[ .-]0000(?![0Aa-])",
        placeholder="[phone]",
        examples=(hit("at (415) 555-0132", "at [phone]"), miss("f(415) and (123) 456")),
        literals=("(000)",),
        over="shape",
        batched=True,
    ),
    Pattern(
        "phone-bracketed",
        r"\(0{3,5}\)(?<![0Aa_]\(000\))(?<![0Aa_]\(0000\)) ?0{3,4}[ -]?0{3,5}(?![0Aa_%]|[.,/:-]0)",
        _SAID,
        placeholder="[phone]",
        examples=(hit("ring (030) 1234567", "ring [phone]"), miss("f(030) 12, x(0301) 1234567, (130) 1234567")),
        literals=("(000",),
        over="shape",
        check=lambda text, start, end: text[start + 1] == "0" != text[start + 2] and end > start,
        batched=True,
    ),
    Pattern(
        "phone-area",
        "000(?=0{0,2}(?: [/-] |[ /-])00)(?:"
        + "|".join(more + apart(f"000{more}", _JOINING) for more in ("", "0", "00"))
        + ")"
        r"(?: [/-] |[ /-])00{1,7}(?:[ -]00{1,7}){0,4}"
        r"(?![0Aa_%]|[.,/:-]0| 0)",
        _SAID,
        placeholder="[phone]",
        examples=(
            hit("ring 089 / 12 34 56 78 or 0170 1234567", "ring [phone] or [phone]"),
            hit("020 7946 0958, 030-1234567, 0171/1234567", "[phone], [phone], [phone]"),
            miss("at 0150 0160 0170, 0010 1234567, 017 of 12, 0123-45-67 10:11, 0.123 456789012"),
        ),
        literals=("000",),
        over="shape",
        check=lambda text, start, end: text[start] == "0" != text[start + 1] and _area(text, start, end),
        batched=True,
    ),
    Pattern(
        "phone-pairs",
        "00[ .]" + apart("00[ .]", _JOINING) + "00(" r"?:[ .]00){3}(?![0Aa_%]|[.,/:-]0)",
        _SAID,
        placeholder="[phone]",
        examples=(
            hit("appelez le 01 70 18 99 00.", "appelez le [phone]."),
            miss("00 70 18 99 00, 01 02 03 04 05 06, ff 01 70 18 99 00, 1.01.70.18.99.00"),
        ),
        literals=("00 00", "00.00"),
        over="shape",
        check=lambda text, start, end: text[start] == "0" != text[start + 1] and _pairs(text, start, end),
        batched=True,
    ),
    Pattern(
        "phone-dashed",
        "000" + apart("000", _JOINING) + r"(?:-000-|\.000\.)0000(?![0Aa_%]|[.,/:-]0)",
        _SAID,
        placeholder="[phone]",
        examples=(
            hit("call back at 415-555-0132", "call back at [phone]"),
            miss("part 115-555-0132 and 415-155-0132, id 415-555-0132-7, 4.415.555.0132"),
        ),
        literals=("000-000-0000", "000.000.0000"),
        over="shape",
        check=_exchange,
        batched=True,
    ),
    *(
        Pattern(
            f"phone-{word}",
            word + _NUMBER,
            placeholder="[phone]",
            examples=(
                hit(f"{word}: 555-867-5309, n=1", f"{word}: [phone], n=1"),
                hit(f"{{'{word}': '0170 1234567'}}", f"{{'{word}': '[phone]'}}"),
                miss(f"{word} 12, {word} 3 of 12, {word}: 2024-05-03 10:11:12, {word}/537.36"),
            ),
            literals=(word,),
            over="low",
            check=_national,
            batched=True,
        )
        for word in ("phone", "telefon", "tel", "mobile", "mobil", "handy", "fax", "sms", "call", "msisdn", "whatsapp")
    ),
    Pattern(
        "phone-abroad",
        "(?:" + "|".join(_ABROAD) + ")" + _NUMBER,
        placeholder="[phone]",
        examples=(
            hit("al m\u00f3vil 612 345 678, n=1", "al m\u00f3vil [phone], n=1"),
            miss("t\u00e9l\u00e9phone: aucun, hotline 24/7"),
        ),
        literals=_ABROAD,
        over="low",
        check=_national,
        batched=True,
    ),
    Pattern(
        "imei",
        r"00-000000-000000-0(?<![0Aa_-]00-000000-000000-0)(?![0Aa_-])",
        examples=(hit("is 35-209900-176148-1", "is [imei]"), miss("35-209900-176148-2")),
        literals=("00-000000-000000-0",),
        over="shape",
        check=_device,
        batched=True,
    ),
    Pattern(
        "imei-named",
        r"(?:imei(?:[/ _-]?sv)?|imsi|meid|iccid)(?:[_ -]?(?:number|no|nr|code|1|2))?"
        r"\\?[\"']?\s{0,2}[:=# ]\s{0,2}\\?[\"']?(\d[\d -]{12,20}\d|[\da-f]{14})(?!\w)",
        placeholder="[imei]",
        examples=(
            hit("IMEI 490154203237518 is unknown", "IMEI [imei] is unknown"),
            hit("'imei': '35-693803-564380-9'", "'imei': '[imei]'"),
            miss("imei is missing"),
        ),
        literals=("imei", "imsi", "meid", "iccid"),
        over="low",
        batched=True,
    ),
)
