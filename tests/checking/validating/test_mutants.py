"""Our shapes against the official files on broken catalogues: whatever they report, ours report too."""

import hashlib
import json
import re
from collections import Counter

import pytest
from rdflib import Graph, Namespace
from support.catalogue_mutants import (
    BASE,
    CHANGES,
    DAY,
    DEFECTS,
    OLD,
    TYPE,
    WANTED,
    everything,
    iri,
    mutants,
    triples_of,
)

from dcat_hk.checking.shacl import compile_shapes
from dcat_hk.checking.validating.validator import profile_validator
from dcat_hk.core.terms import expand

#: What our own catalogues are warned of: the facts that no plan states.
KNOWN = {("Warning", expand(name)) for name in ("dct:temporal", "dcat:distribution", "dct:type", "foaf:homepage")} | {
    ("Warning", "http://data.europa.eu/r5r/availability")
}


@pytest.fixture(scope="module")
def official(shared):
    """Return the official files, compiled; they must be those that the list of defects speaks of."""
    folder = shared / "reference/dcat-ap-3.0.1"
    for name, digest in DEFECTS["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, f"{name}: look at the defects again"
    return {name: compile_shapes(folder / name) for name in DEFECTS["files"]}


@pytest.fixture(scope="module")
def ours():
    """Return our shapes, compiled."""
    return profile_validator("dcat-ap-hk", BASE, DAY, "compiled").compiled


def catalogue_of(name, folder):
    """Return the triples of a catalogue that conforms."""
    return everything() if name == "everything" else triples_of(folder / f"plans/{name}.ttl")


def excuse(file, result, found, classes):
    """Return the name of the defect that a result comes from, nothing if it comes from none."""
    for defect in DEFECTS["reported"]:
        # Some defects are that a file is too mild: there ours must have said more.
        graver = defect.get("ours", "")
        if (
            defect["file"] == file
            and (not graver or (result.focus_node, result.path, graver) in found)
            and defect["severity"] in ("", result.severity)
            and f"<{result.path}>" in map(iri, defect["paths"])
            and result.component.removesuffix("ConstraintComponent") in defect["components"]
            and re.search(defect["value"], result.value)
            and ("class" not in defect or iri(defect["class"]) in classes.get(result.value, ()))
        ):
            return defect["name"]
    return ""


def compare(triples, official, ours, before=()):
    """
    Return how many official results ours has as well or is excused from, and those it misses.

    What the untouched catalogue has as well is compared, but counted apart: it says nothing of the change.
    """
    found = {(r.focus_node, r.path, r.severity) for r in ours.validate(triples, jobs=1)}
    classes = {}
    for subject, predicate, object_ in triples:
        if predicate == TYPE:
            classes.setdefault(subject, set()).add(object_)
    counts, missed = Counter(), []
    for file, program in official.items():
        for result in program.validate(triples, jobs=1):
            at = (result.focus_node, result.path)
            name = "agreed" if (*at, result.severity) in found else excuse(file, result, found, classes)
            if not name:
                missed.append((file, result))
            counts["untouched" if (file, *at, result.value, result.component) in before else name or "missed"] += 1
    return counts, missed


@pytest.fixture(scope="module")
def comparison(official, ours, catalogue):
    """Return for each catalogue the counts of all its mutants, and what ours misses."""
    table = {}
    for name, count in WANTED.items():
        counts, kinds, missed = Counter(), Counter(), []
        untouched = catalogue_of(name, catalogue)
        before = {
            (file, r.focus_node, r.path, r.value, r.component)
            for file, program in official.items()
            for r in program.validate(untouched, jobs=1)
        }
        for number, (kind, triples) in enumerate(mutants(untouched, count, name)):
            one, left = compare(triples, official, ours, before)
            counts += one
            kinds[kind] += 1
            missed += [(number, kind, *what) for what in left]
        table[name] = (kinds, counts, missed)
    return table


def test_there_are_a_thousand_mutants_of_every_kind():
    """At least a thousand mutants are made, of every kind of change in every catalogue."""
    assert sum(WANTED.values()) >= 1000
    assert min(WANTED.values()) >= len(CHANGES)


@pytest.mark.parametrize("name", WANTED)
def test_the_untouched_catalogue_has_nothing(name, official, ours, catalogue):
    """Ours finds no fault in the untouched catalogues, and the official files only what is excused."""
    triples = catalogue_of(name, catalogue)
    # The catalogue with everything is no plan: the conventions of plans are not for it.
    shapes = ours if name != "everything" else profile_validator("dcat-ap", BASE, DAY, "compiled").compiled
    _counts, missed = compare(triples, official, shapes)
    assert missed == []
    found = {(r.severity, r.path) for r in shapes.validate(triples, jobs=1)}
    if name == "everything":
        assert {severity for severity, _path in found} <= {"Warning"}
    else:
        # One title of a seed has no words that can stand alone.
        assert found - {("Warning", expand("dcat:keyword"))} == KNOWN


def test_one_wrong_value_is_one_violation():
    """No value of a mutant has two violations of our shapes for DCAT-AP: a result does not follow from another."""
    ours = profile_validator("dcat-ap", BASE, DAY, "compiled").compiled
    wrong = Counter()
    for number, (_kind, triples) in enumerate(mutants(everything(), 400, "one")):
        found = [r for r in ours.validate(triples, jobs=1) if r.value and r.severity == "Violation"]
        wrong += Counter((number, r.focus_node, r.path, r.value) for r in found)
    assert len(wrong) > 200
    assert {place: count for place, count in wrong.items() if count > 1} == {}


@pytest.mark.parametrize("name", WANTED)
@pytest.mark.exhaustive
def test_ours_reports_what_the_official_files_report(name, comparison):
    """For every mutant: focus node, path and severity of each official result are in ours, or the defect is listed."""
    kinds, _counts, missed = comparison[name]
    assert sum(kinds.values()) == WANTED[name]
    assert missed == [], f"{len(missed)} missed, the first: {missed[0]}"


def test_every_listed_defect_is_met(comparison, official, ours, catalogue):
    """No excuse is listed that nothing needs: the list does not outlive what it is about."""
    met = {name for _kinds, counts, _missed in comparison.values() for name in counts}
    met |= {name for one in WANTED for name in compare(catalogue_of(one, catalogue), official, ours)[0]}
    assert {defect["name"] for defect in DEFECTS["reported"]} == met - {"agreed", "untouched"}


def test_the_figures_are_those_of_the_documentation(comparison, golden):
    """What docs/reference/validation.md prints is what was found."""
    figures = {name: {"mutants": sum(kinds.values()), **counts} for name, (kinds, counts, _m) in comparison.items()}
    golden("mutants.json", json.dumps(figures, indent=2, sort_keys=True) + "\n")


# ---- what the list says of the files is so


def test_what_the_official_files_let_pass(shared):
    """The term that is none, and shapes that nothing describes, are still in the official files."""
    sh = Namespace("http://www.w3.org/ns/shacl#")
    folder = shared / "reference/dcat-ap-3.0.1"
    assert len(list(Graph().parse(folder / "shapes.ttl").triples((None, sh.shape, None)))) == 5
    written = Graph().parse(folder / "dcat-ap-SHACL.ttl")
    assert len({part for part in written.objects(None, sh.property) if (part, None, None) not in written}) == 2
    deprecated = Graph().parse(folder / "deprecateduris.ttl")
    old = [deprecated.value(predicate=sh.path, object=Namespace("http://purl.org/dc/terms/")[name]) for name in OLD]
    assert {term for shape in old for term in deprecated.predicates(shape)} == {sh.path, sh.severity, sh.message}
