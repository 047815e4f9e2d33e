"""Addresses of this room. Those of actors and of what they say are ids: they never change."""

from django.urls import URLPattern, URLResolver, path

from corale.adapters.activitypub.views import (
    actors,
    around,
    collections,
    directory,
    feeds,
    inbox,
    interact,
    nodeinfo,
    oembed,
    pictures,
    posts,
    public,
    stamps,
    wellknown,
)  # fmt: skip

app_name = "activitypub"
urlpatterns: list[URLPattern | URLResolver] = [
    path(".well-known/webfinger", wellknown.webfinger, name="webfinger"),
    path(".well-known/host-meta", wellknown.host_meta, name="host_meta"),
    path(".well-known/nodeinfo", nodeinfo.index, name="nodeinfo_index"),
    path("nodeinfo/<str:version>", nodeinfo.nodeinfo, name="nodeinfo"),
    path("@<str:name>", public.profile, name="profile"),
    path("@<str:name>/feed.atom", feeds.feed, name="feed"),
    path("@<str:name>/<slug:number>", public.post, name="said"),
    path("directory/", directory.directory, name="directory"),
    path("oembed", oembed.oembed, name="oembed"),
    path("interact", interact.interact, name="interact"),
    path("pictures/<slug:sha256>/<str:seal>", pictures.picture, name="picture"),
    path("actors/<str:name>", actors.actor, name="actor"),
    path("inbox", inbox.inbox, name="shared_inbox"),
    path("actors/<str:name>/inbox", inbox.inbox, name="inbox"),
    path("actors/<str:name>/outbox", collections.outbox, name="outbox"),
    path("actors/<str:name>/featured", collections.featured, name="featured"),
    path("actors/<str:name>/followers", collections.follows, {"which": "followers"}, name="followers"),
    path("actors/<str:name>/following", collections.follows, {"which": "following"}, name="following"),
    path("actors/<str:name>/posts/<slug:number>", posts.post, name="post"),
    path("actors/<str:name>/posts/<slug:number>/replies", around.replies, name="replies"),
    path("actors/<str:name>/posts/<slug:number>/context", around.context, name="context"),
    path("actors/<str:name>/posts/<slug:number>/likes", around.counted, {"what": "likes"}, name="likes"),
    path("actors/<str:name>/posts/<slug:number>/shares", around.counted, {"what": "shares"}, name="shares"),
    path("actors/<str:name>/stamps/<slug:number>", stamps.stamp, name="stamp"),
    path("actors/<str:name>/<path:rest>", posts.activity, name="activity"),
]
