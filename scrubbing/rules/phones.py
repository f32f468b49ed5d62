"""Rows for telephone numbers and for the numbers of the devices themselves.

A number is taken for a telephone's in international form, with a country code that is given out (ITU-T E.164) and as
many digits as its country has; in national form only behind a word that says so. A device's number (IMEI) is told by
its groups and check digit, or by the word before it.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.personal import luhn
from scrubbing.rules.rows import Pattern, compiled, hit, miss

#: Country codes in use, from ITU's list: one, two or three digits.
_COUNTRY: Final = (
    r"(?:1(?=[2-9]\d{9}\Z)|7(?=\d{10}\Z)|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|21[12368]|2[2-6]\d|29[0137-9]|3[578]\d|42\d|50\d|59\d|6[789]\d|80\d|85\d|87\d|88\d|96\d|97\d|99\d)"
)
_FEWEST, _MOST, _FEWEST_NATIONAL, _FEWEST_DIFFERENT = 9, 15, 6, 3  # +000000000 is nobody's
_NUMBER: Final = (
    r"(?:[_ -]?(?:number|no|nr|num))?\.?\\?[\"']?\s{0,2}[:= ]\s{0,2}\\?[\"']?(\(?\d[\d ()./-]{5,20}\d)(?![\w:])"
)


def _digits(text: str, start: int, end: int) -> str:
    return "".join(filter(str.isdigit, text[start:end]))


def _international(text: str, start: int, end: int) -> bool:
    number = text[start:end].replace("(0)", "")  # the national prefix, which is not dialled from abroad
    digits = "".join(filter(str.isdigit, number)).removeprefix("00")
    known = compiled(_COUNTRY).match(digits) is not None and len(set(digits)) >= _FEWEST_DIFFERENT
    return known and _FEWEST <= len(digits) <= _MOST


def _double_zero(text: str, start: int, end: int) -> bool:
    return text.startswith("00", start) and _international(text, start, end)


def _national(text: str, start: int, end: int) -> bool:
    digits = _digits(text, start, end)
    return _FEWEST_NATIONAL <= len(digits) <= _MOST and compiled(r"\d{4}-\d\d-\d\d").match(text, start) is None


def _device(text: str, start: int, end: int) -> bool:
    return luhn(_digits(text, start, end))


PHONES: Final = (
    Pattern(
        "phone",
        r"\+0(?<![0Aa_.+)\]]\+0)(?:0|[ ()./-]{1,2}0|\(0\)){7,16}(?![0Aa]|\.0)",
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
        r"00(?<![0Aa_.+:-]00)0{0,3}[ /-](?:0|[ ()/-]{1,2}0){6,14}(?![0Aa:]|[.-]0)",
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
