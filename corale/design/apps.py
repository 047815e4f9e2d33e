"""What this room adds to the frame."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "corale.design"
    label = "design"
