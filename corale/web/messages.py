"""The messages that were found, read as plain values, in one query for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from corale.conversations.models import Conversation, Message
from corale.people.models import Person
from corale.respond import faces

COLUMNS = (
    "id", "text", "direction", "written_at", "by_id", "by__name", "by__avatar", "identity_id", "identity__name",
    "identity__handle", "identity__avatar_url", "identity__platform", "identity__person_id", "conversation__state",
    "conversation__connection__handle", "conversation__connection__name", "conversation__connection__stable_id",
    "conversation__person_id", "conversation__person__name",
)  # fmt: skip


@dataclass
class FoundMessage:
    """One message that matched, with everything its line shows."""

    id: int
    text: str
    direction: int
    written_at: datetime
    by_id: int | None
    by_name: str | None
    by_avatar: str | None
    identity_id: int | None
    identity_name: str | None
    handle: str | None
    picture_url: str | None
    platform: str | None
    identity_person_id: int | None
    state: str
    account_handle: str
    account_name: str
    account_id: str
    person_id: int | None
    person_name: str | None

    @cached_property
    def by(self) -> Person | None:
        """The colleague who wrote it, where it is ours."""
        return _person(self.by_id, self.by_name, self.by_avatar)

    @cached_property
    def name(self) -> str:
        """The colleague's, else the name they go by there."""
        return str(self.by) if self.by else self.identity_name or self.handle or _("Somebody")

    @property
    def picture(self) -> str:
        """Where we serve the face from; empty when they show none."""
        return self.by.avatar_url if self.by else faces.address(self.identity_id, self.picture_url)

    @property
    def channel(self) -> str:
        """For the badge on the face; colleagues have none."""
        return "" if self.by else self.platform or ""

    @property
    def key(self) -> int | None:
        """What tells the nameless apart."""
        return self.by_id or self.identity_person_id

    @property
    def is_note(self) -> bool:
        return self.direction == Message.Direction.NOTE

    @property
    def state_label(self) -> str:
        return str(Conversation.State(self.state).label)

    @property
    def account(self) -> str:
        """Ours, on the channel where it was said."""
        return self.account_handle or self.account_name or self.account_id

    @property
    def told_to(self) -> str:
        """With whom a colleague spoke."""
        person = _person(self.person_id, self.person_name) if self.by else None
        return str(person) if person else ""


def read(ids: Sequence[int]) -> list[FoundMessage]:
    """In the order of the ids. What was deleted is not shown here, to nobody."""
    rows = Message.objects.filter(pk__in=ids).exclude(state=Message.State.DELETED).values_list(*COLUMNS)
    known = {values[0]: FoundMessage(*values) for values in rows}
    return [known[pk] for pk in ids if pk in known]


def _person(pk: int | None, name: str | None, avatar: str | None = "") -> Person | None:
    return Person(pk=pk, name=name or "", avatar=avatar or "") if pk else None
