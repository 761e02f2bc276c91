"""Broken catalogues: seeded changes to a graph, one of each kind in turn."""

import random

from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef

#: Values that are wrong somewhere: other kinds of node, datatypes, languages, texts and things.
ODD = [
    Literal("banana"),
    Literal("banana", datatype=XSD.date),
    Literal("2024-02-30", datatype=XSD.date),
    Literal("2019-13", datatype=XSD.gYearMonth),
    Literal("2019-03", datatype=XSD.gYearMonth),
    Literal("2031-03", datatype=XSD.gYearMonth),
    Literal("2024-05-01T00:00:00", datatype=XSD.dateTime),
    Literal("-1", datatype=XSD.nonNegativeInteger),
    Literal("x", lang="fr"),
    Literal("y", lang="en"),
    Literal("文字", lang="zh-Hant"),
    Literal("文字", lang="zh-hant-hk"),
    Literal("", lang="en"),
    Literal('a\nb\t"c" \\'),
    URIRef("urn:nothing"),
    URIRef("http://publications.europa.eu/resource/authority/data-theme"),
    BNode("blank"),
]


def drop(graph, triple, _draw):
    """A triple is lost."""
    graph.remove(triple)


def duplicate(graph, triple, draw):
    """A property has another thing's value as well."""
    subject, predicate, _object = triple
    graph.add((subject, predicate, draw(sorted(graph.objects(None, predicate)))))


def retype(graph, triple, draw):
    """A thing has another class."""
    subject = triple[0]
    graph.remove((subject, RDF.type, None))
    graph.add((subject, RDF.type, draw(sorted(set(graph.objects(None, RDF.type))))))


def relink(graph, triple, draw):
    """A property points at another thing of the graph."""
    subject, predicate, object_ = triple
    graph.remove(triple)
    graph.add((subject, predicate, draw(sorted(set(graph.subjects()))) if object_ is not None else object_))


def replace(graph, triple, draw):
    """A value is of another kind, datatype or language."""
    graph.remove(triple)
    graph.add((*triple[:2], draw(ODD)))


def add(graph, triple, draw):
    """A value of another kind, datatype or language stands beside."""
    graph.add((*triple[:2], draw(ODD)))


def rename(graph, triple, draw):
    """A property has another name."""
    graph.remove(triple)
    graph.add((triple[0], draw(sorted(set(graph.predicates()))), triple[2]))


def forget(graph, triple, _draw):
    """A thing that others point at is not described."""
    graph.remove((triple[0], None, None))


CHANGES = (drop, duplicate, retype, relink, replace, add, rename, forget)


def mutant(graph, seed, changes=1):
    """Return a copy of a graph with some changes, the same for the same seed."""
    generator = random.Random(seed)
    triples = sorted(graph)
    copy = Graph()
    for triple in triples:
        copy.add(triple)
    for number in range(changes):
        triple = generator.choice(triples)
        CHANGES[(seed + number) % len(CHANGES)](copy, triple, generator.choice)
    return copy
