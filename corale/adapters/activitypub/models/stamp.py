"""Leave to quote us."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models.post import Post


class Stamp(models.Model):
    """One quotation of one post of ours that we agreed to (FEP-044f, QuoteAuthorization). Other servers look at its
    address before they show the quotation; when it is taken back, the address answers 404."""

    number = models.CharField(max_length=40, unique=True, help_text="The end of its address.")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="stamps")
    key = models.BigIntegerField(help_text="`key_of(quoting)`.")
    quoting = models.CharField(max_length=500, help_text="The post that quotes.")
    by_uri = models.CharField(max_length=500, help_text="Whose post that is.")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "key"], name="activitypub_stamp_once")]

    def __str__(self) -> str:
        return self.uri

    @property
    def uri(self) -> str:
        """Where it can be looked at."""
        return f"{addresses.part(self.post.actor.name, 'stamps')}/{self.number}"
