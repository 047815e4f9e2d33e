"""What became of what they said: edits and deletions, on networks that tell of them only by absence."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from corale.channels.actions.connections import lost
from corale.channels.actions.listen import recheck
from corale.channels.errors import ChannelError, Disconnected
from corale.channels.models import Connection
from corale.conversations.models import Conversation, Interaction, Message

AT_ONCE = 100
REACTIONS = 10
_YOUNG = timedelta(days=7)


@task()
def recheck_open() -> None:
    """Looks again at the newest messages of conversations that are open or waiting."""
    wanted: dict[int, list[str]] = defaultdict(list)
    recent = Message.objects.filter(
        conversation__in=Conversation.objects.filter(
            state__in=[Conversation.State.OPEN, Conversation.State.WAITING],
            last_activity_at__gt=timezone.now() - _YOUNG,
            connection__in=Connection.objects.listening(),
        ).order_by("-last_activity_at")[:AT_ONCE],
        state__in=[Message.State.VISIBLE, Message.State.EDITED, Message.State.UNREACHABLE],
        direction__in=[Message.Direction.IN, Message.Direction.ASIDE],
    )
    for connection_id, native_id in recent.order_by("-id").values_list("connection_id", "native_id")[: 5 * AT_ONCE]:
        wanted[connection_id].append(native_id)
    for connection_id, native_id in _reactions():
        wanted[connection_id].append(native_id)
    for connection in Connection.objects.filter(pk__in=wanted):
        try:
            recheck(connection, wanted[connection.pk])
        except Disconnected as error:
            lost(connection, error)
        except ChannelError:
            continue  # the listener says what is wrong; we look again in a minute


def _reactions() -> list[tuple[int, str]]:
    """A few of the newest likes, shares and follows, others each minute: one is asked for alone, which costs."""
    since = timezone.now() - _YOUNG
    standing = Interaction.objects.filter(undone_at=None, ours=False, at__gt=since).exclude(kind="quote")
    listening = standing.filter(connection__in=Connection.objects.listening())
    newest = list(listening.order_by("-id").values_list("connection_id", "native_id")[: 10 * REACTIONS])
    turns = -(-len(newest) // REACTIONS) or 1
    return newest[int(since.timestamp() // 60) % turns :: turns]
