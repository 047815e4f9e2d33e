"""What this room adds to the frame."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "corale.accounts"
    label = "accounts"
