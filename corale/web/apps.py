"""What this room adds to the frame."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "corale.web"
    label = "web"
