"""Words that escape translation are found, and nothing else is."""

from __future__ import annotations

import pytest

from scripts.check_templates import bare_words


@pytest.mark.parametrize(
    "source",
    [
        "<p>Good morning</p>",
        '<a title="Close it" href="{% url "x" %}">{{ name }}</a>',
        '<input placeholder="Your name">',
        '{% if late %}late{% else %}{% translate "in time" %}{% endif %}',
        "<p>{% blocktranslate %}in{% endblocktranslate %} time</p>",
    ],
)
def test_a_word_in_one_language_is_found(source):
    assert bare_words(source)


@pytest.mark.parametrize(
    "source",
    [
        "<p>{% translate 'Good morning' %}</p>",
        "<p>{% blocktranslate with n=name %}Good morning {{ n }}{% endblocktranslate %}</p>",
        "{# a remark #}{% comment %}another one{% endcomment %}",
        '<p class="card" data-controller="copy" id="late">{{ name }} · 12</p>',
        "<script>const word = 1</script><kbd>Esc</kbd>",
        "<a download>recompute.py</a>",
        "{% block pane %}list{% endblock %}",
        "<title>{% block title %}{% endblock %} · Corale</title>",
        '<li {% if here %}aria-current="page"{% endif %}>&nbsp;</li>',
    ],
)
def test_everything_else_is_left_alone(source):
    assert bare_words(source) == []


def test_the_line_is_told():
    assert bare_words("{% if a %}\n{% endif %}{% comment %}\n{% endcomment %}\n<p>\nhello</p>")[0][0] == 4
