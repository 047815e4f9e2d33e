"""The one guarded door to the network: public addresses only, with limits on time and size.

`fetch` asks once and answers with bytes; `client` is an httpx client for those who speak a longer language, and `Door`
the transport inside it, for software that insists on making its own client. Each fails in four ways: `NotAllowed`,
`Unreachable`, `TooMuch`, `TooSlow`.
"""

from corale.lib.http.addresses import may_reach
from corale.lib.http.door import Door, client
from corale.lib.http.errors import HttpError, NotAllowed, TooMuch, TooSlow, Unreachable
from corale.lib.http.fetch import Fetched, fetch

__all__ = [
    "Door",
    "Fetched",
    "HttpError",
    "NotAllowed",
    "TooMuch",
    "TooSlow",
    "Unreachable",
    "client",
    "fetch",
    "may_reach",
]
