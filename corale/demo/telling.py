"""Telling the stories: each line through the real pipeline and the real actions, at its own time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from corale.adapters.demo import wire
from corale.channels.actions.deliver import deliver
from corale.channels.contract import Raw, Upload
from corale.channels.keys import key_of
from corale.channels.models import Connection
from corale.conversations.actions.answering import answer
from corale.conversations.actions.assigning import assign
from corale.conversations.actions.closing import close
from corale.conversations.actions.judging import judge
from corale.conversations.actions.labelling import label, label_named
from corale.conversations.actions.noting import note
from corale.conversations.actions.reading import read
from corale.conversations.actions.receive import take_in
from corale.conversations.actions.snoozing import snooze
from corale.conversations.actions.trashing import spam
from corale.conversations.models import Conversation, Message
from corale.demo import cast, clock, pictures
from corale.demo.stories import Line, Story, span
from corale.people.models import Person

HOLD = 15
IN, OUT = Message.Direction.IN, Message.Direction.OUT


@dataclass(slots=True)
class Stage:
    """What the lines of all stories share."""

    connection: Connection
    colleagues: dict[str, Person]
    language: str
    now: datetime


@dataclass
class Scene:
    """One story while it is told."""

    stage: Stage
    story: Story
    said: list[str] = field(default_factory=list)  # native ids, ours too, in order
    theirs: str = ""  # the last thing they said
    labelled: bool = False

    @property
    def language(self) -> str:
        return self.story.language(self.stage.language)

    @cached_property
    def conversation(self) -> Conversation:
        return self.message(self.said[0]).conversation

    def message(self, native_id: str) -> Message:
        """A thing said in it."""
        return Message.objects.select_related("conversation").get(
            connection=self.stage.connection, key=key_of(native_id)
        )

    def perform(self, line: Line) -> None:
        """One line, at its time."""
        if line.verb == "says":
            (self.answer if line.who in self.stage.colleagues else self.speak)(line)
        else:
            with clock.at(line.at):
                getattr(self, f"do_{line.verb}")(line)

    def arrive(self, at: datetime, /, **thing: Any) -> None:
        """Something reaches us."""
        key = f"{thing['type']}:{thing.get('id', '')}:{thing.get('version', at.isoformat())}"
        take_in(self.stage.connection, [Raw(key, wire.encode(thing), received_at=at)])

    def speak(self, line: Line) -> None:
        """They write to us."""
        native_id = f"demo:said:{self.story.name}:{len(self.said)}"
        thing = self._said(line, native_id)
        if self.said:
            thing.update(kind="reply", parent=self.said[-1], root=self.said[0])
        self.arrive(line.at, **thing)
        self.said.append(native_id)
        self.theirs = native_id

    def _said(self, line: Line, native_id: str, version: str = "1") -> dict[str, Any]:
        alt = pictures.ALT.get(line.picture, {}).get(self.language, "")
        size = {"width": pictures.SIZE[0], "height": pictures.SIZE[1]}
        if line.picture:
            pictures.stored(line.picture)
        return {
            "type": "said", "id": native_id, "version": version, "by": self.who(line.who), "kind": "mention",
            "text": line.words[self.language], "language": self.language, "to_us": True,
            "at": (line.at - timedelta(seconds=2)).isoformat(),
            "pictures": [{"url": pictures.address_of(line.picture), "alt": alt, **size}] if line.picture else [],
        }  # fmt: skip

    def who(self, key: str) -> dict[str, str]:
        """Somebody as the channel describes them."""
        character = cast.CHARACTERS[key]
        return {
            "id": f"demo:{key}", "handle": cast.handle_of(key), "name": character.name,
            "description": character.about.get(self.language) or next(iter(character.about.values()), ""),
        }  # fmt: skip

    def answer(self, line: Line) -> None:
        """A colleague opens it, reads, answers; a moment later the answer stands there."""
        by = self.stage.colleagues[line.who]
        self._reads(by, line.at - timedelta(seconds=140))
        with clock.at(line.at):
            self._labels(by)
            uploads = (self._upload(line.picture),) if line.picture else ()
            sent = answer(
                self.conversation, [line.words[self.language]], by=by, language=self.language, uploads=uploads,
                hold=HOLD,
            )  # fmt: skip
        with clock.at(line.at + timedelta(seconds=HOLD + 1)):
            for message in sent:
                deliver(message.delivery_id)  # type: ignore[arg-type]
                self.said.append(message.native_id)

    def _reads(self, by: Person, at: datetime) -> None:
        conversation = self.conversation
        seen = list(conversation.messages.filter(direction=IN, received_at__lte=at).values_list("pk", flat=True))
        with clock.at(at):
            read(conversation, by=by, seconds=45 + len(seen) * 11, messages=seen)

    def _labels(self, by: Person) -> None:
        if (key := self.story.options.get("label")) and not self.labelled:
            label(self.conversation, label_named(cast.LABELS[key][self.stage.language]), by=by)
            self.labelled = True

    def _upload(self, name: str) -> Upload:
        file = pictures.stored(name)
        return Upload(file.sha256, file.mime, pictures.ALT[name][self.language], file.width, file.height)

    def by(self, key: str) -> Person:
        """A colleague of that name; Anna when none is said."""
        return self.stage.colleagues[key or "anna"]

    def do_note(self, line: Line) -> None:
        text = line.words[self.stage.language]
        spoken_to = [self.by(name) for name in re.findall(r"@(\w+)", text) if name in self.stage.colleagues]
        note(self.conversation, text, by=self.by(line.who), mentions=spoken_to)

    def do_close(self, line: Line) -> None:
        by, last = self.by(line.who), self.message(self.theirs)
        if last.answered_at is None and any(not native_id.startswith("demo:said") for native_id in self.said):
            judge(last, needs_answer=False, by=by, reason="thanks")
        close(self.conversation, by=by, reason=line.options.get("reason", ""))

    def do_like(self, line: Line) -> None:
        target = next((each for each in reversed(self.said) if not each.startswith("demo:said")), self.said[0])
        reaction = f"demo:like:{self.story.name}:{line.who}:{len(self.said)}"
        self.arrive(line.at, type="reacted", id=reaction, kind="like", by=self.who(line.who), target=target)

    def do_assign(self, line: Line) -> None:
        assign(self.conversation, self.by(line.who), by=self.by(line.options.get("by", "")))

    def do_snooze(self, line: Line) -> None:
        snooze(self.conversation, max(line.at, self.stage.now) + span(line.extra) / 4, by=self.by(line.who))

    def do_spam(self, line: Line) -> None:
        spam(self.conversation, by=self.by(line.who))

    def do_read(self, line: Line) -> None:
        self._reads(self.by(line.who), line.at)

    def do_edit(self, line: Line) -> None:
        line.who = next(
            each.who for each in reversed(self.story.lines) if each.verb == "says" and each.who in cast.CHARACTERS
        )
        self.arrive(line.at, **self._said(line, self.theirs, version="2"))

    def do_delete(self, line: Line) -> None:
        self.arrive(line.at, type="gone", id=self.theirs, how="deleted")
