"""What this room adds to the frame."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "corale.channels"
    label = "channels"
