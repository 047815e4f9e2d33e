"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.indicator.views import indicator, rows

app_name = "indicator"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", indicator.indicator, name="indicator"),
    path("again/", indicator.again, name="again"),
    path("definitions/", indicator.definitions, name="definitions"),
    path("<slug:measure>/", rows.counted, name="rows"),
]
