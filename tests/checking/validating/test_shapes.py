"""The shapes: the catalogue conforms, the official files agree, and every shape bites."""

import csv
import re
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from support.decided_plans import write_decided_plan
from support.linked_datasets import build_linked, write_links
from support.paths import ROOT
from support.worked_plans import write_worked_plans

from dcat_hk.build import build
from dcat_hk.checking.shacl import compile_shapes
from dcat_hk.checking.validating.profiles import PROFILES, ShapesError, load_shapes, not_after
from dcat_hk.checking.validating.pyshacl_adapter import as_graph
from dcat_hk.checking.validating.validator import validate
from dcat_hk.core.results import violations
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import expand
from dcat_hk.core.today import find_today

BASE = "https://example.org/dcat-hk/"
PLAN = f"{BASE}def/plan#"
SHAPES = as_graph(load_shapes("dcat-ap-hk", BASE, "2026-11-20"))


def iri(name):
    """Return a prefixed name as rdflib has it."""
    return URIRef(f"{PLAN}{name[5:]}" if name.startswith("plan:") else expand(name))


@pytest.fixture(scope="module")
def small(catalogue):
    """Return the graph of the smallest plan: 16 rows, planned and released."""
    return Graph().parse(catalogue / "plans/hk-itib/2026-2028.ttl")


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """Return the catalogue of two plans of one body, a year apart."""
    folder = tmp_path_factory.mktemp("worked")
    assert build(write_worked_plans(folder / "plans"), folder / "output", Settings(), jobs=1).published
    return folder / "output"


@pytest.fixture(scope="module")
def newer(worked):
    """Return the graph of the newer of two plans: it has changes and promises."""
    return Graph().parse(next(worked.glob("plans/*/2022-2024.ttl")))


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    """Return the graph of a plan that people have corrected."""
    folder = tmp_path_factory.mktemp("decided")
    plans = write_decided_plan(folder / "plans")
    assert build([plans], folder / "output", Settings(), jobs=1, decisions=plans / "decisions").published
    return Graph().parse(next(folder.glob("output/plans/*/*.ttl")))


@pytest.fixture(scope="module")
def linked_file(tmp_path_factory):
    """Return the file of a plan whose datasets are linked with records of the portal."""
    folder = tmp_path_factory.mktemp("linked")
    result, output = build_linked(folder, write_links(folder / "links"))
    assert result.published
    return next(output.glob("plans/*/*.ttl"))


@pytest.fixture(scope="module")
def linked(linked_file):
    """Return the graph of a plan whose datasets are linked with records of the portal."""
    return Graph().parse(linked_file)


def changed(graph, remove=(), add=()):
    """Return a copy of a graph with triples taken out and put in."""
    copy = Graph()
    for triple in graph:
        copy.add(triple)
    for triple in remove:
        copy.remove(triple)
    for triple in add:
        copy.add(triple)
    return copy


def a_thing(graph, class_, **wanted):
    """Return the first thing of a class, by IRI, that has what is wanted."""
    things = sorted(graph.subjects(RDF.type, iri(class_)))
    return next(t for t in things if all((t, iri(p.replace("_", ":", 1)), o) in graph for p, o in wanted.items()))


# ---- conforming


def test_the_catalogue_conforms(turtle_graph):
    """The whole catalogue has no violation, and only the warnings that cannot be helped."""
    results = validate(changed(turtle_graph), SHAPES)
    assert violations(results) == []
    assert Counter((r.severity, r.path.rsplit("/", 1)[1]) for r in results) == {
        ("Warning", "temporal"): 187,
        ("Warning", "availability"): 165,
        ("Warning", "dcat#distribution"): 68,
        ("Warning", "dcat#keyword"): 6,
        ("Warning", "homepage"): 6,
        ("Warning", "type"): 1,
    }


def test_only_datasets_without_stated_format_lack_a_distribution(turtle_graph):
    """A dataset without distribution is planned, or its rows state no format."""
    distribution, status = iri("dcat:distribution"), iri("adms:status")
    for dataset in turtle_graph.subjects(RDF.type, iri("dcat:Dataset")):
        if (dataset, distribution, None) not in turtle_graph and (
            dataset,
            status,
            iri("plan:released"),
        ) in turtle_graph:
            for record in turtle_graph.subjects(iri("foaf:primaryTopic"), dataset):
                assert (record, iri("plan:statedFormat"), None) not in turtle_graph


#: What the official files find on our catalogue: severity and path; the reasons are in docs/reference/validation.md.
OFFICIAL = {
    "shapes.ttl": set(),
    "range.ttl": set(),
    "dcat-ap-SHACL.ttl": set(),
    "shapes_recommended.ttl": {
        ("Warning", name)
        for name in (
            "http://data.europa.eu/r5r/availability",
            expand("dcat:distribution"),
            expand("dcat:keyword"),
            expand("dct:temporal"),
            expand("dct:type"),
            expand("foaf:homepage"),
        )
    },
    "mdr-vocabularies.shape.ttl": {("Warning", expand("dct:publisher"))},
    "deprecateduris.ttl": set(),
}


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_official_files_find_only_what_is_listed(name, shared, turtle_graph):
    """Base and range constraints give no result; the others only the causes that are known and explained."""
    import pyshacl

    shapes = Graph().parse(shared / "reference/dcat-ap-3.0.1" / name)
    _conforms, report, _text = pyshacl.validate(changed(turtle_graph), shacl_graph=shapes, inplace=True)
    nested = set(report.objects(None, SH.detail))
    found = {
        (str(report.value(r, SH.resultSeverity)).rsplit("#", 1)[1], str(report.value(r, SH.resultPath)))
        for r in set(report.subjects(RDF.type, SH.ValidationResult)) - nested
    }
    assert found == OFFICIAL[name]


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_official_files_find_nothing_else_in_changes_and_promises(name, shared, worked):
    """No result is about a change or a promise, and base and range constraints give none at all, plan by plan."""
    program = compile_shapes(shared / "reference/dcat-ap-3.0.1" / name)
    for file in (worked / "catalogue.ttl", *worked.glob("plans/*/*.ttl")):
        found = program.validate(Graph().parse(file), 1)
        assert OFFICIAL[name] or not found, file.name
        assert [one for one in found if "/change/" in one.focus_node or "/promise/" in one.focus_node] == []


#: What the official files find beside what is listed, where a data service has no description of its endpoint, and an
#: API has no format of the EU's list.
OF_LINKS = {
    "shapes_recommended.ttl": {
        ("Warning", expand(name)) for name in ("dcat:endpointDescription", "dct:format", "dcat:theme", "dcat:centroid")
    },
    # The box that GeoDCAT-AP has for an area is a place that is in no list of places.
    "mdr-vocabularies.shape.ttl": {("Warning", expand("dct:spatial"))},
}


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_official_files_find_nothing_else_in_what_links_give(name, shared, linked_file):
    """Pages, distributions, services and links of the portal break no constraint and no range."""
    found = compile_shapes(shared / "reference/dcat-ap-3.0.1" / name).validate(Graph().parse(linked_file), 1)
    assert {(one.severity, one.path) for one in found} <= OFFICIAL[name] | OF_LINKS.get(name, set())


def test_every_official_file_is_run(shared):
    """No official file of shapes is left out: those that only import are no shapes."""
    files = {path.name for path in (shared / "reference/dcat-ap-3.0.1").glob("*.ttl")}
    assert files == set(OFFICIAL) | {"imports.ttl", "mdr_imports.ttl"}


# ---- the shapes themselves


def test_the_files_are_what_the_tables_give():
    """shapes/*.ttl is current with tools/."""
    done = subprocess.run(
        [sys.executable, "tools/write_shapes.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def shape_nodes():
    """Return every shape that can give a result: it has a severity."""
    return sorted(set(SHAPES.subjects(SH.severity)))


def test_every_shape_says_what_to_do_in_three_languages():
    """Each shape has one message in each language, with an instruction; each of DCAT-AP names the specification."""
    nodes = shape_nodes()
    assert len(nodes) > 400
    for node in nodes:
        messages = {str(m.language).lower(): str(m) for m in SHAPES.objects(node, SH.message)}
        assert set(messages) == {"en", "zh-hant", "zh-hans"}, node
        assert "{" not in "".join(messages.values())
        if "/dcat-ap#" in node:
            assert (node, RDFS.seeAlso, None) in SHAPES, node


def test_every_target_is_there(turtle_graph, newer, decided, linked):
    """Classes that the profile's own shapes target all have things in the catalogue: none is misspelt."""
    profile = [(s, c) for s, c in SHAPES.subject_objects(SH.targetClass) if "/dcat-ap-hk#" in s]
    assert len({c for _s, c in profile}) >= 10
    for shape, class_ in profile:
        assert any((None, RDF.type, class_) in graph for graph in (turtle_graph, newer, decided, linked)), shape


def test_every_class_and_property_of_the_specification_is_there(shared):
    """The table of constraints has every class and property that the official file of constraints has."""
    official = Graph().parse(shared / "reference/dcat-ap-3.0.1/dcat-ap-SHACL.ttl")
    with (ROOT / "tools/dcat-ap.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = dict(re.findall(r"@prefix (\w+): <([^>]+)>", (ROOT / "shapes/dcat-ap.ttl").read_text(encoding="utf-8")))
    ours = {(full(row["class"], names), full(row["property"], names)): row for row in rows}
    required: dict[tuple[str, str], bool] = {}
    for shape, class_ in official.subject_objects(SH.targetClass):
        for part in official.objects(shape, SH.property):
            path = official.value(part, SH.path)
            if isinstance(path, URIRef):
                key = (str(class_), str(path))
                required[key] = required.get(key, False) or (part, SH.minCount, None) in official
    assert set(required) <= set(ours)
    assert {key for key, is_required in required.items() if is_required} == {k for k, row in ours.items() if row["min"]}


def full(name, names):
    """Return the IRI of a prefixed name of the table."""
    return names[name.split(":")[0]] + name.split(":")[1]


def test_shapes_without_a_shape_are_refused(small):
    """A graph without shapes finds nothing, and is refused instead of being believed."""
    with pytest.raises(ShapesError, match="no node shape"):
        validate(changed(small), Graph())


def test_malformed_shapes_are_refused(small):
    """Shapes that pyshacl cannot load are an error of ours, not a crash."""
    shape = "<urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ; sh:property [ sh:minCount 1 ] ."
    broken = Graph().parse(data=f"@prefix sh: <http://www.w3.org/ns/shacl#> . {shape}", format="turtle")
    with pytest.raises(ShapesError):
        validate(changed(small), broken)


def test_pyshacl_gives_the_same(small):
    """The compiled shapes and pyshacl give the same results on the smallest plan, word for word."""
    assert validate(changed(small), SHAPES, "compiled") == validate(changed(small), SHAPES, "pyshacl") != []


# ---- biting: what is mandatory

with (ROOT / "tools/dcat-ap.csv").open(encoding="utf-8", newline="") as _file:
    MANDATORY = [(row["class"], row["property"]) for row in csv.DictReader(_file) if row["min"]]

#: Things of classes that our catalogue has none of.
STRANGERS = {
    "dcat:DataService": '<urn:x> a dcat:DataService ; dct:title "x"@en ; dcat:endpointURL <urn:u> .',
    "dcat:DatasetSeries": '<urn:x> a dcat:DatasetSeries ; dct:title "x"@en ; dct:description "x"@en .',
    "dcat:Relationship": (
        "<urn:x> a dcat:Relationship ; dct:relation <urn:y> ; dcat:hadRole <urn:r> . <urn:r> a dcat:Role . "
        "<urn:y> a dcat:Dataset ."
    ),
    "adms:Identifier": '<urn:x> a adms:Identifier ; skos:notation "x" .',
    "spdx:Checksum": (
        "<urn:x> a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue "
        '"aa"^^xsd:hexBinary . spdx:checksumAlgorithm_sha256 a spdx:ChecksumAlgorithm .'
    ),
}


def test_the_mandatory_properties_are_counted():
    """There are twenty mandatory properties, so that none is lost unnoticed."""
    assert len(MANDATORY) == 20


@pytest.mark.parametrize(("class_", "property_"), MANDATORY)
def test_a_missing_mandatory_property_is_found(class_, property_, small):
    """Without a mandatory property there is a violation on that property of that thing, and there was none before."""
    names = dict(re.findall(r"@prefix (\w+): <([^>]+)>", (ROOT / "shapes/dcat-ap.ttl").read_text(encoding="utf-8")))
    if class_ in STRANGERS:
        prefixes = "".join(f"@prefix {p}: <{n}> . " for p, n in names.items())
        graph = Graph().parse(data=prefixes + STRANGERS[class_], format="turtle")
    else:
        graph = changed(small)
    thing = min(graph.subjects(RDF.type, URIRef(full(class_, names))))
    shapes = load_shapes("dcat-ap", BASE)
    before = [r for r in violations(validate(changed(graph), shapes)) if r.focus_node == str(thing)]
    graph.remove((thing, URIRef(full(property_, names)), None))
    after = [r for r in violations(validate(graph, shapes)) if r.focus_node == str(thing)]
    assert before == []
    assert {r.path for r in after} == {str(URIRef(full(property_, names)))}


# ---- without background knowledge

EU = "http://publications.europa.eu/resource/authority/"
ORGANISATION = (
    '<urn:o> a foaf:Organization ; foaf:name "o"@en ; dct:type <http://purl.org/adms/publishertype/Company> .'
)
OWN = '<urn:t> a skos:Concept ; skos:prefLabel "own"@en .'


@pytest.mark.parametrize(
    ("said", "severity", "shape"),
    [
        # A code is known by its IRI; a concept of one's own has to be described.
        (f"<urn:d> dct:accrualPeriodicity <{EU}frequency/DAILY> ; dcat:theme <{EU}data-theme/TRAN> .", "", ""),
        (f"<urn:d> dcat:theme <{EU}data-theme/TRAN>, <urn:t> .", "Violation", "Dataset-dcat-theme-range"),
        # At least one theme is of the list: others may stand beside it.
        (f"<urn:d> dcat:theme <{EU}data-theme/TRAN>, <urn:t> . {OWN}", "", ""),
        (f"<urn:d> dcat:theme <urn:t> . {OWN}", "Warning", "Dataset-dcat-theme-codelist"),
        ("<urn:d> dct:title 'd'@en .", "Warning", "Dataset-dcat-theme-codelist"),
        # Narrower classes count as the wider one, and are looked at as such.
        (f"<urn:d> dct:publisher <urn:o> . {ORGANISATION}", "", ""),
        ("<urn:d> dct:publisher <urn:o> . <urn:o> a foaf:Organization .", "Violation", "Agent-foaf-name-min"),
        ("<urn:d> dcat:contactPoint [ a vcard:Individual ] .", "", ""),
        ("<urn:c> dcat:dataset <urn:s> . <urn:s> a dcat:DatasetSeries .", "", "Catalog-dcat-dataset-range"),
        ("<urn:s> a dcat:DatasetSeries .", "Warning", "DatasetSeries-dct-spatial-recommended"),
        # Properties of earlier releases.
        ("<urn:d> dct:hasVersion <urn:e> .", "Warning", "Dataset-dct-hasVersion-deprecated"),
        ("<urn:d> dct:isVersionOf <urn:e> .", "Warning", "Dataset-dct-isVersionOf-deprecated"),
        ("<urn:d> owl:versionInfo '1' .", "Warning", "Dataset-owl-versionInfo-deprecated"),
        ("[] a dct:PeriodOfTime ; schema:startDate '1' .", "Warning", "PeriodOfTime-schema-startDate-deprecated"),
        ("[] a dct:PeriodOfTime ; schema:endDate '1' .", "Warning", "PeriodOfTime-schema-endDate-deprecated"),
        # A code that the list has not is no slip that passes unseen.
        (f"<urn:d> dct:accrualPeriodicity <{EU}frequency/MONTLY> .", "Warning", "Dataset-dct-accrualPeriodicity-code"),
        # A list that is only recommended gives a warning.
        (f"<urn:l> a dct:LicenseDocument ; dct:type <urn:t> . {OWN}", "Warning", "LicenseDocument-dct-type-codelist"),
    ],
)
def test_nothing_is_asked_that_is_known_or_only_recommended(said, severity, shape):
    """Each description has the result named and no graver one of that shape; where none is named, no violation."""
    names = re.findall(r"@prefix (\w+): <([^>]+)>", (ROOT / "shapes/dcat-ap.ttl").read_text(encoding="utf-8"))
    prefixes = "".join(f"@prefix {p}: <{n}> . " for p, n in names)
    whole = '<urn:c> a dcat:Catalog . <urn:d> a dcat:Dataset ; dct:title "d"@en ; dct:description "d"@en . '
    found = validate(Graph().parse(data=prefixes + whole + said, format="turtle"), load_shapes("dcat-ap", BASE))
    of = {(r.severity, r.source_shape.partition("#")[2]) for r in found if r.focus_node != "urn:c" or "range" in shape}
    if severity:
        assert {grave for grave, name in of if name == shape} == {severity}
    else:
        assert {name for grave, name in of if grave == "Violation" and (not shape or name == shape)} == set()


# ---- biting: the Hong Kong conventions


def month(value):
    """Return a month."""
    return Literal(value, datatype=XSD.gYearMonth, normalize=False)


def on(class_, property_, *values, drop=True, **wanted):
    """Return a change: a thing of a class gets other values of a property."""

    def change(graph):
        thing, predicate = a_thing(graph, class_, **wanted), iri(property_)
        old = [(thing, predicate, value) for value in graph.objects(thing, predicate)] if drop else []
        return changed(graph, old, [(thing, predicate, value) for value in values])

    return change


def renamed(class_, node):
    """Return a change: a thing of a class gets another name."""

    def change(graph):
        thing = a_thing(graph, class_)
        swap = lambda term: node if term == thing else term  # noqa: E731 - short and used thrice
        copy = Graph()
        for s, p, o in graph:
            copy.add((swap(s), p, swap(o)))
        return copy

    return change


RELEASED = {"adms_status": iri("plan:released")}
PLANNED = {"adms_status": iri("plan:planned")}
BITES = [
    ("HK01", on("dcat:Dataset", "dct:title", Literal("untagged"))),
    ("HK01", on("dcat:Dataset", "dcat:keyword", Literal("mots", lang="fr"))),
    ("HK01", on("foaf:Agent", "foaf:name", Literal("untagged"))),
    ("HK01", on("skos:Concept", "skos:prefLabel", Literal("x", lang="zh-TW"))),
    ("HK02", on("dcat:Dataset", "dct:title", Literal("a", lang="en"), Literal("b", lang="en"))),
    ("HK03", on("dcat:Distribution", "dct:title", Literal("  ", lang="en"))),
    ("HK04", renamed("dcat:Distribution", BNode())),
    ("HK04", renamed("dcat:Dataset", URIRef(f"{BASE}dataset/雨量"))),
    ("HK05", on("dcat:Dataset", "dct:issued", Literal("2019-03-01", datatype=XSD.date), **RELEASED)),
    ("HK05", on("dcat:Dataset", "dct:issued", month("2019-13"), **RELEASED)),
    ("HK05", on("dcat:Dataset", "dct:issued", Literal("banana"), **RELEASED)),
    ("HK05", on("plan:Entry", "plan:releaseDate", month("2019-03"), month("2019-04"))),
    ("HK06", on("dcat:Dataset", "dct:issued", month("2026-12"), **RELEASED)),
    ("HK06", on("dcat:CatalogRecord", "dct:modified", month("2030-01"))),
    ("HK07", on("dcat:Dataset", "dct:available", month("2027-01"), **RELEASED)),
    ("HK07", on("dcat:Dataset", "dct:issued", month("2020-01"), **PLANNED)),
    ("HK07", on("dcat:Dataset", "adms:status", iri("plan:stages"))),
    ("HK07", on("dcat:Dataset", "adms:status")),
    ("HK08", on("dcat:Dataset", "dct:identifier")),
    ("HK08", on("dcat:Dataset", "dct:identifier", Literal("HK-ITIB"))),
    ("HK08", on("dcat:Dataset", "dct:identifier", Literal("a"), Literal("b"))),
    ("HK09", on("dcat:Dataset", "dct:identifier", Literal("hk-itib-55a7uouamk"))),
    ("HK10", on("dcat:Dataset", "dcat:theme", URIRef(f"{BASE}def/category/health"))),
    ("HK11", on("dcat:Dataset", "dct:publisher")),
    ("HK12", on("dcat:Dataset", "dcat:landingPage")),
    ("HK12", on("dcat:Dataset", "dcat:contactPoint")),
    ("HK12", on("dcat:Dataset", "dct:isReferencedBy")),
    ("HK13", on("vcard:Kind", "vcard:hasURL")),
    ("HK14", on("plan:Entry", "plan:part")),
    ("HK15", on("plan:Entry", "prov:wasDerivedFrom")),
    ("HK16", on("plan:Entry", "plan:section", Literal("E"))),
    ("HK17", on("plan:Entry", "plan:number", Literal("seven"))),
    ("HK18", on("plan:Entry", "plan:releaseDate", month("2020-01"), plan_stage=iri("plan:planned"))),
    ("HK18", on("plan:Entry", "plan:targetDate", month("2020-01"), plan_stage=iri("plan:released"))),
    ("HK18", on("plan:Entry", "plan:stage", iri("plan:planned"), plan_stage=iri("plan:released"))),
    ("HK19", on("dcat:Distribution", "dct:license")),
    ("HK19", on("dcat:Distribution", "dct:rights")),
    ("HK20", on("skos:Concept", "skos:inScheme")),
    ("HK21", on("plan:Entry", "plan:locator")),
]
DELIVERED = {"plan_basis": iri("plan:stated-release")}
GONE = {"plan_fate": iri("plan:no-longer-listed")}
#: Changes that need a plan with another before it.
BITES_OF_YEARS = [
    ("HK05", on("plan:Promise", "plan:firstTarget", Literal("2021-06-01", datatype=XSD.date))),
    ("HK05", on("plan:Promise", "plan:lastTarget", month("2021-13"))),
    ("HK05", on("plan:Promise", "plan:delivered", month("2021-06"), month("2021-07"), **DELIVERED)),
    ("HK17", on("plan:Change", "plan:months", Literal("two"))),
    ("HK17", on("plan:Promise", "plan:delay", Literal("2"), **DELIVERED)),
    ("HK17", on("plan:Promise", "plan:moves", Literal("0"))),
    ("HK22", on("plan:Change", "plan:fate")),
    ("HK22", on("plan:Change", "plan:fate", iri("plan:kept"), drop=False)),
    ("HK22", on("plan:Change", "plan:inPlan", Literal("2022-2024"))),
    ("HK23", on("plan:Change", "plan:fate", iri("plan:stages"))),
    ("HK24", on("plan:Change", "plan:differs", iri("plan:kept"))),
    ("HK25", on("plan:Change", "plan:after", URIRef(f"{BASE}record/x"), **GONE)),
    ("HK25", on("plan:Change", "plan:before", **GONE)),
    ("HK25", on("plan:Change", "plan:after", plan_fate=iri("plan:slipped"))),
    ("HK25", on("plan:Change", "plan:after", URIRef(f"{BASE}record/x"), plan_fate=iri("plan:open"))),
    ("HK26", on("plan:Promise", "foaf:primaryTopic")),
    ("HK26", on("plan:Promise", "plan:firstPromise")),
    ("HK26", on("plan:Promise", "plan:moves")),
    ("HK26", on("plan:Promise", "plan:standing", iri("plan:planned"), iri("plan:released"))),
    ("HK26", on("plan:Promise", "plan:lastPromise")),
    ("HK05", on("plan:Promise", "plan:until", Literal("2024"))),
    ("HK27", on("plan:Promise", "plan:deliveredBy", **DELIVERED)),
    ("HK27", on("plan:Promise", "plan:basis", **DELIVERED)),
    ("HK27", on("plan:Promise", "plan:firstTarget", **DELIVERED)),
]
OF_DATE = {"plan_correctedField": Literal("date")}
OF_ROW = {"plan_correctedField": Literal("row")}
#: Changes that need a plan that people have corrected.
BITES_OF_CORRECTIONS = [
    ("HK28", on("plan:Correction", "plan:correctedField")),
    ("HK28", on("plan:Correction", "plan:correctedField", Literal("title"), drop=False, **OF_DATE)),
    ("HK28", on("plan:Correction", "plan:printed")),
    ("HK28", on("plan:Correction", "prov:used")),
    ("HK28", on("plan:Correction", "prov:wasAssociatedWith")),
    ("HK28", on("plan:Correction", "prov:wasAssociatedWith", URIRef("urn:a"), URIRef("urn:b"))),
    ("HK28", on("plan:Correction", "dct:date")),
    ("HK28", on("plan:Correction", "rdfs:comment")),
    ("HK29", on("plan:Correction", "plan:meant", **OF_DATE)),
    ("HK29", on("plan:Correction", "plan:meant", Literal("13/2023"), **OF_DATE)),
    ("HK29", on("plan:Correction", "plan:meant", Literal("12/2023"), Literal("11/2023"), **OF_DATE)),
    ("HK29", on("plan:Correction", "plan:correctedField", Literal("publisher"), **OF_DATE)),
    ("HK29", on("plan:Correction", "plan:meant", Literal("x"), **OF_ROW)),
]


#: Changes that need a plan whose datasets are linked with records of the portal.
BITES_OF_LINKS = [
    ("HK06", on("dcat:Distribution", "dct:modified", Literal("2099-01-01", datatype=XSD.date))),
    ("HK07", on("dcat:Dataset", "adms:status", iri("plan:planned"))),
    ("HK30", on("dcat:Distribution", "dct:modified", Literal("2025-08", datatype=XSD.string))),
    ("HK30", on("dcat:Distribution", "dct:issued", Literal("2025", datatype=XSD.gYear))),
    ("HK30", on("dcat:Distribution", "dct:issued", month("2025-08"), month("2025-09"))),
    ("HK31", on("sssom:Mapping", "owl:annotatedSource")),
    ("HK31", on("sssom:Mapping", "owl:annotatedProperty")),
    ("HK31", on("sssom:Mapping", "owl:annotatedTarget", Literal("hk-hko-rain"))),
    ("HK31", on("sssom:Mapping", "owl:annotatedTarget", URIRef("urn:a"), URIRef("urn:b"))),
    ("HK31", on("sssom:Mapping", "sssom:mapping_justification")),
    ("HK32", on("sssom:Mapping", "owl:annotatedProperty", iri("skos:inScheme"))),
    ("HK33", on("sssom:Mapping", "sssom:confidence", Literal("1.01", datatype=XSD.double))),
    ("HK33", on("sssom:Mapping", "sssom:confidence", Literal("0.9", datatype=XSD.double), drop=False)),
    ("HK33", on("sssom:Mapping", "sssom:confidence", Literal("high"))),
    ("HK05", on("plan:Sighting", "plan:notAfter", Literal("2024-05-06", datatype=XSD.date))),
    ("HK27", on("plan:Promise", "plan:basis", plan_basis=iri("plan:portal"))),
    ("HK34", on("dcat:DataService", "dcat:servesDataset")),
    ("HK34", on("dcat:DataService", "dcat:endpointURL", Literal("https://a.example"))),
    ("HK35", on("plan:Sighting", "plan:deliveredBy")),
    ("HK35", on("plan:Sighting", "plan:seen")),
    ("HK35", on("plan:Sighting", "plan:notAfter", month("2024-05"), month("2024-06"))),
]


def test_every_convention_is_tried():
    """Each convention of the profile has a change that breaks it."""
    conventions = set(re.findall(r"# ---- (HK\d\d)", (ROOT / "shapes/dcat-ap-hk.ttl").read_text(encoding="utf-8")))
    assert conventions == {code for code, _change in (*BITES, *BITES_OF_YEARS, *BITES_OF_CORRECTIONS, *BITES_OF_LINKS)}


@pytest.mark.parametrize(("code", "change"), BITES, ids=[f"{code}-{i}" for i, (code, _c) in enumerate(BITES)])
@pytest.mark.exhaustive
def test_a_broken_convention_is_found(code, change, small):
    """A catalogue changed against a convention has a violation of that convention."""
    assert violations(validate(changed(small), SHAPES)) == []
    found = violations(validate(change(small), SHAPES))
    assert any(f"#{code}-" in result.source_shape for result in found), {r.source_shape for r in found}


@pytest.mark.parametrize(
    ("code", "change"), BITES_OF_YEARS, ids=[f"{code}-{i}" for i, (code, _c) in enumerate(BITES_OF_YEARS)]
)
@pytest.mark.exhaustive
def test_a_broken_convention_on_promises_is_found(code, change, newer):
    """A plan whose changes or promises break a convention has a violation of that convention."""
    assert violations(validate(changed(newer), SHAPES)) == []
    found = violations(validate(change(newer), SHAPES))
    assert any(f"#{code}-" in result.source_shape for result in found), {r.source_shape for r in found}


@pytest.mark.parametrize(
    ("code", "change"), BITES_OF_CORRECTIONS, ids=[f"{code}-{i}" for i, (code, _c) in enumerate(BITES_OF_CORRECTIONS)]
)
def test_a_broken_convention_on_corrections_is_found(code, change, decided):
    """A plan whose corrections break a convention has a violation of that convention."""
    assert violations(validate(changed(decided), SHAPES)) == []
    found = violations(validate(change(decided), SHAPES))
    assert any(f"#{code}-" in result.source_shape for result in found), {r.source_shape for r in found}


@pytest.mark.parametrize(
    ("code", "change"), BITES_OF_LINKS, ids=[f"{code}-{i}" for i, (code, _c) in enumerate(BITES_OF_LINKS)]
)
def test_a_broken_convention_on_links_is_found(code, change, linked):
    """A plan whose links, or what they give, break a convention has a violation of that convention."""
    assert violations(validate(changed(linked), SHAPES)) == []
    found = violations(validate(change(linked), SHAPES))
    assert any(f"#{code}-" in result.source_shape for result in found), {r.source_shape for r in found}


def test_the_present_in_sparql_and_as_a_pattern_is_the_same(small):
    """What is later than today is found alike by the constraint as published and by the faster pattern."""
    today = find_today()
    now = today.isoformat()
    # The month before: in its first hours this month has not begun by the clock of engines, which is that of UTC.
    later, earlier = f"{today.year + 1}-02", f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    for value, bad in ((later, True), (earlier, False), ("2999-12", True), ("2000-01", False)):
        graph = on("dcat:Dataset", "dct:issued", month(value), **RELEASED)(small)
        by_sparql = violations(validate(changed(graph), load_shapes("dcat-ap-hk", BASE)))
        by_pattern = violations(validate(graph, load_shapes("dcat-ap-hk", BASE, now)))
        assert any("#HK06-" in r.source_shape for r in by_sparql) == bad
        assert [(r.focus_node, r.path, r.value) for r in by_sparql] == [
            (r.focus_node, r.path, r.value) for r in by_pattern
        ]


@pytest.mark.parametrize("day", ["2026-11-20", "2030-01-01", "2029-12-31", "2000-10-10"])
def test_the_pattern_for_a_day_splits_time_at_that_day(day):
    """Years, months and days up to a day match its pattern, those after it do not."""
    pattern = re.compile(not_after(day))
    for value in [
        "1999",
        "2000",
        "2026",
        "2029",
        "2030",
        "2031",
        "2026-10",
        "2026-11",
        "2026-12",
        "2029-12",
        "2030-01",
        "2030-02",
        "2026-11-19",
        "2026-11-20",
        "2026-11-21",
        "2000-10-10",
        "2000-10-11",
        "2030-01-01",
        "2030-01-02",
    ]:
        assert bool(pattern.search(value)) == (value <= day[: len(value)]), value


def test_profiles_are_made_of_files_that_are_there():
    """Each profile's files are in shapes/, and an unknown base moves our own terms."""
    for names in PROFILES.values():
        assert all((ROOT / "shapes" / f"{name}.ttl").is_file() for name in names)
    moved = as_graph(load_shapes("dcat-ap-hk", "https://data.example/x/"))
    assert (None, SH.targetClass, URIRef("https://data.example/x/def/plan#Entry")) in moved
