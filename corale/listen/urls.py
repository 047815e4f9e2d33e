"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.listen.views import readings

app_name = "listen"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", readings.readings, name="readings"),
    path("learning/", readings.learning, name="learning"),
    path("m/<int:pk>/correction/", readings.correction, name="correction"),
    path("m/<int:pk>/alike/", readings.alike, name="alike"),
]
