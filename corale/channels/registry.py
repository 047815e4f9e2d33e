"""Which adapters there are. An adapter is imported when it is first asked for: some cost much memory.

An adapter that does not come with Corale is named in the environment: CORALE_ADAPTERS="lemmy=our_package.lemmy:Lemmy".
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import cast

from corale.channels.contract import Adapter

ADAPTERS: dict[str, str] = {
    "activitypub": "corale.adapters.activitypub.adapter:ActivityPubAdapter",
    "bluesky": "corale.adapters.bluesky.adapter:BlueskyAdapter",
    "demo": "corale.adapters.demo.adapter:DemoAdapter",
    "files": "corale.adapters.files.adapter:FilesAdapter",
}


for _named in filter(None, os.environ.get("CORALE_ADAPTERS", "").split(",")):
    _kind, _, _where = _named.strip().partition("=")
    ADAPTERS[_kind] = _where


def register(kind: str, where: str) -> None:
    """Adds a channel: `where` is 'module:Class'."""
    ADAPTERS[kind] = where
    adapter_for.cache_clear()


@cache
def adapter_for(kind: str) -> Adapter:
    """The adapter of a kind of channel. KeyError when there is none."""
    module, _, name = ADAPTERS[kind].partition(":")
    return cast(Adapter, getattr(import_module(module), name)())
