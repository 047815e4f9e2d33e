"""What this room adds to the frame."""

from django.apps import AppConfig


class IndicatorConfig(AppConfig):
    name = "corale.indicator"
    label = "indicator"
