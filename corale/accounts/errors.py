"""What can go wrong here."""

from __future__ import annotations


class AccountError(Exception):
    """One of the errors below."""


class LastAdministrator(AccountError):
    """Nobody would be left to look after the house."""


class AlreadyHere(AccountError):
    """Somebody with this address can sign in already, or has been invited."""


class NoLongerValid(AccountError):
    """The link was used, withdrawn or has expired."""
