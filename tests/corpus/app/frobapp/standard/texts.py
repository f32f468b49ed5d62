"""Texts and bytes: codecs, patterns, templates, packed structures, source code."""

from __future__ import annotations

import ast
import base64
import binascii
import codecs
import difflib
import gettext
import locale
import marshal
import pickle
import re
import shlex
import string
import struct
import textwrap
import tokenize
import unicodedata


def text_that_is_no_ascii(v):
    # -> <?> codec can't encode character <?> in position <?>: ordinal not in range(128)
    return v.name.encode("ascii")


def bytes_that_are_no_utf8(v):
    # -> <?> codec can't decode byte <?> in position <?>: invalid start byte
    return (v.word.encode() + b"\xff").decode()


def codec_nobody_knows(v):
    # -> unknown encoding: <?>
    return v.word.encode(v.key)


def error_handler_nobody_knows(v):
    # -> unknown error handler name <?>
    return v.name.encode("ascii", errors=v.key)


def codec_that_is_not_for_text(v):
    # -> <?> is not a text encoding; use codecs.encode() to handle arbitrary codecs
    return v.word.encode("rot13")


def base64_with_a_wrong_length(v):
    # -> Incorrect padding
    return base64.b64decode(v.word + "A")


def base64_that_is_none(v):
    # -> Only base64 data is allowed
    # -> Non-base64 digit found
    return base64.b64decode(v.sentence, validate=True)


def base32_that_is_none(v):
    # -> Incorrect padding
    return base64.b32decode(v.word)


def base85_that_is_none(v):
    # -> string argument should contain only ASCII characters
    return base64.b85decode(v.word + "\u00e9")


def hexadecimal_that_is_none(v):
    # -> non-hexadecimal number found in fromhex() arg at position <?>
    return bytes.fromhex(v.word)


def hexadecimal_of_odd_length(v):
    # -> Odd-length string
    return binascii.unhexlify("abc")


def pattern_with_an_open_group(v):
    # -> missing ), unterminated subpattern at position <?>
    return re.compile(f"({v.word}")


def pattern_with_a_bad_escape(v):
    # -> bad escape <?> at position <?>
    return re.compile(rf"{v.word}\q")


def pattern_that_repeats_nothing(v):
    # -> nothing to repeat at position <?>
    return re.compile(f"*{v.word}")


def pattern_with_a_group_twice(v):
    # -> redefinition of group name <?> as group <?>; was group <?> at position <?>
    return re.compile(f"(?P<{v.key}>a)(?P<{v.key}>b)")


def pattern_with_a_bad_range(v):
    # -> bad character range <?> at position <?>
    return re.compile("[z-a]" + v.word)


def pattern_with_an_unknown_extension(v):
    # -> unknown extension ?<?> at position <?>
    return re.compile(f"(?{v.word})")


def pattern_that_looks_behind_too_far(v):
    # -> look-behind requires fixed-width pattern
    return re.compile(f"(?<={v.word}+)a")


def group_a_pattern_has_not(v):
    # -> no such group
    return re.match(r"(?P<first>\w)", v.word).group(v.key)


def replacement_with_an_unknown_group(v):
    # -> unknown group name <?>
    return re.sub("(a)", rf"\g<{v.key}>", "a")


def pattern_that_is_a_number(v):
    # -> first argument must be string or compiled pattern
    return re.compile(v.number)


def bytes_searched_for_text(v):
    # -> cannot use a string pattern on a bytes-like object
    return re.search(v.word, v.word.encode())


def template_without_a_value(v):
    # -> <?>
    return string.Template(f"${v.key}").substitute({v.word: 1})


def template_with_a_bad_sign(v):
    # -> Invalid placeholder in string: line <?>, col <?>
    return string.Template(f"{v.word} $ ").substitute()


def format_without_a_value(v):
    # -> <?>
    return "{name}".format(**{v.key: v.word})


def format_with_too_few_values(v):
    # -> Replacement index <?> out of range for positional args tuple
    return "{} {}".format(v.word)


def format_nobody_knows(v):
    # -> Unknown format code <?> for object of type <?>
    return format(v.word, "d")


def format_of_an_odd_object(v):
    # -> unsupported format string passed to <?>.__format__
    return f"{[v.word]:>20}"


def percent_with_too_few_values(v):
    # -> not enough arguments for format string
    return "%s %s" % (v.word,)


def percent_with_too_many_values(v):
    # -> not all arguments converted during string formatting
    return "%s" % (v.word, v.key)


def percent_of_a_wrong_type(v):
    # -> %<?> format: a real number is required, not <?>
    # -> %<?> format: a number is required, not <?>
    return "%d" % v.word


def percent_nobody_knows(v):
    # -> unsupported format character <?> (<?>) at index <?>
    return "%y" % v.number


def format_that_mixes_numbers(v):
    # -> cannot switch from automatic field numbering to manual field specification
    return "{} {0}".format(v.word)


def structure_of_a_wrong_length(v):
    # -> unpack requires a buffer of <?> bytes
    return struct.unpack("<II", v.word.encode())


def structure_that_is_too_small(v):
    # -> ubyte format requires <?> <= number <= <?>
    # -> <?> format requires <?> <= number <= <?>
    return struct.pack("<B", v.number)


def structure_of_a_word(v):
    # -> required argument is not an integer
    return struct.pack("<I", v.word)


def structure_in_a_bad_format(v):
    # -> bad char in struct format
    return struct.calcsize(f"z{v.word}")


def structure_with_too_few_values(v):
    # -> pack expected <?> items for packing (got <?>)
    return struct.pack("<III", v.number, 1)


def pickle_of_a_lambda(v):
    # -> Can't pickle local object <?>
    # -> Can't get local object <?>
    return pickle.dumps(lambda: v.word)


def pickle_that_is_none(v):
    # -> invalid load key, <?>.
    return pickle.loads(b"z" + v.word.encode())


def pickle_of_nothing(v):
    # -> Ran out of input
    return pickle.loads(b"")


def pickle_of_a_missing_module(v):
    # -> No module named <?>
    return pickle.loads(f"c{v.word}\n{v.key}\n.".encode())


def pickle_of_a_missing_name(v):
    # -> Can't get attribute <?> on <?>
    return pickle.loads(f"cfrobapp.standard\n{v.key}\n.".encode())


def marshal_that_is_none(v):
    # -> marshal data too short
    return marshal.loads(b"z" + v.word.encode())


def shell_words_without_an_end(v):
    # -> No closing quotation
    return shlex.split(f"rm '{v.path}")


def shell_words_with_an_escape_at_the_end(v):
    # -> No escaped character
    return shlex.split(f"rm {v.word}\\")


def literal_that_is_a_call(v):
    # -> malformed node or string on line <?>: <?>
    return ast.literal_eval(f"{v.word}()")


def literal_with_a_mistake(v):
    # -> <?> was never closed (<?>, line <?>)
    return ast.literal_eval(f"[{v.word}, ")


def source_with_a_mistake(v):
    # -> invalid syntax (<?>, line <?>)
    return compile(f"def {v.word}(:\n    pass\n", v.path, "exec")


def source_with_a_bad_indent(v):
    # -> expected an indented block after <?> statement on line <?> (<?>, line <?>)
    return compile(f"if True:\n{v.word}\n", v.path, "exec")


def source_with_a_null_byte(v):
    # -> source code string cannot contain null bytes
    return compile(f"{v.word}\0", v.path, "exec")


def source_in_an_unknown_encoding(v):
    # -> unknown encoding: <?>
    lines = iter([f"# coding: {v.word}\n".encode()])
    return tokenize.detect_encoding(lambda: next(lines))


def wrapping_to_nothing(v):
    # -> invalid width <?> (must be > 0)
    return textwrap.fill(v.sentence, width=0)


def shortening_too_much(v):
    # -> placeholder too large for max width
    return textwrap.shorten(v.sentence, width=3)


def character_nobody_named(v):
    # -> "undefined character name <?>"
    return unicodedata.lookup(v.word)


def name_of_an_unnamed_character(v):
    # -> no such name
    return unicodedata.name("\x00" if v.word else "")


def number_of_a_letter(v):
    # -> not a numeric character
    return unicodedata.numeric(v.word[0])


def locale_nobody_has(v):
    # -> unsupported locale setting
    return locale.setlocale(locale.LC_ALL, v.word)


def translation_nobody_made(v):
    # -> [Errno <?>] No translation file found for domain: <?>
    return gettext.translation(v.word, v.home)


def codec_information_that_is_missing(v):
    # -> unknown encoding: <?>
    return codecs.getincrementalencoder(v.word)


def match_with_a_bad_cutoff(v):
    # -> cutoff must be in [0.0, 1.0]: <?>
    return difflib.get_close_matches(v.word, [v.key], cutoff=v.number)


def substring_that_is_missing(v):
    # -> substring not found
    return v.sentence.index(v.key)


def separator_that_is_empty(v):
    # -> empty separator
    return v.sentence.split("")


def joined_numbers(v):
    # -> sequence item <?>: expected str instance, <?> found
    return ", ".join([v.word, v.number])


def character_out_of_range(v):
    # -> chr() arg not in range(0x110000)
    return chr(v.number * 1000)


def character_of_a_word(v):
    # -> ord() expected a character, but string of length <?> found
    return ord(v.word)


def translation_of_unequal_lengths(v):
    # -> the first two maketrans arguments must have equal length
    return str.maketrans(v.word, v.sentence)
