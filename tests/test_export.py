"""Export and explain: the published catalogue in other clothes, and where a thing came from."""

import csv
import io
import re

import pyoxigraph
import pytest
from click.testing import CliRunner
from conftest import SEEDS
from rdflib import RDF, Graph, URIRef

from dcat_hk.build.explain import explain
from dcat_hk.catalogue.publishing.export import SYNTAXES, Selection, export
from dcat_hk.commands.cli import main
from dcat_hk.core.terms import expand

FORMATS = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}


def run(*arguments):
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(a) for a in arguments], prog_name="dcat-hk")


def triples(text, syntax):
    """Return the triples of a text, graphs aside."""
    return {(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(text.encode(), format=FORMATS[syntax])}


def selected(catalogue, syntax="turtle", **wanted):
    """Return an export as text."""
    return "".join(export(catalogue, syntax, Selection(**wanted)))


@pytest.mark.parametrize("syntax", FORMATS)
def test_every_syntax_is_the_same_graph(catalogue, syntax):
    """A whole export has the catalogue's triples in every syntax."""
    whole = triples((catalogue / "catalogue.ttl").read_text(encoding="utf-8"), "turtle")
    assert triples(selected(catalogue, syntax), syntax) == whole


@pytest.mark.parametrize("syntax", ["nquads", "trig"])
def test_graphs_are_kept(catalogue, syntax):
    """Syntaxes with graphs keep each plan in its own."""
    original = set(pyoxigraph.parse(path=str(catalogue / "catalogue.nq"), format=FORMATS["nquads"]))
    assert set(pyoxigraph.parse(selected(catalogue, syntax).encode(), format=FORMATS[syntax])) == original


@pytest.mark.parametrize(
    ("wanted", "datasets", "records"),
    [
        ({"plan": "hk-hkpf/2024-2026"}, 32, 33),
        ({"organisation": "hospital"}, 18, 18),
        ({"stage": "planned"}, 40, 40),
        ({"stage": "released"}, 147, 153),
        ({"plan": "hk-hhb/2024-2026", "stage": "planned", "organisation": "hospital"}, 8, 8),
    ],
)
def test_filters_keep_what_is_asked_for_and_conform(catalogue, wanted, datasets, records):
    """Plan, publisher and stage choose datasets with their records; what is left is complete and conforms."""
    from dcat_hk.checking.validating.profiles import load_shapes
    from dcat_hk.checking.validating.validator import validate
    from dcat_hk.core.results import violations

    graph = Graph().parse(data=selected(catalogue, **wanted), format="turtle")
    assert len(set(graph.subjects(RDF.type, URIRef(expand("dcat:Dataset"))))) == datasets
    assert len(set(graph.subjects(RDF.type, URIRef(expand("dcat:CatalogRecord"))))) == records
    assert violations(validate(graph, load_shapes("dcat-ap-hk", "https://example.org/dcat-hk/", "2026-11-20"))) == []


def test_one_script_only(catalogue):
    """An export in one script has no text in the other, and every dataset still has a title."""
    text = selected(catalogue, script="Hans", derived="plain")
    assert "@zh-Hant" not in text
    assert "-t-zh" not in text
    graph = Graph().parse(data=text, format="turtle")
    for dataset in graph.subjects(RDF.type, URIRef(expand("dcat:Dataset"))):
        (title,) = graph.objects(dataset, URIRef(expand("dct:title")))
        assert title.language == "zh-Hans"


def test_derived_labels_can_be_left_out(catalogue):
    """Without derived labels only printed and real ones are left."""
    assert "-t-zh" not in selected(catalogue, derived="none")
    assert "-t-zh" in selected(catalogue)


def test_csv_has_a_line_for_each_record(catalogue):
    """CSV is flat: one line for each record, codes for concepts."""
    lines = list(csv.DictReader(io.StringIO(selected(catalogue, "csv"))))
    assert len(lines) == 193
    police = next(line for line in lines if line["record"].endswith("hk-hkpf/2024-2026/D-ii-1"))
    assert police["title"] == "D.ii.1 罪案數字比較"
    assert (police["release_month"], police["frequency"], police["formats"]) == ("2016-10", "QUARTERLY", "CSV")


def test_the_command_writes_to_a_file_or_a_pipe(catalogue, tmp_path):
    """-o writes a file as a whole; without it the text goes to standard output."""
    path = tmp_path / "x.csv"
    assert run("export", "--format", "csv", "--from", catalogue, "-o", path).exit_code == 0
    done = run("export", "--format", "csv", "--from", catalogue)
    assert path.read_bytes() == done.stdout_bytes
    assert [p.name for p in tmp_path.iterdir()] == ["x.csv"]


def test_every_syntax_is_a_choice_of_the_command():
    """The choices of --format are the syntaxes there are."""
    (option,) = [p for p in main.commands["export"].params if p.name == "format_name"]
    assert set(option.type.choices) == set(SYNTAXES)


@pytest.mark.parametrize("wanted", [["--plan", "hk-hkpf/1999-2001"], ["--organisation", "nobody"]])
def test_nothing_left_is_told(catalogue, wanted):
    """Filters that leave nothing are wrong usage, not an empty file."""
    done = run("export", "--from", catalogue, *wanted)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No dataset is left." in done.stderr


def test_a_folder_without_catalogue_is_told(tmp_path):
    """Export and explain say what to do where nothing was published."""
    for arguments in (["export", "--from", tmp_path], ["explain", "catalogue", "--from", tmp_path]):
        done = run(*arguments)
        assert done.exit_code == 3
        assert "Run dcat-hk build first." in done.stderr


# ---- explain


def test_a_record_is_explained_by_its_row(catalogue):
    """A record names file, digest, lines and words, and shows the lines if the file is at hand."""
    found = explain(catalogue, "record/hk-hkpf/2024-2026/D-ii-7.1", [SEEDS])
    (origin,) = found.origins
    assert (origin.file, origin.place) == ("004_0a61bf397c99dad3.txt", "lines 74-74")
    assert origin.words["title"] == "交通統計數字"
    assert origin.words["frequency"] == "每年"
    assert "date" not in origin.words
    assert origin.lines[0].startswith("以JSON格式列出交通意外數字趨勢")


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
    found = explain(catalogue, iri)
    assert found.note.startswith(note)
    assert found.label


def test_an_unknown_iri_is_told(catalogue):
    """An IRI that the catalogue lacks is wrong usage."""
    done = run("explain", "dataset/nothing", "--from", catalogue)
    assert done.exit_code == 2
    assert "has no <https://example.org/dcat-hk/dataset/nothing>" in done.stderr


def test_the_command_prints_origin_words_and_lines(catalogue, golden):
    """What explain prints is golden."""
    golden(
        "explain.txt", run("explain", "record/hk-itc/2023-2025/D-22", "--from", catalogue, "--sources", SEEDS).stdout
    )


def test_keywords_as_tags(catalogue):
    """Keywords hold nothing that a tag may not; nothing else changes."""
    plain, tags = triples(selected(catalogue), "turtle"), triples(selected(catalogue, keywords="tags"), "turtle")
    changed = {predicate.value for _subject, predicate, _object in plain ^ tags}
    assert changed == {expand("dcat:keyword")}
    words = {object_.value for _subject, predicate, object_ in tags if predicate.value in changed}
    assert {"創新及科技基金 ITF", "Recreation Sports and Culture", "Health"} <= words
    assert all(re.fullmatch(r"[\w .-]{2,100}", word) and word == word.strip() for word in words)
    subjects = [{s for s, p, _o in found if p.value in changed} for found in (plain, tags)]
    assert subjects[0] == subjects[1]
