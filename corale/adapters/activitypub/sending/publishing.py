"""Writing down what one of us says or does: post, activity, and where it has to go, in one transaction under the id
that was chosen before. Doing it again finds it standing there."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Activity, Actor, Dispatch, Following, Post, RemoteActor
from corale.adapters.activitypub.sending.acting import act, write_dispatches
from corale.adapters.activitypub.sending.describing import context_of, described, number_in, version
from corale.adapters.activitypub.sending.people import People, named_in
from corale.adapters.activitypub.sending.recipients import Recipients, narrower, reacted_to, recipients
from corale.adapters.activitypub.wire import writing
from corale.channels.contract import Outgoing
from corale.channels.errors import Refused

POSTS = frozenset({"reply", "post", "quote"})
POLL = ("type", "oneOf", "anyOf", "endTime", "closed", "votersCount")
NOT_OURS = _("Only what was said from here can be changed or deleted.")


def activity_id(outgoing: Outgoing) -> str:
    """The id of the activity that says it: known before anything is written."""
    if outgoing.kind in POSTS:
        return f"{outgoing.outside_id}/activity"
    if outgoing.kind in {"edit", "delete"}:
        assert outgoing.target
        of_edit = f"#updates/{int(outgoing.created_at.timestamp() * 1000)}"
        return outgoing.target.native_id + (of_edit if outgoing.kind == "edit" else "#delete")
    return outgoing.outside_id


def publish(actor: Actor, outgoing: Outgoing, people: People) -> Activity:
    """Everything or nothing; `people` were looked up before. No network. Errors: Refused."""
    with transaction.atomic():
        return VERBS[outgoing.kind](actor, outgoing, people)


def _say(actor: Actor, outgoing: Outgoing, people: People) -> Activity:
    """Something new."""
    parent = outgoing.parent.native_id if outgoing.parent else ""
    audience = outgoing.audience
    if before := Post.objects.filter(uri=parent).first():
        audience = narrower(audience, before.audience)
    uri, context = outgoing.outside_id, context_of(outgoing, outgoing.outside_id)
    document = described(
        actor, outgoing, people, uri=uri, audience=audience, parent=parent, context=context,
        published=outgoing.created_at, quotes=_quoted(outgoing),
    )  # fmt: skip
    post, made = Post.objects.get_or_create(
        uri=uri,
        defaults={
            "actor": actor, "number": number_in(uri), "kind": document["type"], "audience": audience,
            "in_reply_to": parent, "context": context, "document": document, "source_text": outgoing.text,
            "version": version(document), "by_id": outgoing.by, "published_at": outgoing.created_at,
            "closes_at": outgoing.poll.closes_at if outgoing.poll else None,
        },
    )  # fmt: skip
    if made and audience != "direct":
        Actor.objects.filter(pk=actor.pk).update(posts_count=F("posts_count") + 1)
    to = recipients(actor, audience, people.remote)
    said = _tell(actor, writing.create(post.document), to, public=audience in ("public", "unlisted"))
    if outgoing.kind == "quote" and outgoing.target is not None:
        _ask_leave(actor, post, outgoing.target.native_id, people.about)
    return said


def _quoted(outgoing: Outgoing) -> str:
    return outgoing.target.native_id if outgoing.kind == "quote" and outgoing.target else ""


def _ask_leave(actor: Actor, post: Post, target: str, author: RemoteActor | Actor | None) -> None:
    """Quoting needs the author's leave on servers that ask for it (FEP-044f); others do not know the question."""
    if not isinstance(author, RemoteActor):
        return
    asked = writing.quote_request(f"{post.uri}#quote-request", actor.uri, post.document, target, author.uri)
    act(actor, asked, inboxes=[(author.server, author.inbox)])


def _edit(actor: Actor, outgoing: Outgoing, people: People) -> Activity:
    """The whole of a post anew; who was told of it hears of the change."""
    post = _own(actor, outgoing)
    document = described(
        actor, outgoing, people, uri=post.uri, audience=post.audience, parent=post.in_reply_to,  # type: ignore[arg-type]
        context=post.context, published=post.published_at, updated=outgoing.created_at,
    )  # fmt: skip
    for kept in (
        "quote",
        "quoteUrl",
        "_misskey_quote",
        "quoteAuthorization",
        "oneOf",
        "anyOf",
        "endTime",
        "votersCount",
    ):
        if kept in post.document:  # what was asked and what was quoted stays as it is
            document.setdefault(kept, post.document[kept])
    document["type"] = post.kind
    before = named_in(post)
    post.document, post.source_text, post.version = document, outgoing.text, version(document)
    post.updated_at = outgoing.created_at
    post.save(update_fields=["document", "source_text", "version", "updated_at"])
    to = recipients(actor, post.audience, {each.pk: each for each in (*people.remote, *before)}.values())
    return _tell(actor, writing.update(document, outgoing.created_at), _and_reacted(to, post))


def _delete(actor: Actor, outgoing: Outgoing, people: People) -> Activity:
    """A tombstone stays; everybody who has it is asked to throw it away."""
    post = _own(actor, outgoing)
    at = post.deleted_at or outgoing.created_at
    to = _and_reacted(recipients(actor, post.audience, named_in(post)), post)
    said = _tell(actor, writing.delete(post.document, at), to)
    if post.deleted_at is None and post.audience != "direct":
        Actor.objects.filter(pk=actor.pk).update(posts_count=F("posts_count") - 1)
    post.document, post.source_text = writing.tombstone(post.uri, at, was=post.kind), ""
    post.deleted_at, post.is_pinned = at, False
    post.save(update_fields=["document", "source_text", "deleted_at", "is_pinned"])
    _forget(actor, post)
    return said


def _forget(actor: Actor, post: Post) -> None:
    """What was said of it leaves no more, and its words are not kept here."""
    changes = Q(kind="Update", uri__startswith=f"{post.uri}#updates/")
    told = actor.activities.filter(Q(uri=f"{post.uri}/activity") | changes)
    waiting = Dispatch.objects.filter(
        activity__in=list(told.values_list("pk", flat=True)), state=Dispatch.State.WAITING
    )
    waiting.update(state=Dispatch.State.DROPPED)
    told.update(is_public=False, body="{}")


def _own(actor: Actor, outgoing: Outgoing) -> Post:
    assert outgoing.target
    post = Post.objects.select_for_update().filter(uri=outgoing.target.native_id, actor=actor).first()
    if post is None:
        raise Refused(f"not a post of {actor}", advice=NOT_OURS)
    if post.deleted_at is not None and outgoing.kind == "edit":
        raise Refused("deleted", advice=_("This post has been deleted."))
    return post


def _like(actor: Actor, outgoing: Outgoing, people: People) -> Activity:
    assert outgoing.target
    said = writing.like(outgoing.outside_id, actor.uri, outgoing.target.native_id, _author(people))
    return _tell(actor, said, recipients(actor, "direct", people.remote))


def _repost(actor: Actor, outgoing: Outgoing, people: People) -> Activity:
    """Told to the followers as publicly as one may, and to the author."""
    assert outgoing.target
    audience = outgoing.audience if outgoing.audience != "direct" else "followers"
    said = writing.announce(
        outgoing.outside_id, actor.uri, outgoing.target.native_id, _author(people), at=outgoing.created_at,
        followers=addresses.part(actor.name, "followers"), audience=audience,
    )  # fmt: skip
    return _tell(actor, said, recipients(actor, audience, people.remote), public=audience in ("public", "unlisted"))


def _author(people: People) -> str:
    """Of what is liked or passed on; one of ours, perhaps."""
    return people.about.uri if people.about else ""


def _follow(actor: Actor, outgoing: Outgoing, people: People) -> Activity:
    if not isinstance(remote := people.about, RemoteActor):
        raise Refused("nobody to follow", advice=_("One of ours cannot be followed from here."))
    Following.objects.update_or_create(
        actor=actor,
        remote=remote,
        defaults={
            "uri": outgoing.outside_id, "state": Following.State.PENDING, "at": timezone.now(), "ended_at": None,
        },
    )  # fmt: skip
    said = writing.follow(outgoing.outside_id, actor.uri, remote.uri)
    return _tell(actor, said, recipients(actor, "direct", people.remote))


def _take_back(actor: Actor, outgoing: Outgoing, people: People) -> Activity:
    """A like, a share or a follow; told to whom that was told."""
    assert outgoing.target
    done = Activity.objects.filter(uri=outgoing.target.native_id, actor=actor).first()
    if done is None:
        raise Refused(f"not done by {actor}", advice=NOT_OURS)
    if done.kind == "Follow":
        Following.objects.filter(actor=actor, uri=done.uri, ended_at=None).update(ended_at=timezone.now())
    said = writing.undo(json.loads(done.body), uri=outgoing.outside_id)
    Activity.objects.filter(pk=done.pk).update(is_public=False)
    told = [(each.server, each.inbox, each.is_addressed) for each in done.dispatches.select_related("server")]
    return _tell(
        actor,
        said,
        Recipients(
            tuple((server, inbox) for server, inbox, is_addressed in told if is_addressed),
            tuple((server, inbox) for server, inbox, is_addressed in told if not is_addressed),
        ),
    )


def _tell(actor: Actor, said: writing.Document, to: Recipients, *, public: bool = False) -> Activity:
    activity = act(actor, said, inboxes=to.others, public=public)
    write_dispatches(activity, to.addressed, addressed=True)
    return activity


def _and_reacted(to: Recipients, post: Post) -> Recipients:
    if post.audience == "direct":
        return to
    there = {inbox for _server, inbox in (*to.addressed, *to.others)}
    return Recipients(to.addressed, (*to.others, *(each for each in reacted_to(post) if each[1] not in there)))


VERBS: dict[str, Callable[[Actor, Outgoing, People], Activity]] = {
    "reply": _say,
    "post": _say,
    "quote": _say,
    "edit": _edit,
    "delete": _delete,
    "like": _like,
    "repost": _repost,
    "follow": _follow,
    "unlike": _take_back,
}
