"""What this adapter adds to the frame."""

import threading

from django.apps import AppConfig


class ActivityPubConfig(AppConfig):
    name = "corale.adapters.activitypub"
    label = "activitypub"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from corale.adapters.activitypub import subscribers  # noqa: F401
        from corale.adapters.activitypub.hosts import without_media
        from corale.channels import offers
        from corale.channels.actions import pictures
        from corale.jobs import loops
        from corale.people import sections

        offers.register(
            offers.Offer("activitypub", _("Turn on the fediverse"), "activitypub:turn_on", "activitypub:company")
        )
        sections.register(
            sections.Section("fediverse", _("Your public profile"), "activitypub:my_piece", place="profile")
        )
        sections.register(
            sections.Section("bonds", _("Who follows whom"), "activitypub:bonds", place="aside", order=150)
        )
        sections.register(
            sections.Section("moderation", _("On the fediverse"), "activitypub:person_piece", place="aside", order=200)
        )
        pictures.leave_out(without_media)
        loops.register("activitypub.dispatch", _dispatch)


def _dispatch(stop: threading.Event) -> None:
    """Imported where it runs: a web process sends nothing."""
    from corale.adapters.activitypub.sending.dispatching import dispatch

    dispatch(stop)
