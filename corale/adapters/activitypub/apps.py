"""What this adapter adds to the frame."""

from django.apps import AppConfig


class ActivityPubConfig(AppConfig):
    name = "corale.adapters.activitypub"
    label = "activitypub"
