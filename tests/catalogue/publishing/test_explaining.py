"""Where a published thing came from, as the catalogue itself states it."""

import json

import pytest
from rdflib import Graph, URIRef
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.build import build
from dcat_hk.catalogue.publishing.explaining import explain
from dcat_hk.core.errors import UsageError
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import expand


class Lines:
    """A source file that gives the place it is asked for."""

    def lines_at(self, locator):
        """Return the locator as the only line."""
        return (locator,)


def test_a_dataset_is_explained_by_all_its_rows(catalogue):
    """A dataset in parts has an origin for each, a distribution of a part one."""
    record = explain(catalogue, "record/hk-hkpf/2024-2026/D-ii-7")
    dataset = next(
        str(o)
        for o in Graph()
        .parse(catalogue / "plans/hk-hkpf/2024-2026.ttl")
        .objects(URIRef(record.iri), URIRef(expand("foaf:primaryTopic")))
    )
    assert [o.place for o in explain(catalogue, dataset).origins] == ["lines 73-73", "lines 74-74"]
    assert [o.place for o in explain(catalogue, f"{dataset}/distribution/1-json").origins] == ["lines 74-74"]
    assert [o.place for o in explain(catalogue, f"{dataset}/distribution/json").origins] == ["lines 73-73"]


def test_a_period_is_explained_by_the_row_of_its_dataset(tmp_path):
    """What a title states is read from the row that has the title."""
    rows = [Row("氣象", "2016至2019年雨量統計", "02/2020", "每年", "(CSV)")]
    (tmp_path / "a.txt").write_text(as_tabs(PlanText("香港天文台", 2024, {("D", "ii"): rows})), encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out", Settings(), jobs=1)
    record = explain(tmp_path / "out", "record/hk-hko/2024-2026/D-ii-1")
    graph = Graph().parse(tmp_path / "out/catalogue.ttl")
    dataset = str(graph.value(URIRef(record.iri), URIRef(expand("foaf:primaryTopic"))))
    period = explain(tmp_path / "out", f"{dataset}#period")
    assert period.origins == explain(tmp_path / "out", dataset).origins != []
    assert period.kinds == [expand("dct:PeriodOfTime")]


@pytest.mark.parametrize(
    ("iri", "note"),
    [
        ("catalogue", "Made by the build"),
        ("catalogue/hk-hkpf/2024-2026", "Read from 004_0a61bf397c99dad3.txt"),
        ("plan/hk-hkpf/2024-2026", "Read from 004_0a61bf397c99dad3.txt"),
        ("organisation/hk-hkpf", "From the vocabularies"),
        ("def/category/law-and-security", "From the vocabularies"),
    ],
)
def test_other_things_say_where_they_are_from(catalogue, iri, note):
    """What no row states comes from files, vocabularies or settings."""
    explanation = explain(catalogue, iri)
    assert explanation.note.startswith(note)
    assert explanation.label


def test_the_base_iri_may_be_left_out(catalogue):
    """A thing is named by its whole IRI, or by what follows the base IRI, with or without a slash in front."""
    base = "https://example.org/dcat-hk/"
    names = ("plan/hk-hkpf/2024-2026", "/plan/hk-hkpf/2024-2026", f"{base}plan/hk-hkpf/2024-2026")
    assert {explain(catalogue, name).iri for name in names} == {f"{base}plan/hk-hkpf/2024-2026"}
    with pytest.raises(UsageError, match="nothing"):
        explain(catalogue, "nothing")


def test_only_the_files_of_the_rows_are_looked_for(catalogue):
    """Source files are asked for by the digests that the manifest states, and their lines by the record's place."""
    manifest = json.loads((catalogue / "manifest.json").read_text(encoding="utf-8"))
    digests = {one["sha256"] for one in manifest["inputs"].values()}
    requests = []

    def find(wanted):
        requests.append(wanted)
        return dict.fromkeys(wanted, Lines())

    (origin,) = explain(catalogue, "record/hk-hkpf/2024-2026/D-ii-7.1", find).origins
    assert requests[0] <= digests
    assert origin.sha256 in digests
    assert origin.lines == (origin.place,)


def test_minted_things_are_counted(tmp_path):
    """What no vocabulary has is said to be minted, with how many things point at it."""
    base, publisher = "https://a.example/", "http://purl.org/dc/terms/publisher"
    (tmp_path / "manifest.json").write_text(json.dumps({"settings": {"base_iri": base}}), encoding="utf-8")
    lines = [f'<{base}organisation/x-aa> <http://xmlns.com/foaf/0.1/name> "x" <{base}def/> .']
    lines += [f"<{base}dataset/{n}> <{publisher}> <{base}organisation/x-aa> <{base}g> ." for n in (1, 2)]
    (tmp_path / "catalogue.nq").write_text("\n".join(lines), encoding="utf-8")
    explanation = explain(tmp_path, "organisation/x-aa")
    assert explanation.label == "x"
    assert explanation.note.startswith("Minted from a plan's wording")
    assert "2 things" in explanation.note
