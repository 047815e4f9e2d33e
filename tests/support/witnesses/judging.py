"""What the witnesses say about signed requests: bovine in an environment of its own, pyhttpsig beside us."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from httpsig.verify import HeaderVerifier

from tests.support.witnesses.installation import HERE, installed


def bovine(requests: Sequence[dict[str, Any]]) -> list[str | None]:
    """Whose key signed each, by bovine; None where digest or signature do not hold. Both schemes."""
    done = subprocess.run(
        [str(installed() / "python"), str(HERE / "signatures.py")], input="".join(map(_line, requests)),
        stdout=subprocess.PIPE, text=True, timeout=60, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def _line(request: dict[str, Any]) -> str:
    return json.dumps(request) + "\n"


def pyhttpsig(request: dict[str, Any]) -> bool:
    """Whether it holds by pyhttpsig, with the query and everything that must be covered; the draft only."""
    parts = urlsplit(request["url"])
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    needed = ["(request-target)", "host", "date", *(["digest"] if request["body"] else [])]
    verifier = HeaderVerifier(
        request["headers"], request["key"], needed, request["method"], path, sign_header="signature"
    )
    return bool(verifier.verify())
