"""What this room adds to the frame."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "corale.search"
    label = "search"
