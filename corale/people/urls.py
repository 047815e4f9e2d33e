"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.people.views import erasure, people, person, profile

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", people.people, name="people"),
    path("me/", profile.profile, name="profile"),
    path("<int:pk>/", person.person, name="person"),
    path("<int:pk>/export/", erasure.export, name="export"),
    path("<int:pk>/erasure/", erasure.erasure, name="erasure"),
]
