"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.listen import views

app_name = "listen"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.readings, name="readings"),
    path("learning/", views.learning, name="learning"),
    path("m/<int:pk>/correction/", views.correction, name="correction"),
    path("m/<int:pk>/alike/", views.alike, name="alike"),
]
