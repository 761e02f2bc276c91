"""Results of pyshacl and of the compiled engine in one form, to be compared as sets."""

import logging

import pyshacl
from rdflib import RDF, SH, URIRef

from dcat_hk.shacl.paths import read_path
from dcat_hk.shacl.reading import strings, term
from dcat_hk.shacl.results import cased, name_of, with_cased_tag
from dcat_hk.shacl.shapes import graph_of

SHACL = str(SH)


def of_pyshacl(graph, shapes):
    """Return what pyshacl finds, without details of inner shapes and without messages of its own."""
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    _conforms, report, _text = pyshacl.validate(graph, shacl_graph=shapes, inplace=True, advanced=False)
    nested = set(report.objects(None, SH.detail))
    triples = graph_of(strings(report))
    return {
        one_of(report, node, triples, shapes)
        for node in report.subjects(RDF.type, SH.ValidationResult)
        if node not in nested
    }


def one_of(report, node, triples, shapes):
    """Return one result of a report of pyshacl."""
    path, value, shape = (report.value(node, SH[name]) for name in ("resultPath", "value", "sourceShape"))
    shown = "" if path is None else str(path) if isinstance(path, URIRef) else read_path(triples, term(path)).shown
    messages = report.objects(node, SH.resultMessage) if (shape, SH.message, None) in shapes else ()
    return (
        str(report.value(node, SH.resultSeverity)).removeprefix(SHACL),
        name_of(term(report.value(node, SH.focusNode))),
        shown,
        "" if value is None else with_cased_tag(term(value)),
        str(report.value(node, SH.sourceConstraintComponent)).removeprefix(SHACL),
        name_of(term(shape)),
        tuple(sorted((cased(message.language or ""), str(message)) for message in messages)),
    )


def of_ours(program, graph):
    """Return what the compiled engine finds."""
    return {
        (r.severity, r.focus_node, r.path, r.value, r.component, r.source_shape, r.messages)
        for r in program.validate(graph)
    }


def is_listed(result):
    """Return whether a result is one of those on which the engines are known to differ."""
    _severity, _focus, _path, value, component, *_rest = result
    if component == "LanguageInConstraintComponent":
        return value.endswith("@zh-Hant-HK")
    return component == "DatatypeConstraintComponent" and value.endswith("gYearMonth>")
