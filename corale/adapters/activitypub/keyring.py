"""The key of one request: the one we have, or the one that its owner's server shows."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from corale.adapters.activitypub.acquaintance import Acquaintance, acquaintance, of
from corale.adapters.activitypub.actors import remember, remote_actor
from corale.adapters.activitypub.alone import alone
from corale.adapters.activitypub.described import Described
from corale.adapters.activitypub.hosts import host_of
from corale.adapters.activitypub.introducing import at_hand, check_host, introduce_key, is_hopeless, lately
from corale.adapters.activitypub.models import RemoteActor
from corale.adapters.activitypub.signing import NotBelieved, PublicKey
from corale.channels.errors import ChannelError

AGAIN_AFTER = 300
"""Seconds before a key that did not fit is asked for once more."""


class Keyring:
    """Finds the key for `verify`, and afterwards says whose it was.

    Whom we do not know yet is asked for once, however many of their deliveries arrive together: the first one holds
    the door until it is done. Nobody is remembered before their signature was believed.
    """

    def __init__(self, hint: str = "", *, may_fetch: bool = True) -> None:
        self.hint, self.may_fetch = hint, may_fetch
        self.known: Acquaintance | None = None
        self.them: Described | None = None
        self._key: PublicKey | None = None
        self._held = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def __call__(self, key_id: str, *, again: bool = False) -> PublicKey | None:
        """As `signing.FindKey`."""
        if again:
            return self._anew(key_id)
        if (key := self._have(key_id)) is not None:
            return key
        if not self.may_fetch or is_hopeless(key_id, self.hint):
            raise NotBelieved("no_key")
        self._held.enter_context(alone(key_id))
        return self._have(key_id) or self._ask(key_id)

    def acquaintance(self) -> Acquaintance:
        """Whose key it was, after it fitted. In the caller's transaction: they may be new."""
        if self.them is not None and self._key is not None:
            self.known, self.them = of(remember(self.them, self._key), self._key.pem), None
        assert self.known is not None
        return self.known

    def signer(self) -> RemoteActor:
        """The same, in full."""
        return remote_actor(self.acquaintance().uri)

    def _have(self, key_id: str) -> PublicKey | None:
        self.known = acquaintance(key_id)
        return PublicKey(key_id, self.known.uri, self.known.pem) if self.known is not None else None

    def _anew(self, key_id: str) -> PublicKey | None:
        """None when it was asked for a moment ago: whoever writes nonsense makes nobody ask for it again and again."""
        if self.them is not None or not self.may_fetch or not lately.add(f"again {key_id}", 1, AGAIN_AFTER):
            return None
        try:
            return self._ask(key_id, again=True)
        except NotBelieved:
            return None

    def _ask(self, key_id: str, *, again: bool = False) -> PublicKey:
        check_host(host_of(key_id), again=again)
        try:
            with at_hand():
                self.them, self._key = introduce_key(key_id, self.hint, anew=again)
        except ChannelError as error:
            raise NotBelieved("no_key") from error
        return self._key
