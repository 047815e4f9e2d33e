"""Addresses of the search over everything."""

from django.urls import path

from corale.web.views import search

app_name = "search"
urlpatterns = [
    path("", search.search, name="search"),
    path("palette/", search.palette, name="palette"),
    path("there/", search.there, name="there"),
    path("m/<int:pk>/", search.message, name="message"),
]
