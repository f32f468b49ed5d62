"""The texts of a payload: asked about once each, and rewritten where they stand.

Only about one string in eight of a large event is distinct, and in most nothing is found. So the first pass gathers
what is distinct, by what the rules look at; and the second, which puts the answers in, is made where there are any.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from scrubbing.policy import Policy
from scrubbing.schema.kinds import Kind
from scrubbing.schema.strings import FILTERED, OURS, UNKNOWN, shorten
from scrubbing.schema.walker.places import Slot, marks, may_be_said, said, slots
from scrubbing.schema.walker.walk import Field, Walk

#: Texts, by their kind and the name they stand under.
_Asked = dict[tuple[Kind, str | None], list[str]]
#: What became of those in which something was found.
_Changed = dict[tuple[Kind, str | None], dict[str, str]]


def strings(walk: Walk, kinds: Container[Kind]) -> Iterator[tuple[Any, Any, str]]:
    """Find the strings of records that are of some kinds: container, place, text."""
    for record, fields in zip(walk.records, walk.fields, strict=True):
        for name, field in fields.items():
            if field.kind in kinds:
                value = record.get(name)
                if type(value) is str:
                    yield record, name, value
                elif field.many and value:
                    yield from ((value, at, text) for at, text in enumerate(value))


def bag_strings(walk: Walk) -> Iterator[tuple[Any, Any, str]]:
    """Find the strings in bags."""
    for container, key, field, _ in slots(walk) if walk.maps or walk.lists or walk.pairs else ():
        if field.kind is Kind.BAG:
            yield container, key, container[key]


def scrub_texts(walk: Walk, policy: Policy, kinds: Container[Kind]) -> None:
    """Rewrite strings; replace numbers a rule finds something in, and what stands under keys that give it away."""
    asked: _Asked = {}
    _gather_records(walk, kinds, asked)
    _gather_bags(walk, asked)
    seen_as = {kind: policy.looks_at(kind) for kind, _ in asked}
    made = policy.engine.changes([(texts, seen_as[kind], name) for (kind, name), texts in asked.items()])
    changed: _Changed = {}
    for place, found in zip(asked, made, strict=True):
        differing = {text: after for text, after in found.items() if text != after and text not in OURS}
        if differing:
            changed[place] = differing
    if changed or walk.long:
        _put(walk, policy, kinds, changed)


def _gather_records(walk: Walk, kinds: Container[Kind], asked: _Asked) -> None:
    places: dict[int, list[tuple[str, Field, list[str]]]] = {}
    for record, fields in zip(walk.records, walk.fields, strict=True):
        found = places.get(id(fields))  # the same object for all records of a class, and each is kept by the walk
        if found is None:
            found = places[id(fields)] = [
                (name, field, asked.setdefault((field.kind, None if field.many else name or None), []))
                for name, field in fields.items()
                if field.kind in kinds
            ]
        for name, field, texts in found:
            value = record.get(name)
            if type(value) is str:
                texts.append(value)
            elif value is not None:
                if field.many:
                    texts.extend(value)
                elif field.kind is Kind.BAG and (text := said(value)):
                    texts.append(text)


def _gather_bags(walk: Walk, asked: _Asked) -> None:
    under: dict[str, list[str]] = {}
    for mapping in walk.maps:
        for name, value in mapping.items():
            text = value if type(value) is str else said(value)
            if text:
                if name in under:
                    under[name].append(text)
                else:
                    under[name] = [text]
    for members, name in (*zip(walk.lists, walk.names, strict=True), *(([pair[1]], name) for pair, name in walk.pairs)):
        texts = under.setdefault(name, [])
        for value in members:
            texts.append(value if type(value) is str else said(value))
    for name, texts in under.items():
        if asked.setdefault((Kind.BAG, name or None), texts) is not texts:
            asked[Kind.BAG, name or None].extend(texts)


def _put(walk: Walk, policy: Policy, kinds: Container[Kind], changed: _Changed) -> None:
    """Put in what texts became."""
    every = {text for texts in changed.values() for text in texts}
    for slot in slots(walk, None if walk.long else every):
        container, key, field, name = slot
        if field.kind not in kinds:
            continue
        text = container[key]
        after = changed.get((field.kind, name or None), {}).get(text, text)
        if after is not text or (len(text) > field.limit and text not in OURS):
            container[key] = fitting = _fitting(after, slot, policy)
            walk.room -= max(0, len(fitting) - len(text))  # a placeholder can be longer than what it stands for
    for container, key, text, name, instead in marks(walk) if any(map(may_be_said, every)) else ():
        if text in changed.get((Kind.BAG, name or None), ()):
            container[key] = instead


def _fitting(text: str, slot: Slot, policy: Policy) -> str:
    """What a rewritten string became must be short enough, clean again if it was cut, and of its form."""
    _, _, field, name = slot
    text = cut(text, field.limit, field.kind, name or None, policy)
    return text if field.told is None or field.told(text) else UNKNOWN


def cut(text: str, limit: int, kind: Kind, name: str | None, policy: Policy) -> str:
    """Cut a text to what may leave, if that leaves nothing to find."""
    if len(text) <= limit:
        return text
    short = shorten(text, limit)
    return short if policy.engine.clean(short, policy.looks_at(kind), name) else FILTERED
