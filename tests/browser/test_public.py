"""The pages for everybody: no account, no script."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw

from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.models import Actor, Post, Reaction
from corale.channels.actions.pictures import keep_picture
from corale.channels.keys import key_of
from tests.support.accessibility import assert_accessible

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def drawn() -> bytes:
    """A loaf, more or less."""
    picture = Image.new("RGB", (1200, 800), (240, 228, 205))
    ImageDraw.Draw(picture).ellipse((200, 200, 1000, 640), fill=(168, 104, 52))
    kept = io.BytesIO()
    picture.save(kept, "JPEG")
    return kept.getvalue()


def say(actor: Actor, text: str, *, hours: int = 0, **more: Any) -> Post:
    """In public."""
    at = timezone.now() - timedelta(hours=hours)
    number = addresses.new_number(at)
    document = {"type": "Note", "content": text, "to": [PUBLIC], "cc": [], "contentMap": {"it": text}}
    document |= more.pop("document", {})
    return Post.objects.create(
        actor=actor, number=number, uri=addresses.post(actor.name, number), audience="public", document=document,
        published_at=at, **more,
    )  # fmt: skip


@pytest.fixture
def anna(world, product, settings) -> Actor:
    """She has chosen to be found, and has said a few things."""
    settings.CORALE_URL = product.url
    settings.MEDIA_ROOT = product.data / "media"
    own.enable(
        name="molino", display_name="Molino", summary="Macchine da caffè, fatte a Lecce dal 1974.", language="it"
    )
    world.anna.title, world.anna.ask_me_about = "Assistenza", "guarnizioni, calcare, e che cosa fare quando fischia"
    world.anna.save()
    anna = own.make_actor(
        "person", "anna", world.anna, summary="Rispondo alle domande su tutto quello che perde, fischia o si blocca.",
        links=[["Sito", "https://annaferri.example/"], ["Mastodon", "https://sociale.example/@anna"]],
        verified={"https://annaferri.example/": "2026-11-02T09:00:00+00:00"}, followers_count=128,
    )  # fmt: skip
    own.make_actor("person", "bruno", world.bruno, successor=anna)
    return anna


@pytest.fixture
def post(anna) -> Post:
    """An answer with a picture, that people liked."""
    say(anna, "<p>Domani siamo chiusi: rispondiamo lunedì.</p>", hours=5)
    say(anna, "<p>Il segreto è nella guarnizione.</p>", hours=30, document={"summary": "Come finisce la prova"})
    picture = addresses.picture(keep_picture(drawn()))
    post = say(
        anna,
        '<p>Sì: la guarnizione della Molino Due si cambia in due minuti, senza attrezzi. Qui c’è la foto, e '
        '<a href="https://molino.example/guarnizioni"><span class="invisible">https://</span>molino.example/guarnizioni</a>'
        " per i ricambi.</p><p>Se perde ancora, scrivimi.</p>",
        document={"attachment": [
            {"type": "Image", "mediaType": "image/jpeg", "url": picture, "name": "Una pagnotta",
             "width": 1200, "height": 800},
        ]}, in_reply_to="https://elsewhere.example/1",
    )  # fmt: skip
    for n, kind in enumerate(["like"] * 12 + ["boost"] * 3):
        uri = f"https://elsewhere.example/{n}"
        Reaction.objects.create(key=key_of(uri), uri=uri, post=post, kind=kind, actor_uri="https://elsewhere.example/u")
    say(own.brand(), "<p>E la spedizione la offriamo noi.</p>", in_reply_to=post.uri)
    return post


LOOKS = [{}, {"dark": True}, {"phone": True}, {"phone": True, "dark": True, "language": "it"}, {"language": "it"}]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)) or "wide")
def test_every_public_page_can_be_read_by_everybody(visit, anna, post, look):
    for path in ("/@anna", f"/@anna/{post.number}", "/directory/", "/@molino"):
        page = visit(path, scripts=True, **look)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_visitor_without_scripts_is_led_to_their_own_server(visit, anna, post):
    page = visit(f"/@anna/{post.number}", scripts=False)
    page.get_by_label("Your handle").fill("carla@127.0.0.1:1")
    page.get_by_role("button", name="Answer").click()

    assert "does not answer now" in page.content()
    assert page.get_by_label("Your handle").input_value() == "carla@127.0.0.1:1"
    page.get_by_role("link", name="Whom to ask").click()
    page.get_by_role("searchbox").fill("calcare")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Anna Ferri").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Anna Ferri"


def test_a_warning_is_unfolded_without_scripts(visit, anna, post):
    page = visit("/@anna", scripts=False)
    hidden = page.get_by_text("Il segreto è nella guarnizione.")

    assert not hidden.is_visible()
    page.get_by_text("Come finisce la prova").click()
    assert hidden.is_visible()
