"""What we decided about servers and people elsewhere: who, when, and what it was before."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.adapters.activitypub.models.remote_actor import RemoteActor
from corale.adapters.activitypub.models.server import Server


class RuleImport(models.Model):
    """A file of rules that somebody brought; its changes can be taken back together."""

    name = models.CharField(max_length=200, help_text="Of the file.")
    lines = models.JSONField(default=list, help_text="As read: a host and its rule, for each line.")
    problems = models.JSONField(default=list, help_text="[[number of the line, key of what is wrong, the line], …].")
    by_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True, help_text="Until then it is only looked at.")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"


class RuleChange(models.Model):
    """One decision about one server: `before` and `after` are the rule in full. Never changed, only taken back."""

    server = models.ForeignKey(Server, on_delete=models.CASCADE, related_name="changes")
    run = models.ForeignKey(RuleImport, null=True, blank=True, on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    by_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["server", "-id"], name="activitypub_rule_history")]

    def __str__(self) -> str:
        return f"{self.server} {self.at:%Y-%m-%d}"


class Shunning(models.Model):
    """Somebody elsewhere whom we do not want to hear at all, or not in our trays; ended when we do again."""

    class Kind(models.TextChoices):
        BLOCK = "block"  # they are told, and may neither read us as followers nor write to us
        MUTE = "mute"  # nobody is told; what they write waits in quarantine

    remote = models.ForeignKey(RemoteActor, on_delete=models.CASCADE, related_name="shunnings")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    reason = models.CharField(max_length=500, blank=True)
    said = models.JSONField(default=list, help_text="The Block activities that we sent, for their Undo.")
    by_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["remote", "kind"], name="activitypub_shunned_once", condition=models.Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.remote}"
