"""The score as measurements in RDF."""

import re

import pyoxigraph
from support.scored_catalogues import WHOLE, command, scored

from dcat_hk.checking.scoring.dqv import as_quads, left_out, things
from dcat_hk.checking.scoring.rubric import load_rubric
from dcat_hk.core.namespaces import XSD
from dcat_hk.core.terms import Literal


def test_dqv_is_a_graph_without_blank_nodes(published, count):
    """Measurements have IRIs, name indicator, thing and value, repeat byte for byte; of things only they are said."""
    first, again = (command(published, "--format", "ttl", "--skip-validation").stdout for _time in range(2))
    assert first == again
    same = command(published / "catalogue.jsonld", "--format", "ttl", "--skip-validation").stdout
    assert first == same
    quads = list(pyoxigraph.parse(first.encode(), format=pyoxigraph.RdfFormat.TURTLE))
    assert not any(isinstance(term, pyoxigraph.BlankNode) for quad in quads for term in quad)
    dqv = load_rubric().namespaces["dqv"]
    kinds = {name: {q.subject.value for q in quads if q.predicate.value == dqv + name} for name in
             ("isMeasurementOf", "computedOn", "value")}  # fmt: skip
    subjects = {q.subject.value for q in quads if q.object == pyoxigraph.NamedNode(f"{dqv}QualityMeasurement")}
    assert len(subjects) > count * 10
    assert all(having == subjects for having in kinds.values())
    about = {(q.object.value, q.subject.value) for q in quads if q.predicate.value == f"{dqv}computedOn"}
    pointing = {(q.subject.value, q.object.value) for q in quads if q.predicate.value == f"{dqv}hasQualityMeasurement"}
    assert about == pointing
    others = {q.predicate.value for q in quads if not re.search("/(def/)?quality", q.subject.value)}
    assert others == {f"{dqv}hasQualityMeasurement"}
    named = command(published, "--format", "nquads", "--skip-validation").stdout
    graphs = {quad.graph_name.value for quad in pyoxigraph.parse(named.encode(), format=pyoxigraph.RdfFormat.N_QUADS)}
    assert graphs == {"https://example.org/dcat-hk/quality"}
    assert len(named.splitlines()) == len(quads)


def test_only_what_was_measured_is_stated(tmp_path):
    """An address that was not asked has no measurement; a missing property has the value false, on the distribution."""
    text = WHOLE.replace("dct:format ft:CSV ;", "")
    values = {thing.iri: thing.properties for thing in things(scored(tmp_path, text))}
    dqv = load_rubric().namespaces["dqv"]
    place = next(iri for iri in values if iri.endswith("/formatAvailability")).removesuffix("/formatAvailability")
    assert values[f"{place}/formatAvailability"][f"{dqv}value"] == [Literal("false", "", XSD.boolean)]
    assert values[f"{place}/formatAvailability"][f"{dqv}computedOn"] == ["https://far.example/x"]
    assert f"{place}/accessUrlStatusCode" not in values
    # 405 without the 20 points of the format and the 110 of addresses and validation.
    assert values[f"{place}/scoring"][f"{dqv}value"] == [Literal("275", "", XSD.integer)]
    assert values[f"{place}/unmeasured"][f"{dqv}value"] == [Literal("110", "", XSD.integer)]


def test_datasets_without_an_iri_are_counted(tmp_path):
    """A dataset that is a blank node has no measurements, and is counted among those left out."""
    assessment = scored(tmp_path, WHOLE.replace(":d ", "_:d "))
    assert left_out(assessment) == 1
    assert "keywordAvailability" not in "".join(as_quads(assessment))
    assert left_out(scored(tmp_path, WHOLE)) == 0
