"""What the company listens for."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.listen.matching import wanted
from corale.listen.matching.wanted import Near, Wanted
from corale.people.models import Identity, Person


class QueryQuerySet(models.QuerySet["Query"]):
    """Which queries."""

    def visible_to(self, person: Person) -> QueryQuerySet:
        """Queries belong to the company: every colleague sees all of them. What they found is another question."""
        return self if person.is_colleague else self.none()

    def in_use(self) -> QueryQuerySet:
        return self.filter(archived_at=None)


class Query(models.Model):
    """Words, people and places, kept as they were typed. Each change makes it look at what it had found again
    (`again_below`), and back into the past from the newest on (`LookBack`)."""

    name = models.CharField(max_length=120)
    required = models.TextField(blank=True, help_text="all of these words and phrases")
    either = models.TextField(blank=True, help_text="one of these")
    excluded = models.TextField(blank=True, help_text="none of these")
    near_first = models.CharField(max_length=100, blank=True)
    near_second = models.CharField(max_length=100, blank=True)
    near_within = models.PositiveSmallIntegerField(default=5, help_text="words from one to the other")
    authors = models.TextField(blank=True, help_text="handles or stable ids")
    sites = models.TextField(blank=True, help_text="hosts of links")
    languages = models.JSONField(default=list, blank=True)
    channels = models.JSONField(default=list, blank=True, help_text="kinds of connections")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    fresh_from = models.DateTimeField(default=timezone.now, help_text="What arrived before counts as seen.")
    edition = models.PositiveIntegerField(default=1, help_text="Grows when what is wanted changes.")
    again_below = models.BigIntegerField(null=True, help_text="Matches with lower ids are still to be looked at again.")
    archived_at = models.DateTimeField(null=True)

    objects = QueryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "queries"
        indexes = [models.Index(fields=["name", "id"], name="query_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def wanted(self) -> Wanted:
        """What it wants, without who was muted."""
        return Wanted(
            required=wanted.terms(self.required), either=wanted.terms(self.either),
            excluded=wanted.terms(self.excluded), near=self.near,
            authors=wanted.authors(self.authors), sites=wanted.sites(self.sites),
            languages=frozenset(self.languages), channels=frozenset(self.channels),
        )  # fmt: skip

    @property
    def near(self) -> Near | None:
        first, second = wanted.one_word(self.near_first), wanted.one_word(self.near_second)
        return Near(first, second, self.near_within) if first and second else None


class LookBack(models.Model):
    """How far a query has looked into the past, newest first. It begins when the index knows whatever was there when
    the query was made (`waits_for`), and ends at the beginning of the record or where it has looked at enough."""

    query = models.OneToOneField(Query, primary_key=True, on_delete=models.CASCADE, related_name="look_back")
    waits_for = models.BigIntegerField(default=0, help_text="the last number that waited for the index")
    before = models.BigIntegerField(null=True, help_text="Where to go on. None: at the newest.")
    looked = models.PositiveIntegerField(default=0, help_text="messages")
    since = models.DateTimeField(null=True, help_text="when the oldest of them was said")
    is_whole = models.BooleanField(default=False, help_text="Nothing older is there.")
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.query_id}: {self.looked} since {self.since}"


class Mute(models.Model):
    """Somebody, or a site, that this query does not want to hear of. Ending it leaves the row."""

    query = models.ForeignKey(Query, on_delete=models.CASCADE, related_name="mutes")
    identity = models.ForeignKey(Identity, null=True, on_delete=models.CASCADE, related_name="+")
    site = models.CharField(max_length=253, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.site or str(self.identity)
