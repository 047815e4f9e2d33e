"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.web.views import about, health, home

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("health/", health.health, name="health"),
]
