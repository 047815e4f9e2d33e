"""What is ours, for a reader that knows no settings: the base address that was noted when something arrived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Here:
    """What the headers of an arrival say about it.

    `base`: our scheme and host ("" when unsaid: then nothing is ours). `inbox`: the name of the actor at whose inbox it
    came; "" is the shared one. `fetched`: "object", "actor" or "activity" when we asked for it ourselves, so that its
    host vouches for it. `delivered`: it was brought to us by its id alone, and counts as said to whom it names. `root`:
    the thread for which it was wanted. `followers`: the collection of the author's followers. `handle`: name@host as
    WebFinger confirmed it. `held`: why it waits in quarantine. `no_media`: pictures of its server are not shown.
    """

    base: str = ""
    inbox: str = ""
    fetched: str = ""
    is_delivered: bool = False
    root: str = ""
    followers: str = ""
    handle: str = ""
    held: str = ""
    is_without_media: bool = False

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Here:
        return cls(
            base=headers.get("base", "").rstrip("/"),
            inbox=headers.get("inbox", ""),
            fetched=headers.get("fetched", ""),
            is_delivered=bool(headers.get("delivered")),
            root=headers.get("root", ""),
            followers=headers.get("followers", ""),
            handle=headers.get("handle", ""),
            held=headers.get("held", ""),
            is_without_media=bool(headers.get("no_media")),
        )

    def is_ours(self, uri: str) -> bool:
        """It lives here."""
        return bool(self.base) and uri.startswith(self.base + "/")

    def concerns(self, uri: str) -> bool:
        """It lives here, or nobody has said where here is."""
        return not self.base or self.is_ours(uri)

    def actor(self, uri: str) -> str:
        """The id of one of our actors, also where others name it by its page; "" when it is none."""
        for prefix in (f"{self.base}/actors/", f"{self.base}/@"):
            if self.base and uri.startswith(prefix):
                name = uri[len(prefix) :].rstrip("/")
                return f"{self.base}/actors/{name}" if name and not set(name) & set("/#?") else ""
        return ""

    def thread(self, context: str) -> str:
        """The post that began a thread of ours, from the context that all of it repeats."""
        return context.removesuffix("/context") if self.is_ours(context) and context.endswith("/context") else ""
