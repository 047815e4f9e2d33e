"""What this room adds to the frame."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "corale.store"
    label = "store"
