"""What this room adds to the frame."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "corale.people"
    label = "people"
