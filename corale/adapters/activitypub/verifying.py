"""Whose an address is: it links back to the profile with rel=me, and we have looked."""

from __future__ import annotations

from html.parser import HTMLParser

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor
from corale.jobs.enqueue import enqueue_once
from corale.lib import http

MAX_BYTES, SECONDS = 1024 * 1024, 8.0
AT_ONCE = 500  # profiles looked at again in one round


def verify_later(actor: Actor) -> None:
    """Looks at the addresses of a profile, in the background."""
    if actor.links or actor.verified:
        enqueue_once(_verify, f"actor:{actor.pk}", actor.pk)


@task()
def _verify(pk: int) -> None:
    verify(Actor.objects.get(pk=pk))


@task()
def verify_again() -> None:
    """Pages change hands: every profile with addresses is looked at again."""
    for actor in Actor.objects.public().exclude(links=[]).order_by("pk")[:AT_ONCE]:
        verify_later(actor)


def verify(actor: Actor) -> dict[str, str]:
    """Each address that links back, and when that was seen. What we could not reach stays as it was; what no longer
    links back is no longer verified. No network inside the transaction."""
    now = timezone.now().isoformat()
    seen: dict[str, str] = {}
    for _label, address in actor.links:
        answer = links_back(address, actor.name)
        if answer is None and address in actor.verified:
            seen[address] = actor.verified[address]
        elif answer:
            seen[address] = now
    with transaction.atomic():
        current = Actor.objects.select_for_update().get(pk=actor.pk)
        current.verified = {
            address: at for address, at in seen.items() if address in {each[1] for each in current.links}
        }
        current.updated_at = timezone.now()
        current.save(update_fields=["verified", "updated_at"])
    return seen


def links_back(address: str, name: str) -> bool | None:
    """Whether the page at an address says that our profile is theirs too. None when we cannot know today."""
    try:
        answer = _page(address)
    except (http.Unreachable, http.TooSlow):
        return None
    except http.HttpError:
        return False
    if answer.status >= 500:
        return None
    if not answer.is_ok or "html" not in answer.headers.get("content-type", ""):
        return False
    said = mine_in(answer.content.decode("utf-8", "replace"))
    ours = {_plain(addresses.page(name)), _plain(addresses.actor(name))}
    return any(_plain(each) in ours for each in said) or _leads_here(said, ours)


def mine_in(page: str) -> list[str]:
    """The addresses that a page marks with rel=me, in its order."""
    reader = _Reader()
    reader.feed(page)
    return reader.found[:50]


def _leads_here(said: list[str], ours: set[str]) -> bool:
    """The first one may be a short address that leads here, as some places insist on."""
    elsewhere = [each for each in said if each.startswith("https://")]
    try:
        return bool(elsewhere) and _plain(_page(elsewhere[0]).url) in ours
    except http.HttpError:
        return False


def _page(address: str) -> http.Fetched:
    return http.fetch(
        address, allow_loopback=settings.CORALE_ALLOW_LOOPBACK, max_bytes=MAX_BYTES, timeout=SECONDS,
        headers={"Accept": "text/html"},
    )  # fmt: skip


def _plain(address: str) -> str:
    return address.partition("#")[0].partition("?")[0].rstrip("/").lower()


class _Reader(HTMLParser):
    """Only what marks a link as one's own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"a", "link"} and "me" in given.get("rel", "").lower().split() and given.get("href"):
            self.found.append(given["href"].strip())
