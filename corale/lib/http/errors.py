"""The four ways in which the network disappoints us."""

from __future__ import annotations


class HttpError(Exception):
    """Something between us and them: one of the four below."""


class NotAllowed(HttpError):
    """We will not go there: not http or https, credentials in the address, or an address that is not public."""


class Unreachable(HttpError):
    """Nobody there: the name is unknown, the connection was refused or broke, the certificate is wrong."""


class TooMuch(HttpError):
    """More bytes, or more redirects, than we are prepared to take."""


class TooSlow(HttpError):
    """It did not arrive within the time we give it."""
