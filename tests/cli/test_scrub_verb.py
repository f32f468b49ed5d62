"""``scrubbing scrub``: what comes out of files and standard input, what is said of what does not, and where it goes.

Whatever the input, canaries are searched in every byte that comes out, is said or is left on disk; a control says that
the search would find them.
"""

from __future__ import annotations

import gzip
import json
import os
import stat
import sys

import attrs
import pytest
from homes import SCRUBBING
from servers.canaries import search

from scrubbing import Keys, Machine, Policy, fence, scrub, scrub_text, wire
from scrubbing.cli.batch.pieces import Recipe

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and modes of POSIX")
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA0Z3VS5JJcds3xfn\nab0=\n-----END RSA PRIVATE KEY-----"


def event(number, person):
    """An event that has a person's names in every place that leaves under some preset."""
    home = f"/home/{person.username}"
    frame = {
        "module": "frob.orders",
        "function": "charge",
        "lineno": number,
        "filename": "frob/orders.py",
        "abs_path": f"{home}/src/frob/orders.py",
        "vars": {"path": repr(f"{home}/{person.hostname}"), "password": person.password},
    }
    return {
        "event_id": f"{number:032x}",
        "level": "error",
        "platform": "python",
        "release": "frob@1.4.2",
        "server_name": person.hostname,
        "user": {"username": person.username, "email": f"{person.username}@{person.domain}.example"},
        "tags": {"host": person.hostname, "number": str(number)},
        "extra": {"password": person.password, "where": home},
        "exception": {
            "values": [
                {
                    "type": "ValueError",
                    "value": f"{person.full_name} cannot read {home}/{number}.txt on {person.hostname}",
                    "stacktrace": {"frames": [frame]},
                }
            ]
        },
    }


def machine(person):
    return Machine(
        username=person.username,
        full_name=person.full_name,
        home=f"/home/{person.username}",
        hostname=person.hostname,
        domain=person.domain,
    )


def whose(person):
    """The options that say whose file it is."""
    given = attrs.asdict(machine(person))
    return [
        f"--{name.replace('_', '-')}={value}" for name, value in given.items() if name not in ("aliases", "modules")
    ]


def hidden(person):
    """What of a person the rules hide, by its name."""
    kept = ("username", "hostname", "domain", "password", "full name")
    return {name: value for name, value in person.everything().items() if name in kept}


def run(home, *arguments, stdin=b"", **environ):
    """The verb, in bytes."""
    import subprocess

    return subprocess.run(
        [sys.executable, *SCRUBBING, "scrub", *arguments],
        env={**home.environ, **environ},
        cwd=home.path,
        input=stdin,
        capture_output=True,
        timeout=100,
        check=False,
    )


def lines(*events):
    return b"".join(json.dumps(one).encode() + b"\n" for one in events)


@pytest.mark.parametrize("preset", ["strict", "standard", "verbose"])
def test_a_line_becomes_what_scrub_makes_of_it(home, canaries, preset):
    """NDJSON is `scrub` of each line, written as envelopes are; from a file and from standard input."""
    events = [event(number, canaries) for number in range(20)]
    (home.path / "events.ndjson").write_bytes(lines(*events))
    policy = Policy(preset=preset, machine=machine(canaries), packages=["frob"])
    expected = b"".join(wire.dumps(scrub(one, policy)) + b"\n" for one in events)

    options = ["--preset", preset, "--package", "frob", *whose(canaries)]
    file = run(home, *options, "events.ndjson")
    piped = run(home, *options, stdin=lines(*events))

    assert (file.returncode, piped.returncode) == (0, 0)
    assert file.stdout == piped.stdout == expected
    assert file.stderr == b"events.ndjson: 20 events (as ndjson)\n"
    assert search(lines(*events), hidden(canaries)) != []
    assert search(file.stdout + file.stderr, hidden(canaries)) == []


def test_text_becomes_what_scrub_text_makes_of_it(home, canaries):
    """Line by line, line ends as they were, the last one missing."""
    text = [
        f"cannot read /home/{canaries.username}/x\r\n",
        "\n",
        f"{canaries.full_name} on {canaries.hostname}: password={canaries.password}\n",
        "nothing of anybody's\n",
        f"from {canaries.username}@{canaries.domain}.example",
    ]
    policy = Policy(machine=machine(canaries))
    ends = [line[len(line.rstrip("\r\n")) :] for line in text]
    expected = "".join(scrub_text(line.rstrip("\r\n"), policy) + end for line, end in zip(text, ends, strict=True))

    ran = run(home, *whose(canaries), stdin="".join(text).encode())

    assert (ran.returncode, ran.stdout.decode()) == (0, expected)
    assert ran.stderr == b"<stdin>: 5 lines, 3 of them changed (as text)\n"
    assert search("".join(text).encode(), hidden(canaries)) != []
    assert search(ran.stdout, hidden(canaries)) == []


BAD = {
    b'{"message": "%s"': b"expected JSON",
    b'["%s"]': b"expected an object of JSON: one event (several: one on each line, or a list of them)",
    b'"%s"': b"expected an object of JSON: one event (several: one on each line, or a list of them)",
    b'{"message": "%s\xff"}': b"expected UTF-8",
    b'{"%s": 1, "%s": 2}': b"expected JSON without a key twice, NaN or a number that is too large",
    b'{"%s": NaN}': b"expected JSON without a key twice, NaN or a number that is too large",
    b'{"%s": 1e999}': b"expected JSON without a key twice, NaN or a number that is too large",
    b'{"%s": ' + b"[" * 100_000 + b"]" * 100_000 + b"}": b"expected JSON that is nested less deeply",
    b'{"a": "' + b"x" * (4 << 20) + b'%s"}': b"expected a line of at most 4 MiB",
    b'{"a": "' + b"x" * (9 << 20) + b'%s"}': b"expected a line of at most 4 MiB",
}


def test_bad_lines_are_numbered_kept_out_and_not_repeated(home, canaries):
    """Each on its own line between good ones; the good ones come out in their order."""
    word = canaries.message.encode()
    bad = [line.replace(b"%s", word) for line in BAD]
    good = [lines({"event_id": f"{number:032x}", "level": "info"}) for number in range(len(bad) + 1)]
    data = good[0] + b"".join(line + b"\n" + one for line, one in zip(bad, good[1:], strict=True))
    (home.path / "events.ndjson").write_bytes(data)

    ran = run(home, "events.ndjson", "-o", "out.ndjson")

    assert ran.returncode == 1
    *said, summary = ran.stderr.splitlines()
    assert said == [b"events.ndjson:%d: %s" % (2 * at + 2, reason) for at, reason in enumerate(BAD.values())]
    assert summary == b"events.ndjson: 11 events, 10 bad lines left out (as ndjson)"
    out = (home.path / "out.ndjson").read_bytes()
    assert [json.loads(line)["event_id"] for line in out.splitlines()] == [f"{at:032x}" for at in range(11)]
    assert search(data, {"message": canaries.message}) != []
    assert search(out + ran.stderr + ran.stdout, {"message": canaries.message}) == []


def test_bad_lines_of_text(home, canaries):
    """Bytes that are not UTF-8, and NUL: what is written with two bytes a letter shows no name to any rule."""
    name = canaries.username
    wide = f"user {name}".encode("utf-16-le")
    data = b"one\n" + f"caf\u00e9 {name}".encode("latin-1") + b"\n" + wide + b"\nfour\n"

    ran = run(home, *whose(canaries), stdin=data)

    assert (ran.returncode, ran.stdout) == (1, b"one\nfour\n")
    assert ran.stderr.splitlines()[:2] == [
        b"<stdin>:2: expected UTF-8",
        b"<stdin>:3: expected text without NUL, in UTF-8",
    ]
    assert search(data, {"name": name}) != []
    assert search(ran.stderr, {"name": name}) == []


@pytest.mark.parametrize("before", [0, 1, 300, 256 * 1024 - 200, 256 * 1024 - 60, 256 * 1024 - 10])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_key_on_many_lines_goes_as_a_whole(home, before, jobs):
    """Wherever the block stands, also across what is read at once; lines around it stay."""
    filler = b"".join(b"line %d\n" % number for number in range(before // 8))
    data = filler + b"key:\n" + PEM.encode() + b"\nafter\n" + filler

    ran = run(home, "--format", "text", "--jobs", jobs, stdin=data)

    assert ran.stdout == filler + b"key:\n" + scrub_text(PEM, Policy()).encode() + b"\nafter\n" + filler
    assert b"MIIE" not in ran.stdout


def test_what_only_begins_like_a_key(home):
    """A word of keys takes nothing with it; a key whose end is missing goes as far as it looks like one."""
    told = "expected -----BEGIN CERTIFICATE----- first\nno key here, it says\n"
    torn = (
        "-----BEGIN EC PRIVATE KEY-----\nMIIEowIBAAKCAQEA0Z3VS5JJcds3xfn\nZ3VS5JJcds3xfnMIIEowIBAAKCAQEA0\nstop here\n"
    )
    ran = run(home, stdin=(told + torn + told).encode())
    assert ran.stdout.decode() == told + "-----BEGIN EC PRIVATE KEY-----[pemkey]\nstop here\n" + told


def test_one_event_on_many_lines_stays_on_many(home, canaries):
    """What a person wrote to be read can be read."""
    (home.path / "event.json").write_text(json.dumps(event(1, canaries), indent=4), encoding="utf-8")
    ran = run(home, "event.json", "--preset", "standard", *whose(canaries))
    policy = Policy(preset="standard", machine=machine(canaries))
    assert json.loads(ran.stdout) == scrub(event(1, canaries), policy)
    assert ran.stdout.count(b"\n") > 10
    assert ran.stderr == b"event.json: 1 event (as event)\n"


@pytest.mark.parametrize("indent", [None, 1])
def test_a_list_of_events_becomes_a_list(home, canaries, indent):
    """One or many lines; what in it is no event is kept out, and called by its number alone."""
    events = [event(1, canaries), canaries.message, event(2, canaries), {"level": "info"}, [event(3, canaries)]]
    data = json.dumps(events, indent=indent).encode()
    policy = Policy(preset="standard", machine=machine(canaries))

    ran = run(home, "--preset", "standard", *whose(canaries), stdin=data)

    assert ran.returncode == 1
    assert json.loads(ran.stdout) == [scrub(events[at], policy) for at in (0, 2, 3)]
    assert ran.stdout.count(b"\n") == (5 if indent else 1)
    assert ran.stderr.splitlines() == [
        b"<stdin>:1: event %d of the list: expected an object of JSON: one event (several: one on each line, "
        b"or a list of them)" % number
        for number in (2, 5)
    ] + [b"<stdin>: 3 events, 2 bad events left out (as event)"]
    assert search(data, hidden(canaries)) != []
    assert search(ran.stdout + ran.stderr, hidden(canaries)) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"[]", b""), (b'[{"level":"info"},', b"expected JSON"), (b'[{"a":"' + b"x" * (16 << 20) + b'"}]', b"16 MiB")],
)
def test_a_list_that_is_empty_damaged_or_too_large(home, data, said):
    """Nothing is an empty list; what cannot be held as a whole is not begun with."""
    (home.path / "x.json").write_bytes(data)
    ran = run(home, "x.json")
    assert (ran.returncode, ran.stdout) == ((1, b"") if said else (0, b"[]\n"))
    assert said in ran.stderr


def test_a_damaged_event_on_many_lines(home):
    """The line on which the reader stopped is said."""
    (home.path / "event.json").write_text('{\n "a": 1,\n "b": oops\n}', encoding="utf-8")
    ran = run(home, "event.json")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.splitlines()[0] == b"event.json:3: expected JSON"


def test_an_envelope_becomes_one_that_the_fence_admits(home, canaries):
    """Items that leave are rewritten, others dropped and said; the header's other fields go."""
    one = event(1, canaries)
    headers = {"event_id": one["event_id"], "dsn": f"https://k@{canaries.hostname}/1", "trace": {"user_id": "x"}}
    data = wire.build(
        {**headers, "sent_at": "2026-01-01T00:00:00Z"},
        [
            ({"type": "event"}, json.dumps(one).encode()),
            ({"type": "attachment", "filename": canaries.document}, canaries.message.encode() * 3),
        ],
    )
    (home.path / "crash").write_bytes(data)
    policy = Policy(preset="standard", machine=machine(canaries))

    ran = run(home, "crash", "--preset", "standard", *whose(canaries))

    assert ran.stderr == b"crash: 1 item, 1 attachment left out: not under standard (as envelope)\n"
    assert fence.admit(ran.stdout, policy, sealed=fence.seal(ran.stdout, policy)) == ran.stdout
    assert wire.read(ran.stdout).headers == {"event_id": one["event_id"], "sent_at": "2026-01-01T00:00:00Z"}
    everything = {**hidden(canaries), "document": canaries.document, "message": canaries.message}
    assert search(data, everything) != []
    assert search(ran.stdout, everything) == []


def test_a_damaged_item_is_kept_out_of_its_envelope(home, canaries):
    """Its line is said, and the other item leaves."""
    good = json.dumps({"event_id": "a" * 32}).encode()
    data = wire.build({}, [({"type": "event"}, good), ({"type": "event"}, canaries.message.encode())])
    (home.path / "x.envelope").write_bytes(data)
    ran = run(home, "x.envelope")
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[0].startswith(b"x.envelope:5: ")
    assert [item.type for item in wire.read(ran.stdout).items] == ["event"]
    assert search(ran.stdout + ran.stderr, {"message": canaries.message}) == []


def test_gzip_goes_in_and_out(home):
    """Zipped input is seen as what it is; the output is zipped where its name says so, or where it takes its place."""
    event_ = wire.dumps(scrub({"level": "info"}, Policy())) + b"\n"  # which scrubbing leaves as it is
    (home.path / "events.gz").write_bytes(gzip.compress(event_) + gzip.compress(event_))
    assert run(home, "events.gz").stdout == event_ * 2
    assert run(home, stdin=gzip.compress(event_)).stdout == event_
    assert run(home, "events.gz", "-o", "out.gz").returncode == 0
    assert gzip.decompress((home.path / "out.gz").read_bytes()) == event_ * 2
    assert run(home, "events.gz", "--in-place").returncode == 0
    assert gzip.decompress((home.path / "events.gz").read_bytes()) == event_ * 2


def test_damaged_gzip_writes_no_file(home):
    """What was read of it is no whole."""
    (home.path / "events.gz").write_bytes(gzip.compress(lines({"level": "info"}) * 1000)[:-20])
    (home.path / "out").write_bytes(b"old")
    ran = run(home, "events.gz", "-o", "out")
    assert ran.returncode == 1
    assert ran.stderr == (
        b"events.gz: expected gzip that is whole (EOFError)\n"
        b"out: not written, since not all of its input could be read\n"
    )
    assert {path.name: path.read_bytes() for path in home.path.iterdir() if path.name != "events.gz"} == {"out": b"old"}


@POSIX
def test_in_place_keeps_what_belongs_to_the_file(home, canaries):
    """Its permissions; the link that leads to it; and nothing else is left in the directory."""
    file, link = home.path / "events.ndjson", home.path / "link"
    file.write_bytes(lines(event(1, canaries)))
    file.chmod(0o640)
    link.symlink_to(file)

    ran = run(home, "--in-place", *whose(canaries), "link")

    assert ran.returncode == 0
    assert (stat.S_IMODE(file.stat().st_mode), link.is_symlink()) == (0o640, True)
    assert search(file.read_bytes(), hidden(canaries)) == []
    assert sorted(os.listdir(home.path)) == ["events.ndjson", "link"]


def test_in_place_loses_nothing(home):
    """With a line that cannot be scrubbed the file stays what it was; others are replaced all the same."""
    (home.path / "bad.ndjson").write_bytes(b'{"level":"info"}\noops\n')
    (home.path / "good.ndjson").write_bytes(b'{"level": "info"}\n')
    ran = run(home, "--in-place", "bad.ndjson", "good.ndjson")
    assert ran.returncode == 1
    assert b"bad.ndjson: left as it was" in ran.stderr
    assert (home.path / "bad.ndjson").read_bytes() == b'{"level":"info"}\noops\n'
    assert json.loads((home.path / "good.ndjson").read_bytes()) == scrub({"level": "info"}, Policy())
    assert sorted(os.listdir(home.path)) == ["bad.ndjson", "good.ndjson"]


def test_output_dir(home):
    """Each file under its name; two of one name cannot be."""
    for folder in ("a", "b", "out"):
        (home.path / folder).mkdir()
    (home.path / "a" / "x.log").write_bytes(b"in a\n")
    (home.path / "b" / "x.log").write_bytes(b"in b\n")
    (home.path / "b" / "y.log").write_bytes(b"in b\n")
    assert run(home, "--output-dir", "out", "a/x.log", "b/y.log").returncode == 0
    assert (home.path / "out" / "x.log").read_bytes() == b"in a\n"
    assert sorted(os.listdir(home.path / "out")) == ["x.log", "y.log"]
    assert run(home, "--output-dir", "out", "a/x.log", "b/x.log").returncode == 2
    assert run(home, "--output-dir", "a", "a/x.log").returncode == 2
    assert run(home, "--output-dir", "none", "a/x.log").returncode == 2


@POSIX
@pytest.mark.parametrize("there", [True, False], ids=["a file", "nothing yet"])
def test_a_link_in_the_directory_of_outputs_is_not_followed(home, there):
    """Whoever planted it gets nothing written elsewhere: the link itself gives way. One named by -o is followed."""
    (home.path / "out").mkdir()
    (home.path / "x.log").write_bytes(b"mine\n")
    elsewhere = home.path / "elsewhere"
    if there:
        elsewhere.write_bytes(b"of somebody\n")
        elsewhere.chmod(0o666)
    (home.path / "out" / "x.log").symlink_to(elsewhere)
    (home.path / "named").symlink_to(elsewhere)

    ran = run(home, "--output-dir", "out", "x.log")

    made = home.path / "out" / "x.log"
    assert (ran.returncode, made.is_symlink(), made.read_bytes()) == (0, False, b"mine\n")
    assert stat.S_IMODE(made.stat().st_mode) == stat.S_IMODE((home.path / "x.log").stat().st_mode)
    assert (elsewhere.read_bytes() if there else elsewhere.exists()) == (b"of somebody\n" if there else False)
    assert run(home, "-o", "named", "x.log").returncode == 0
    assert ((home.path / "named").is_symlink(), elsewhere.read_bytes()) == (True, b"mine\n")


@POSIX
def test_a_link_to_a_device_in_the_directory_of_outputs_is_replaced_too(home):
    """A link to what is no file is no way to a pipe or a device."""
    (home.path / "out").mkdir()
    (home.path / "x.log").write_bytes(b"mine\n")
    os.mkfifo(home.path / "pipe")
    (home.path / "out" / "x.log").symlink_to(home.path / "pipe")
    assert run(home, "--output-dir", "out", "x.log").returncode == 0
    assert (home.path / "out" / "x.log").read_bytes() == b"mine\n"


@pytest.mark.parametrize(
    "arguments", [("-o", "x.log", "x.log"), ("-o", "./same", "x.log"), ("-o", "x.log", "y", "x.log")]
)
def test_the_input_is_not_the_output(home, arguments):
    """By another name too; and nothing happens to it."""
    (home.path / "x.log").write_bytes(b"text\n")
    os.link(home.path / "x.log", home.path / "same")
    ran = run(home, *arguments)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"use --in-place" in ran.stderr
    assert (home.path / "x.log").read_bytes() == b"text\n"


@POSIX
def test_standard_output_into_the_input_is_refused(home):
    """``>> x.log`` would read what it writes, without end."""
    import subprocess

    (home.path / "x.log").write_bytes(b"text\n")
    with open(home.path / "x.log", "ab") as out:
        ran = subprocess.run(
            [sys.executable, *SCRUBBING, "scrub", "x.log"],
            env=home.environ,
            cwd=home.path,
            stdout=out,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert ran.returncode == 2
    assert (home.path / "x.log").read_bytes() == b"text\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--in-place",),
        ("--output-dir", "."),
        ("-", "-"),
        ("--jobs", "0"),
        ("--preset", "lax"),
        ("--policy", "none.toml"),
        ("--no-machine", "--username", "x"),
        ("-o", "x", "--in-place", "y"),
    ],
)
def test_wrong_use_is_2(home, arguments):
    """Said on standard error, before anything is read or written."""
    ran = run(home, *arguments, stdin=b"text\n")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr
    assert b"Traceback" not in ran.stderr
    assert list(home.path.iterdir()) == []


def test_a_missing_file_among_others(home):
    """The others go to standard output all the same; a file is not written from a part of its input."""
    (home.path / "x.log").write_bytes(b"text\n")
    ran = run(home, "none.log", "x.log")
    assert (ran.returncode, ran.stdout) == (1, b"text\n")
    assert ran.stderr.startswith(b"none.log: No such file or directory\n")
    ran = run(home, "none.log", "x.log", "-o", "out")
    assert ran.returncode == 1
    assert not (home.path / "out").exists()


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("x", b'{"level":"info"}\n{"level":"info"}\n', b"ndjson"),
        ("x", b'\xef\xbb\xbf\n{"level":"info"}', b"ndjson"),
        ("x", b'banner\nmore\n{"level":"info"}\n', b"ndjson"),
        ("x.ndjson", b"banner\n", b"ndjson"),
        ("x.jsonl.gz", gzip.compress(b"banner\n", mtime=0), b"ndjson"),
        ("x", b'{\n"level":"info"}\n', b"event"),
        ("x", b'[{"level":"info"}]\n', b"event"),
        ("x", b'[\n  {"level":"info"}\n]\n', b"event"),
        ("x.json", b"oops", b"event"),
        ("x", b'{\n"a": [\n {}\n]\n}', b"event"),
        ("x", b'{}\n{"type":"event"}\n{}\n', b"envelope"),
        ("x", b"{curly} words\n", b"text"),
        ("x", b"[2026-01-01] words\n", b"text"),
        ("x", b"", b"text"),
        ("x", b"Traceback\n", b"text"),
    ],
)
def test_formats_are_told_from_the_beginning(home, name, data, format_):
    """What could be events is not taken for text."""
    (home.path / name).write_bytes(data)
    ran = run(home, name)
    assert b"(as %s)" % format_ in ran.stderr
    if not name.endswith(".gz"):
        assert (b"(as %s)" % format_ in run(home, stdin=data).stderr) or "." in name


def test_whose_file_it_is(home, canaries):
    """Names that are given are hidden, any others not; without any this machine's are."""
    text = f"{canaries.username} and {canaries.hostname} met {canaries.given_name}\n".encode()
    named = run(home, "--username", canaries.given_name, "--username", canaries.username, stdin=text).stdout
    assert named == f"[user] and {canaries.hostname} met [user]\n".encode()
    assert run(home, "--no-machine", stdin=text).stdout == text
    assert run(home, stdin=text, USER=canaries.username, LOGNAME=canaries.username).stdout == text.replace(
        canaries.username.encode(), b"[user]"
    )


def test_a_policy_s_rules_and_preset_count(home):
    """The command line's preset counts more."""
    (home.path / "policy.toml").write_text(
        'preset = "standard"\n[[rules]]\nname = "ticket"\npattern = "TICKET-\\\\d+"\n', encoding="utf-8"
    )
    data = lines({"message": "see TICKET-17"})
    ran = run(home, "--policy", "policy.toml", "--jobs", "2", stdin=data)
    assert json.loads(ran.stdout)["logentry"] == {"formatted": "see [ticket]"}
    ran = run(home, "--policy", "policy.toml", "--preset", "strict", stdin=data)
    assert json.loads(ran.stdout)["logentry"] == {"formatted": "<?>"}


def test_quiet_says_only_what_went_wrong(home):
    """And nothing where nothing did."""
    assert run(home, "-q", stdin=b"text\n").stderr == b""
    assert run(home, "-q", stdin=b"text\n\xff\n").stderr == b"<stdin>:2: expected UTF-8\n"


def test_another_process_scrubs_by_the_same_policy():
    """What is sent to it says everything a policy says, so that the size of a file changes nothing."""
    fields = {
        "preset": "verbose",
        "commands": ["x"],
        "app": "frob",
        "messages": "type",
        "remarks": True,
        "cache": False,
    }
    policy = Policy(machine=Machine(username="erika"), packages=["frob"], rules=[Keys("zip", "^zip$")], **fields)
    made = Recipe.of(policy).policy()
    told = [field.name for field in attrs.fields(Policy) if field.name != "packages"]
    assert {name: getattr(made, name) for name in told} == {name: getattr(policy, name) for name in told}
    assert made.packages.own == policy.packages.own
    defaults = Policy(machine=Machine())
    assert [name for name in told if getattr(policy, name) == getattr(defaults, name)] == []
