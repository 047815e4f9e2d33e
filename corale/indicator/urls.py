"""Addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "indicator"
urlpatterns: list[URLPattern | URLResolver] = []
