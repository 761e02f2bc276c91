"""Real harvesters and parsers of others read what we publish: every dataset, every field where they expect it."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess

import pyoxigraph
import pytest
from click.testing import CliRunner
from support import harvesters
from support.framed import lower_tags
from support.harvesters import FORMS, PROFILES, static_host
from support.paths import SEEDS
from support.stores import free_port, missing

from dcat_hk.build import build
from dcat_hk.catalogue.publishing.export import Selection, export, export_framed
from dcat_hk.commands.cli import main
from dcat_hk.core.files import write_file
from dcat_hk.core.settings import Settings

BASE = Settings().base_iri
EU = "http://publications.europa.eu/resource/authority/"


# ---- what is published


@pytest.fixture(scope="module")
def files(catalogue, tmp_path_factory):
    """Return the catalogue in every syntax, by syntax."""
    folder = tmp_path_factory.mktemp("syntaxes")
    found = {"turtle": catalogue / "catalogue.ttl", "jsonld": catalogue / "catalogue.jsonld"}
    found["nquads"] = catalogue / "catalogue.nq"
    for syntax, ending in (("ntriples", "nt"), ("trig", "trig"), ("rdfxml", "rdf")):
        found[syntax] = folder / f"catalogue.{ending}"
        write_file(found[syntax], export(catalogue, syntax, Selection()))
    return found


@pytest.fixture(scope="module")
def graph(catalogue):
    """Return the catalogue's triples in memory."""
    store = pyoxigraph.Store()
    for quad in pyoxigraph.parse(path=catalogue / "catalogue.nq", format=pyoxigraph.RdfFormat.N_QUADS):
        store.add(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object))
    return store


_PREFIXES = """
PREFIX adms: <http://www.w3.org/ns/adms#> PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
"""


def values(graph, iri, path):
    """Return the values of a property path of a thing."""
    rows = graph.query(f"{_PREFIXES} SELECT DISTINCT ?v {{ <{iri}> {path} ?v }}")
    return {row["v"].value for row in rows}


def subjects(graph, kind):
    """Return the IRIs of all things of a class."""
    return {row["s"].value for row in graph.query(f"{_PREFIXES} SELECT DISTINCT ?s {{ ?s a {kind} }}")}


# ---- CKAN


@functools.cache
def ckan(profile, form, *sources):
    """Return what CKAN finds, by IRI; each dataset once."""
    pages = harvesters.ckan_datasets(profile, form, *sources)
    found = {}
    for page in pages:
        for dataset in page["datasets"]:
            extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
            assert extras["uri"] not in found
            found[extras["uri"]] = (dataset, extras)
    return found


@pytest.fixture(params=PROFILES)
def profile(request):
    """Give each profile of CKAN."""
    return request.param


@pytest.mark.parametrize(("syntax", "ending", "form"), FORMS, ids=[form[0] for form in FORMS])
def test_ckan_finds_every_dataset(profile, syntax, ending, form, files, graph):
    """Every dataset and every distribution arrives, and no other."""
    found = ckan(profile, form, files[syntax])
    assert set(found) == subjects(graph, "dcat:Dataset")
    resources = {resource["uri"] for dataset, _extras in found.values() for resource in dataset["resources"]}
    assert resources == subjects(graph, "dcat:Distribution")
    assert files[syntax].suffix == f".{ending}"


@pytest.mark.parametrize(("syntax", "ending", "form"), FORMS, ids=[form[0] for form in FORMS])
def test_ckan_finds_every_field(profile, syntax, ending, form, files, graph):
    """Fields hold what the graph says: of texts one of the languages, of the rest the value."""
    lists = {"theme": "dcat:theme", "is_referenced_by": "dct:isReferencedBy"} if profile.endswith("3") else {
        "theme": "dcat:theme"
    }  # fmt: skip
    for iri, (dataset, extras) in ckan(profile, form, files[syntax]).items():
        assert dataset["title"] in values(graph, iri, "dct:title")
        assert dataset["notes"] in values(graph, iri, "dct:description")
        assert extras["publisher_name"] in values(graph, iri, "dct:publisher/foaf:name")
        assert {extras["publisher_uri"]} == values(graph, iri, "dct:publisher")
        assert {extras["identifier"]} == values(graph, iri, "dct:identifier")
        assert {extras[k] for k in ["frequency"] if k in extras} == values(graph, iri, "dct:accrualPeriodicity")
        assert {extras[k] for k in ["issued"] if k in extras} == values(graph, iri, "dct:issued")
        assert {extras[k] for k in ["access_rights"] if k in extras} == values(graph, iri, "dct:accessRights")
        assert {extras["contact_name"]} <= values(graph, iri, "dcat:contactPoint/vcard:fn")
        assert {dataset["url"]} == values(graph, iri, "dcat:landingPage")
        # CKAN takes a comma in a keyword for the end of a tag.
        words = {part.strip() for word in values(graph, iri, "dcat:keyword") for part in word.split(",")}
        assert {tag["name"] for tag in dataset["tags"]} == words
        for key, path in lists.items():
            assert set(json.loads(extras.get(key, "[]"))) == values(graph, iri, path), key
    assert ending


@pytest.mark.parametrize(("syntax", "ending", "form"), FORMS, ids=[form[0] for form in FORMS])
def test_ckan_finds_every_resource(profile, syntax, ending, form, files, graph):
    """Resources have name, address, format, media type, date and licence."""
    for dataset, _extras in ckan(profile, form, files[syntax]).values():
        for resource in dataset["resources"]:
            iri = resource["uri"]
            assert resource["name"] in values(graph, iri, "dct:title")
            assert {resource["url"]} == {resource["access_url"]} == values(graph, iri, "dcat:accessURL")
            assert {resource["license"]} == values(graph, iri, "dct:license")
            assert {resource[k] for k in ["issued"] if k in resource} == values(graph, iri, "dct:issued")
            formats = values(graph, iri, "dct:format")
            assert not formats or resource["format"] in {f.rpartition("/")[2] for f in formats} | {
                label for f in formats for label in values(graph, f, "dct:title|<http://www.w3.org/2004/02/skos/core#prefLabel>")
            }  # fmt: skip
            assert resource["mimetype"] or not values(graph, iri, "dcat:mediaType")
    assert ending


def test_ckan_sees_what_is_planned(profile, files, graph):
    """A planned dataset has no resource and no date of issue in CKAN; its status does not get there."""
    planned = {
        iri
        for iri in subjects(graph, "dcat:Dataset")
        if values(graph, iri, "adms:status") == {f"{BASE}def/plan#planned"}
    }
    found = ckan(profile, "turtle", files["turtle"])
    assert len(planned) > 30
    for iri in planned:
        dataset, extras = found[iri]
        assert dataset["resources"] == []
        assert "issued" not in extras
        assert "planned" not in json.dumps([extras[key] for key in extras if key not in {"uri", "identifier"}])


def test_ckan_with_one_script(profile, catalogue, graph, tmp_path):
    """Of an export in one script CKAN takes exactly the texts of that script."""
    file = tmp_path / "hant.ttl"
    write_file(file, export(catalogue, "turtle", Selection(script="Hant")))
    found = ckan(profile, "turtle", file)
    assert len(found) == len(subjects(graph, "dcat:Dataset"))
    for iri, (dataset, _extras) in found.items():
        rows = graph.query(
            f"{_PREFIXES} SELECT ?v {{ <{iri}> dct:title ?v FILTER (!LANGMATCHES(LANG(?v), 'zh-Hans')) }}"
        )
        assert dataset["title"] in {row["v"].value for row in rows}


def test_full_dates_for_those_who_know_no_months(catalogue, graph, tmp_path):
    """With full dates every month is its first day, for CKAN too; records keep the month in our terms."""
    file = tmp_path / "full.ttl"
    write_file(file, export(catalogue, "turtle", Selection(dates="full")))
    for iri, (_dataset, extras) in ckan("euro_dcat_ap_3", "turtle", file).items():
        assert {extras[k] for k in ["issued"] if k in extras} == {f"{m}-01" for m in values(graph, iri, "dct:issued")}
    months = {
        quad.predicate.value.rpartition("#")[2]
        for quad in pyoxigraph.parse(path=file, format=pyoxigraph.RdfFormat.TURTLE)
        if getattr(quad.object, "datatype", None) and quad.object.datatype.value.endswith("gYearMonth")
    }
    assert {"releaseDate", "targetDate"} <= months


def test_ckan_reads_each_plan_alone(profile, catalogue, graph):
    """The file of one plan is complete: its datasets arrive with publisher and resources."""
    seen = set()
    for file in sorted(catalogue.glob("plans/*/*.ttl")):
        found = ckan(profile, "turtle", file)
        plan = f"{BASE}catalogue/{file.parent.name}/{file.stem}"
        assert set(found) == values(graph, plan, "dcat:dataset")
        assert all(extras["publisher_name"] for _dataset, extras in found.values())
        seen |= set(found)
    assert seen == subjects(graph, "dcat:Dataset")


# ---- pages over HTTP


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the base IRI of a site that `dcat-hk feed` wrote and a static host serves, and the folder of its build."""
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    base = f"http://127.0.0.1:{port}/plans/"
    assert build([SEEDS], folder / "output", Settings(base_iri=base), jobs=1).published
    options = [word for form in ("ttl", "jsonld", "rdf") for word in ("--format", form)]
    options += ["--lang", "en", "--page-size", "50", "--quiet"]
    done = CliRunner().invoke(main, ["feed", str(folder / "output"), "-o", str(folder / "host/plans"), *options])
    assert done.exit_code == 0, done.output
    with static_host(folder / "host", port):
        yield base, folder / "output"


@pytest.mark.parametrize(("ending", "form"), [(ending, form) for _syntax, ending, form in FORMS])
def test_ckan_follows_the_pages(site, profile, ending, form):
    """Page after page over HTTP, every dataset arrives once, with its publisher and resources."""
    base, output = site
    pages = harvesters.ckan_datasets(profile, form, f"{base}feed/datasets.{ending}")
    assert len(pages) >= 4
    assert all(len(page["datasets"]) <= 50 for page in pages)
    found = {}
    for page in pages:
        for dataset in page["datasets"]:
            extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
            assert extras["uri"] not in found
            assert extras["publisher_name"]
            found[extras["uri"]] = len(dataset["resources"])
    store = pyoxigraph.Store()
    store.bulk_load(path=output / "catalogue.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    assert set(found) == subjects(store, "dcat:Dataset")
    assert sum(found.values()) == len(subjects(store, "dcat:Distribution"))


# ---- parsers


def triples(data, form=pyoxigraph.RdfFormat.N_QUADS, named=False):
    """Return the triples of a document, or its quads, as a set of lines; tags come in lower case."""
    found = set()
    for quad in pyoxigraph.parse(data, format=form):
        assert not isinstance(quad.subject, pyoxigraph.BlankNode), "a blank node would make lines differ"
        found.add(str(quad) if named else str(quad.triple))
    return found


@pytest.fixture(scope="module")
def truth(catalogue):
    """Return the triples of the catalogue."""
    return triples((catalogue / "catalogue.nq").read_bytes())


def output_of(*command):
    """Return what a program prints; it must end well."""
    if not shutil.which(command[0]):
        missing(f"{command[0]} (Debian: raptor2-utils, serdi)")
    done = subprocess.run(command, capture_output=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.mark.parametrize(("syntax", "name"), [("turtle", "turtle"), ("ntriples", "ntriples"), ("rdfxml", "rdfxml")])
def test_rapper_reads_the_same(syntax, name, files, truth):
    """Raptor's parser reads the same triples."""
    assert triples(output_of("rapper", "-q", "-i", name, "-o", "ntriples", str(files[syntax]), BASE)) == truth


@pytest.mark.parametrize("syntax", ["turtle", "ntriples", "nquads", "trig"])
def test_serdi_reads_the_same(syntax, files, truth):
    """Serd's parser reads the same triples."""
    assert triples(output_of("serdi", "-i", syntax, "-o", "ntriples", str(files[syntax]))) == truth


@pytest.mark.parametrize(
    ("syntax", "name"),
    [("turtle", "Turtle"), ("ntriples", "N-Triples"), ("nquads", "N-Quads"), ("trig", "TriG"), ("jsonld", "jsonld")],
)
def test_n3_and_jsonld_read_the_same(syntax, name, files, truth, catalogue):
    """The parsers of the JavaScript world read the same; with names of graphs where the syntax has them."""
    data = harvesters.node_quads(name, files[syntax], BASE).encode()
    assert triples(data) == truth
    if syntax in {"nquads", "trig"}:
        assert triples(data, named=True) == triples((catalogue / "catalogue.nq").read_bytes(), named=True)


def test_pyld_expands_to_the_same(files, truth):
    """A JSON-LD processor that streams nothing and guesses nothing gives the same."""
    from pyld import jsonld

    document = json.loads(files["jsonld"].read_text(encoding="utf-8"))
    data = jsonld.to_rdf(document, {"format": "application/n-quads", "base": BASE})
    assert triples(data.encode()) == truth


def test_jsonld_frames_to_the_same(catalogue):
    """jsonld.js makes of the catalogue with the published frame what `export --framed` writes."""
    framed = harvesters.node_framed(catalogue / "catalogue.jsonld", catalogue / "frame.jsonld")
    ours = json.loads("".join(export_framed(catalogue, Selection())))
    assert lower_tags(ours) == framed


def test_every_other_file_is_read_the_same(catalogue):
    """Plans, vocabularies and the report: Raptor, Serd and jsonld.js read what we read."""
    others = [*catalogue.glob("plans/*/*.ttl"), *catalogue.glob("vocabularies/*.ttl"), catalogue / "report.ttl"]
    assert len(others) >= 10
    for path in others:
        ours = triples(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE)
        assert triples(output_of("rapper", "-q", "-i", "turtle", "-o", "ntriples", str(path), BASE)) == ours, path.name
        assert triples(output_of("serdi", "-i", "turtle", "-o", "ntriples", str(path))) == ours, path.name
        tree = path.with_suffix(".jsonld")
        if tree.exists():
            assert triples(harvesters.node_quads("jsonld", tree, BASE).encode()) == ours, tree.name
