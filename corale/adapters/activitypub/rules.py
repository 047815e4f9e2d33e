"""Deciding what we think of a server: block, limit, refuse its media or its complaints; and taking that back.

The words are the network's (Mastodon: suspend, silence, reject_media, reject_reports); a rule is for subdomains too.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub.actors import server_of
from corale.adapters.activitypub.models import RuleChange, RuleImport, Server
from corale.adapters.activitypub.parting import join_again, part

STRICT = (Server.Stance.OPEN, Server.Stance.LIMITED, Server.Stance.BLOCKED)


@dataclass(frozen=True, slots=True)
class Rule:
    """What was decided about a server. Nothing, when it is as it was at first."""

    stance: str = Server.Stance.OPEN.value
    rejects_media: bool = False
    rejects_reports: bool = False
    is_obfuscated: bool = False
    public_comment: str = ""
    private_comment: str = ""

    @classmethod
    def of(cls, thing: Server | dict[str, Any]) -> Rule:
        """Of a server, or as it was kept."""
        get = thing.get if isinstance(thing, dict) else lambda name: getattr(thing, name)
        return cls(
            stance=str(get("stance") or Server.Stance.OPEN.value),
            rejects_media=bool(get("rejects_media")),
            rejects_reports=bool(get("rejects_reports")),
            is_obfuscated=bool(get("is_obfuscated")),
            public_comment=str(get("public_comment") or ""),
            private_comment=str(get("private_comment") or ""),
        )

    def with_stricter(self, other: Rule) -> Rule:
        """Both together: what one forbids is forbidden. Comments of this one stay where it has any."""
        return Rule(
            stance=max(self.stance, other.stance, key=lambda each: STRICT.index(Server.Stance(each))),
            rejects_media=self.rejects_media or other.rejects_media,
            rejects_reports=self.rejects_reports or other.rejects_reports,
            is_obfuscated=self.is_obfuscated or other.is_obfuscated,
            public_comment=self.public_comment or other.public_comment,
            private_comment=self.private_comment or other.private_comment,
        )


@transaction.atomic
def decide(host: str, rule: Rule, *, by_id: int, run: RuleImport | None = None) -> RuleChange | None:
    """Sets the rule for a server and all below it, with its effects. None when it was so already."""
    server = Server.objects.select_for_update().get(pk=server_of(f"https://{host}").pk)
    before = Rule.of(server)
    if before == rule:
        return None
    change = RuleChange.objects.create(
        server=server, run=run, before=asdict(before), after=asdict(rule), by_id=by_id, at=timezone.now()
    )
    put(server, rule, by_id)
    server.save(update_fields=WRITTEN)
    if rule.stance == Server.Stance.BLOCKED and before.stance != rule.stance:
        part([server.host], at=change.at)
    elif before.stance == Server.Stance.BLOCKED != rule.stance:
        _reconcile(server)
    return change


@transaction.atomic
def take_back(change: RuleChange, *, by_id: int) -> bool:
    """As it was before. False when somebody has decided otherwise since, or taken it back already: then it stays."""
    server = Server.objects.select_for_update().get(pk=change.server_id)
    after, before = Rule.of(change.after), Rule.of(change.before)
    if Rule.of(server) != after or not RuleChange.objects.filter(pk=change.pk, undone_at=None).update(
        undone_at=timezone.now()
    ):
        return False
    put(server, before, by_id)
    server.save(update_fields=WRITTEN)
    if after.stance == Server.Stance.BLOCKED != before.stance:
        join_again(at=change.at)
    elif before.stance == Server.Stance.BLOCKED != after.stance:
        part([server.host], at=timezone.now())
    return True


def _reconcile(server: Server) -> None:
    """Whoever was parted when it was blocked is together again: nobody there was told of it."""
    blocked = RuleChange.objects.filter(server=server, undone_at=None, after__stance="blocked").order_by("-id")
    for change in blocked.exclude(before__stance="blocked")[:1]:
        join_again(at=change.at)


def put(server: Server, rule: Rule, by_id: int) -> None:
    """The rule on the row, which is not saved yet."""
    for name, value in asdict(rule).items():
        setattr(server, name, value)
    server.stance_by_id, server.stance_at = by_id, timezone.now()


WRITTEN = (*(each.name for each in fields(Rule)), "stance_by_id", "stance_at")
