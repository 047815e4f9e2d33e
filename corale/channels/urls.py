"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.channels.views import connections

app_name = "channels"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", connections.connections, name="connections"),
    path("new/<slug:kind>/", connections.new, name="new"),
    path("<int:pk>/first/", connections.first, name="first"),
    path("<int:pk>/state/", connections.state, name="state"),
    path("<int:pk>/unreadable/", connections.unreadable, name="unreadable"),
]
