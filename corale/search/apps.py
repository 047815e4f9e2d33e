"""What this room adds to the frame."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "corale.search"
    label = "search"

    def ready(self) -> None:
        from corale.jobs import loops
        from corale.search.index import run

        loops.register("search.index", run)
