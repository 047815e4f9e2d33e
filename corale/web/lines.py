"""The messages that were found as HTML, written here instead of in a template.

Fifty stand on a page; as a template they cost two thirds of its processor time. Everything that comes from outside
passes through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from corale.design.faces import face
from corale.design.templatetags.design import icon, time
from corale.web.finding import Asked
from corale.web.messages import FoundMessage
from corale.web.passages import passage


def as_html(messages: Iterable[FoundMessage], asked: Asked) -> SafeString:
    """`<li class="row">` for each."""
    before, after = reverse("search:message", args=[0]).rsplit("0", 1)
    return mark_safe("".join(_line(each, f"{before}{each.id}{after}", asked) for each in messages))  # noqa: S308


def _line(message: FoundMessage, url: str, asked: Asked) -> str:
    shown = face(message.name, src=message.picture, channel=message.channel, key=message.key)
    return f"""<li class="row row--plain">
  <span class="row__face">{shown}</span>
  <p class="row__head"><a class="row__link row__name" href="{url}"><bdi>{escape(message.name)}</bdi></a>
    {_note(message)}<span class="row__time">{time(message.written_at)}</span></p>
  <p class="row__words" dir="auto">{passage(message.text, asked)}</p>
  <p class="small quiet">{message.state_label} · <bdi>{escape(message.account)}</bdi>{_told_to(message)}</p>
</li>
"""


def _note(message: FoundMessage) -> str:
    word = _("Note")
    return f'<span class="badge badge--note">{icon("lock")}{word}</span>' if message.is_note else ""


def _told_to(message: FoundMessage) -> str:
    if not (name := message.told_to):
        return ""
    words = _("with %(name)s") % {"name": name}
    return f" · <bdi>{escape(words)}</bdi>"
