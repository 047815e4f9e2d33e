"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.conversations.views import media

app_name = "conversations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("message/<int:pk>/<int:index>/", media.media, name="media"),
    path("face/<int:pk>/", media.face, name="face"),
]
