"""The @context of everything that we say: each name beyond ActivityStreams spelled out, so that nobody has to fetch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

AS = "https://www.w3.org/ns/activitystreams"
_ID = {"@type": "@id"}

CONTEXT: tuple[Any, ...] = (
    AS,
    "https://w3id.org/security/v1",
    {
        "toot": "http://joinmastodon.org/ns#",
        "schema": "http://schema.org#",
        "misskey": "https://misskey-hub.net/ns#",
        "fep044f": "https://w3id.org/fep/044f#",
        "gts": "https://gotosocial.org/ns#",
        "wf": "https://purl.archive.org/socialweb/webfinger#",
        "ostatus": "http://ostatus.org#",
        "conversation": "ostatus:conversation",
        "Hashtag": "as:Hashtag",
        "sensitive": "as:sensitive",
        "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
        "alsoKnownAs": {"@id": "as:alsoKnownAs", **_ID},
        "movedTo": {"@id": "as:movedTo", **_ID},
        "PropertyValue": "schema:PropertyValue",
        "value": "schema:value",
        "webfinger": "wf:webfinger",
        "featured": {"@id": "toot:featured", **_ID},
        "discoverable": "toot:discoverable",
        "indexable": "toot:indexable",
        "votersCount": "toot:votersCount",
        "quoteUrl": "as:quoteUrl",
        "_misskey_quote": "misskey:_misskey_quote",
        "quote": {"@id": "fep044f:quote", **_ID},
        "quoteAuthorization": {"@id": "fep044f:quoteAuthorization", **_ID},
        "QuoteRequest": "fep044f:QuoteRequest",
        "QuoteAuthorization": "fep044f:QuoteAuthorization",
        "interactionPolicy": {"@id": "gts:interactionPolicy", **_ID},
        "canQuote": {"@id": "gts:canQuote", **_ID},
        "automaticApproval": {"@id": "gts:automaticApproval", **_ID},
        "manualApproval": {"@id": "gts:manualApproval", **_ID},
        "interactingObject": {"@id": "gts:interactingObject", **_ID},
        "interactionTarget": {"@id": "gts:interactionTarget", **_ID},
    },
)


def with_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document as it leaves, its @context first."""
    return {"@context": list(CONTEXT), **{name: value for name, value in document.items() if name != "@context"}}
