"""Addresses of this room."""

from django.urls import path

from corale.design import views

app_name = "design"
urlpatterns = [
    path("", views.components, name="components"),
    path("desk-sample/", views.desk_sample, name="desk_sample"),
    path("menu/", views.menu, name="menu"),
    path("keys/", views.keys, name="keys"),
    path("preferences/", views.preferences, name="preferences"),
    path("language/", views.language, name="language"),
]
