"""The house starts with nothing set."""

from __future__ import annotations

from pathlib import Path

import pytest

from corale.project import environment


def test_the_database_is_a_file_in_the_data_folder_if_nobody_says_otherwise(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    chosen = environment.database(tmp_path)

    assert chosen["NAME"] == str(tmp_path / "corale.sqlite3")
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_password_may_hold_any_character(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://corale:p%40ss%2Fword@db.example:5433/corale?sslmode=require")

    chosen = environment.database(tmp_path)

    assert (chosen["PASSWORD"], chosen["HOST"], chosen["PORT"]) == ("p@ss/word", "db.example", "5433")
    assert chosen["OPTIONS"] == {"sslmode": "require"}


def test_another_kind_of_database_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "mysql://corale@localhost/corale")

    with pytest.raises(ValueError, match="DATABASE_URL"):
        environment.database(tmp_path)


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(monkeypatch, tmp_path):
    monkeypatch.delenv("CORALE_SECRET_KEY", raising=False)

    first, second = environment.secret_key(tmp_path), environment.secret_key(tmp_path)

    assert first == second
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_a_folder_that_is_named_is_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("CORALE_DATA", str(tmp_path / "kept"))

    assert environment.data_folder() == Path(tmp_path / "kept").resolve()
