"""What other servers run, as they say themselves (NodeInfo 2.x): asked of those we have heard, once a month."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from corale.adapters.activitypub.fetching import json_at
from corale.adapters.activitypub.models import Server
from corale.channels.errors import ChannelError, Malformed
from corale.channels.text import plain

AGAIN = timedelta(days=30)
AT_ONCE = 20
JSON = frozenset({"application/json", "application/ld+json", "application/activity+json"})
SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/2."


@task()
def learn() -> None:
    """Some of those that we have heard and not asked this month. Whoever does not say is not asked sooner."""
    now = timezone.now()
    due = Server.objects.filter(heard_at__isnull=False, stance__in=("open", "limited"), failures=0)
    due = due.filter(Q(software_at=None) | Q(software_at__lt=now - AGAIN))
    for server in due.order_by(F("software_at").asc(nulls_first=True), "pk")[:AT_ONCE]:
        found = Server.objects.filter(pk=server.pk)
        found.update(software_at=now)
        try:
            found.update(software=software_at(server.host))
        except ChannelError:
            continue


def software_at(host: str) -> str:
    """Name and version. Errors: as `fetching.json_at`; Malformed where they say something else."""
    scheme = "http" if settings.CORALE_ALLOW_LOOPBACK and host.startswith("127.") else "https"
    index = json_at(f"{scheme}://{host}/.well-known/nodeinfo", accept="application/json", kinds=JSON)
    said = json_at(_address(index), accept="application/json", kinds=JSON).get("software")
    if not isinstance(said, dict):
        raise Malformed(f"no software at {host}")
    return plain(f"{said.get('name') or ''} {said.get('version') or ''}").strip()[:60]


def _address(index: dict[str, Any]) -> str:
    links = index.get("links")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and str(link.get("rel")).startswith(SCHEMA) and isinstance(link.get("href"), str):
            return str(link["href"])
    raise Malformed("no link to NodeInfo 2")
