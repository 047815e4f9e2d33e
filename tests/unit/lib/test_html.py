"""HTML from elsewhere: what it says stays, what it does goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.lib.html import clean, words

PIECES = [
    "<p>",
    "</p>",
    "<a href='https://x.it'>",
    "</a>",
    "<script>",
    "</script>",
    "<img src=x onerror=1>",
    "<svg>",
    "&lt;",
]
PIECES += [
    "<b",
    ">",
    "'",
    '"',
    "<!--",
    "-->",
    "<style>",
    "<math><mi>",
    "ciao",
    "\x00",
    "<table><td>",
    "<template>",
    "&",
]
pieces = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5))).map("".join)


@given(pieces)
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    assert clean(clean(html)) == clean(html)


@given(pieces)
def test_nothing_that_acts_is_left(html: str) -> None:
    left = clean(html).lower()

    assert not any(f"<{tag}" in left for tag in ("script", "img", "svg", "style", "iframe", "math", "template"))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " java\nscript:alert(1)"])
def test_a_link_that_acts_leads_nowhere(address: str) -> None:
    assert "href" not in clean(f'<a href="{address}">x</a>')


def test_links_lead_out_and_say_so() -> None:
    assert clean('<a href="https://x.it" rel="me" onclick="x()">x</a>') == (
        '<a href="https://x.it" rel="noopener nofollow ugc">x</a>'
    )


def test_images_do_not_stay() -> None:
    assert clean('a<img src="https://x.it/pixel.gif">b') == "ab"


def test_only_the_words() -> None:
    assert words("<p>uno <b>due</b></p><script>tre</script>") == "uno due"
