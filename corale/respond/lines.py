"""The lines of the list as HTML, written here instead of in a template.

Fifty stand on every page of the desk, also beside every conversation; as a template they cost three quarters of
a page's processor time. Everything that comes from outside passes through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from corale.conversations.models import Conversation
from corale.design import words
from corale.design.templatetags.design import avatar, icon, time
from corale.lib.text import balanced
from corale.respond.rows import Row
from corale.respond.where import Where
from corale.respond.words import DELIVERY, DELIVERY_ICONS


def as_html(rows: Iterable[Row], here: Where, current: int = 0) -> SafeString:
    """`<li class="row">` for each; the one that is open is marked."""
    before, after = here.conversation(0).split("/0/", 1)
    return mark_safe("".join(_line(row, f"{before}/{row.id}/{after}", row.id == current) for row in rows))  # noqa: S308


def _line(row: Row, url: str, is_current: bool) -> str:
    name = escape(row.name or (_("Our post") if row.is_ours else _("Somebody")))
    unread = _hidden(", " + _("unread")) if row.is_unread else ""
    return f"""<li class="row{" row--unread" * row.is_unread}" id="row-{row.place_id}" data-id="{row.id}" data-list-target="row">
  <span class="row__face">{_face(row, name)}</span>
  <p class="row__head"><a class="row__link row__name" data-list-target="link" href="{escape(url)}"{' aria-current="true"' * is_current}><bdi>{name}</bdi>{unread}</a>{_somebody(row)}<span class="row__time">{time(row.place_at)}</span></p>
  <p class="row__words" dir="auto">{_said(row)}</p>
  <p class="row__meta">{_about(row)}<span class="row__end">{_clock(row)}{_assignee(row)}</span></p>
</li>
"""  # noqa: E501  as it stands on the page


def _face(row: Row, name: str) -> str:
    face = avatar(name=row.name, src=row.picture, channel=row.channel, key=row.person_id)
    label = _("Select %(name)s") % {"name": name}
    return (
        f'{face}<label class="row__select"><input type="checkbox" name="ids" value="{row.id}" data-list-target="box">'
        f'<span class="visually-hidden">{label}</span></label>'
    )


def _somebody(row: Row) -> str:
    """A colleague who looks at it or writes."""
    if not row.doing:
        return ""
    mark = icon("pencil", _("writes an answer")) if row.doing == "writing" else icon("eye", _("looks at it"))
    return f'<span class="row__presence" title="{escape(row.who)}">{mark}</span>'


def _said(row: Row) -> str:
    if row.words:
        return escape(balanced(row.words))
    if row.is_deleted:
        return _ours(_("Deleted by who wrote it."))
    by = _("You:") if row.is_ours else f"{balanced(row.says)}:" if row.says else ""
    return (_ours(by) + " " if by else "") + escape(balanced(row.preview))


def _about(row: Row) -> str:
    """Urgency, privacy, labels, what became of what we sent."""
    parts = []
    if row.priority > 0:
        parts.append(_badge(_("Urgent") if row.priority > 1 else _("High"), "badge--accent", icon("flag")))
    if row.direct:
        parts.append(_badge("", sign=icon("lock", _("Direct"))))
    parts += [_badge(name, f"badge--label label--{colour}") for name, colour in row.labels]
    if row.more_labels:
        parts.append(_badge(f"+{row.more_labels}"))
    if row.delivery:
        broken = "badge--broken" if row.delivery in ("failed", "unknown") else ""
        word = str(DELIVERY.get(row.delivery, row.delivery))
        parts.append(_badge(word, broken, icon(DELIVERY_ICONS.get(row.delivery, "clock"))))
    return "".join(parts)


def _clock(row: Row) -> str:
    """Since when they wait, when it comes back, or its state."""
    if row.state == Conversation.State.SNOOZED:
        return f'<span class="badge">{icon("snoozed")}{time(row.snoozed_until)}</span>'
    if row.state != Conversation.State.OPEN:
        return _badge(str(Conversation.State(row.state).label))
    if row.waiting_since is None:
        return ""
    waited = words.lasting(max(0.0, (timezone.now() - row.waiting_since).total_seconds()))
    title = _("They wait")
    return f'<span class="badge" title="{escape(title)}">{icon("clock")}{escape(waited)}</span>'


def _assignee(row: Row) -> str:
    if not row.assignee:
        return ""
    face = avatar(name=row.assignee, key=row.assignee_id, size="xs", alt=True)
    return f'<span class="row__assignee" title="{escape(row.assignee)}">{face}</span>'


def _hidden(text: str) -> str:
    return f'<span class="visually-hidden">{escape(text)}</span>'


def _ours(text: str) -> str:
    return f'<span class="row__you">{escape(text)}</span>'


def _badge(text: str, kind: str = "", sign: str = "") -> str:
    return f'<span class="badge{" " * bool(kind)}{kind}">{sign}{escape(text)}</span>'
