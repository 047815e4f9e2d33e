"""The channel contract: what every adapter can be asked, in our words. Plain Python; no Django, no network.

What arrives is kept as `Raw` before anything is understood; `Adapter.read` turns kept bytes into events and may be run
again after an upgrade. What leaves is an `Outgoing` with an outside id chosen beforehand, so that saying it again is
recognised by the other side. A channel can fail in four ways only: see `corale.channels.errors`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Flag, auto
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from corale.channels.models import Connection


class Can(Flag):
    """What a channel can do. Pages ask this, never which channel it is."""

    NOTHING = 0
    RECEIVE = auto()
    REPLY = auto()
    POST = auto()
    QUOTE = auto()
    LIKE = auto()
    REPOST = auto()
    FOLLOW = auto()
    DELETE = auto()
    EDIT = auto()
    IMAGES = auto()
    VIDEO = auto()
    DIRECT = auto()
    SPLIT = auto()  # a long answer may become a thread
    SEARCH = auto()
    SIGN = auto()  # one account for all colleagues: what leaves ends with the name of whoever wrote it
    POLL = auto()
    WARNING = auto()  # a line before the text hides it until asked for
    AUDIENCE = auto()  # who may read it can be chosen
    VOICES = auto()  # members of the company speak as themselves
    REPORT = auto()  # somebody can be reported to those who moderate their server


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel accepts. `length` counts in `unit`; 0 means no limit."""

    length: int = 0
    unit: Literal["grapheme", "character", "byte"] = "character"
    images: int = 0
    image_bytes: int = 0
    alt_text: int = 0
    poll_options: int = 0


Audience = Literal["public", "unlisted", "followers", "direct"]
"""Who may read something: anybody and announced; anybody who has the address; who follows; who is named in it."""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody on a network. `stable_id` never changes (a DID, an actor URI, a lower-case address); a handle does."""

    platform: str
    stable_id: str
    handle: str = ""
    name: str = ""
    avatar_url: str = ""
    description: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A stretch of `Said.text` that means something. Offsets count characters of the text, end exclusive."""

    start: int
    end: int
    kind: Literal["mention", "link", "tag"]
    value: str  # a stable id, a URL, a tag without '#'


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture, a film or a link card that came with a message. Nothing is fetched until somebody looks."""

    kind: Literal["image", "video", "link", "file"]
    url: str
    alt: str = ""
    mime: str = ""
    title: str = ""
    width: int = 0
    height: int = 0
    native_id: str = ""
    is_sensitive: bool = False  # its author wants it covered until somebody asks


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said. `parent` and `root` are native ids and may be unknown here when the child arrives first."""

    native_id: str
    version: str
    author: Who
    text: str
    written_at: datetime | None
    kind: Literal["post", "reply", "quote", "mention", "direct"] = "post"
    parent: str = ""
    root: str = ""
    quotes: str = ""
    addressed: bool = False  # said to us: a mention, a reply, a direct message
    ours: bool = False  # our own account said it (perhaps elsewhere than here)
    direct: bool = False
    audience: Audience = "public"  # who may read it there; `direct` says the same of the narrowest
    to: tuple[str, ...] = ()  # the stable ids of our accounts to which it is said, where that is known
    warning: str = ""  # what stands before the text and hides it until asked for
    language: str = ""
    url: str = ""
    facets: tuple[Facet, ...] = ()
    attachments: tuple[Attached, ...] = ()
    held: str = ""  # why it reaches nobody's trays before somebody has looked: muted, limited, newcomer


@dataclass(frozen=True, slots=True)
class Reacted:
    """A like, repost, follow or quote. `target` is the native id of a message, or of our account for a follow."""

    native_id: str
    kind: Literal["like", "repost", "follow", "quote"]
    actor: Who
    target: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Unreacted:
    """A reaction was taken back."""

    native_id: str


@dataclass(frozen=True, slots=True)
class Vanished:
    """A message can no longer be seen there. `deleted` says so; `unreachable` may come back."""

    native_id: str
    how: Literal["deleted", "hidden", "unreachable"]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody's profile as it is now: a new handle, name or picture; or that they cannot be reached."""

    who: Who
    reachable: bool = True
    moved_to: str = ""  # the stable id of the account to which they say that they went


Event = Said | Reacted | Unreacted | Vanished | Known


@dataclass(frozen=True, slots=True)
class Raw:
    """What arrived, byte for byte. `key` names this arrival: the same thing in the same version has the same key."""

    key: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    received_at: datetime | None = None  # now, when None; a replay or an import says its own time


@dataclass(frozen=True, slots=True)
class Received:
    """One reading of a stream: what came, and where to go on from."""

    stream: str
    raws: Sequence[Raw]
    cursor: str
    again_in: float = 3.0  # seconds until it is polite to ask again


@dataclass(frozen=True, slots=True)
class Ref:
    """A message there: id and version (networks with strong references need both)."""

    native_id: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send along: a path in our store, its kind, and the words for those who do not see it."""

    path: str
    mime: str
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Poll:
    """A question with answers to choose from, until it closes."""

    options: tuple[str, ...]
    closes_at: datetime
    several: bool = False  # more than one may be chosen


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What leaves. `outside_id` and `created_at` were chosen and stored before the first attempt.

    An `edit` says the whole of its `target` anew. An `unlike` takes back the like, repost or follow that is its
    `target`.
    """

    kind: Literal["reply", "post", "quote", "like", "unlike", "repost", "follow", "delete", "edit"]
    outside_id: str
    created_at: datetime
    text: str = ""
    language: str = ""
    parent: Ref | None = None
    root: Ref | None = None
    target: Ref | None = None  # of a quote, like, unlike, repost, follow, delete, edit
    uploads: tuple[Upload, ...] = ()
    voice: str = ""  # the stable id of the account of ours that speaks; "": the connection's own
    by: int | None = None  # the person whose words these are
    to: tuple[str, ...] = ()  # the stable ids of those who are spoken to: who is answered, quoted, liked
    audience: Audience = "public"  # never wider than that of what is answered
    warning: str = ""
    poll: Poll | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """It stands there."""

    native_id: str
    version: str
    at: datetime
    url: str = ""


@dataclass(frozen=True, slots=True)
class Introduced:
    """The account a person has just connected."""

    stable_id: str
    handle: str
    name: str
    avatar_url: str = ""
    secret: Mapping[str, str] = field(default_factory=dict)  # what to keep, encrypted


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing asked of the person who connects an account."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    initial: str = ""
    placeholder: str = ""


class Adapter(Protocol):
    """One folder per channel. `read`, `measure` and `split` are pure; the rest may raise the four errors."""

    kind: str
    name: str
    parser_version: int
    can: Can
    limits: Limits
    connect_fields: Sequence[FormField]
    reads: Sequence[str]  # sentences for the person who connects: what will be read …
    writes: Sequence[str]  # … and what will be written

    def introduce(self, answers: Mapping[str, str]) -> Introduced:
        """Tries the credentials and says whose account it is. Errors: Refused with advice, Unreachable."""

    def receive(self, connection: Connection, stream: str, cursor: str) -> Received:
        """What came on one stream since `cursor` ("" at first)."""

    def streams(self, connection: Connection) -> Sequence[str]:
        """The streams to listen to, each with a cursor of its own."""

    def recheck(self, connection: Connection, native_ids: Sequence[str]) -> Sequence[Raw]:
        """What became of messages we know: edits, deletions. For networks that say so only by absence."""

    def read(self, raw: Raw) -> Iterable[Event]:
        """Kept bytes into events. Malformed when they cannot be understood; never touches the network."""

    def voice_for(self, connection: Connection, person_id: int | None) -> Who:
        """As whom this person speaks there: as themselves where they have an account of their own on the connection,
        else as the connection's. The `stable_id` is what `choose_id` and `Outgoing.voice` take. No network."""

    def choose_id(self, connection: Connection, kind: str, *, voice: str = "") -> str:
        """An outside id for something about to be sent, chosen before sending: the native id it will have there where
        that can be known (an at-uri, a Message-ID), so that its echo is recognised. No network."""

    def send(self, connection: Connection, outgoing: Outgoing) -> Sent:
        """Says it. Twice with the same outside id is once."""

    def look(self, connection: Connection, outgoing: Outgoing) -> Sent | None:
        """After a crash: does it stand there already?"""

    def measure(self, text: str) -> int:
        """The length of a text as this channel counts."""

    def split(self, text: str) -> list[str]:
        """A long text in parts that each fit; never inside a word that links or a grapheme."""

    def profile_url(self, who: Who) -> str:
        """Where anyone can look at this person there."""
