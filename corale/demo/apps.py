"""What this room adds to the frame."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "corale.demo"
    label = "demo"
