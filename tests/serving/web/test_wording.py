"""Labels of the interface are complete in three languages, and literals are chosen by language."""

from __future__ import annotations

import re
import tomllib

import pytest
from support.paths import ROOT

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.namespaces import DCT
from dcat_hk.core.terms import Literal
from dcat_hk.serving.web.wording import choose_literal, format_month, get_label, get_term_label

FOLDER = ROOT / "dcat_hk" / "serving" / "web"
FILES = [tomllib.loads(path.read_text(encoding="utf-8"))["interface"] for path in sorted(FOLDER.glob("labels*.toml"))]
LABELS = {key: label for file in FILES for key, label in file.items()}


def test_no_label_is_in_two_files():
    """One of them would never be seen."""
    assert len(LABELS) == sum(map(len, FILES))


@pytest.mark.parametrize("key", list(LABELS))
def test_every_label_has_three_languages(key):
    """A label has a text in each language, with the same values to fill in."""
    assert set(LABELS[key]) == set(LANGUAGES)
    assert all(LABELS[key].values())
    assert len({frozenset(re.findall(r"\{\w+\}", text)) for text in LABELS[key].values()}) == 1


def test_every_label_that_a_template_uses_exists():
    """A missing label would be an error on the page."""
    texts = [path.read_text(encoding="utf-8") for path in (FOLDER / "templates").glob("*.html")]
    used = {key for text in texts for key in re.findall(r"word\(['\"]([\w-]+)['\"]\)", text)}
    assert len(used) > 20
    assert used - set(LABELS) == set()


def test_an_unknown_label_is_an_error():
    """A misspelt key is found at once, not shown as an empty text."""
    with pytest.raises(KeyError):
        get_label("no-such-label", "en")


@pytest.mark.parametrize(
    ("month", "words"),
    [("2026-12", "December 2026"), ("2026", "2026"), ("2026-13", "2026-13"), ("soon", "soon"), ("", "")],
)
def test_months_are_said_in_words(month, words):
    """What is no month stays as it is."""
    assert format_month(month, "en") == words


def test_names_of_terms():
    """Known terms have a label, terms of known vocabularies a prefixed name, others nothing."""
    assert get_term_label(DCT.title, "zh-Hant", "") == "標題"
    assert get_term_label("http://purl.org/dc/terms/unheardOf", "en", "") == "dct:unheardOf"
    assert get_term_label("https://elsewhere.example/x", "en", "") == ""


def test_the_literal_of_the_language_is_chosen():
    """A printed text in the language comes first, else the nearest one; without any the first literal is used."""
    hant, hans, english = Literal("a", "zh-Hant"), Literal("b", "zh-Hans-t-zh-hant"), Literal("c", "en")
    assert choose_literal([english, hant, hans], "zh-Hans") == hans
    assert choose_literal([english, hant], "zh-Hans") == hant
    assert choose_literal([hant, english], "en") == english
    assert choose_literal([Literal("d", "fr")], "en") == Literal("d", "fr")
    assert choose_literal([], "en") is None
