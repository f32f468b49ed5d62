"""Loaded native images. None of it leaves: Python's frames need no symbols, and the paths are the user's.

Sources: the SDKs' developer documentation and the public ``event.schema.json``.
"""

from __future__ import annotations

import attrs

from scrubbing.schema.fields import NEVER, Node, leaf, part
from scrubbing.schema.kinds import Kind

Text = str | None
Number = float | None


@attrs.define(kw_only=True)
class SystemSdkInfo(Node):
    """The system libraries an Apple app was built with."""

    sdk_name: Text = leaf(Kind.FACT, NEVER, "their name")
    version_major: Number = leaf(Kind.NUMBER, NEVER, "major version")
    version_minor: Number = leaf(Kind.NUMBER, NEVER, "minor version")
    version_patchlevel: Number = leaf(Kind.NUMBER, NEVER, "third part of the version")


@attrs.define(kw_only=True)
class DebugImage(Node):
    """A loaded image of any platform: native, Apple's, Proguard's, a JVM's, a source map."""

    type: Text = leaf(Kind.FACT, NEVER, "which platform's")
    debug_id: Text = leaf(Kind.ID, NEVER, "an id of its symbols")
    code_id: Text = leaf(Kind.ID, NEVER, "an id of its code")
    uuid: Text = leaf(Kind.ID, NEVER, "an id of either")
    debug_file: Text = leaf(Kind.PATH, NEVER, "the file of its symbols")
    code_file: Text = leaf(Kind.PATH, NEVER, "the file of its code")
    name: Text = leaf(Kind.PATH, NEVER, "its file")
    debug_checksum: Text = leaf(Kind.ID, NEVER, "a sum of its symbols")
    arch: Text = leaf(Kind.FACT, NEVER, "its architecture")
    cpu_type: Number = leaf(Kind.NUMBER, NEVER, "its architecture as a number")
    cpu_subtype: Number = leaf(Kind.NUMBER, NEVER, "the same, finer")
    image_addr: Text = leaf(Kind.FACT, NEVER, "where it is in memory")
    image_vmaddr: Text = leaf(Kind.FACT, NEVER, "where it wanted to be")
    image_size: Number = leaf(Kind.NUMBER, NEVER, "bytes of it")


@attrs.define(kw_only=True)
class DebugMeta(Node):
    """What a native stack trace needs to be read."""

    images: list[DebugImage | None] | None = part(DebugImage, NEVER, "what was loaded", many="list", most=1000)
    sdk_info: SystemSdkInfo | None = part(SystemSdkInfo, NEVER, "what it was built with")
