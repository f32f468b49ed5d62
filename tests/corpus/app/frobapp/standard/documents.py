"""Reading documents: JSON, CSV, TOML, INI, XML, property lists, mail."""

from __future__ import annotations

import configparser
import csv
import io
import json
import plistlib
import xml.dom.minidom
import xml.sax
from email import message_from_string, policy
from email.headerregistry import Address
from email.message import EmailMessage
from xml.etree import ElementTree


def truncated_json(v):
    # -> Expecting ',' delimiter: line <?> column <?> (char <?>)
    return json.loads('{"name": "%s"' % v.word)


def json_without_quotes(v):
    # -> Expecting property name enclosed in double quotes: line <?> column <?> (char <?>)
    return json.loads("{%s: 1}" % v.word)


def json_with_text_after_it(v):
    # -> Extra data: line <?> column <?> (char <?>)
    return json.loads(f'{{"name": 1}} {v.sentence}')


def json_of_a_sentence(v):
    # -> Expecting value: line <?> column <?> (char <?>)
    return json.loads(v.sentence)


def json_with_a_bad_escape(v):
    # -> Invalid \escape: line <?> column <?> (char <?>)
    return json.loads('"%s\\x"' % v.word)


def json_that_does_not_end(v):
    # -> Unterminated string starting at: line <?> column <?> (char <?>)
    return json.loads('"' + v.secret)


def json_with_a_control_character(v):
    # -> Invalid control character at: line <?> column <?> (char <?>)
    return json.loads('"' + v.word + '\n"')


def json_of_a_number(v):
    # -> the JSON object must be str, bytes or bytearray, not <?>
    return json.loads(v.number)


def json_with_a_byte_order_mark(v):
    # -> Unexpected UTF-8 BOM (decode using utf-8-sig): line <?> column <?> (char <?>)
    return json.loads("\ufeff" + v.word)


def json_from_a_file(v):
    # -> Expecting value: line <?> column <?> (char <?>)
    path = v.home / "state.json"
    path.write_text('{"user": %s}' % v.word)
    with path.open() as file:
        return json.load(file)


def date_in_json(v):
    # -> Object of type <?> is not JSON serializable
    return json.dumps({v.word: v.day})


def odd_key_in_json(v):
    # -> keys must be str, int, float, bool or None, not <?>
    return json.dumps({(v.word, v.number): 1})


def nan_in_json(v):
    # -> Out of range float values are not JSON compliant
    # -> Out of range float values are not JSON compliant: <?>
    return json.dumps({v.word: float("nan")}, allow_nan=False)


def circle_in_json(v):
    # -> Circular reference detected
    circle = {"name": v.word}
    circle["self"] = circle
    return json.dumps(circle)


def unknown_column_in_csv(v):
    # -> <?>
    rows = csv.DictReader(io.StringIO(f"name,mail\n{v.word},{v.email}\n"))
    return next(rows)[v.key]


def extra_field_in_csv(v):
    # -> dict contains fields not in fieldnames: <?>
    writer = csv.DictWriter(io.StringIO(), fieldnames=["name", "mail"])
    writer.writerow({"name": v.word, v.key: v.email})


def csv_with_a_long_field(v):
    # -> field larger than field limit (<?>)
    csv.field_size_limit(10)
    try:
        return list(csv.reader([v.sentence * 3]))
    finally:
        csv.field_size_limit(131072)


def csv_without_an_escape(v):
    # -> need to escape, but no escapechar set
    writer = csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE)
    writer.writerow([v.sentence])


def csv_dialect_nobody_knows(v):
    # -> unknown dialect
    return csv.reader([v.word], dialect=v.key)


def csv_that_cannot_be_sniffed(v):
    # -> Could not determine delimiter
    return csv.Sniffer().sniff(v.word, delimiters=";")


def csv_with_a_bad_delimiter(v):
    # -> "delimiter" must be a 1-character string
    # -> "delimiter" must be a unicode character, not a string of length <?>
    return csv.writer(io.StringIO(), delimiter=v.word)


def missing_section(v):
    # -> No section: <?>
    parser = configparser.ConfigParser()
    parser.read_string(f"[{v.word}]\nname = 1\n")
    return parser.get(v.key, "name")


def missing_option(v):
    # -> No option <?> in section: <?>
    parser = configparser.ConfigParser()
    parser.read_string(f"[{v.word}]\nname = 1\n")
    return parser.get(v.word, v.key)


def duplicate_section(v):
    # -> While reading from <?> [line  <?>]: section <?> already exists
    configparser.ConfigParser().read_string(f"[{v.word}]\n[{v.word}]\n", source=v.path)


def duplicate_option(v):
    # -> While reading from <?> [line  <?>]: option <?> in section <?> already exists
    configparser.ConfigParser().read_string(f"[{v.word}]\n{v.key} = 1\n{v.key} = 2\n", source=v.path)


def ini_without_a_section(v):
    # -> File contains no section headers.\nfile: <?>, line: <?>\n<?>
    configparser.ConfigParser().read_string(f"{v.key} = 1\n", source=v.path)


def ini_that_is_prose(v):
    # -> Source contains parsing errors: <?>\n\t[line <?>]: <?>
    configparser.ConfigParser().read_string(f"[{v.word}]\n{v.sentence}\n", source=v.path)


def ini_value_that_is_no_boolean(v):
    # -> Not a boolean: <?>
    parser = configparser.ConfigParser()
    parser.read_dict({"server": {"debug": v.word}})
    return parser.getboolean("server", "debug")


def ini_interpolating_nothing(v):
    # -> Bad value substitution: option <?> in section <?> contains an interpolation key <?> which is not a valid option name. Raw value: <?>
    parser = configparser.ConfigParser()
    parser.read_dict({v.word: {"home": f"%({v.key})s/lib"}})
    return parser.get(v.word, "home")


def ini_interpolating_badly(v):
    # -> invalid interpolation syntax in <?> at position <?>
    parser = configparser.ConfigParser()
    parser.read_dict({v.word: {"home": f"%{v.key}"}})
    return parser.get(v.word, "home")


def ini_section_added_twice(v):
    # -> Section <?> already exists
    parser = configparser.ConfigParser()
    parser.add_section(v.word)
    parser.add_section(v.word)


def ini_value_that_is_a_number(v):
    # -> option values must be strings
    parser = configparser.ConfigParser()
    parser.add_section(v.word)
    parser.set(v.word, v.key, v.number)


def xml_that_does_not_match(v):
    # -> mismatched tag: line <?>, column <?>
    return ElementTree.fromstring(f"<a><{v.word}></a>")


def xml_of_nothing(v):
    # -> syntax error: line <?>, column <?>
    return ElementTree.fromstring(v.sentence)


def xml_with_an_unknown_entity(v):
    # -> undefined entity: line <?>, column <?>
    return ElementTree.fromstring(f"<a>&{v.word};</a>")


def xml_file_that_is_not_there(v):
    # -> [Errno <?>] No such file or directory: <?>
    return ElementTree.parse(v.home / v.folder)


def xml_path_that_is_wrong(v):
    # -> <?> object is not callable
    return ElementTree.fromstring("<a/>").find(f"b[{v.word}")


def xml_that_cannot_be_written(v):
    # -> cannot serialize <?> (type <?>)
    element = ElementTree.Element("a", size=v.number)
    return ElementTree.tostring(element)


def sax_that_does_not_match(v):
    # -> <?>:<?>:<?>: mismatched tag
    xml.sax.parseString(f"<{v.word}><b></{v.word}>", xml.sax.ContentHandler())


def dom_attribute_nobody_set(v):
    # -> <?>
    document = xml.dom.minidom.parseString(f"<a {v.word}='1'/>")
    return document.documentElement.attributes[v.key]


def property_list_that_is_none(v):
    # -> Invalid file
    return plistlib.loads(v.sentence.encode())


def property_list_of_an_odd_thing(v):
    # -> unsupported type: <?>
    return plistlib.dumps({v.word: object})


def property_list_with_an_odd_key(v):
    # -> keys must be strings
    return plistlib.dumps({v.number: v.word})


def address_with_two_signs(v):
    # -> Invalid Domain
    return Address(addr_spec=v.email + "@" + v.host)


def mail_header_with_a_line_break(v):
    # -> Header values may not contain linefeed or carriage return characters
    message = EmailMessage()
    message["Subject"] = f"{v.word}\n{v.sentence}"


def mail_with_two_subjects(v):
    # -> There may be at most <?> <?> headers in a message
    message = EmailMessage()
    message["Subject"] = v.word
    message["Subject"] = v.sentence


def mail_with_an_attachment_of_no_type(v):
    # -> <?>
    message = EmailMessage()
    message.add_attachment(v.number)


def mail_that_is_no_multipart(v):
    # -> Attach is not valid on a message with a non-multipart payload
    message = message_from_string(f"Subject: {v.word}\n\n{v.sentence}", policy=policy.default)
    message.attach(v.word)


def mail_policy_with_an_odd_setting(v):
    # -> <?> is an invalid keyword argument for <?>
    return policy.default.clone(**{v.key: v.word})
