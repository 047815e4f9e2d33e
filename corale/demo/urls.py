"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.demo import views

app_name = "demo"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.demo, name="demo"),
    path("loading/", views.loading, name="load"),
    path("emptying/", views.emptying, name="empty"),
]
