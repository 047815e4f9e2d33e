"""Pictures that we show in public, from our own store: looking at one tells nobody but us."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.views.answers import OPEN, for_machines
from corale.channels.models import StoredFile


@for_machines
def picture(request: HttpRequest, sha256: str, seal: str) -> HttpResponseBase:
    """The very file, for good: another picture has another address. Without our seal it does not exist."""
    mark, _dot, _ending = seal.partition(".")
    if not constant_time_compare(mark, addresses.seal_of(sha256)):
        raise Http404
    etag = f'"{sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return _kept(HttpResponse(status=304), etag)
    found = StoredFile.objects.filter(sha256=sha256).first()
    if found is None or found.mime not in addresses.ENDINGS or not found.path.is_file():
        raise Http404
    return _kept(FileResponse(found.path.open("rb"), content_type=found.mime), etag)


def _kept(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    headers = {
        "ETag": etag,
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    for name, value in (OPEN | headers).items():
        response.headers[name] = value
    return response
