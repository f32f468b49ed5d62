"""Bags of which servers keep no more than some bytes are cut here, visibly, so that it is known what is kept.

Sentry's normaliser would cut the rest: of 2 KiB of a frame's variables, whatever comes last, in the middle of a value.
Here all values keep their beginning, and large containers go before small values do.
"""

from __future__ import annotations

from typing import Any

from scrubbing.policy import Policy
from scrubbing.rewrite.texts import cut
from scrubbing.schema.kinds import Kind
from scrubbing.schema.strings import UNKNOWN
from scrubbing.schema.walker.bags import is_pair
from scrubbing.schema.walker.walk import Walk
from scrubbing.wire import dumps

#: What a long string of a bag is cut to, one after the other until the bag is small enough.
_CUTS = (512, 128, 32)
#: Under this key stands that there was more.
_MORE = "..."


def trim(walk: Walk, policy: Policy) -> None:
    """Cut the bags a walk found to what servers keep of them.

    Args:
        walk: a walk whose texts have been rewritten.
        policy: whose rules look again at what was cut.
    """
    sized: dict[int, list[tuple[str, int]]] = {}
    for record, fields in zip(walk.records, walk.fields, strict=True):
        found = sized.get(id(fields))
        if found is None:
            found = sized[id(fields)] = [(name, field.size) for name, field in fields.items() if field.size]
        for name, size in found:
            bag = record.get(name)
            if bag and len(dumps(bag)) > size:
                record[name] = _smaller(bag, size, name, policy)


def _smaller(bag: Any, size: int, name: str, policy: Policy) -> Any:
    for limit in _CUTS:
        bag = _cut(bag, limit, name, policy)
        if len(dumps(bag)) <= size:
            return bag
    if not isinstance(bag, (dict, list)):
        return UNKNOWN
    places: Any = bag if isinstance(bag, dict) else range(len(bag))
    sizes = {place: len(dumps(bag[place])) for place in places}
    total = len(dumps(bag))
    for place in sorted(sizes, key=lambda one: -sizes[one]):  # the largest first, and of equals the first
        if isinstance(bag[place], (dict, list)) and total > size:
            bag[place] = UNKNOWN
            total -= sizes[place] - len(UNKNOWN) - 2
    kept = list(bag)
    while kept and len(dumps(bag)) > size:  # too many small ones: the last go, by halves
        kept = kept[: len(kept) // 2]
        bag = {**{key: bag[key] for key in kept}, _MORE: UNKNOWN} if isinstance(bag, dict) else bag[: len(kept)]
    return bag


def _cut(value: Any, limit: int, name: str, policy: Policy) -> Any:
    """Cut every string below; what stands under a key is looked at again under that key."""
    if type(value) is str:
        return cut(value, limit, Kind.BAG, name or None, policy)
    if type(value) is dict:
        return {key: _cut(child, limit, key, policy) for key, child in value.items()}
    if type(value) is not list:
        return value
    if is_pair(value):  # as headers and queries are given
        return [value[0], _cut(value[1], limit, value[0], policy)]
    return [_cut(child, limit, name, policy) for child in value]
