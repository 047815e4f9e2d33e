"""Addresses of saved queries and of what they found."""

from django.urls import URLPattern, URLResolver, path

from corale.listen.views import matches, queries

app_name = "listening"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", queries.queries, name="queries"),
    path("new/", queries.new, name="new"),
    path("count/", queries.count, name="count"),
    path("<int:pk>/", matches.query, name="query"),
    path("<int:pk>/edit/", queries.edit, name="edit"),
    path("<int:pk>/archive/", queries.archiving, name="archive"),
    path("<int:pk>/news/", matches.news, name="news"),
    path("<int:pk>/seen/", matches.seen_all, name="seen_all"),
    path("<int:pk>/mutes/<int:number>/end/", matches.unmuting, name="unmute"),
    path("m/<int:pk>/", matches.opened, name="match"),
    path("m/<int:pk>/seen/", matches.seen, name="seen"),
    path("m/<int:pk>/dismissal/", matches.dismissal, name="dismissal"),
    path("m/<int:pk>/relevance/", matches.relevance, name="relevance"),
    path("m/<int:pk>/mute/", matches.muting, name="mute"),
]
