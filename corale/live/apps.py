"""What this room adds to the frame."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "corale.live"
    label = "live"
