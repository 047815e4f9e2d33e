"""Every setting, read from the environment, with defaults that run."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from corale.project import environment

PACKAGE = Path(__file__).resolve().parents[1]
CORALE_DATA = environment.data_folder()
CORALE_DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
CORALE_PORT = int(os.environ.get("PORT", "8000"))
CORALE_URL = os.environ.get("CORALE_URL", f"http://localhost:{CORALE_PORT}").rstrip("/")
CORALE_HANDLE_HOST = os.environ.get("CORALE_HANDLE_HOST", "").strip().lower()
CORALE_AUTHORIZED_FETCH = environment.flag("CORALE_AUTHORIZED_FETCH")
CORALE_ALLOW_LOOPBACK = environment.flag("CORALE_ALLOW_LOOPBACK")

DEBUG = environment.flag("CORALE_DEBUG")
SECRET_KEY = environment.secret_key(CORALE_DATA)
_host = urlsplit(CORALE_URL).hostname or "localhost"
ALLOWED_HOSTS = [_host, "localhost", "127.0.0.1", "[::1]", *filter(None, os.environ.get("CORALE_HOSTS", "").split(","))]
ALLOWED_HOSTS += filter(None, [CORALE_HANDLE_HOST.partition(":")[0]])  # it may pass questions about handles on to us
CSRF_TRUSTED_ORIGINS = [CORALE_URL]
_secure = CORALE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "corale_session"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_HSTS_SECONDS = 31536000 if _secure else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "corale.web",
    "corale.demo",
    "corale.indicator",
    "corale.improve",
    "corale.respond",
    "corale.listen",
    "corale.conversations",
    "corale.adapters.activitypub",
    "corale.channels",
    "corale.people",
    "corale.accounts",
    "corale.design",
    "corale.ledger",
    "corale.search",
    "corale.jobs",
    "corale.live",
    "corale.store",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corale.design.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "corale.design.signed_out.SignInAgainMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "corale.people.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "corale.project.urls"
ASGI_APPLICATION = "corale.project.asgi.application"
WSGI_APPLICATION = "corale.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "corale.design.context.frame",
                "corale.accounts.context.accounts",
            ],
        },
    }
]

DATABASES = {"default": environment.database(CORALE_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "corale.accounts.signing_in.SignInForm"}
ACCOUNT_ADAPTER = "corale.accounts.adapter.AccountAdapter"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _secure else "http"
ACCOUNT_RATE_LIMITS = {"welcome": "20/m/ip", "join": "20/m/ip", "interact": "12/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CORALE_PROXIES", "0"))
CACHES = {  # what the rate limits count, shared by all processes
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": CORALE_DATA / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Corale"
MFA_TOTP_TOLERANCE = 1  # a step of half a minute for slow fingers and clocks (RFC 6238, section 5.2)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _secure

TASKS = {"default": {"BACKEND": "corale.jobs.backend.RowsBackend", "QUEUES": []}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("it", _("Italian"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "corale.design.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = PACKAGE / "staticfiles"
MEDIA_ROOT = CORALE_DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "corale.design.storage.HashedFiles"},
}
WHITENOISE_USE_FINDERS = not (PACKAGE / "staticfiles").is_dir()
if WHITENOISE_USE_FINDERS:  # a clone: files are served from where they are written
    STATIC_ROOT = None
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

# EMAIL_…: where mail goes, and in whose name
globals().update(environment.mail(_host))

DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": os.environ.get("CORALE_LOG", "WARNING").upper()},
}
