"""Any things that a writer may be given, and their triples as a parser gives them."""

import pyoxigraph
from hypothesis import strategies as st

from dcat_hk.core.languages import TEXT_LANGUAGES
from dcat_hk.core.terms import Literal, Thing, expand

BASE = "https://example.org/dcat-hk/"

texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)
local = st.text(alphabet="abcXYZ019-_", min_size=1, max_size=8)
iris = st.one_of(
    local.map(lambda s: f"{BASE}dataset/{s}"),
    local.map(lambda s: f"{BASE}organisation/{s}#contact"),
    local.map(lambda s: expand("filetype:") + s),
    local.map(lambda s: f"https://other.example/a?b={s}&c=%20#x"),
    st.just(BASE),
)
literals = st.one_of(
    st.builds(Literal, texts, st.sampled_from(TEXT_LANGUAGES)),
    texts.map(lambda text: Literal(text)),
    st.builds(lambda y: Literal(f"{y}-03", "", expand("xsd:gYearMonth")), st.integers(1900, 2100)),
    st.builds(lambda n: Literal(str(n), "", expand("xsd:integer")), st.integers()),
    st.sampled_from([Literal("true", "", expand("xsd:boolean")), Literal("007", "", expand("xsd:integer"))]),
)
predicates = st.sampled_from(
    [
        expand(n)
        for n in (
            "dct:title",
            "dcat:keyword",
            "dct:identifier",
            "dct:issued",
            "dct:publisher",
            "dcat:theme",
            "rdfs:seeAlso",
            "skos:notation",
        )
    ]
    + [f"{BASE}def/plan#part", f"{BASE}def/plan#statedDate", "https://other.example/p"]
)
things = st.builds(
    Thing,
    iris,
    st.dictionaries(
        predicates, st.lists(st.one_of(iris, literals), min_size=1, max_size=4, unique=True).map(tuple), min_size=1
    ),
)


def triples(thing):
    """Return a thing's triples as pyoxigraph has them."""

    def term(value):
        if isinstance(value, str):
            return pyoxigraph.NamedNode(value)
        if value.language:
            return pyoxigraph.Literal(value.value, language=value.language)
        return pyoxigraph.Literal(
            value.value, datatype=pyoxigraph.NamedNode(value.datatype) if value.datatype else None
        )

    subject = pyoxigraph.NamedNode(thing.iri)
    return {(subject, pyoxigraph.NamedNode(p), term(o)) for p, objects in thing.properties.items() for o in objects}


def parse_triples(text, format_):
    """Return the triples of a text."""
    return {(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(text.encode(), format=format_, base_iri=BASE)}
