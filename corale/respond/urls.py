"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.respond.views import inbox

app_name = "respond"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.inbox, name="inbox"),
    path("news/", inbox.news, name="news"),
    path("choices/", inbox.choices, name="choices"),
    path("bulk/", inbox.inbox, name="bulk"),
    path("guideline/", inbox.inbox, name="guideline"),
    path("c/<int:pk>/", inbox.inbox, name="conversation"),
    path("undo/<str:key>/", inbox.inbox, name="undo"),
]
