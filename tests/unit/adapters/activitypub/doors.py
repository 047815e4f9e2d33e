"""Every address there is, to look for something that must not be seen there; and somebody who says it."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from corale.channels.contract import Raw
from corale.channels.models import Connection
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Message

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
CARLA = "https://peer.test/users/carla"
SECRET, WORD = "segretissimo", "parolachiave"  # what is not to be seen, and what one looks for
_numbers = itertools.count(1)


def new_note(by: str = CARLA) -> str:
    """The id of a note that nobody has written yet."""
    return f"{by}/notes/{next(_numbers)}"


def saying(house: Connection) -> Callable[..., Message]:
    """Carla writes, to whom she names; in answer to something, or not."""

    def say(text: str, *to: str, answering: str = "", by: str = CARLA, uri: str = "") -> Message:
        uri = uri or new_note(by)
        named = [each for each in to if each != PUBLIC]
        body = {
            "id": uri, "type": "Note", "attributedTo": by, "content": f"<p>{text}</p>", "inReplyTo": answering or None,
            "to": list(to), "cc": [], "tag": [{"type": "Mention", "href": each, "name": "@x"} for each in named],
        }  # fmt: skip
        create = {"id": f"{uri}/create", "type": "Create", "actor": by, "object": body}
        headers = {"base": "https://molino.test", "signer": by}
        take_in(house, [Raw(uri, json.dumps(create).encode(), headers)])
        return Message.objects.select_related("conversation", "identity").get(native_id=uri)

    return say


def every_path(things: Sequence[int], names: Sequence[str] = ("molino", "anna")) -> Iterator[str]:
    """Each address with each number where it takes one, and each name where it takes something else."""
    for pattern in patterns():
        places = re.findall(r"<(?:(\w+):)?\w+>", pattern)
        numbers = places.count("int")
        fitting = [things if kind == "int" else names for kind in places]
        if numbers > 1:  # one number for all of them
            fitting = [things[:1] if kind == "int" else names for kind in places]
        for given in itertools.product(*fitting):
            yield "/" + filled(pattern, given)
    yield from (f"/search/?q={WORD}", f"/search/?q={WORD}&order=best", f"/search/palette/?q={WORD}", f"/desk/?q={WORD}")
    yield from (
        f"/desk/?view={view}" for view in ("mine", "unassigned", "open", "mentions", "waiting", "drafts", "sent")
    )


def filled(pattern: str, given: Sequence[object]) -> str:
    """The address with what stands in its places."""
    left = iter(given)
    return re.sub(r"<(?:\w+:)?\w+>", lambda _place: str(next(left)), pattern)


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """As they are written down in all rooms."""
    for each in (resolver or get_resolver()).url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, path)
        elif isinstance(each, URLPattern) and not path.startswith("^"):
            yield path


def looked_at(client: Client, path: str, accept: str = "text/html") -> str:
    """What a visitor is shown; whatever a page changes is put back."""
    with transaction.atomic():
        answered = client.get(path, headers={"accept": accept})
        body = b"".join(answered.streaming_content) if answered.streaming else answered.content
        transaction.set_rollback(True)
    return body.decode("utf-8", "replace")
