"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from corale.conversations.views import imports, media

app_name = "conversations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("media/message/<int:pk>/<int:index>/", media.media, name="media"),
    path("media/face/<int:pk>/", media.face, name="face"),
    path("import/", imports.imports, name="imports"),
    path("import/<int:pk>/", imports.show, name="import"),
    path("import/<int:pk>/run/", imports.run, name="import_run"),
    path("import/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("import/<int:pk>/rejected.csv", imports.rejected, name="import_rejected"),
]
