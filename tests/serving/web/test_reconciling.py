"""The reconciliation service finds what lists of others mean, and says of nothing else that it is that."""

import pytest
from jsonschema import validate
from support.reconciliation_schemas import EXTENSION, MANIFEST, PROPOSAL, RESULT, SUGGESTIONS

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.namespaces import DCAT, DCT, ORG
from dcat_hk.core.text import fold
from dcat_hk.serving.web import reconciling
from dcat_hk.serving.web.reconciling import ReconciliationApi
from dcat_hk.serving.web.reconciling_queries import ExtendQuery, read_one

ROOT = "http://site.example/"


@pytest.fixture(scope="module")
def api(library):
    """Return the service on the seeds' catalogue."""
    return ReconciliationApi(library, "zh-Hant", ROOT, "reconcile")


def match(api, text="", **fields):
    """Return the candidates of a query."""
    answer = api.match(read_one({"query": text, **fields}, "q"))
    validate(answer, RESULT)
    return answer["result"]


@pytest.fixture(scope="module")
def titles(library):
    """Return the printed titles of datasets by IRI, and those that only one dataset has."""
    found = {iri: str(library.find_labels(iri)[0].value) for iri in library.datasets}
    counts = list(found.values())
    return {iri: title for iri, title in found.items() if counts.count(title) == 1}


def test_a_title_that_only_one_dataset_has_is_a_match(api, library, titles):
    """In every third dataset of the catalogue, as printed, in capital letters and with other spaces."""
    for iri, title in list(titles.items())[::3]:
        for text in (title, title.upper(), f"  {title} "):
            first = match(api, text, type=DCAT.Dataset)[0]
            assert (f"{library.base}{first['id']}", first["score"], first["match"]) == (iri, 100.0, True), title


def test_a_title_in_the_other_script_is_a_match(library, titles):
    """What is printed in Traditional characters is found with Simplified ones; the name is in the language."""
    from dcat_hk.core.text import transform

    for language, script in (("zh-Hans", "Hans"), ("zh-Hant", "Hant")):
        other = ReconciliationApi(library, language, ROOT, "reconcile")
        iri, title = next(iter(titles.items()))
        first = match(other, transform(title, script), type="Dataset")[0]
        assert (f"{library.base}{first['id']}", first["match"]) == (iri, True)
        assert first["type"][0]["name"] == {"zh-Hans": "数据集", "zh-Hant": "數據集"}[language]


def test_a_title_with_other_words_is_no_match_but_found(api, library, titles):
    """It is the first candidate of most, and never a match."""
    found = 0
    sample = [(iri, title) for iri, title in titles.items() if len(title) > 8][::4]
    for iri, title in sample:
        candidates = match(api, f"{title[:-2]}（更新）", type=DCAT.Dataset, limit=5)
        assert not any(one["match"] for one in candidates)
        found += iri in [f"{library.base}{one['id']}" for one in candidates]
    assert found >= 0.9 * len(sample)


def test_a_title_that_several_datasets_have_is_no_match(api, library):
    """Unless the body is asked for, too."""
    labels = [(iri, library.find_labels(iri)[0].value) for iri in library.datasets]
    by_title = {}
    for iri, title in labels:
        by_title.setdefault(title, []).append(iri)
    for title, iris in by_title.items():
        candidates = match(api, title, type=DCAT.Dataset, limit=100)
        same = [one for one in candidates if one["score"] == 100.0]
        assert len(same) >= len(iris)
        assert sum(one["match"] for one in candidates) == (1 if len(iris) == 1 and len(same) == 1 else 0), title


@pytest.mark.parametrize("name", ["醫務衞生局", "医务卫生局", "Health Bureau", "hk-hhb", "organisation/hk-hhb"])
def test_a_body_is_found_by_each_of_its_names(api, name):
    """Its names in three languages, variants of characters, its code."""
    first = match(api, name, type=ORG.Organization)[0]
    assert (first["id"], first["match"], first["name"]) == ("organisation/hk-hhb", True, "醫務衞生局")
    assert first["type"] == [{"id": ORG.Organization, "name": "機構"}]


@pytest.mark.parametrize(
    "name", ["Health", "Ministry of Health", "局", "hk", "", "  ", "\x00", "𠀀" * 900, "%' OR 1=1"]
)
def test_what_is_no_name_of_a_body_is_no_match(api, name):
    """Nothing that a list has breaks the service, and nothing is taken for what it is not."""
    assert not any(one["match"] for one in match(api, name, type="org:Organization"))
    assert not any(one["match"] for one in match(api, name))


def test_properties_tell_datasets_apart(api, library, titles):
    """A dataset of another body is no match, and comes later than one of the body that is asked for."""
    iri, title = next(iter(titles.items()))
    body = str(library.find_values(iri, DCT.publisher)[0])
    label = library.find_labels(body)[0].value
    code = body.rpartition("/")[2]
    for value in (label, code, {"id": f"organisation/{code}", "name": label}, [label, "x"]):
        (first, *_rest) = match(api, title, properties=[{"pid": "dct:publisher", "v": value}])
        assert (f"{library.base}{first['id']}", first["match"], first["score"]) == (iri, True, 100.0)
    (other, *_rest) = match(api, title, properties=[{"pid": DCT.publisher, "v": "hk-nobody"}])
    assert (other["match"], other["score"]) == (False, 75.0)
    assert not match(api, title, properties=[{"pid": "unheard-of", "v": "x"}])[0]["match"]


def test_an_identifier_is_a_match(api, library):
    """As a query, as an IRI, or as a property without a query."""
    iri = library.datasets[3]
    name = iri.rpartition("/")[2]
    for query in ({"query": name}, {"query": iri}, {"query": f"dataset/{name}"}):
        assert [one["id"] for one in match(api, query["query"]) if one["match"]] == [f"dataset/{name}"]
    answer = api.match(read_one({"properties": [{"pid": "dct:identifier", "v": name}]}, "q"))["result"]
    assert [(one["id"], one["match"]) for one in answer] == [(f"dataset/{name}", True)]
    title = library.find_labels(iri)[0].value
    answer = api.match(read_one({"properties": [{"pid": "dct:title", "v": title}]}, "q"))["result"]
    assert f"dataset/{name}" in [one["id"] for one in answer]


def test_types_and_limits_are_kept(api):
    """A type that there is not has nothing, and a limit is a limit."""
    assert match(api, "衞生", type="http://schema.example/Person") == []
    assert match(api, "衞生", type=["dcat:Dataset", "org:Organization"], type_strict="all") == []
    assert len(match(api, "數據", limit=3)) == 3
    both = match(api, "醫務衞生局", type=["dcat:Dataset", "foaf:Organization"])
    assert both[0]["id"] == "organisation/hk-hhb"
    assert match(api, "醫務衞生局", type="schema:Person", type_strict="should")[0]["id"] == "organisation/hk-hhb"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_is_that_of_the_standard(library, language):
    """Addresses begin where the client asks."""
    manifest = ReconciliationApi(library, language, ROOT, "reconcile").manifest()
    validate(manifest, MANIFEST)
    assert manifest["identifierSpace"] == library.base
    assert manifest["view"]["url"] == "http://site.example/{{id}}"
    assert manifest["suggest"]["entity"]["service_url"] + manifest["suggest"]["entity"]["service_path"] == (
        "http://site.example/reconcile/suggest/entity"
    )


def test_what_is_begun_is_suggested(api, library, titles):
    """Datasets that begin so first, bodies, types and properties; page by page."""
    iri, title = next((iri, title) for iri, title in titles.items() if len(title) > 6)
    for prefix in (title, title[: len(title) // 2], title[:2]):
        found = [api.suggest("entity", prefix, first) for first in (0, 20, 40, 60)]
        for one in found:
            validate(one, SUGGESTIONS)
        assert iri in [f"{library.base}{one['id']}" for answer in found for one in answer["result"]], prefix
    assert api.suggest("entity", "醫務衞")["result"][0]["id"] == "organisation/hk-hhb"
    assert all(one["notable"][0]["id"] == DCAT.Dataset for one in api.suggest("entity", "醫", 0, ["dataset"])["result"])
    assert api.suggest("entity", " ")["result"] == api.suggest("entity", "", 0)["result"] == []
    assert [one["id"] for one in api.suggest("type", "機")["result"]] == [ORG.Organization]
    assert [one["id"] for one in api.suggest("property", "publ")["result"]] == [DCT.publisher]
    for kind in ("type", "property"):
        validate(api.suggest(kind, ""), SUGGESTIONS)


def test_values_of_properties_are_given(api, library):
    """A body as a thing, everything else as text; what is not known has no values."""
    iri = library.datasets[0]
    name = iri.removeprefix(library.base)
    properties = ("publisher", "dct:title", DCT.subject, "stage", "format", "unheard-of", "page")
    answer = api.extend(ExtendQuery((name, iri, "dataset/none", "https://other.example/a"), properties))
    validate(answer, EXTENSION)
    rows = answer["rows"]
    assert rows[name] == rows[iri]
    assert rows[name]["publisher"][0]["id"].startswith("organisation/")
    assert rows[name]["dct:title"] == [{"str": library.find_labels(iri)[0].value}]
    assert rows[name]["unheard-of"] == []
    assert not any(values for other in ("dataset/none", "https://other.example/a") for values in rows[other].values())
    for kind in (DCAT.Dataset, ORG.Organization, "", "x"):
        validate(api.propose(kind, 3), PROPOSAL)
        assert len(api.propose(kind, 1)["properties"]) == 1


def test_a_preview_shows_what_tells_a_thing_apart(api, library):
    """Body, category, stage; nothing of what is not there."""
    iri = library.datasets[0]
    shown = api.describe(iri.removeprefix(library.base))
    assert shown["title"] == library.find_labels(iri)[0].value
    assert shown["address"] == iri.replace(library.base, ROOT)
    assert len(shown["rows"]) >= 3
    for other in ("dataset/none", "", "https://other.example/", "../etc/passwd", "\x00", "a b"):
        assert api.describe(other) is None


def test_a_value_of_a_property_is_read_once_for_a_query(api, monkeypatch):
    """Not once for each dataset and body that may be meant: values are long where somebody wants them to be."""
    read = []
    monkeypatch.setattr(reconciling, "fold", lambda text: read.append(text) or fold(text))
    values = [f"{number} and more" for number in range(40)]
    names = ("publisher", "title", "format", "identifier")
    found = match(api, "數字", properties=[{"pid": name, "v": values} for name in names], limit=100)
    assert len(found) > 3
    assert max(map(read.count, values)) <= 2 * len(names)
