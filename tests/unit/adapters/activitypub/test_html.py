"""Their HTML into text with marks, our text into HTML, and HTML made harmless."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from corale.adapters.activitypub.wire.composing import to_html
from corale.adapters.activitypub.wire.html import PARSED, TEXT, clean, to_text
from corale.adapters.activitypub.wire.marks import handles, hashtags, links
from corale.adapters.activitypub.wire.tags import Named, Tags
from corale.adapters.activitypub.wire.written import Somebody

CARLA = Somebody("https://mastodon.example/users/carla", "carla@mastodon.example", "https://mastodon.example/@carla")
PEOPLE = {CARLA.handle: CARLA}
TAGS_AT = "https://social.molino.example/@molino?tag="
TAGS = Tags((Named("@carla@mastodon.example", CARLA.uri),), (Named("caffè", TAGS_AT + "caff%C3%A8"),))
pieces = some.sampled_from(
    [
        "<p>", "</p>", "<br>", "<a href='https://x.example/1'>", "</a>", "<a class=mention>", "<span class=invisible>",
        "</span>", "<ul>", "<li>", "</ul>", "<ol start=-5>", "<blockquote>", "</blockquote>", "<pre>", "</pre>",
        "<script>alert(1)</script>", "<style>", "<svg onload=x>", "<math>", "<img src=x onerror=y alt=':x:'>", "&amp;",
        "&#0;", "<!--", "-->", "<table><tr><td>", "<template>", "ciao", "☕", "è\u0301", " ", "\n", "@carla", "#caffè",
        "<a href='javascript:alert(1)'>", "\x00", "\ud800", "<", ">", "\"", "'", "<p class='quote-inline'>",
        "<iframe src=https://x.example>", "<noscript>", "<textarea>", "<title>", "<select>", "<plaintext>", "<b a=1>",
    ]
)  # fmt: skip
pages = some.lists(pieces | some.text(max_size=12), max_size=40).map("".join)
many = settings(deadline=None, max_examples=150)


def shown(html, **more):
    text, facets = to_text(html, TAGS, **more)
    return text, [(each.kind, text[each.start : each.end], each.value) for each in facets]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>uno</p><p>due<br>tre<br/><br />quattro</p>", "uno\n\ndue\ntre\n\nquattro"),
        ("  uno \n\t due  ", "uno due"),
        ("a<b>b</b> <i>c</i>d", "ab cd"),
        ("<ul><li>a</li><li>b<ol start='3'><li>c</li></ol></li></ul>dopo", "- a\n- b\n  3. c\n\ndopo"),
        ("<blockquote><p>a</p><p>b<br>c</p></blockquote>", "> a\n\n> b\n> c"),
        ("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"),
        ("<h1>T</h1>x<hr>y", "T\n\nx\n\ny"),
        ("&lt;b&gt; &amp;amp; &nbsp;è", "<b> &amp; \xa0è"),
        ("a<script>b</script>c<style>d</style>", "ac"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("ciao <img class='emoji' alt='☕'> <img src='https://x.example/i.png' alt=':moka:'>", "ciao ☕ :moka:"),
        ("", ""),
        ("<p></p><br>", ""),
    ],
)
def test_a_page_reads_as_a_browser_shows_it(html, text):
    assert to_text(html, Tags())[0] == text


def test_a_shortened_link_is_whole_again():
    html = (
        '<a href="https://www.example.org/a/b?c=1&amp;d=2"><span class="invisible">https://www.</span>'
        '<span class="ellipsis">example.org/a/b</span><span class="invisible">?c=1&amp;d=2</span></a>!'
    )
    url = "https://www.example.org/a/b?c=1&d=2"

    assert shown(html) == (f"{url}!", [("link", url, url)])


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://mastodon.example/@carla" class="u-url mention">@<span>carla</span></a>',
        '<a href="https://mastodon.example/users/carla">@carla</a>',
        '@<a href="https://mastodon.example/@carla" class="mention"><span>carla</span></a>',
        '<a class="mention" href="https://forum.example/user/carla%40mastodon.example">@carla@mastodon.example</a>',
        '<a href="https://lemmy.example/u/carla@mastodon.example">@carla@mastodon.example</a>',
    ],
)
def test_a_mention_is_whoever_its_tag_says(html):
    text, marked = shown(f"ciao {html} !")

    assert marked == [("mention", text[5:-2], CARLA.uri)]
    assert text.startswith("ciao @carla")


def test_a_mention_without_its_tag_is_a_link_and_one_without_address_is_text():
    assert shown('<a class="mention" href="https://x.example/@nina">@nina</a>')[1] == [
        ("link", "@nina", "https://x.example/@nina")
    ]
    assert shown('<a class="mention">@carla</a>')[1] == []


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://x.example/t/caffè" class="mention hashtag" rel="tag">#<span>caffè</span></a>',
        '#<a href="https://x.example/t" rel="tag"><span>caffè</span></a>',
        f'<a href="{TAGS_AT}caff%C3%A8">#caffè</a>',
    ],
)
def test_a_hashtag_is_marked_with_its_sign(html):
    assert shown(f"il {html}.") == ("il #caffè.", [("tag", "#caffè", "caffè")])


def test_the_line_that_repeats_a_quoted_address_goes_only_where_something_is_quoted():
    html = '<p class="quote-inline">RE: <a href="https://x.example/1">x</a></p><p>Sì</p>'

    assert shown(html, quoted=True)[0] == "Sì"
    assert shown(html)[0] == "RE: x\n\nSì"


@given(html=pages)
@example(html="<a href='https://x.example/1'>" * 9)
@example(html="<li>" * 50 + "<pre>\n\n\n</pre>x")
@many
def test_marks_lie_inside_the_text_in_order_and_say_something(html):
    text, facets = to_text(html, TAGS)

    assert all(0 <= each.start < each.end <= len(text) and each.value for each in facets)
    assert all(one.end <= other.start for one, other in itertools.pairwise(facets))
    assert all(each.value.startswith(("https://", "http://")) for each in facets if each.kind != "tag")
    assert text.encode() is not None and "\x00" not in text


@given(html=pages)
@example(html="<svg><a xlink:href='javascript:alert(1)'>x")
@example(html="<a href='x'><table><tr><td><a href='x'>")
@example(html="<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")
@example(html="<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>")
@many
def test_what_is_cleaned_never_acts_and_cleaning_twice_is_cleaning_once(html):
    cleaned = clean(html)
    found = Looking()
    found.feed(cleaned)

    assert clean(cleaned) == cleaned
    assert not found.tags & {"script", "style", "iframe", "img", "svg", "math", "form", "object", "template", "base"}
    assert all(not name.startswith("on") and name != "style" for name, _value in found.attributes)
    assert all(
        re.match(r"(https?|mailto|xmpp|tel|gemini|dat|dweb|ipfs|ipns|magnet):|[^:]*$", value or "")
        for name, value in found.attributes
        if name == "href"
    )
    classes = {each for name, value in found.attributes if name == "class" for each in (value or "").split()}
    assert all(
        re.match(r"(h|p|u|dt|e)-|(mention|hashtag|invisible|ellipsis|quote-inline|emoji)$", each) for each in classes
    )


class Looking(HTMLParser):
    """Everything that a browser might act upon."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def test_links_that_stay_lead_out_and_say_so():
    assert clean('<a href="https://x.example" class="mention evil h-card" onclick="x" style="x">x</a>') == (
        '<a href="https://x.example" class="mention h-card" rel="noopener nofollow ugc">x</a>'
    )


@pytest.mark.parametrize("piece", ["<div>", "<b a={}>", "<p><font>", "<a href=https://x.example>y", "<ul><li>z", "<"])
def test_what_is_large_or_deep_is_cut_and_still_read(piece):
    html = "ciao " + "".join(piece.format(number) for number in range(60_000)) + "x" * 100_000
    text, facets = to_text(html, TAGS)

    assert text.startswith("ciao") and len(text) <= TEXT
    assert all(each.end <= len(text) for each in facets)
    assert clean(clean(html)) == clean(html)


def test_with_too_many_tags_the_words_and_the_links_remain():
    text, marked = shown('<p>uno <a href="https://x.example/1">due</a></p><script>x</script>' + "<b>" * (PARSED + 1))

    assert (text, marked) == ("uno due", [("link", "due", "https://x.example/1")])


words = some.sampled_from(
    [
        "caffè", "☕", "👨‍👩‍👧‍👦", "@carla@mastodon.example", "@nessuno@x.example", "#caffè", "#2026", "e\u0301",
        "a < b", "https://example.org/una/strada/molto/lunga/fino/in/fondo?a=1&b=<2>", "http://x.example.", "\n",
        "\n\n",
        '"', "'", "&amp;",
        "<b>no</b>", "(https://x.example/a_(b))", "日本", "- uno", "> due",
    ]
)  # fmt: skip
texts = some.lists(words | some.text(max_size=10), max_size=20).map(" ".join)


def settled(text):
    """White space as HTML keeps it, and only what can be written down."""
    text = text.replace("\r\n", "\n").replace("\x00", "").encode("utf-8", "replace").decode()
    lines = [" ".join(re.split(r"[ \t\n\r\f]+", line)).strip() for line in text.strip().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


@given(text=texts)
@example(text="ciao @carla@mastodon.example, https://example.org/a?b=<c>&d \n\n#caffè!\nfine")
@many
def test_our_words_there_and_back_are_the_same(text):
    html = to_html(text, PEOPLE, TAGS_AT)

    assert settled(to_text(html, TAGS)[0]) == settled(text)


@given(text=texts)
@many
def test_our_marks_there_and_back_are_the_same(text):
    html = to_html(settled(text), PEOPLE, TAGS_AT)
    read, marked = shown(html)
    known = [each.value for each in hashtags(read)]

    assert [value for kind, _shown, value in marked if kind == "mention"] == [CARLA.uri] * html.count("u-url mention")
    assert all(value in known for kind, _shown, value in marked if kind == "tag")
    assert [value for kind, _shown, value in marked if kind == "link"] == [each.value for each in links(read)]


@given(text=texts)
@many
def test_what_we_write_is_harmless(text):
    html = to_html(text, PEOPLE, TAGS_AT)
    found = Looking()
    found.feed(html)

    assert found.tags <= {"p", "br", "a", "span"}
    assert {name for name, _value in found.attributes} <= {"href", "class", "rel", "translate"}


def test_handles_and_hashtags_are_found_where_they_are_meant():
    text = (
        "Ciao @Carla@Mastodon.example, (@nina@x.example). scrivi a info@molino.example! @solo #uno#due #caffè. #42 a#b"
    )

    assert handles(text) == ["carla@mastodon.example", "nina@x.example"]
    assert [each.value for each in hashtags(text)] == ["caffè"]


def test_a_mention_and_a_hashtag_carry_the_classes_that_others_look_for():
    assert to_html("@carla@mastodon.example #caffè", PEOPLE, TAGS_AT) == (
        '<p><span class="h-card" translate="no"><a href="https://mastodon.example/@carla" class="u-url mention">'
        "@<span>carla@mastodon.example</span></a></span> "
        f'<a href="{TAGS_AT}caff%C3%A8" class="mention hashtag" rel="tag">#<span>caffè</span></a></p>'
    )
