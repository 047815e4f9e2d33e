"""Which room answers at which address."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("corale.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("people/", include("corale.people.urls")),
    path("channels/", include("corale.channels.urls")),
    path("improve/", include("corale.improve.urls")),
    path("readings/", include("corale.listen.urls")),
    path("listening/", include("corale.listen.listening_urls")),
    path("indicator/", include("corale.indicator.urls")),
    path("ledger/", include("corale.indicator.book_urls")),
    path("search/", include("corale.web.search_urls")),
    path("jobs/", include("corale.web.jobs_urls")),
    path("design/", include("corale.design.urls")),
    path("demo/", include("corale.demo.urls")),
    path("desk/", include("corale.respond.urls")),
    path("", include("corale.adapters.activitypub.urls")),
    path("", include("corale.conversations.urls")),
    path("", include("corale.web.urls")),
]
