"""About one thing, with one person or a few."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corale.channels.models import Connection
from corale.people.models import Identity, Person


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Which conversations."""

    def visible_to(self, person: Person) -> ConversationQuerySet:
        """Colleagues see every conversation of the company, except what was said to some of them in private; nobody
        else sees any."""
        from corale.conversations.policies import may_see_everything, open_to

        if not person.is_colleague:
            return self.none()
        return self if may_see_everything(person) else self.filter(open_to(person))

    def open(self) -> ConversationQuerySet:
        """We owe the next step."""
        return self.filter(state=Conversation.State.OPEN)

    def newest_first(self) -> ConversationQuerySet:
        """By last activity."""
        return self.order_by("-last_activity_at", "-id")

    def oldest_first(self) -> ConversationQuerySet:
        """Those who have waited longest for us, first."""
        return self.order_by("waiting_since", "id")


class Conversation(models.Model):
    """A thread on one channel. What the list shows is kept here, so that a page of it costs one query.

    `root_key` is the hash of the thread's root there; one conversation per root is `current`: when somebody writes
    again long after closing, a new one begins and says which one it `continues`.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")  # we owe the next step
        WAITING = "waiting", _("Waiting")  # they owe the next step
        SNOOZED = "snoozed", _("Snoozed")
        CLOSED = "closed", _("Closed")
        QUARANTINE = "quarantine", _("Quarantine")  # nobody is bothered before a coordinator has looked
        SPAM = "spam", _("Spam")
        TRASH = "trash", _("Trash")

    class Priority(models.IntegerChoices):
        LOW = -1, _("Low")
        NORMAL = 0, _("Normal")
        HIGH = 1, _("High")
        URGENT = 2, _("Urgent")

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="conversations", db_index=False)
    root_key = models.BigIntegerField()
    current = models.BooleanField(default=True)
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="continued_by")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="conversations", db_index=False
    )
    identity = models.ForeignKey(Identity, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    state_at = models.DateTimeField(default=timezone.now)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="assigned", db_index=False
    )
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    subject = models.CharField(max_length=200, blank=True)
    preview = models.CharField(max_length=200, blank=True)
    last_direction = models.SmallIntegerField(default=0)
    language = models.CharField(max_length=12, blank=True)
    direct = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)
    message_count = models.PositiveIntegerField(default=0)
    last_message_id = models.BigIntegerField(null=True)
    last_inbound_id = models.BigIntegerField(null=True)
    waiting_since = models.DateTimeField(null=True, help_text="The oldest thing they said that nobody answered.")
    created_at = models.DateTimeField(default=timezone.now)
    last_activity_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0, help_text="Grows with every change; no update is lost.")

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "root_key"], condition=models.Q(current=True), name="conversation_root"
            ),
        ]
        indexes = [
            # `direct` orders nothing, as it stands after the id: whether a row may be seen is read in the index itself
            models.Index(fields=["state", "-last_activity_at", "-id", "direct"], name="conversation_newest"),
            models.Index(fields=["state", "waiting_since", "id", "direct"], name="conversation_oldest"),
            models.Index(
                fields=["assignee", "state", "-last_activity_at", "-id", "direct"],
                name="conversation_mine",
                condition=models.Q(assignee__isnull=False),
            ),
            models.Index(
                fields=["state", "-last_activity_at", "-id", "direct"],
                name="conversation_nobodys",
                condition=models.Q(assignee__isnull=True),
            ),
            models.Index(fields=["connection", "state", "-last_activity_at", "-id"], name="conversation_channel"),
            models.Index(fields=["person", "-last_activity_at", "-id"], name="conversation_person"),
            models.Index(  # SQLite takes it because the condition stands in the query as it is, not as a parameter
                fields=["state", "snoozed_until", "id", "direct"],
                name="conversation_snoozed",
                condition=models.Q(snoozed_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"#{self.pk}"
