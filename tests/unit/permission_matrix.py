"""Every page, tried by every kind of person: what each of them is answered.

One line for each address and method; an address without a line fails `test_permission_matrix.py`, which then prints the
line that would describe what happens today: read it, and if that is right, add it here, in its room.

    method  name of the address   stranger  member  coordinator  administrator  with powers

The five kinds: signed out; a member; a coordinator; an administrator; an administrator in the mode of administration.
Somebody who has left is answered as a stranger, everywhere; that has no column.
The answers: a status; `login`, sent to sign in; `mode`, sent to the page that starts the mode of administration;
`away`, sent anywhere else.

What an address needs in its path stands in ARGUMENTS, a function by name of the address; what a POST sends in DATA,
by name of the address. Both are called with the database at hand and the user who asks, once for each kind of person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from corale.accounts.models import Invitation, User

MATRIX = """
GET   account_change_password                    login  200    200    200    200
GET   account_confirm_email                      200    200    200    200    200
GET   account_confirm_login_code                 login  away   away   away   away
GET   account_email                              login  200    200    200    200
GET   account_email_verification_sent            200    200    200    200    200
GET   account_inactive                           200    200    200    200    200
GET   account_login                              200    away   away   away   away
GET   account_logout                             away   200    200    200    200
GET   account_reauthenticate                     login  200    200    200    200
GET   account_reset_password                     200    200    200    200    200
GET   account_reset_password_done                200    200    200    200    200
GET   account_reset_password_from_key            200    200    200    200    200
GET   account_reset_password_from_key_done       200    200    200    200    200
GET   account_set_password                       login  away   away   away   away
GET   account_signup                             200    away   away   away   away
GET   accounts:admin_mode                        login  404    404    200    200
POST  accounts:admin_mode_end                    login  404    404    away   away
GET   accounts:audit                             login  404    404    200    200
GET   accounts:colleagues                        login  404    200    200    200
POST  accounts:departure                         login  404    404    mode   away
GET   accounts:finish                            login  404    404    404    404
POST  accounts:invite                            login  404    422    422    422
POST  accounts:invite_again                      login  404    200    200    200
GET   accounts:join                              410    410    410    410    410
GET   accounts:letter                            login  404    404    mode   404
GET   accounts:mail                              login  404    404    mode   200
GET   accounts:me                                login  200    200    200    200
POST  accounts:return                            login  404    404    mode   away
POST  accounts:role                              login  404    404    mode   away
GET   accounts:welcome                           410    410    410    410    410
POST  accounts:withdraw                          login  404    away   away   away
GET   channels:connections                       login  404    200    200    200
GET   design:components                          login  200    200    200    200
GET   design:desk_sample                         login  200    200    200    200
GET   design:keys                                login  200    200    200    200
POST  design:language                            away   away   away   away   away
GET   design:menu                                login  200    200    200    200
POST  design:preferences                         away   away   away   away   away
GET   mfa_activate_totp                          login  away   away   away   away
GET   mfa_add_webauthn                           login  away   away   away   away
GET   mfa_authenticate                           login  away   away   away   away
GET   mfa_deactivate_totp                        login  404    404    404    404
GET   mfa_download_recovery_codes                login  404    404    404    404
GET   mfa_edit_webauthn                          login  away   away   away   away
GET   mfa_generate_recovery_codes                login  away   away   away   away
GET   mfa_index                                  login  200    200    200    200
GET   mfa_list_webauthn                          login  200    200    200    200
GET   mfa_login_webauthn                         login  away   away   away   away
GET   mfa_reauthenticate                         login  away   away   away   away
GET   mfa_reauthenticate_webauthn                login  away   away   away   away
GET   mfa_remove_webauthn                        login  away   away   away   away
GET   mfa_view_recovery_codes                    login  404    404    404    404
GET   respond:choices                            login  200    200    200    200
GET   respond:inbox                              login  200    200    200    200
GET   respond:news                               login  204    204    204    204
GET   usersessions_list                          login  200    200    200    200
GET   web:about                                  200    200    200    200    200
GET   web:health                                 200    200    200    200    200
GET   web:home                                   login  away   away   away   away
"""

PUBLIC = """
account_confirm_email
account_email_verification_sent
account_inactive
account_login
account_logout
account_reset_password
account_reset_password_done
account_reset_password_from_key
account_reset_password_from_key_done
account_signup
accounts:join
accounts:welcome
design:language
design:preferences
web:about
web:health
"""
"""Addresses at which a stranger is not sent to sign in, on purpose."""


def colleague(user: User) -> dict[str, Any]:
    """Somebody else who works here."""
    return {"pk": User.objects.create_user("somebody.else@molino.test", "another long password").pk}


def invitation(user: User) -> dict[str, Any]:
    """Somebody who was asked to come."""
    until = timezone.now() + timedelta(days=7)
    return {"pk": Invitation.objects.create(name="Gina", email="gina@molino.test", digest="0", expires_at=until).pk}


def token(user: User) -> dict[str, Any]:
    """A link that opens nothing."""
    return {"token": "nonsense"}


ARGUMENTS: dict[str, Callable[[User], dict[str, Any]]] = {
    "account_confirm_email": lambda user: {"key": "nonsense"},
    "account_reset_password_from_key": lambda user: {"uidb36": "1", "key": "nonsense"},
    "accounts:departure": colleague,
    "accounts:invite_again": invitation,
    "accounts:join": token,
    "accounts:letter": lambda user: {"name": "nonsense"},
    "accounts:return": colleague,
    "accounts:role": colleague,
    "accounts:welcome": token,
    "accounts:withdraw": invitation,
    "mfa_edit_webauthn": lambda user: {"pk": 1},
    "mfa_remove_webauthn": lambda user: {"pk": 1},
}

DATA: dict[str, Callable[[User], dict[str, Any]]] = {
    "accounts:role": lambda user: {"role": "coordinator"},
    "design:language": lambda user: {"language": "it"},
}
