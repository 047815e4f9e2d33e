"""Another server complains about somebody or something here."""

from __future__ import annotations

from django.db import transaction

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.actors import server_of
from corale.adapters.activitypub.hosts import host_of, rejects_reports
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.models import Complaint
from corale.adapters.activitypub.wire.fields import words
from corale.adapters.activitypub.wire.html import to_text
from corale.adapters.activitypub.wire.tags import Tags
from corale.channels.keys import key_of

WORDS = 5_000


def flag(arrival: Arrival) -> None:
    """Kept for those who moderate; not what concerns nobody here, nor from where we do not listen to complaints."""
    about = [address for address in arrival.all_targets() if addresses.is_ours(address)]
    if not about or rejects_reports(host_of(arrival.signer)):
        return
    said, _language = words(arrival.activity, "content", most=WORDS)
    with transaction.atomic():
        Complaint.objects.get_or_create(
            key=key_of(arrival.id or f"{arrival.signer} {arrival.envelope_id}"),
            defaults={
                "uri": arrival.id, "server": server_of(arrival.signer), "by_uri": arrival.signer,
                "words": to_text(said, Tags())[0], "about": about, "at": arrival.at,
            },
        )  # fmt: skip
