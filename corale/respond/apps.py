"""What this room adds to the frame."""

from django.apps import AppConfig


class RespondConfig(AppConfig):
    name = "corale.respond"
    label = "respond"
