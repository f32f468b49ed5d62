"""What is known about the surroundings of an event: one class for each context servers know.

Sources: the SDKs' developer documentation, the public ``event.schema.json``, and events that sentry-sdk 2.x makes.
"""

from __future__ import annotations

from typing import Any

import attrs

from scrubbing.schema.fields import NEVER, Node, flag, leaf, part, rest
from scrubbing.schema.forms import HEX16, HEX32
from scrubbing.schema.kinds import Kind

Text = str | None
Number = float | None
Label = str | int | None
Stamp = str | float | None


@attrs.define(kw_only=True)
class RuntimeContext(Node):
    """The Python that runs the app."""

    name: Text = leaf(Kind.FACT, "strict", "CPython or PyPy", values=("CPython", "PyPy", "GraalPy"))
    version: Text = leaf(
        Kind.FACT, "strict", "its version", pattern=r"\d{1,2}\.\d{1,3}\.\d{1,3}([abrc]{1,2}\d{1,2})?\+?"
    )
    build: Text = leaf(Kind.TEXT, NEVER, "who built it and how")
    type: Text = leaf(Kind.FACT, "strict", "which context this is", values=("runtime",))
    raw_description: Text = leaf(Kind.TEXT, NEVER, "all of that in one string")


@attrs.define(kw_only=True)
class LinuxDistribution(Node):
    """The distribution of a Linux."""

    name: Text = leaf(Kind.TEXT, NEVER, "its short name")
    version: Text = leaf(Kind.TEXT, NEVER, "its version")
    pretty_name: Text = leaf(Kind.TEXT, NEVER, "its name for people")


@attrs.define(kw_only=True)
class OsContext(Node):
    """The operating system, without anything its owner could have named."""

    name: Text = leaf(Kind.FACT, "strict", "its name", values=("Linux", "macOS", "Windows", "FreeBSD", "Other"))
    version: Text = leaf(Kind.FACT, "strict", "major and minor version", pattern=r"\d{1,5}(\.\d{1,5})?")
    type: Text = leaf(Kind.FACT, "strict", "which context this is", values=("os",))
    kernel_version: Text = leaf(Kind.TEXT, NEVER, "the kernel's version, which its builder names")
    build: Text = leaf(Kind.TEXT, NEVER, "the build")
    distribution: LinuxDistribution | None = part(LinuxDistribution, NEVER, "the distribution")
    raw_description: Text = leaf(Kind.TEXT, NEVER, "all of that in one string")
    rooted: bool | None = flag(NEVER, "whether its owner unlocked it")


@attrs.define(kw_only=True)
class TraceContext(Node):
    """The trace an event belongs to."""

    trace_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX32)
    span_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX16)
    parent_span_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX16)
    op: Text = leaf(Kind.TEXT, "standard", "the operation", limit=64)
    origin: Text = leaf(Kind.TEXT, "standard", "who started it", limit=64)
    status: Text = leaf(Kind.TEXT, "standard", "how it ended", limit=64)
    description: Text = leaf(Kind.TEXT, "standard", "what it does", limit=8192)
    data: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "details", limit=50)
    type: Text = leaf(Kind.FACT, "standard", "which context this is", values=("trace",))
    dynamic_sampling_context: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "baggage")
    exclusive_time: Number = leaf(Kind.NUMBER, NEVER, "milliseconds outside of its children")
    client_sample_rate: Number = leaf(Kind.NUMBER, NEVER, "how many transactions are sent")
    sampled: bool | None = flag(NEVER, "whether it is sent")
    tags: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "searchable facts, which the event has too")
    links: list[Any] | None = leaf(Kind.BAG, NEVER, "related spans")


@attrs.define(kw_only=True)
class Feedback(Node):
    """What a user wrote to the author."""

    message: Text = leaf(
        Kind.TEXT, "strict", "the text the user wrote and saw before it was sent", limit=4096, required=True
    )
    contact_email: Text = leaf(Kind.TEXT, "strict", "how the user wants to be answered", limit=254)
    name: Text = leaf(Kind.TEXT, "strict", "the name the user gave", limit=128)
    associated_event_id: Text = leaf(Kind.ID, "strict", "the crash it is about", pattern=HEX32)
    source: Text = leaf(Kind.TEXT, NEVER, "where it was written")
    url: Text = leaf(Kind.URL, NEVER, "the page it was written on")
    replay_id: Text = leaf(Kind.ID, NEVER, "a replay")


@attrs.define(kw_only=True)
class AppContext(Node):
    """The app as its platform knows it."""

    app_name: Text = leaf(Kind.TEXT, "standard", "its name", limit=200)
    app_version: Text = leaf(Kind.TEXT, "standard", "its version", limit=200)
    app_build: Text = leaf(Kind.TEXT, "standard", "its build", limit=200)
    app_identifier: Text = leaf(Kind.TEXT, "standard", "its name without a version", limit=200)
    build_type: Text = leaf(Kind.TEXT, "standard", "the kind of build", limit=64)
    type: Text = leaf(Kind.FACT, "standard", "which context this is", values=("app",))
    in_foreground: bool | None = flag("standard", "whether its user saw it")
    app_memory: Number = leaf(Kind.NUMBER, "standard", "bytes of memory it used")
    view_names: list[str | None] | None = leaf(Kind.TEXT, "standard", "what was on the screen", limit=200, most=20)
    app_start_time: Stamp = leaf(Kind.FACT, NEVER, "when it was started")
    device_app_hash: Text = leaf(Kind.ID, NEVER, "an id of this machine")
    other: dict[str, Any] = rest(Kind.BAG, "standard", "what else the app says of it", limit=50, depth=5, size=4096)


@attrs.define(kw_only=True)
class BrowserContext(Node):
    """The browser a web app's user has."""

    name: Text = leaf(Kind.TEXT, "standard", "its name", limit=64)
    version: Text = leaf(Kind.TEXT, "standard", "its version", limit=64)
    type: Text = leaf(Kind.FACT, "standard", "which context this is", values=("browser",))


@attrs.define(kw_only=True)
class DeviceContext(Node):
    """The machine. None of it leaves: together it tells one machine from all others."""

    name: Text = leaf(Kind.TEXT, NEVER, "the name its owner gave it")
    family: Text = leaf(Kind.TEXT, NEVER, "its family")
    model: Text = leaf(Kind.TEXT, NEVER, "its model")
    model_id: Text = leaf(Kind.TEXT, NEVER, "its model's number")
    arch: Text = leaf(Kind.FACT, NEVER, "its architecture")
    brand: Text = leaf(Kind.TEXT, NEVER, "its brand")
    manufacturer: Text = leaf(Kind.TEXT, NEVER, "who made it")
    device_type: Text = leaf(Kind.FACT, NEVER, "telephone, tablet, ...")
    device_unique_identifier: Text = leaf(Kind.ID, NEVER, "an id of this machine")
    uuid: Text = leaf(Kind.ID, NEVER, "an id of this machine")
    cpu_description: Text = leaf(Kind.TEXT, NEVER, "its processor")
    processor_count: Number = leaf(Kind.NUMBER, NEVER, "how many processors")
    processor_frequency: Number = leaf(Kind.NUMBER, NEVER, "their megahertz")
    memory_size: Number = leaf(Kind.NUMBER, NEVER, "bytes of memory")
    usable_memory: Number = leaf(Kind.NUMBER, NEVER, "bytes of memory apps can have")
    free_memory: Number = leaf(Kind.NUMBER, NEVER, "bytes of memory that are free")
    low_memory: bool | None = flag(NEVER, "whether memory is short")
    storage_size: Number = leaf(Kind.NUMBER, NEVER, "bytes of disk")
    free_storage: Number = leaf(Kind.NUMBER, NEVER, "bytes of disk that are free")
    external_storage_size: Number = leaf(Kind.NUMBER, NEVER, "bytes of a card")
    external_free_storage: Number = leaf(Kind.NUMBER, NEVER, "bytes of a card that are free")
    battery_level: Number = leaf(Kind.NUMBER, NEVER, "how full its battery is")
    battery_status: Text = leaf(Kind.FACT, NEVER, "what its battery does")
    charging: bool | None = flag(NEVER, "whether it is being charged")
    boot_time: Stamp = leaf(Kind.FACT, NEVER, "when it was started")
    locale: Text = leaf(Kind.FACT, NEVER, "its language")
    timezone: Text = leaf(Kind.FACT, NEVER, "its time zone")
    online: bool | None = flag(NEVER, "whether it has a network")
    orientation: Text = leaf(Kind.FACT, NEVER, "how it is held")
    screen_resolution: Text = leaf(Kind.FACT, NEVER, "its screen's size")
    screen_density: Number = leaf(Kind.NUMBER, NEVER, "its screen's density")
    screen_dpi: Number = leaf(Kind.NUMBER, NEVER, "its screen's dots an inch")
    screen_height_pixels: Number = leaf(Kind.NUMBER, NEVER, "its screen's height")
    screen_width_pixels: Number = leaf(Kind.NUMBER, NEVER, "its screen's width")
    simulator: bool | None = flag(NEVER, "whether it is none")
    supports_accelerometer: bool | None = flag(NEVER, "whether it feels motion")
    supports_audio: bool | None = flag(NEVER, "whether it has sound")
    supports_gyroscope: bool | None = flag(NEVER, "whether it feels rotation")
    supports_location_service: bool | None = flag(NEVER, "whether it knows where it is")
    supports_vibration: bool | None = flag(NEVER, "whether it can shake")
    type: Text = leaf(Kind.FACT, NEVER, "which context this is")


@attrs.define(kw_only=True)
class GpuContext(Node):
    """The graphics device."""

    name: Text = leaf(Kind.TEXT, "standard", "its name", limit=200)
    version: Text = leaf(Kind.TEXT, "standard", "its version", limit=200)
    vendor_name: Text = leaf(Kind.TEXT, "standard", "who made it", limit=200)
    api_type: Text = leaf(Kind.TEXT, "standard", "how it is spoken to", limit=64)
    memory_size: Number = leaf(Kind.NUMBER, "standard", "megabytes of memory")
    max_texture_size: Number = leaf(Kind.NUMBER, "standard", "pixels of its largest texture")
    multi_threaded_rendering: bool | None = flag("standard", "whether several threads can draw")
    supports_compute_shaders: bool | None = flag("standard", "whether it computes")
    supports_draw_call_instancing: bool | None = flag("standard", "whether it repeats drawings")
    supports_geometry_shaders: bool | None = flag("standard", "whether it makes geometry")
    supports_ray_tracing: bool | None = flag("standard", "whether it follows rays")
    graphics_shader_level: Text = leaf(Kind.TEXT, "standard", "what its shaders can do", limit=64)
    npot_support: Text = leaf(Kind.TEXT, "standard", "which sizes of textures it takes", limit=64)
    type: Text = leaf(Kind.FACT, "standard", "which context this is", values=("gpu",))
    id: Label = leaf(Kind.ID, NEVER, "its number on the bus")
    vendor_id: Text = leaf(Kind.ID, NEVER, "its maker's number")
    other: dict[str, Any] = rest(Kind.BAG, "standard", "what else the app says of it", limit=50, depth=5, size=4096)


@attrs.define(kw_only=True)
class CultureContext(Node):
    """Language and time zone: together they tell where somebody is."""

    calendar: Text = leaf(Kind.FACT, NEVER, "the calendar")
    display_name: Text = leaf(Kind.TEXT, NEVER, "the language's name")
    locale: Text = leaf(Kind.FACT, NEVER, "the language")
    is_24_hour_format: bool | None = flag(NEVER, "how times are written")
    timezone: Text = leaf(Kind.FACT, NEVER, "the time zone")
    type: Text = leaf(Kind.FACT, NEVER, "which context this is")


@attrs.define(kw_only=True)
class CloudResourceContext(Node):
    """Account and host in a cloud."""

    cloud_account_id: Text = leaf(Kind.ID, NEVER, "the account", wire="cloud.account.id")
    cloud_provider: Text = leaf(Kind.FACT, NEVER, "whose cloud", wire="cloud.provider")
    cloud_platform: Text = leaf(Kind.FACT, NEVER, "which service", wire="cloud.platform")
    cloud_region: Text = leaf(Kind.FACT, NEVER, "where", wire="cloud.region")
    cloud_availability_zone: Text = leaf(Kind.FACT, NEVER, "where exactly", wire="cloud.availability_zone")
    host_id: Text = leaf(Kind.ID, NEVER, "the host", wire="host.id")
    host_type: Text = leaf(Kind.FACT, NEVER, "what sort of host", wire="host.type")
    type: Text = leaf(Kind.FACT, NEVER, "which context this is")


@attrs.define(kw_only=True)
class Flag(Node):
    """One switch and how it stood."""

    result: bool | None = flag("standard", "whether it was on")
    flag: Text = leaf(Kind.TEXT, "standard", "its name", limit=200)


@attrs.define(kw_only=True)
class FlagsContext(Node):
    """Feature switches the app asked about."""

    values: list[Flag | None] | None = part(Flag, "standard", "the switches", many="list", most=100)
    type: Text = leaf(Kind.FACT, "standard", "which context this is", values=("flags",))


@attrs.define(kw_only=True)
class ProfileContext(Node):
    """The profile an event belongs to; profiles never leave."""

    profile_id: Text = leaf(Kind.ID, NEVER, "random")
    profiler_id: Text = leaf(Kind.ID, NEVER, "random")
    type: Text = leaf(Kind.FACT, NEVER, "which context this is")


@attrs.define(kw_only=True)
class ReplayContext(Node):
    """The replay an event belongs to; replays never leave."""

    replay_id: Text = leaf(Kind.ID, NEVER, "random")
    type: Text = leaf(Kind.FACT, NEVER, "which context this is")


@attrs.define(kw_only=True)
class OtelContext(Node):
    """What OpenTelemetry says of a service: host, process, arguments."""

    attributes: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "of the span")
    resource: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "of the service")
    type: Text = leaf(Kind.FACT, NEVER, "which context this is")


@attrs.define(kw_only=True)
class MonitorContext(Node):
    """The scheduled job an event belongs to."""

    slug: Text = leaf(Kind.TEXT, "standard", "the job", limit=50)
    config: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "when it is expected")
    type: Text = leaf(Kind.FACT, "standard", "which context this is", values=("monitor",))


@attrs.define(kw_only=True)
class ResponseContext(Node):
    """What a web app answered."""

    status_code: Number = leaf(Kind.NUMBER, "verbose", "the status")
    body_size: Number = leaf(Kind.NUMBER, "verbose", "bytes of the body")
    headers: Any = leaf(Kind.BAG, "verbose", "the headers", limit=100, depth=3, size=4096)
    type: Text = leaf(Kind.FACT, "verbose", "which context this is", values=("response",))
    cookies: Any = leaf(Kind.BAG, NEVER, "the cookies")
    data: Any = leaf(Kind.BAG, NEVER, "the body")
    inferred_content_type: Text = leaf(Kind.TEXT, NEVER, "a guess")


@attrs.define(kw_only=True)
class NelContext(Node):
    """A network error a browser reported."""

    server_ip: Text = leaf(Kind.TEXT, NEVER, "an address")
    elapsed_time: Number = leaf(Kind.NUMBER, NEVER, "milliseconds")
    error_type: Text = leaf(Kind.FACT, NEVER, "what went wrong")
    phase: Any = leaf(Kind.BAG, NEVER, "when")
    sampling_fraction: Number = leaf(Kind.NUMBER, NEVER, "how many are reported")
    type: Text = leaf(Kind.FACT, NEVER, "which context this is")


@attrs.define(kw_only=True)
class PerformanceScoreContext(Node):
    """How a browser's measurements were weighed."""

    score_profile_version: Text = leaf(Kind.FACT, NEVER, "by which scale")
    type: Text = leaf(Kind.FACT, NEVER, "which context this is")


@attrs.define(kw_only=True)
class Contexts(Node):
    """What is known about the surroundings."""

    runtime: RuntimeContext | None = part(RuntimeContext, "strict", "the Python that runs the app")
    os: OsContext | None = part(OsContext, "strict", "the operating system")
    trace: TraceContext | None = part(TraceContext, "standard", "the trace")
    feedback: Feedback | None = part(Feedback, "strict", "a user's words")
    app: AppContext | None = part(AppContext, "standard", "the app as its platform knows it")
    browser: BrowserContext | None = part(BrowserContext, "standard", "the browser of a web app's user")
    gpu: GpuContext | None = part(GpuContext, "standard", "the graphics device")
    flags: FlagsContext | None = part(FlagsContext, "standard", "feature switches")
    monitor: MonitorContext | None = part(MonitorContext, "standard", "a scheduled job")
    response: ResponseContext | None = part(ResponseContext, "verbose", "what a web app answered")
    device: DeviceContext | None = part(DeviceContext, NEVER, "the machine")
    culture: CultureContext | None = part(CultureContext, NEVER, "language and time zone")
    cloud_resource: CloudResourceContext | None = part(CloudResourceContext, NEVER, "account and host in a cloud")
    profile: ProfileContext | None = part(ProfileContext, NEVER, "a profile")
    replay: ReplayContext | None = part(ReplayContext, NEVER, "a replay")
    otel: OtelContext | None = part(OtelContext, NEVER, "what OpenTelemetry says of a service")
    nel: NelContext | None = part(NelContext, NEVER, "a network error a browser reported")
    performance_score: PerformanceScoreContext | None = part(
        PerformanceScoreContext, NEVER, "how a browser's measurements were weighed"
    )
    other: dict[str, Any] = rest(Kind.BAG, "standard", "contexts of the app's own", limit=50, depth=6, size=8192)
