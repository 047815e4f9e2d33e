"""What this room adds to the frame."""

from django.apps import AppConfig


class ImproveConfig(AppConfig):
    name = "corale.improve"
    label = "improve"
