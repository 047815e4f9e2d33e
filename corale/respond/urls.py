"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from corale.respond.views import (
    bulk,
    composing,
    conversation,
    guideline,
    inbox,
    posting,
    reactions,
    taking_back,
    verbs,
)

app_name = "respond"
_of_a_conversation = [
    path("", conversation.conversation, name="conversation"),
    path("thread/", conversation.thread, name="thread"),
    path("present/", conversation.presence, name="present"),
    path("row/", conversation.row, name="row"),
    path("words/", composing.write, name="write"),
    path("draft/", composing.draft, name="draft"),
    path("pictures/", composing.pictures, name="pictures"),
    path("pictures/<int:file>/", composing.picture, name="picture"),
    path("closure/", verbs.closure, name="closure"),
    path("waiting/", verbs.waiting, name="waiting"),
    path("assignment/", verbs.assignment, name="assignment"),
    path("snooze/", verbs.snooze, name="snooze"),
    path("labels/", verbs.labels, name="labels"),
    path("priority/", verbs.priority, name="priority"),
    path("spam/", verbs.spam, name="spam"),
    path("quarantine/", verbs.quarantine, name="quarantine"),
    path("trash/", verbs.trash, name="trash"),
    path("reading/", verbs.reading, name="reading"),
    path("unread/", verbs.unreading, name="unread"),
    path("presence/", verbs.presence, name="presence"),
    path("following/", reactions.following, name="following"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.inbox, name="inbox"),
    path("news/", inbox.news, name="news"),
    path("heard/<int:connection>/", inbox.heard, name="heard"),
    path("choices/", inbox.choices, name="choices"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("undo/<str:key>/", taking_back.taken_back, name="undo"),
    path("c/<int:pk>/", include(_of_a_conversation)),
    path("m/<int:pk>/judgement/", verbs.judgement, name="judgement"),
    path("m/<int:pk>/reaction/", reactions.reaction, name="reaction"),
    path("m/<int:pk>/unsend/", taking_back.unsent, name="unsend"),
    path("m/<int:pk>/retry/", taking_back.retried, name="retry"),
    path("post/", posting.post, name="post"),
    path("post/picture/<str:token>/", posting.picture, name="post_picture"),
    path("m/<int:pk>/edit/", posting.edit, name="edit"),
    path("m/<int:pk>/deletion/", posting.deletion, name="deletion"),
    path("guideline/", guideline.guideline, name="guideline"),
    path("guideline/new/", guideline.write, name="guideline_write"),
    path("guideline/<int:version>/", guideline.guideline, name="guideline_version"),
]
