"""Identifiers, addresses, collections."""

from __future__ import annotations

import array
import collections
import ipaddress
import itertools
import operator
import uuid


def identifier_that_is_none(v):
    # -> badly formed hexadecimal UUID string
    return uuid.UUID(v.word)


def identifier_out_of_range(v):
    # -> int is out of range (need a 128-bit value)
    return uuid.UUID(int=-v.number)


def identifier_of_nothing(v):
    # -> one of the hex, bytes, bytes_le, fields, or int arguments must be given
    return uuid.UUID()


def address_that_is_none(v):
    # -> <?> does not appear to be an IPv4 or IPv6 address
    return ipaddress.ip_address(v.host)


def address_with_a_large_part(v):
    # -> At most 3 characters permitted in <?> in <?>
    return ipaddress.IPv4Address("127.0.0.%d" % v.number)


def address_of_six_that_is_none(v):
    # -> Only hex digits permitted in <?> in <?>
    return ipaddress.IPv6Address(f"::{v.word}")


def network_with_host_bits(v):
    # -> <?> has host bits set
    return ipaddress.ip_network("127.0.0.1/8" if v.word else v.word)


def network_that_is_none(v):
    # -> <?> does not appear to be an IPv4 or IPv6 network
    return ipaddress.ip_network(v.host)


def network_with_a_bad_mask(v):
    # -> <?> is not a valid netmask
    return ipaddress.IPv4Network(f"127.0.0.0/{v.word}")


def array_of_words(v):
    # -> <?> object cannot be interpreted as an integer
    return array.array("i", [v.word])


def array_of_an_unknown_kind(v):
    # -> bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)
    return array.array(v.word[0], [v.number])


def array_of_a_large_number(v):
    # -> signed short integer is greater than maximum
    return array.array("b", [v.number])


def field_with_a_bad_name(v):
    # -> Type names and field names must be valid identifiers: <?>
    return collections.namedtuple("Point", [f"{v.word}!"])


def field_named_twice(v):
    # -> Encountered duplicate field name: <?>
    return collections.namedtuple("Point", [v.key, v.key])


def field_that_is_hidden(v):
    # -> Field names cannot start with an underscore: <?>
    return collections.namedtuple("Point", [f"_{v.word}"])


def tuple_made_of_too_little(v):
    # -> Expected <?> arguments, got <?>
    point = collections.namedtuple("Point", "x y")
    return point._make([v.number])


def tuple_replacing_no_field(v):
    # -> Got unexpected field names: <?>
    point = collections.namedtuple("Point", "x y")
    return point(1, 2)._replace(**{v.key: v.number})


def queue_of_nothing(v):
    # -> pop from an empty deque
    return collections.deque(v.word[:0]).popleft()


def ordered_mapping_without_a_key(v):
    # -> <?>
    return collections.OrderedDict({v.word: 1}).move_to_end(v.key)


def chain_without_a_key(v):
    # -> "Key not found in the first mapping: <?>"
    return collections.ChainMap({v.word: 1}).pop(v.key)


def counter_of_a_number(v):
    # -> <?> object is not iterable
    return collections.Counter(v.number)


def mapping_that_changed(v):
    # -> dictionary changed size during iteration
    names = {v.word: 1}
    for name in names:
        names[v.key] = name


def item_that_is_missing(v):
    # -> <?> is not in list
    return [v.word].index(v.key)


def item_removed_twice(v):
    # -> list.remove(x): x not in list
    return [v.word].remove(v.key)


def set_without_an_item(v):
    # -> <?>
    return {v.word}.remove(v.key)


def smallest_of_nothing(v):
    # -> min() arg is an empty sequence
    # -> min() iterable argument is empty
    return min(item for item in v.word if item == "!")


def getter_without_an_attribute(v):
    # -> <?> object has no attribute <?>
    return operator.attrgetter(v.key)(v.word)


def slice_with_a_negative(v):
    # -> Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.
    return list(itertools.islice(v.word, -v.number))


def zip_of_unequal_lengths(v):
    # -> zip() argument <?> is longer than argument <?>
    return list(zip(v.word, v.sentence, strict=True))
