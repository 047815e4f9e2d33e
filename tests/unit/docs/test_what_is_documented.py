"""What the manual names exists, and what exists is in the manual."""

from __future__ import annotations

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.utils import translation

from corale.__main__ import COMMANDS, HIDDEN
from corale.adapters.files.columns import COLUMNS
from corale.design import menu
from corale.respond.grammar import FIELDS
from corale.respond.trays import TRAYS
from corale.respond.words import REACTIONS
from tests.unit.docs.pages import LANGUAGES, PAGES, ROOT, code, name, prose, rows

in_both = pytest.mark.parametrize("language", LANGUAGES)
SOURCE = "\n".join(path.read_text() for path in sorted((ROOT / "corale").rglob("*.py")))
TEMPLATES = "\n".join(path.read_text() for path in sorted((ROOT / "corale").rglob("*.html")))
OF_TESTS = {"CORALE_TEST_CACHE"}


def page(language: str, which: str) -> Path:
    return ROOT / "docs" / language / f"{which}.md"


def first_cells(path: Path) -> set[str]:
    """What the first column of any table names between backticks."""
    return {word for row in rows(path) for word in code(row[0])}


@in_both
def test_every_setting_is_documented_and_every_documented_one_is_read(language: str) -> None:
    read = set(re.findall(r'(?:environ(?:\.get)?[\[(]|environment\.flag\()\s*"([A-Z_]+)"', SOURCE))
    documented = {word for word in first_cells(page(language, "settings")) if word.isupper()}

    assert documented == read


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_variable_that_a_page_names_is_one(path: Path) -> None:
    named = set(re.findall(r"\bCORALE_[A-Z_]+\b", path.read_text()))

    assert {variable for variable in named if variable not in SOURCE} <= OF_TESTS


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_command_that_a_page_names_is_one(path: Path) -> None:
    named = set(re.findall(r"(?:^|[`/ ])corale ([a-z][a-z-]+)", "\n".join(commands(path)), re.MULTILINE))

    assert named - COMMANDS.keys() - HIDDEN == set()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_target_that_a_page_names_is_one(path: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = set(re.findall(r"(?:^|[`/ ])make ([a-z]+)", "\n".join(commands(path)), re.MULTILINE))

    assert named - set(targets) == set()


def commands(path: Path) -> list[str]:
    """What one could type: in backticks, or in a block."""
    text = path.read_text()
    return code(text.replace("```", "\n")) + re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)


def test_every_target_is_explained_to_those_who_work_on_it() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)) - {"help"}

    assert {target for target in targets if f"make {target}" not in (ROOT / "CONTRIBUTING.md").read_text()} == set()


@in_both
def test_every_command_is_in_the_administrator_guide(language: str) -> None:
    text = page(language, "administrator-guide").read_text()

    assert {command for command in COMMANDS if f"corale {command}" not in text} <= {"manage"}


@in_both
def test_every_field_of_the_filter_is_in_the_user_guide_with_its_values(language: str) -> None:
    told = {code(row[0])[0]: set(code(row[1])) for row in rows(page(language, "user-guide")) if row[0].endswith(":`")}

    assert set(told) == {f"{field}:" for field in FIELDS}
    assert {field: set(values) - told[f"{field}:"] for field, values in FIELDS.items() if values} == {
        field: set() for field, values in FIELDS.items() if values
    }


@in_both
def test_every_column_of_an_import_is_in_the_user_guide_with_its_other_names(language: str) -> None:
    told = {
        code(row[0])[0]: set(code(row[2]))
        for row in rows(page(language, "user-guide"))
        if len(row) == 3 and code(row[0]) and code(row[0])[0] in COLUMNS
    }

    assert told == {ours: set(theirs) - {ours} for ours, theirs in COLUMNS.items()}


@in_both
def test_every_key_is_in_the_user_guide_and_works(language: str) -> None:
    documented = first_cells(page(language, "user-guide"))

    assert keys() - documented == set()
    assert {key for key in documented if is_key(key)} - keys() == set()


def is_key(word: str) -> bool:
    """One letter or sign, a sequence of two, or a name with a plus."""
    return bool(re.fullmatch(r"\S|\S \S|[A-Z]\w+\+\w+", word))


def keys() -> set[str]:
    """Those of the menu, of the pages, and those that are listed by hand."""
    menus = {entry.shortcut for entry in menu.entries() if entry.shortcut}
    templates = re.sub(r".*desk_sample.*", "", TEMPLATES)
    pages = {key for keys in re.findall(r'data-key="([^"{]+)"', templates) for key in keys.split("|")} - {"Escape"}
    listed = get_template("design/components/keys.html").template.source  # type: ignore[attr-defined]
    assert 'class="key">x<' in listed
    verbs = {words["key"] for words in REACTIONS.values() if "key" in words}
    return menus | pages | verbs | {"Ctrl+K", "?", "Esc", "j", "k", "Enter", "o", "x", "* a", "Ctrl+Enter"}


@in_both
def test_every_tray_is_in_the_user_guide(language: str) -> None:
    with translation.override(language):
        labels = {str(tray.label) for tray in TRAYS.values()}

    assert labels - bold(page(language, "user-guide")) == set()


@pytest.mark.parametrize("which", ["user-guide", "administrator-guide"])
def test_bold_words_stand_on_a_page(which: str) -> None:
    said = {str(words).rpartition("\x04")[2] for words in catalogue()}

    assert bold(page("en", which)) - said == set()
    assert bold(page("it", which)) - set(catalogue().values()) == set()


def catalogue() -> dict[str, str]:
    """What stands on our pages in English, and in Italian."""
    with (ROOT / "corale/locale/it/LC_MESSAGES/django.mo").open("rb") as opened:
        found = GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
    return {key[0] if isinstance(key, tuple) else key: words for key, words in found.items()}


def bold(path: Path) -> set[str]:
    """Labels, however their line is broken."""
    return {" ".join(words.split()) for words in re.findall(r"\*\*([^*]+)\*\*", prose(path))}


def test_every_model_has_its_line_in_the_data_model() -> None:
    ours = [model.__name__ for model in apps.get_models() if model.__module__.startswith("corale.")]
    documented = set(code(prose(ROOT / "docs/data-model.md")))

    assert [name for name in ours if name not in documented] == []


def test_every_method_of_the_network_that_is_called_is_documented() -> None:
    adapter = "".join(path.read_text() for path in (ROOT / "corale/adapters/bluesky").glob("*.py"))
    called = set(re.findall(r'"((?:com\.atproto|app\.bsky)\.[a-z]+\.[a-z][A-Za-z]+)"', adapter))
    records = {method for method in called if method.startswith("app.bsky.embed.")}

    assert called - records - set(code(prose(ROOT / "docs/protocols/atproto.md"))) == set()
