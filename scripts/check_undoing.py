"""Every migration of ours can be undone, and done again: tried on an empty SQLite."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corale.project.settings")


def main() -> int:
    """All forward, ours back to nothing, all forward again."""
    import django
    from django.apps import apps
    from django.core.management import call_command
    from django.db.migrations.recorder import MigrationRecorder

    django.setup()
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("corale.")]
    call_command("migrate", verbosity=0)
    for label in ours:
        call_command("migrate", label, "zero", verbosity=0)
    left = MigrationRecorder.Migration.objects.filter(app__in=ours).values_list("app", "name")
    if left:
        print("could not be undone:", *left)
        return 1
    call_command("migrate", verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
