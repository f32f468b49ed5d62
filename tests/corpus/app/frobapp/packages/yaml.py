"""Settings in YAML."""

from __future__ import annotations

import yaml


class Tools:
    pass


def load(text):
    return yaml.safe_load(text)


def list_that_does_not_end(v):
    # -> while parsing a flow sequence\n  in "<?>", line <?>, column <?>:\n<?>\nexpected ',' or ']', but got <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"names: [{v.word}, {v.word}")


def mapping_in_a_value(v):
    # -> mapping values are not allowed here\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}: {v.word}: {v.word}")


def tab_for_an_indent(v):
    # -> while scanning for the next token\nfound character <?> that cannot start any token\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}:\n\t{v.word}: 1")


def indent_that_does_not_fit(v):
    # -> while parsing a block mapping\n  in "<?>", line <?>, column <?>:\n<?>\nexpected <block end>, but found <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}:\n    a: 1\n  {v.word}: 2")


def quote_that_does_not_end(v):
    # -> while scanning a quoted scalar\n  in "<?>", line <?>, column <?>:\n<?>\nfound unexpected end of stream\n  in "<?>", line <?>, column <?>:\n<?>
    load(f'{v.key}: "{v.sentence}')


def character_that_cannot_start(v):
    # -> while scanning for the next token\nfound character <?> that cannot start any token\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}: @{v.word}")


def alias_nobody_defined(v):
    # -> found undefined alias <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}: *{v.word}")


def anchor_without_a_name(v):
    # -> while scanning an anchor\n  in "<?>", line <?>, column <?>:\n<?>\nexpected alphabetic or numeric character, but found <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}: & {v.word}")


def tag_nobody_knows(v):
    # -> could not determine a constructor for the tag <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}: !{v.word} {v.name}")


def python_object_in_safe_yaml(v):
    # -> could not determine a constructor for the tag <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}: !!python/object:os.{v.word} {{}}")


def python_module_that_is_missing(v):
    # -> while constructing a Python object\nmodule <?> is not imported\n  in "<?>", line <?>, column <?>:\n<?>
    yaml.full_load(f"{v.key}: !!python/name:{v.word}.{v.key}")


def second_document(v):
    # -> expected a single document in the stream\n  in "<?>", line <?>, column <?>:\n<?>\nbut found another document\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}: 1\n---\n{v.word}: 2")


def list_for_a_mapping(v):
    # -> expected a mapping node, but found <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}: !!map [{v.word}]")


def key_that_is_a_list(v):
    # -> while constructing a mapping\n  in "<?>", line <?>, column <?>:\n<?>\nfound unhashable key\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"? [{v.word}, {{{v.key}: 1}}]\n: {v.number}")


def merge_of_a_word(v):
    # -> while constructing a mapping\n  in "<?>", line <?>, column <?>:\n<?>\nexpected a mapping or list of mappings for merging, but found <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"<<: {v.word}")


def control_character(v):
    # -> unacceptable character #x<?>: special characters are not allowed\n  in "<?>", position <?>
    load(f"{v.word}\0{v.secret}")


def version_nobody_knows(v):
    # -> found incompatible YAML document (version 1.* is required)\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"%YAML 3.0\n--- {v.word}")


def directive_twice(v):
    # -> found duplicate YAML directive\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"%YAML 1.1\n%YAML 1.1\n--- {v.word}")


def text_that_is_no_unicode(v):
    # -> unacceptable character #x<?>: truncated data\n  in "<?>", position <?>
    load(b"\xff\xfe\xff" + v.word.encode())


def object_that_cannot_be_written(v):
    # -> ('cannot represent an object', <?>)
    yaml.safe_dump({v.word: Tools()})


def number_that_is_none(v):
    # -> invalid literal for int() with base <?>: <?>
    load(f"{v.key}: !!int {v.word}")


def block_with_a_bad_header(v):
    # -> while scanning a block scalar\n  in "<?>", line <?>, column <?>:\n<?>\nexpected chomping or indentation indicators, but found <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}: |{v.word}\n  {v.sentence}")


def document_that_ends_early(v):
    # -> while parsing a flow mapping\n  in "<?>", line <?>, column <?>:\n<?>\nexpected ',' or '}', but got <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{{{v.key}: {v.word}")


def dash_in_a_mapping(v):
    # -> while parsing a block mapping\n  in "<?>", line <?>, column <?>:\n<?>\nexpected <block end>, but found <?>\n  in "<?>", line <?>, column <?>:\n<?>
    load(f"{v.key}: 1\n- {v.word}")
