"""What stands in the world while every page is tried: one thing for each kind of address. Values for its path."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from corale.accounts.models import Invitation
from corale.adapters.activitypub.models import Actor, Complaint, Post, RemoteActor, RuleImport, Server
from corale.channels.keys import key_of
from corale.channels.models import Connection
from corale.conversations.models import ImportRun
from corale.demo.world import World
from corale.improve.actions.concluding import conclude
from corale.improve.actions.deciding import decide
from corale.improve.actions.gathering import gather
from corale.improve.actions.theming import begin_theme
from corale.improve.models import Decision, Proposal, ProposedVoice, ReportBack, Theme, Voice
from corale.indicator.taking import take
from corale.jobs.models import Job
from corale.listen.actions.querying import make
from corale.listen.actions.querying import mute as silence
from corale.listen.models import Match, Query
from corale.people.models import Identity
from corale.respond.models import Guideline

Path = dict[str, Any]
Thing = Callable[[World], Path]


def fixed(**path: Any) -> Thing:
    """The same in every world, and mostly nothing that is there."""
    return lambda world: path


def colleague(world: World) -> Path:
    """Bruno, as a user."""
    return {"pk": world.bruno.user.pk}


def invitation(world: World) -> Path:
    """Somebody who was asked to come."""
    until = timezone.now() + timedelta(days=7)
    return {"pk": Invitation.objects.create(name="Gina", email="gina@molino.test", digest="0", expires_at=until).pk}


def fediverse(world: World) -> Path:
    """The house is on the fediverse."""
    brand = Actor.objects.create(kind=Actor.Kind.BRAND, name="molino", private_key="", public_key="a key")
    Connection.objects.create(kind="activitypub", stable_id=brand.uri, handle="molino@localhost:8000")
    return {}


def server(world: World) -> Path:
    """Another server."""
    fediverse(world)
    return {"pk": Server.objects.create(host="peer.test").pk}


def complaint(world: World) -> Path:
    """Another server complains."""
    there = Server.objects.get(pk=server(world)["pk"])
    return {"pk": Complaint.objects.create(key=1, uri="", server=there, by_uri="https://peer.test/actor").pk}


def stranger(world: World) -> Path:
    """Somebody who lives on the fediverse."""
    there = Server.objects.get(pk=server(world)["pk"])
    uri = "https://peer.test/users/carla"
    RemoteActor.objects.create(key=key_of(uri), uri=uri, server=there, kind="Person", inbox=f"{uri}/inbox")
    return {"pk": Identity.objects.create(person=world.carla, platform="activitypub", stable_id=uri).person_id}


def rule_import(world: World) -> Path:
    """Rules out of a file, brought in."""
    fediverse(world)
    return {"pk": RuleImport.objects.create(name="rules.csv", by_id=world.franca.pk, applied_at=timezone.now()).pk}


def actor(world: World) -> Path:
    """Anna, who has chosen to have a public profile."""
    fediverse(world)
    return {"name": Actor.objects.create(kind="person", name="anna", person=world.anna, public_key="a key").name}


def post(world: World) -> Path:
    """What she said there, to everybody."""
    name = actor(world)["name"]
    said = Post.objects.create(actor=Actor.objects.get(name=name), number="1", uri="a post", audience="public")
    return {"name": name, "number": said.number}


def conversation(world: World) -> Path:
    return {"pk": world.late_parcel.pk}


def message(world: World) -> Path:
    return {"pk": world.carlas_parcel.pk}


def person(world: World) -> Path:
    return {"pk": world.carla.pk}


def identity(world: World) -> Path:
    return {"pk": world.carla.identities.get().pk}


def connection(world: World) -> Path:
    """An account of the company's own, not of the demo."""
    return {"pk": Connection.objects.create(kind="files", stable_id="elsewhere").pk}


def file_import(world: World) -> Path:
    """A file that was read in."""
    return {"pk": ImportRun.objects.create(connection_id=connection(world)["pk"], name="a file", state="done").pk}


def theme(world: World) -> Path:
    return {"pk": begun(world).pk}


def voice(world: World) -> Path:
    return {"pk": Voice.objects.get(theme=begun(world)).pk}


def proposal(world: World) -> Path:
    """The late parcel seems to be talked about."""
    found = Proposal.objects.create(words="late, parcel", language="en", people=1)
    ProposedVoice.objects.create(proposal=found, message=world.late_parcel.messages.all()[0])
    return {"pk": found.pk}


def proposed(world: World) -> Path:
    return {"pk": ProposedVoice.objects.get(proposal=proposal(world)["pk"]).pk}


def decision(world: World) -> Path:
    return {"pk": decided(world).pk}


def report(world: World) -> Path:
    """Carla asked, and is about to be told."""
    conclude(
        decided(world), kind="done", texts={"it": "Il pacco arriva prima.", "en": "It comes sooner."}, by=world.elena
    )
    return {"pk": ReportBack.objects.get().pk}


def measure(world: World) -> Path:
    """One whose rows are there to see."""
    for demo in (False, True):
        take(demo=demo, days=91)
    return {"measure": "R2"}


def job(world: World) -> Path:
    """One that failed."""
    return {"pk": Job.objects.create(task="corale.nothing", state=Job.State.FAILED).pk}


def query(world: World) -> Path:
    """What Elena listens for."""
    return {"pk": make({"name": "Parcels", "required": "pacco"}, by=world.elena).pk}


def match(world: World) -> Path:
    """What it found: Carla's parcel."""
    there = Query.objects.get(pk=query(world)["pk"])
    said = world.carlas_parcel
    return {"pk": Match.objects.create(query=there, message=said, said_at=said.written_at).pk}


def mute(world: World) -> Path:
    """A site that it does not want to hear of."""
    there = Query.objects.get(pk=query(world)["pk"])
    return {"pk": there.pk, "number": silence(there, by=world.elena, site="spam.example").pk}


def guideline(world: World) -> Path:
    return {"version": Guideline.objects.create(version=1, summary="Say what we will do, and by when.").version}


def begun(world: World) -> Theme:
    """Parcels come late, says Carla."""
    begun = begin_theme("Parcels come late", by=world.anna)
    gather([world.carlas_parcel], begun, by=world.anna)
    return begun


def decided(world: World) -> Decision:
    """Yes: another carrier."""
    return decide(
        begun(world), kind="yes", title="Another carrier", reason="She is right.", decided_by=world.elena,
        by=world.elena, evidence=[world.carlas_parcel],
    )  # fmt: skip
