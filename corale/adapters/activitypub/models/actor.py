"""One of us, as the fediverse sees us."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.adapters.activitypub import addresses
from corale.channels import sealing
from corale.channels.models import StoredFile
from corale.people.models import Person


class ActorQuerySet(models.QuerySet["Actor"]):
    """Which actors."""

    def public(self) -> ActorQuerySet:
        """Those that can be found: the brand, and the people who want to be."""
        return self.exclude(kind=Actor.Kind.INSTANCE).exclude(state=Actor.State.HIDDEN)

    def speaking(self) -> ActorQuerySet:
        """Those in whose name something may be said now."""
        return self.exclude(kind=Actor.Kind.INSTANCE).filter(state=Actor.State.ACTIVE)


class Actor(models.Model):
    """The brand, a member of the company, or the house itself. Name and key are chosen once: others keep them for good
    (some servers never fetch a key again), so neither is ever changed in place."""

    class Kind(models.TextChoices):
        PERSON = "person"  # a member of the company: Person
        BRAND = "brand"  # Organization
        INSTANCE = "instance"  # Application: signs what we fetch, says nothing

    class State(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"  # by the person: still there, takes no new questions, says nothing
        LEFT = "left"  # no longer in the company: what was said stays, the profile says where to ask instead
        MOVED = "moved"  # went to another server
        HIDDEN = "hidden"  # was never shown, or asked to be forgotten: answers 410

    name = models.CharField(max_length=60, unique=True, help_text="Before the @, in small letters.")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="fediverse_actor"
    )
    display_name = models.CharField(max_length=200, blank=True, help_text="Empty: the person's or company's name.")
    summary = models.TextField(blank=True, help_text="Plain text, with links.")
    links = models.JSONField(default=list, blank=True, help_text="[[label, address], …], at most eight.")
    verified = models.JSONField(default=dict, blank=True, help_text="Addresses that link back (rel=me), and when.")
    shows_role = models.BooleanField(default=True, help_text="What they do in the company.")
    shows_topics = models.BooleanField(default=True, help_text="What to ask them about.")
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Whom to ask instead, once they have left; nobody: the brand.",
    )
    picture = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    header = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_discoverable = models.BooleanField(default=True)
    is_indexable = models.BooleanField(default=False, help_text="Public posts may be found by search engines.")
    approves_followers = models.BooleanField(default=False)
    also_known_as = models.JSONField(default=list, blank=True, help_text="Accounts elsewhere that may move here.")
    moved_to = models.CharField(max_length=500, blank=True)
    private_key = models.TextField(help_text="PEM, sealed.")
    public_key = models.TextField(help_text="PEM.")
    followers_count = models.PositiveIntegerField(default=0)
    following_count = models.PositiveIntegerField(default=0)
    posts_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ActorQuerySet.as_manager()

    def __str__(self) -> str:
        return self.handle

    @property
    def uri(self) -> str:
        return addresses.actor(self.name)

    @property
    def key_id(self) -> str:
        return addresses.key(self.name)

    @property
    def handle(self) -> str:
        """As one writes it: @name@host."""
        return f"@{self.name}@{addresses.handle_host()}"

    @property
    def is_here(self) -> bool:
        """Still in the company, and on this server."""
        return self.state in (Actor.State.ACTIVE, Actor.State.PAUSED)

    @property
    def signing_key(self) -> str:
        """The private key, opened where it is used."""
        return sealing.open_sealed(self.private_key)
