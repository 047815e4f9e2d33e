"""Settings come from the environment; the house starts with nothing set."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

SOURCE = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """CORALE_DATA: the one folder that holds everything Corale keeps."""
    if named := os.environ.get("CORALE_DATA"):
        return Path(named).expanduser().resolve()
    if (SOURCE / "pyproject.toml").is_file():
        return SOURCE / "corale-data"
    return Path(os.environ.get("XDG_DATA_HOME", "~/.local/share")).expanduser() / "corale"


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def secret_key(folder: Path) -> str:
    """CORALE_SECRET_KEY, or one made at the first start and kept, readable by its owner only."""
    if given := os.environ.get("CORALE_SECRET_KEY"):
        return given
    import secrets  # here, for the sake of the small parent process, which never makes a key

    kept = folder / "secret.key"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with open(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:  # two processes of a first start: the first one wins
            pass
    return kept.read_text().strip()


SQLITE_OPTIONS = {
    # IMMEDIATE: a deferred transaction that turns into a write fails at once when another wrote meanwhile.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-32768;PRAGMA mmap_size=268435456;"
        "PRAGMA temp_store=MEMORY;PRAGMA wal_autocheckpoint=4000;PRAGMA journal_size_limit=67108864;"
        "PRAGMA foreign_keys=ON;"
    ),
}


def database(folder: Path) -> dict[str, object]:
    """DATABASE_URL: postgresql://user:password@host:port/name, or sqlite:///path; SQLite in CORALE_DATA if unset."""
    url = os.environ.get("DATABASE_URL", "")
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    if url and parts.scheme != "sqlite":
        raise ValueError("DATABASE_URL must begin with postgresql:// or sqlite:///")
    path = Path(unquote(url.removeprefix("sqlite:///"))) if url else folder / "corale.sqlite3"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": SQLITE_OPTIONS,
    }


def mail(sender_host: str) -> dict[str, object]:
    """EMAIL_URL: smtp://user:password@host:587 (STARTTLS unless ?tls=0), smtps://…:465, console:; unset: the outbox.

    `?from=` names the sender; without it mails come from corale@ the host of CORALE_URL.
    """
    parts = urlsplit(os.environ.get("EMAIL_URL", ""))
    asked = dict(parse_qsl(parts.query))
    sender = asked.get("from") or f"Corale <corale@{sender_host}>"
    settings: dict[str, object] = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender, "EMAIL_TIMEOUT": 15}
    if not parts.scheme:
        return settings | {"EMAIL_BACKEND": "corale.accounts.outbox.Outbox"}
    if parts.scheme == "console":
        return settings | {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("EMAIL_URL must begin with smtp://host, smtps://host or console:")
    secure = parts.scheme == "smtps"
    return settings | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and asked.get("tls", "1") != "0",
    }
