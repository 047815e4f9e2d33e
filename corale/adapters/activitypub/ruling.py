"""A whole file of rules: what it would do, doing it, and taking it back. Nothing becomes weaker by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corale.adapters.activitypub.models import RuleChange, RuleImport, Server
from corale.adapters.activitypub.parting import join_again, part
from corale.adapters.activitypub.rules import WRITTEN, Rule, put

AT_ONCE = 500
BLOCKED = Server.Stance.BLOCKED
Line = dict[str, Any]


def wanted(now: Rule, line: Line) -> Rule:
    """The rule after a line: the stricter of both. A line that changes nothing but words leaves it as it is."""
    then = now.with_stricter(Rule.of({name: value for name, value in line.items() if name != "host"}))
    return now if _deeds(now) == _deeds(then) else then


def _deeds(rule: Rule) -> tuple[object, ...]:
    return rule.stance, rule.rejects_media, rule.rejects_reports


def outlook(run: RuleImport) -> dict[str, int]:
    """How many lines block, limit, refuse only media or reports; and how many change nothing."""
    counts = {"blocked": 0, "limited": 0, "open": 0, "same": 0}
    known = _known(line["host"] for line in run.lines)
    for line in run.lines:
        now = Rule.of(known[line["host"]]) if line["host"] in known else Rule()
        then = wanted(now, line)
        counts["same" if then == now else then.stance] += 1
    return counts


def _known(hosts: Iterable[str], *, lock: bool = False) -> dict[str, Server]:
    servers = Server.objects.select_for_update() if lock else Server.objects.all()
    every = sorted(hosts)
    some = (every[begin : begin + AT_ONCE] for begin in range(0, len(every), AT_ONCE))
    return {server.host: server for part in some for server in servers.filter(host__in=part).order_by("pk")}


@transaction.atomic
def apply(run: RuleImport, *, by_id: int) -> int | None:
    """Does it, all or nothing: the number of servers with a new rule. None when it was done before."""
    if not RuleImport.objects.filter(pk=run.pk, applied_at=None).update(applied_at=timezone.now()):
        return None
    hosts = [line["host"] for line in run.lines]
    Server.objects.bulk_create([Server(host=host) for host in hosts], ignore_conflicts=True, batch_size=AT_ONCE)
    servers, at = _known(hosts, lock=True), timezone.now()
    changes = [change for line in run.lines if (change := _change(servers[line["host"]], line, run, by_id))]
    for change in changes:
        change.at = at
    _save([change.server for change in changes])
    RuleChange.objects.bulk_create(changes, batch_size=AT_ONCE)
    part([each.server.host for each in changes if each.after["stance"] == BLOCKED != each.before["stance"]], at=at)
    return len(changes)


def _change(server: Server, line: Line, run: RuleImport, by_id: int) -> RuleChange | None:
    now = Rule.of(server)
    then = wanted(now, line)
    if then == now:
        return None
    note = then.private_comment or _("Out of the file %(name)s.") % {"name": run.name}
    then = replace(then, private_comment=note[:500])
    put(server, then, by_id)
    return RuleChange(server=server, run=run, before=asdict(now), after=asdict(then), by_id=by_id)


@transaction.atomic
def take_back_all(run: RuleImport, *, by_id: int) -> tuple[int, int]:
    """How many servers are as they were, and how many stay because somebody decided otherwise since."""
    now = timezone.now()
    if not RuleImport.objects.filter(pk=run.pk, undone_at=None).update(undone_at=now, undone_by_id=by_id):
        return 0, 0
    changes = list(run.changes.select_related("server").filter(undone_at=None))
    back = [change for change in changes if Rule.of(change.server) == Rule.of(change.after)]
    for change in back:
        put(change.server, Rule.of(change.before), by_id)
        change.undone_at = now
    _save([change.server for change in back])
    RuleChange.objects.bulk_update(back, ["undone_at"], batch_size=AT_ONCE)
    for at in {change.at for change in back}:
        join_again(at=at)
    return len(back), len(changes) - len(back)


def _save(servers: list[Server]) -> None:
    Server.objects.bulk_update(servers, WRITTEN, batch_size=AT_ONCE // 5)
