"""Names of blank nodes: by what points at them, what they are called, and a number."""

import pytest

from dcat_hk.checking.shacl.shapes import graph_of
from dcat_hk.checking.shacl.triples import read_text
from dcat_hk.checking.validating.blank_names import labels_of_thing, name_blanks, show_label
from dcat_hk.checking.validating.report_wording import thing_name

PREFIXES = (
    "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . "
    "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix spdx: <http://spdx.org/rdf/terms#> . "
)


def names_in(text, language="en"):
    """Return the names of all blank nodes of a Turtle document, sorted."""
    facts = graph_of(read_text(PREFIXES + text))
    nodes = {node for node in facts if node.startswith("_:")}
    names = name_blanks(nodes, facts.items, labels_of_thing, language)
    assert len({name.label for name in names.values()}) == len(names)
    shown = {name.label: name for name in names.values()}
    return sorted(thing_name(names[node].label, shown, language) for node in nodes)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Called by a title, in the language of the report.
        ("<urn:d> dcat:distribution [ dct:title 'A'@en, '甲'@zh-Hant ] .", ["distribution “A” of <urn:d>"]),
        # Called by nothing: numbered.
        (
            "<urn:d> dcat:distribution [ dct:format 'a' ], [ dct:format 'b' ] .",
            ["distribution 1 of <urn:d>", "distribution 2 of <urn:d>"],
        ),
        # Called the same: numbered too.
        (
            "<urn:d> dcat:distribution [ dct:title 'A' ; dct:format 'a' ], [ dct:title 'A' ] .",
            ["distribution “A” 1 of <urn:d>", "distribution “A” 2 of <urn:d>"],
        ),
        # Equal in everything.
        (
            "<urn:d> dcat:contactPoint [ a vcard:Kind ], [ a vcard:Kind ] .",
            ["contact point 1 of <urn:d>", "contact point 2 of <urn:d>"],
        ),
        # One within the other.
        (
            "<urn:d> dcat:distribution [ dct:title 'A' ; spdx:checksum [ spdx:checksumValue '12' ] ] .",
            ["checksum “12” of distribution “A” of <urn:d>", "distribution “A” of <urn:d>"],
        ),
        # Called the same as far as names go.
        (
            f"<urn:d> dcat:distribution [ dct:title '{'x' * 80}1' ], [ dct:title '{'x' * 80}2' ] .",
            [f"distribution “{'x' * 59}…” 1 of <urn:d>", f"distribution “{'x' * 59}…” 2 of <urn:d>"],
        ),
        # Known by an address.
        ("<urn:d> dcat:distribution [ dcat:accessURL <urn:u> ] .", ["distribution “urn:u” of <urn:d>"]),
        # Pointed at twice: by one of the two, always the same.
        ("<urn:b> dct:publisher _:x . <urn:a> dct:publisher _:x . _:x foaf:name 'B' .", ["publisher “B” of <urn:a>"]),
        # Nothing points at it.
        ("[] a dcat:Dataset ; dct:title 'T' .", ["dcat:Dataset “T”"]),
        ("[] dct:format 'x' .", ["blank node"]),
        # Only blank nodes point at it.
        (
            "[] a dcat:Dataset ; dct:title 'T' ; dct:publisher [ a foaf:Agent ] .",
            ["dcat:Dataset “T”", "publisher of dcat:Dataset “T”"],
        ),
        # They point at each other.
        ("_:x <urn:p> _:y ; dct:title 'X' . _:y <urn:p> _:x .", ["blank node", "blank node “X”"]),
        # In a list.
        (
            "<urn:d> dct:creator ( [ foaf:name 'A' ] [ a foaf:Agent ] ) .",
            [
                "creator (item 2) of <urn:d>",
                "creator of <urn:d>",
                "creator “A” (item 1) of <urn:d>",
                "rdf:rest of creator of <urn:d>",
            ],
        ),
    ],
)
def test_a_node_is_named_by_how_it_is_reached(text, names):
    """Property, what it is called, number, and what points at it."""
    assert names_in(text) == names


def test_names_are_in_the_language_of_the_report():
    """Words and titles are in the language; another language stands in if there is no title in it."""
    text = "<urn:d> dcat:distribution [ dct:title 'A'@en, '甲'@zh-Hant ], [ dct:title 'B'@en ] ."
    assert names_in(text, "zh-Hant") == ["<urn:d> 的分發「B」", "<urn:d> 的分發「甲」"]


def test_a_label_does_not_depend_on_the_language():
    """The labels are the same in every language, also where nodes are called the same in one of them only."""
    text = "<urn:d> dcat:distribution [ dct:title 'A'@en, '甲'@zh-Hant ], [ dct:title 'A'@en, '乙'@zh-Hant ] ."
    facts = graph_of(read_text(PREFIXES + text))
    nodes = [node for node in facts if node.startswith("_:")]
    labels = []
    for language in ("en", "zh-Hant", "zh-Hans"):
        names = name_blanks(nodes, facts.items, labels_of_thing, language)
        labels.append({node: name.label for node, name in names.items()})
        assert {name.number for name in names.values()} == ({1, 2} if language == "en" else {0})
    assert labels[0] == labels[1] == labels[2]


def test_a_label_stays_if_something_else_changes():
    """Other things, and what is not part of the name, do not change a label."""
    before, after = (
        graph_of(read_text(PREFIXES + f"<urn:d> dcat:distribution _:x . _:x dct:title 'A' . {more}"))
        for more in ("", "_:x dct:format 'b' . <urn:e> dcat:distribution _:y . _:y dct:title 'A' .")
    )
    labels = [name_blanks(["_:x"], facts.items, labels_of_thing, "en")["_:x"].label for facts in (before, after)]
    assert labels[0] == labels[1]


def test_only_what_leads_to_the_nodes_is_read_again():
    """Facts are read once where an IRI points at the nodes, and are not kept of others."""
    readings = []
    facts = {f"<urn:{n}>": {"<urn:p>": [f"_:x{n}"]} for n in range(1000)} | {"_:x1": {"<urn:q>": ['"1"']}}

    def read():
        readings.append(1)
        return facts.items()

    assert list(name_blanks(["_:x1"], read, labels_of_thing, "en")) == ["_:x1"]
    assert len(readings) == 1


def test_a_chain_without_end_is_named():
    """A chain that is longer than names go, and one that bites its tail, end."""
    chain = "".join(f"_:n{n} <urn:p> _:n{n + 1} . " for n in range(200))
    assert len(set(names_in(f"<urn:a> <urn:p> _:n0 . {chain}"))) == 200
    assert len(set(names_in(f"{chain} _:n200 <urn:p> _:n0 ."))) == 201


def test_what_a_node_is_called_is_short_and_one_line():
    """A long text is cut, and line ends are blanks."""
    assert show_label((("en", "a\n b"),), "en") == "a b"
    assert len(show_label((("en", "x" * 500),), "en")) == 60
    assert show_label((), "en") == ""
