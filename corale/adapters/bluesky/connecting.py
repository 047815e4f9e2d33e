"""Meeting an account: whose is it, and does it let us in?"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import regex
from django.conf import settings
from django.utils.translation import gettext_noop as _

from corale.adapters.bluesky.client import Account
from corale.adapters.bluesky.wire.posts import who
from corale.channels.contract import Introduced, Who
from corale.channels.errors import ChannelError, Disconnected, Refused

BLUESKY = "https://bsky.social"


def introduce(answers: Mapping[str, str]) -> Introduced:
    """Signs in, and asks for the profile, which is not there at once when an account is new."""
    secret = {
        "service": service_of(answers.get("service", "")),
        "identifier": _typed(answers.get("identifier", "")),
        "password": answers.get("password", "").strip(),
    }
    if not (secret["identifier"] and secret["password"]):
        raise Refused("nothing to sign in with", advice=_("Both the handle and the app password are needed."))
    account = Account(secret, lambda kept: None, lambda: secret)
    try:
        session = account.sign_in()
    except Disconnected as error:
        raise Refused(str(error), advice=_refused(error)) from error
    found = _profile(account, session.did)
    return Introduced(
        stable_id=session.did,
        handle=session.handle,
        name=(found.name if found else "") or session.handle,
        avatar_url=found.avatar_url if found else "",
        secret=account.secret | {"identifier": session.did},
    )


def _profile(account: Account, did: str) -> Who | None:
    """The profile, where it can be seen already."""
    try:
        return who(account.get("app.bsky.actor.getProfile", actor=did).opened)
    except ChannelError:
        return None


def service_of(typed: str) -> str:
    """An address with its scheme. Over plain http only where this machine itself may be reached."""
    typed = _typed(typed).rstrip("/") or BLUESKY
    address = typed if "://" in typed else f"https://{typed}"
    parts = urlsplit(address)
    if not parts.hostname:
        raise Refused("no address", advice=_("The address of the service is not one."))
    if parts.scheme == "https" or (parts.scheme == "http" and settings.CORALE_ALLOW_LOOPBACK):
        return address
    raise Refused("not https", advice=_("The address of the service must begin with https://."))


def _typed(value: str) -> str:
    """Without the @, and without the invisible marks that come along when a handle is copied."""
    return regex.sub(r"[\p{Cf}\p{Cc}\s]", "", value).removeprefix("@")


def _refused(error: Disconnected) -> str:
    if "AuthenticationRequired" in str(error):
        return _("The service does not know this handle with this app password.")
    return error.advice
