"""Addresses of the page about background work."""

from django.urls import path

from corale.web.views import jobs

app_name = "jobs"
urlpatterns = [
    path("", jobs.jobs, name="jobs"),
    path("retries/", jobs.retry_every, name="retry_all"),
    path("<int:pk>/retry/", jobs.retry_one, name="retry"),
    path("<int:pk>/removal/", jobs.remove, name="remove"),
]
