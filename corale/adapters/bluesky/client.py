"""The calls. The SDK keeps the session; every answer's bytes are kept as they came; all goes through `lib.http`.

The SDK is imported here only, and late: it takes 50 MB that a web process never needs.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

import httpx
from django.conf import settings
from django.utils.translation import gettext_noop as _

from corale.adapters.bluesky.answers import Answer
from corale.channels.errors import ChannelError, Disconnected, Malformed, Refused, Unreachable
from corale.lib import http

if TYPE_CHECKING:
    from atproto_client import Client, Session
    from atproto_client.request import Request

    from corale.channels.models import Connection

SECONDS = 15.0
MAX_BYTES = 16 * 1024 * 1024

NOT_CONNECTED = _("This account is not connected any more.")

Keep = Callable[[Mapping[str, str]], None]


class Account:
    """One account's way to its server, with a session that renews itself and is kept each time it changes.

    Two workers may renew the same session: within the server's grace both get a valid one. Whoever comes too late reads
    what the other has kept, and signs in with the password only when that does not help either.
    """

    def __init__(self, secret: Mapping[str, str], keep: Keep, again: Callable[[], Mapping[str, str]]) -> None:
        self.secret = dict(secret)
        self.keep, self.again = keep, again
        self.session: Session | None = None
        self.last: Answer | None = None
        self.replies_seen: dict[str, int] = {}
        self.request = _request()
        self.client: Client = _client(self.secret["service"], self.request)
        self.client.on_session_change(self._changed)

    @classmethod
    def of(cls, connection: Connection) -> Self:
        """The account of a connection."""

        def again() -> Mapping[str, str]:
            connection.refresh_from_db(fields=["sealed"])
            return connection.secret

        if not connection.secret:
            raise Disconnected("no secret", advice=NOT_CONNECTED)
        return cls(connection.secret, connection.keep_secret, again)

    def get(self, nsid: str, *, accept: tuple[str, ...] = (), **params: Any) -> Answer:
        """Asks. `accept` names errors that are answers too."""
        asked = urlencode({key: value for key, value in params.items() if value not in (None, "")}, doseq=True)
        return self._called(lambda: self.client.invoke_query(f"{nsid}?{asked}" if asked else nsid), accept)

    def post(self, nsid: str, data: Mapping[str, Any], *, accept: tuple[str, ...] = ()) -> Answer:
        """Does."""
        return self.upload(nsid, json.dumps(data).encode(), "application/json", accept=accept)

    def upload(self, nsid: str, content: bytes, mime: str, *, accept: tuple[str, ...] = ()) -> Answer:
        """Sends bytes."""
        headers = {"Content-Type": mime}
        return self._called(lambda: self.client.invoke_procedure(nsid, content=content, headers=headers), accept)

    def sign_in(self) -> Session:
        """A new session with the password. The profile is left for later: it is not there at once."""
        if not self.secret.get("password"):
            raise Disconnected("no password", advice=NOT_CONNECTED)
        with self._translated():
            self.client.login(self.secret["identifier"], self.secret["password"], fetch_bsky_profile=False)
        assert self.session is not None
        return self.session

    def _called(self, call: Callable[[], object], accept: tuple[str, ...]) -> Answer:
        for attempt in range(2):
            self._have_session()
            self.request.kept = None
            try:
                with self._translated():
                    call()
            except ChannelError as error:
                found: Answer | None = self.request.kept
                if found is not None and found.problem[0] in accept:
                    return found
                if attempt or not isinstance(error, Disconnected):
                    raise
                self._renew()
            else:
                assert self.request.kept is not None
                self.last = self.request.kept
                return self.last
        raise AssertionError("unreachable")

    def _have_session(self) -> None:
        if self.session is not None:
            return
        if kept := self.secret.get("session"):
            with self._translated():
                self.client.login(session_string=kept, fetch_bsky_profile=False)
        else:
            self.sign_in()

    def _renew(self) -> None:
        """The session is over: take the one another worker has kept meanwhile, or make a new one."""
        mine = self.secret.get("session")
        self.secret = dict(self.again())
        if (kept := self.secret.get("session")) and kept != mine:
            with self._translated():
                self.client.login(session_string=kept, fetch_bsky_profile=False)
        else:
            self.sign_in()

    def _changed(self, event: Any, session: Session) -> None:
        self.session = session
        if event.value == "import":
            return
        self.secret["session"] = session.encode()
        latest = dict(self.again())
        if latest.get("password") == self.secret["password"]:  # else it was connected anew meanwhile, or removed
            self.keep(latest | {"session": self.secret["session"]})

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """The SDK's and the door's errors into the four of a channel."""
        from atproto_client.exceptions import RequestErrorBase
        from atproto_core.exceptions import AtProtocolError

        try:
            yield
        except http.NotAllowed as error:
            raise Refused(str(error), advice=_("Check the address of the service.")) from error
        except http.TooMuch as error:
            raise Malformed(str(error)) from error
        except http.HttpError as error:
            raise Unreachable(str(error)) from error
        except RequestErrorBase as error:
            raise _named(error, self.request) from error
        except (AtProtocolError, ValueError) as error:
            raise Malformed(str(error)[:500]) from error
        except httpx.HTTPError as error:
            raise Unreachable(str(error)[:500]) from error


def _named(error: Exception, request: Any) -> ChannelError:
    answer: Answer | None = request.kept
    return answer.error() if answer is not None else Unreachable(str(error) or "no answer")


def _client(service: str, request: Request) -> Client:
    from atproto_client import Client

    return Client(base_url=service, request=request)


def _request() -> Any:
    """The SDK's way of asking, through our door, with each answer kept."""
    from atproto_client.request import Request, _handle_request_errors, _handle_response

    class Kept(Request):  # type: ignore[misc]
        kept: Answer | None = None

        def _send_request(self, method: str, url: str, **kwargs: Any) -> httpx.Response:
            self.kept = None
            headers = self.get_headers(kwargs.pop("headers", None))
            try:
                response = self._client.request(method=method, url=url, headers=headers, **kwargs)
            except Exception as error:
                _handle_request_errors(error)
                raise
            self.kept = Answer(response.status_code, response.content, dict(response.headers.items()))
            passed: httpx.Response = _handle_response(response)
            return passed

    door = http.Door(allow_loopback=settings.CORALE_ALLOW_LOOPBACK, max_bytes=MAX_BYTES, total_seconds=2 * SECONDS)
    return Kept(transport=door, trust_env=False, timeout=SECONDS)


_open = threading.local()


def account(connection: Connection) -> Account:
    """The account of a connection, one for each thread: its connections to the server stay open between calls."""
    accounts: dict[int, tuple[str, Account]] = _open.__dict__.setdefault("accounts", {})
    sealed, found = accounts.get(connection.pk, ("", None))
    if found is None or sealed != connection.sealed:
        if found is not None:
            found.request.close()
        found = Account.of(connection)
    accounts[connection.pk] = (connection.sealed, found)
    return found
