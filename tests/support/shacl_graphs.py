"""Graphs of shapes and data that tests write as Turtle without prefixes."""

from rdflib import Graph

BASE = "https://example.org/dcat-hk/"


PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix ex: <urn:x:> .
"""


def turtle(text):
    """Return a graph of rdflib."""
    return Graph().parse(data=PREFIXES + text, format="turtle")
