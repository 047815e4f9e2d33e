"""A new post while it is written: from which account, with what, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.utils import timezone
from django.utils.functional import Promise, cached_property

from corale.channels.contract import Can, Limits, Poll, Who
from corale.channels.models import Connection, StoredFile
from corale.conversations.models import Message
from corale.people.models import Person
from corale.respond import audiences
from corale.respond.audiences import Shown
from corale.respond.voices import voice_of

SALT = "respond.post.picture"
DAYS = (1, 3, 7, 14)
LONGEST_OPTION = 100


def places(me: Person) -> list[Connection]:
    """The accounts from which something can be said."""
    active = Connection.objects.filter(state=Connection.State.ACTIVE).order_by("pk")
    return [each for each in active if Can.POST in each.adapter.can]


@dataclass
class NewPost:
    """Everything its page shows. `pictures` are files and their words; a `token` names one that is one's own."""

    connection: Connection
    me: Person
    text: str = ""
    language: str = ""
    audience: str = ""
    warning: str = ""
    options: list[str] = field(default_factory=list)
    several: bool = False
    days: int = DAYS[0]
    pictures: list[tuple[StoredFile, str]] = field(default_factory=list)
    problem: str | Promise = ""
    is_shown: bool = False  # as it will be

    @property
    def limits(self) -> Limits:
        return self.connection.adapter.limits

    def can(self, what: Can) -> bool:
        return what in self.connection.adapter.can

    @cached_property
    def voice(self) -> Who | None:
        """As whom, where one speaks as oneself."""
        return voice_of(self.connection, self.me)

    @cached_property
    def audiences(self) -> list[Shown]:
        """Who may read it."""
        return audiences.choices(self.connection, "public")

    @property
    def for_whom(self) -> Shown:
        """The chosen one."""
        return audiences.chosen(self.audiences, self.audience)

    @property
    def takes_warning(self) -> bool:
        return self.can(Can.WARNING)

    @property
    def takes_pictures(self) -> bool:
        return self.can(Can.IMAGES) and len(self.pictures) < self.limits.images and not self.options

    @property
    def takes_poll(self) -> bool:
        return self.can(Can.POLL) and not self.pictures

    @property
    def places_for_options(self) -> list[str]:
        """Those that were written, and room for more."""
        most = self.limits.poll_options or 4
        return [*self.options, *[""] * max(0, min(most, max(4, len(self.options) + 1)) - len(self.options))]

    @property
    def poll(self) -> Poll | None:
        """What is asked, if anything is."""
        if len(self.options) < 2:
            return None
        return Poll(tuple(self.options), timezone.now() + timedelta(days=self.days), self.several)

    @property
    def tokens(self) -> list[tuple[str, StoredFile, str]]:
        """A name for each picture that only whoever added it can say again."""
        return [(token_of(file, self.me), file, alt) for file, alt in self.pictures]


def read(form: Mapping[str, Any], connection: Connection, me: Person) -> NewPost:
    """What the page sent. `form` is a QueryDict."""
    pictures = [(file, str(form.get(f"alt_{file.pk}", ""))) for file in _own(form.getlist("pictures"), me)]  # type: ignore[attr-defined]
    options = [each.strip()[:LONGEST_OPTION] for each in form.getlist("option")]  # type: ignore[attr-defined]
    days = str(form.get("days", ""))
    return NewPost(
        connection,
        me,
        text=str(form.get("text", "")).replace("\r\n", "\n").replace("\x00", ""),
        language=str(form.get("language", ""))[:12],
        audience=str(form.get("audience", "")),
        warning=audiences.warning_in(str(form.get("warning", ""))),
        options=list(dict.fromkeys(filter(None, options)))[: connection.adapter.limits.poll_options],
        several=form.get("several") == "yes",
        days=int(days) if days.isdigit() and int(days) in DAYS else DAYS[0],
        pictures=pictures[: connection.adapter.limits.images],
    )


def packed(message: Message) -> dict[str, Any]:
    """What its page begins with after it was taken back, from what was put into the thread."""
    closes_at = message.poll.get("closes_at")
    days = round((datetime.fromisoformat(closes_at) - message.written_at) / timedelta(days=1)) if closes_at else DAYS[0]
    alts = {str(each.get("stored", "")).rpartition("/")[2]: each.get("alt", "") for each in message.attachments}
    files = {file.sha256: file for file in StoredFile.objects.filter(sha256__in=[name for name in alts if name])}
    return {
        "connection": message.connection_id,
        "text": message.text,
        "language": message.language,
        "audience": message.extras.get("audience", "public"),
        "warning": message.warning,
        "options": message.poll.get("options", []),
        "several": message.poll.get("several", False),
        "days": days,
        "pictures": [[files[name].pk, alt] for name, alt in alts.items() if name in files],
    }


def unpacked(kept: dict[str, Any], me: Person) -> NewPost | None:
    """As it was before it was sent; None when the account is gone."""
    wanted = kept.pop("connection", 0)
    connection = next((each for each in places(me) if each.pk == wanted), None)
    if connection is None:
        return None
    alts = dict(kept.pop("pictures", []))
    files = StoredFile.objects.in_bulk(list(alts))
    return NewPost(connection, me, **kept, pictures=[(files[pk], alts[pk]) for pk in alts if pk in files])


def token_of(file: StoredFile, me: Person) -> str:
    return signing.dumps([me.pk, file.pk], salt=SALT, compress=True)


def file_of(token: str, me: Person) -> StoredFile | None:
    """The picture that this person has added; None for anything else."""
    try:
        person, pk = signing.loads(token, salt=SALT, max_age=timedelta(days=7))
    except signing.BadSignature:
        return None
    return StoredFile.objects.filter(pk=pk).first() if person == me.pk else None


def _own(tokens: list[str], me: Person) -> list[StoredFile]:
    found = [file_of(token, me) for token in tokens[:20]]
    return list({file.pk: file for file in found if file is not None}.values())
