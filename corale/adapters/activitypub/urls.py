"""Addresses of this room. Those of actors and of what they say are ids: they never change."""

from django.urls import URLPattern, URLResolver, path

from corale.adapters.activitypub.views import actors, nodeinfo, wellknown

app_name = "activitypub"
urlpatterns: list[URLPattern | URLResolver] = [
    path(".well-known/webfinger", wellknown.webfinger, name="webfinger"),
    path(".well-known/host-meta", wellknown.host_meta, name="host_meta"),
    path(".well-known/nodeinfo", nodeinfo.index, name="nodeinfo_index"),
    path("nodeinfo/<str:version>", nodeinfo.nodeinfo, name="nodeinfo"),
    path("actors/<str:name>", actors.actor, name="actor"),
]
