"""What this room adds to the frame."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "corale.jobs"
    label = "jobs"
