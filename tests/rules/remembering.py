"""A program that scrubs texts of run time, forgets them, and then looks whether anything that lives still holds one.

Prints where: the types of what leads there. Its argument says what is remembered on purpose, as the control.
"""

import gc
import json
import sys
import uuid

import scrubbing
from scrubbing import Machine, Pattern, Policy
from scrubbing.schema.kinds import Kind

#: Two halves: nowhere but in the texts do they stand together.
HALVES = "q" + uuid.uuid4().hex[:12], "z" + uuid.uuid4().hex[:12]
KEPT = []


def secret(place):
    """A text of run time: shaped as a word, a path, a message or a name, with both halves."""
    shapes = ("order {} of {}", "/home/erika/{}/{}.txt", "{}_{}", "{}.{}", "password={}{}", "{} {} " * 30)
    return [shape.format(HALVES[0] + place, HALVES[1]) for shape in shapes[:5]] + [
        f"{HALVES[0]}{place} {HALVES[1]} " * 9
    ]


def event(*, made_up=False):
    """An event with such texts in every place where an SDK puts what a program handled; in those for names if asked."""
    frame = {"function": "f", "module": "frob", "filename": "frob.py", "lineno": 1, "vars": {"x": secret("v")}}
    named = {"function": secret("f")[2], "module": secret("f")[3], "lineno": 3} if made_up else frame
    value = {"type": "ValueError", "value": secret("e")[0], "stacktrace": {"frames": [frame, named]}}
    return {
        "level": "error",
        "platform": "python",
        "exception": {"values": [value]},
        "message": secret("m")[0],
        "breadcrumbs": {"values": [{"message": text, "category": text, "data": {"a": text}} for text in secret("b")]},
        "extra": {text: text for text in secret("x")},
        "tags": {"tag": secret("t")[2]},
        "request": {"url": "https://h.example/" + secret("u")[2] + "?a=" + secret("u")[3], "data": secret("d")},
        "contexts": {"own": {"a": secret("c")}},
    }


def fail(text):
    """Raise an error about something of run time."""
    raise ValueError(f"cannot take {text} of {len(text)}")


def work(policy):
    """Everything the rooms do with such texts."""
    given = event()
    try:
        fail(secret("r")[0])
    except ValueError as error:
        scrubbing.scrub(given, policy, error)
        scrubbing.skeleton(error, ["__main__"])
    made = scrubbing.scrub(given, policy)
    scrubbing.explain(given, policy)
    for text in secret("s"):
        scrubbing.scrub_text(text, policy)
        policy.engine.find(text, Kind.TEXT, "key")
    json.dumps(made)


def holders():
    """Walk everything that lives and give the types of what holds a text."""
    gc.collect()
    found = set()
    seen = {id(found)}
    waiting = gc.get_objects()
    seen.update((id(seen), id(waiting)))
    while waiting:
        holder = waiting.pop()
        keys = dict.keys(holder) if isinstance(holder, dict) else ()  # which `gc` passes over where they are strings
        for each in (*gc.get_referents(holder), *keys):
            if type(each) in (str, bytes):
                text = each if type(each) is str else each.decode("latin-1")
                if HALVES[0] in text and HALVES[1] in text:
                    found.add(type(holder).__name__)
            elif id(each) not in seen:
                seen.add(id(each))
                waiting.append(each)
    return sorted(found)


if __name__ == "__main__":
    own = [Pattern("order", "ORD-[0-9]{4,8}")]
    policies = [
        Policy(preset=preset, machine=Machine(username="erika"), packages=["__main__"], rules=own, cache=cache)
        for preset in ("strict", "standard", "verbose")
        for cache in (True, False)
    ]
    for policy in policies:
        for _ in range(2):
            work(policy)
    if sys.argv[1:] == ["list"]:
        KEPT.append(secret("k"))
    if sys.argv[1:] == ["names"]:
        scrubbing.scrub({"transaction": secret("n")[2], **event(made_up=True)}, policies[-1])
    print(json.dumps({"holders": holders(), "clean": [len(policy.engine._clean) for policy in policies]}))
