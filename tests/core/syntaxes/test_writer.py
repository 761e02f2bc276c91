"""Writing all syntaxes at once."""

from hypothesis import given, settings
from support.rdf_things import BASE, things

from dcat_hk.core.syntaxes.jsonld import JsonLd
from dcat_hk.core.syntaxes.nquads import write_quads
from dcat_hk.core.syntaxes.turtle import Turtle
from dcat_hk.core.syntaxes.writer import ThingWriter
from dcat_hk.core.terms import Literal, Thing, expand

DATASET = f"{BASE}dataset/a"
DISTRIBUTION = f"{DATASET}/distribution/csv"


@settings(deadline=None)
@given(things)
def test_writing_all_syntaxes_at_once_is_writing_each(thing):
    """The writer of a build says what the writers of the single syntaxes say."""
    serialised = ThingWriter(BASE).write(thing, "")
    assert serialised.turtle == Turtle(BASE).block(thing)
    assert serialised.node == JsonLd(BASE).node(thing)
    assert serialised.statements == write_quads(thing)


def test_only_json_ld_nests():
    """A distribution is written inside its dataset's object; the statements of the dataset do not have it."""
    writer = ThingWriter(BASE)
    distribution = Thing(DISTRIBUTION, {expand("dct:title"): (Literal("CSV", "en"),)})
    dataset = Thing(DATASET, {expand("dcat:distribution"): (DISTRIBUTION,)})
    node = writer.write(distribution, "").node
    serialised = writer.write(dataset, f"{BASE}g", {DISTRIBUTION: node})
    assert '"title": {"en": "CSV"}' in serialised.node.text("")
    assert serialised.node.text("").count('"distribution"') == 1
    assert "CSV" not in serialised.turtle
    assert serialised.statements == (f"<{DATASET}> <{expand('dcat:distribution')}> <{DISTRIBUTION}> <{BASE}g> .\n")


def test_a_property_that_is_remembered_keeps_its_subject_and_graph():
    """Two things with the same property are written alike but for their IRI, each in its own graph."""
    writer, title = ThingWriter(BASE), {expand("dct:title"): (Literal("a", "en"),)}
    lines = [writer.write(Thing(f"{BASE}{n}", title), f"{BASE}g{n}").statements for n in (1, 2)]
    assert lines == [f'<{BASE}{n}> <{expand("dct:title")}> "a"@en <{BASE}g{n}> .\n' for n in (1, 2)]
