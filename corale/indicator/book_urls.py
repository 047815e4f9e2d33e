"""Addresses of the book of facts; the room itself lies below the pages."""

from django.urls import URLPattern, URLResolver, path

from corale.indicator.views import book as views

app_name = "ledger"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.facts, name="facts"),
    path("export/", views.export, name="export"),
    path("recompute.py", views.script, name="script"),
    path("check/", views.check, name="check"),
]
