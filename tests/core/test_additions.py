"""Vocabularies know what people add, and refuse what contradicts them, naming both."""

import pytest
from support.decided_plans import CATEGORIES, CORRECTIONS, ORGANISATIONS, WORDING, write_decisions

from dcat_hk.core.decisions import read_decisions
from dcat_hk.core.errors import NotReadable
from dcat_hk.core.namespaces import DCT, ORG, SKOS
from dcat_hk.core.vocabularies import load
from dcat_hk.core.vocabularies.additions import extend


@pytest.fixture
def extended(tmp_path):
    """Return a function that gives the vocabularies with decisions."""

    def make(**files):
        return extend(load(), read_decisions(write_decisions(tmp_path, **files)))

    return make


def test_a_body_is_found_by_all_its_names(extended):
    """Its own names, its short name, how plans print it, and a name with a short one in brackets."""
    vocabularies = extended(organisations=ORGANISATIONS)
    for name in ("風箏事務處", "风筝事务处", "Kite Office", "KO", "風箏處", "Kite Office (KO)"):
        assert vocabularies.find_organisation(name).notation == "hk-kite", name
    assert load().find_organisation("風箏處") is None


def test_a_language_that_is_missing_is_a_gap(extended):
    """No label is made up; where one is needed, the best other one stands in."""
    body = extended(organisations=ORGANISATIONS).organisations["hk-kite"]
    assert body.labels == {"zh-Hant": "風箏事務處", "en": "Kite Office"}
    assert body.label("zh-Hans") == "风筝事务处"
    english = extended(organisations='[[organisation]]\nid = "hk-a"\nname = { en = "Attic" }').organisations["hk-a"]
    assert english.label("zh-Hant") == "Attic"


def test_words_and_successors_of_a_known_body(extended):
    """A known body keeps what is said of it; a rename points at the new body."""
    text = '[[organisation]]\nid = "hk-hko"\naliases = ["觀天台"]\nreplaced-by = ["hk-sky"]\n'
    text += '[[organisation]]\nid = "hk-sky"\nname = { en = "Sky Office" }\nparent = "hk-hko"\n'
    vocabularies = extended(organisations=text)
    body = vocabularies.find_organisation("觀天台")
    assert body.label("en") == "Hong Kong Observatory"
    assert body.iris(DCT.isReplacedBy) == [f"{vocabularies.base}organisation/hk-sky"]
    assert vocabularies.organisations["hk-sky"].iris(ORG.subOrganizationOf) == [body.iri]


def test_categories_frequencies_and_formats(extended):
    """Words stand for known concepts, and new ones have three labels."""
    vocabularies = extended(categories=CATEGORIES, wording=WORDING)
    assert vocabularies.find_category("天空事務").notation == "sky"
    assert vocabularies.categories["sky"].iris(SKOS.broadMatch)[0].endswith("/TRAN")
    assert vocabularies.frequency_words == {"逢季": "QUARTERLY"}
    assert vocabularies.format_words == (("cvs", "CSV"),)


def test_terms_of_corrections_are_published_only_with_corrections(extended):
    """Without them the vocabularies are those that are built in."""
    assert "corrections" not in extended(organisations=ORGANISATIONS).things
    assert "corrections" in extended(corrections=CORRECTIONS).things


@pytest.mark.parametrize("files", [{}, {"organisations": ORGANISATIONS}, {"corrections": CORRECTIONS}])
def test_the_same_decisions_give_the_same_vocabularies(extended, files):
    """What vocabularies find out about themselves is found out once for all documents that are read with them."""
    assert extended(**files) is extended(**files)


_KITE = '[[organisation]]\nid = "hk-kite"\nname = { en = "Kite Office" }\n'


@pytest.mark.parametrize(
    ("name", "text", "messages"),
    [
        (
            "organisations",
            '[[organisation]]\nid = "hk-hko"\nname = { en = "Attic" }',
            ["hk-hko", "Hong Kong Observatory"],
        ),
        ("organisations", '[[organisation]]\nid = "hk-a"\nname = { zh-Hans = "香港天文台" }', ["香港天文台", "hk-hko"]),
        ("organisations", _KITE + 'aliases = ["香港警務處"]', ["香港警務處", "Hong Kong Police Force"]),
        ("organisations", '[[organisation]]\nid = "hk-a"', ["not a known organisation, and has no name"]),
        ("organisations", _KITE + 'parent = "hk-none"', ["hk-none", "id of no other organisation"]),
        ("organisations", _KITE + 'parent = "hk-kite"', ["hk-kite", "id of no other organisation"]),
        ("organisations", _KITE + 'type = "Club"', ["Club", "Company"]),
        ("organisations", _KITE + _KITE, ["is the id of organisation 1, too"]),
        ("organisations", _KITE + _KITE.replace("hk-kite", "hk-other"), ["Kite Office", "hk-kite", "hk-other"]),
        (
            "organisations",
            _KITE + 'parent = "hk-b"\n[[organisation]]\nid = "hk-b"\nname = { en = "B" }\nparent = "hk-kite"',
            ["leads from “hk-kite” back to it"],
        ),
        ("organisations", '[[organisation]]\nid = "hk-fhb"\nreplaced-by = ["hk-hko"]', ["hk-hhb", "hk-hko"]),
        ("categories", '[[category]]\nid = "education"\nwords = ["運輸"]', ["運輸", "education", "transport"]),
        ("categories", '[[category]]\nid = "sky"\nname = { en = "Sky" }', ["lacks a name in three languages"]),
        ("categories", CATEGORIES.replace("TRAN", "SKYS"), ["SKYS", "no EU data theme"]),
        ("wording", '[[frequency]]\nid = "NEVER_EVER"\nwords = ["永不"]', ["NEVER_EVER", "EU table"]),
        ("wording", '[[frequency]]\nid = "ANNUAL"\nwords = ["每月"]', ["每月", "MONTHLY"]),
        ("wording", '[[format]]\nid = "CSV"\nwords = ["JSON"]', ["JSON", "CSV"]),
        ("wording", '[[format]]\nid = "CSV"\nwords = ["…"]', ["neither letters nor digits"]),
    ],
)
def test_a_contradiction_names_both(extended, name, text, messages):
    """The error has the place, the addition and what it contradicts."""
    with pytest.raises(NotReadable) as raised:
        extended(**{name: text})
    for message in (f"{name}.toml", *messages):
        assert message in str(raised.value)
