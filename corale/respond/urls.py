"""Addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "respond"
urlpatterns: list[URLPattern | URLResolver] = []
