"""What this adapter adds to the frame."""

import threading

from django.apps import AppConfig


class ActivityPubConfig(AppConfig):
    name = "corale.adapters.activitypub"
    label = "activitypub"

    def ready(self) -> None:
        from corale.jobs import loops

        loops.register("activitypub.dispatch", _dispatch)


def _dispatch(stop: threading.Event) -> None:
    """Imported where it runs: a web process sends nothing."""
    from corale.adapters.activitypub.sending.dispatching import dispatch

    dispatch(stop)
