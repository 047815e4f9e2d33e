"""Every migration can be undone and done again, on the database of this run."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def empty_database(tmp_path):
    """The address of a database in which there is nothing."""
    at = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    import psycopg

    name = f"empty_{secrets.token_hex(4)}"
    where = f"{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}"
    with psycopg.connect(f"postgresql://{where}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"postgresql://{where}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_migrations_go_forward_back_and_forward_again(empty_database, tmp_path):
    own = {
        "DATABASE_URL": empty_database,
        "CORALE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "corale.project.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "scripts.check_undoing"], cwd=ROOT, env={**os.environ, **own},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout
