"""
Damage to what is written for machines, by a seed: RDF in every syntax, shapes, settings, SPARQL.

A sound text is damaged in the way that suits it: its statements, its tree of JSON, its elements or its tokens are
interchanged, lost, nested or replaced with what a reader might fall over; and its bytes.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import random
import re

import pyoxigraph

from support.damaging import damage_bytes, damage_markup

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#: Terms that a reader, a shape or a rule might fall over.
_TERMS = (
    *("urn:x", "https://example.org/ü", "https://example.org/" + "a" * 5000, "http://[::1", "https://example.org/%zz"),
    *("https://example.org:99999999/", "mailto:", "file:///etc/passwd", "http://169.254.169.254/", _RDF + "nil"),
    *("https://example.org/\U0010ffff", "data:,x", "x:" + ":" * 200),
)
_VALUES = (
    *("", " ", "\x00", "\ud7ff", "a" * 20_000, "(a+)+$", "[", "(?<n>", "\\", "^(a|a)*b$", "{?this}", "{$value}"),
    *("9" * 500, "-0", "1e999", "NaN", "INF", "2024-02-30", "-9999999999-01-01", "P" + "1" * 99 + "Y", "24:00:00"),
    *("\u202eabc", "\ufeff", "e\u0301" * 100, "<script>", "SELECT * {", "ASK { SERVICE <http://127.0.0.1/> {} }"),
)
_TYPES = ("string", "integer", "decimal", "double", "date", "dateTime", "gYear", "duration", "boolean", "anyURI", "x")
_TAGS = ("en", "zh-Hant", "zh_HK", "x", "a-" + "b" * 200, "en-")
#: What stands in place of a token of a text.
_TOKENS = (
    *("<", ">", "<<", ">>", "{", "}", "[", "]", "(", ")", '"', "'", '"""', "'''", "@", "^^", ".", ";", ",", "#", "\\"),
    *("<https://example.org/ x>", "<>", "<#>", "_:", "_:b0", "a", "@prefix", "@base", "PREFIX", "GRAPH", "true", "1e"),
    *(
        '"\\u000"',
        '"\\UFFFFFFFF"',
        '"\\ud800"',
        '"x"@',
        '"x"^^<y>',
        "ex:%",
        "ex:\\~",
        ":",
        "0",
        "-1",
        "9" * 400,
        "1.e5",
    ),
    *("[" * 400, "(" * 400, "{ " * 400, "<<" * 400, "[] " * 400, "'" + "x" * 50_000 + "'", "\ufeff", "\0", "\u2028"),
    *("inf", "nan", "1979-05-27T07:32:00Z", "0x" + "f" * 300, "[[a]]", "a.b.c", "= {", '"\\x"', "''", "[limits]"),
    *(
        "OPTIONAL",
        "UNION",
        "MINUS",
        "SERVICE",
        "VALUES",
        "FROM",
        "?x",
        "$this",
        "SELECT",
        "!",
        "|",
        "^",
        "*",
        "/",
        "&&",
    ),
)
_TOKEN = re.compile(r'"""[\s\S]*?"""|"[^"\n]*"|<[^<>\s]*>|@?[\w:.-]+|\s+|.')
#: What stands in place of a value of JSON.
_JSON_VALUES = (
    *(None, True, 0, -1, 1e308, "", " ", "_:b", "_:", "https://example.org/ x", "@id", "@type", "@none", [], {}, [[]]),
    *({"@id": 1}, {"@value": {}}, {"@value": "x", "@language": 1}, {"@value": "x", "@type": "@json"}, {"@list": [[]]}),
    *({"@set": [{"@set": []}]}, {"@graph": []}, {"@context": None}, {"@context": "https://example.org/context"}),
    *({"@id": "x", "@reverse": {"y": {"@id": "z"}}}, {"@index": "i", "@value": None}, {"@type": ["@id"]}, "a" * 50_000),
)
_JSON_KEYS = (
    "@id",
    "@type",
    "@context",
    "@graph",
    "@value",
    "@list",
    "@reverse",
    "@nest",
    "@included",
    "@x",
    "",
    ":",
    "a:b",
)
_FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
#: Files of RDF are also written in syntaxes that are not read.
SYNTAXES = (*_FORMATS, "trix", "n3", "hdt")
_BASE = "https://example.org/"


def damage_rdf(data: bytes, name: str, seed: int) -> tuple[bytes, str]:
    """
    Return damaged RDF, in any syntax, and the name of its file; the same for the same name and seed.

    Args:
        data: Sound RDF.

        name: Its name, whose end says in which syntax it is.

        seed: Of the generator that draws what is done.
    """
    chance = random.Random(f"{name} {seed}")
    stem, _dot, ending = name.rpartition(".")
    if chance.random() < 0.6:
        quads = _read(data, _FORMATS[ending])
        if chance.random() < 0.7:
            quads = _damage_quads(quads, chance)
        ending = chance.choice(SYNTAXES)
        data = _write(quads, _FORMATS.get(ending, pyoxigraph.RdfFormat.TURTLE))
        if ending == "trix":
            data = b'<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"><graph><triple/></graph></TriX>'
    if chance.random() < 0.7:
        data = _damage_syntax(data, ending, chance)
    if chance.random() < 0.25:
        data = damage_bytes(data, chance)
    name = f"{stem}.{ending if chance.random() < 0.95 else chance.choice(('txt', 'owl', 'xml', 'json'))}"
    if chance.random() < 0.15:
        data, name = gzip.compress(data, 1, mtime=0), f"{name}.gz"
        if chance.random() < 0.4:
            data = damage_bytes(data, chance)
    return data, name


def _read(data: bytes, syntax: pyoxigraph.RdfFormat) -> list[pyoxigraph.Quad]:
    """Return statements, with blank nodes numbered as they come: the parser gives them other labels each time."""
    labels: dict[str, pyoxigraph.BlankNode] = {}

    def name(term: object) -> object:
        if not isinstance(term, pyoxigraph.BlankNode):
            return term
        return labels.setdefault(term.value, pyoxigraph.BlankNode(f"n{len(labels)}"))

    quads = pyoxigraph.parse(data, format=syntax, base_iri=_BASE)
    return [pyoxigraph.Quad(name(q.subject), q.predicate, name(q.object), q.graph_name) for q in quads]


def _write(quads: list[pyoxigraph.Quad], syntax: pyoxigraph.RdfFormat) -> bytes:
    """Return statements in a syntax; those that it cannot hold are left out."""
    if not syntax.supports_datasets:
        quads = [pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    with contextlib.suppress(ValueError, OSError):
        return pyoxigraph.serialize(quads, format=syntax)
    kept = io.BytesIO()
    for quad in quads:
        with contextlib.suppress(ValueError, OSError):
            kept.write(pyoxigraph.serialize([quad], format=syntax))
    return kept.getvalue()


def _damage_quads(quads: list[pyoxigraph.Quad], chance: random.Random) -> list[pyoxigraph.Quad]:
    """Return statements with parts interchanged or replaced, so that lists bite their tails, and shapes themselves."""
    quads = list(quads)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        at, other = chance.randrange(len(quads)), chance.choice(quads)
        quad = quads[at]
        done = chance.randrange(6)
        if done == 0:
            del quads[at]
            if not quads:
                return [quad]
        elif done == 1:
            subject = chance.choice([other.subject, _resource(quad.object) or other.subject])
            quads[at] = pyoxigraph.Quad(subject, quad.predicate, quad.object, quad.graph_name)
        elif done == 2:
            quads[at] = pyoxigraph.Quad(quad.subject, other.predicate, quad.object, quad.graph_name)
        elif done == 3:
            quads[at] = pyoxigraph.Quad(quad.subject, quad.predicate, _make_term(chance), quad.graph_name)
        elif done == 4:
            changed = chance.choice([other.object, other.subject, quad.subject])
            quads[at] = pyoxigraph.Quad(quad.subject, quad.predicate, changed, quad.graph_name)
        else:
            quads.append(pyoxigraph.Quad(quad.subject, quad.predicate, _make_term(chance), other.graph_name))
    return quads


def _resource(term: object) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | None:
    """Return a term if it may be a subject."""
    return term if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.BlankNode) else None


def _make_term(chance: random.Random) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    """Return a term at random."""
    kind = chance.randrange(5)
    with contextlib.suppress(ValueError):
        if kind == 0:
            return pyoxigraph.NamedNode(chance.choice(_TERMS))
        if kind == 1:
            return pyoxigraph.BlankNode(f"m{chance.randrange(9)}")
        if kind == 2:
            return pyoxigraph.Literal(chance.choice(_VALUES), language=chance.choice(_TAGS))
        if kind == 3:
            datatype = pyoxigraph.NamedNode(f"http://www.w3.org/2001/XMLSchema#{chance.choice(_TYPES)}")
            return pyoxigraph.Literal(chance.choice(_VALUES), datatype=datatype)
    return pyoxigraph.Literal(chance.choice(_VALUES))


def _damage_syntax(data: bytes, ending: str, chance: random.Random) -> bytes:
    """Return text that is damaged in a way that suits its syntax."""
    if ending in ("rdf", "trix"):
        return damage_markup(data, chance)
    if ending == "jsonld" and chance.random() < 0.8:
        with contextlib.suppress(ValueError, RecursionError):
            return json.dumps(_damage_json(json.loads(data), chance), ensure_ascii=False).encode(
                "utf-8", "surrogatepass"
            )
    return damage_tokens(data, chance)


def _damage_json(tree: object, chance: random.Random) -> object:
    """Return a tree of JSON of which some values and keys are replaced, lost, doubled or nested."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        nodes = [node for node in _nodes(tree) if node]
        if not nodes:
            return chance.choice(_JSON_VALUES)
        node = chance.choice(nodes)
        key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
        done = chance.randrange(5)
        if done == 0:
            del node[key]
        elif done == 1:
            node[key] = chance.choice(_JSON_VALUES)
        elif done == 2:
            deep = node[key]
            for _level in range(chance.choice((1, 10, 600))):
                deep = [deep] if chance.random() < 0.5 else {"a": deep}
            node[key] = deep
        elif isinstance(node, dict):
            node[chance.choice(_JSON_KEYS)] = node.pop(key) if done == 3 else chance.choice(_JSON_VALUES)
        else:
            node.append(node[key] if done == 3 else chance.choice(_JSON_VALUES))
    # Values of the table are shared: what is damaged next must not change it.
    return json.loads(json.dumps(tree))


def _nodes(tree: object) -> list[dict | list]:
    """Return the objects and arrays of a tree."""
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list):
            found.append(node)
            waiting.extend(node.values() if isinstance(node, dict) else node)
    return found


def damage_tokens(data: bytes, chance: random.Random) -> bytes:
    """Return a text of which some tokens are lost, doubled, interchanged or replaced."""
    tokens = _TOKEN.findall(data.decode("utf-8", "replace"))
    for _ in range(chance.choice((1, 1, 2, 4, 10))):
        if not tokens:
            break
        at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        done = chance.randrange(5)
        if done == 0:
            del tokens[at]
        elif done == 1:
            tokens[at] = tokens[other]
        elif done == 2:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif done == 3:
            tokens[at] = chance.choice(_TOKENS)
        else:
            tokens[at] = tokens[at] * chance.choice((2, 3, 50))
    return "".join(tokens).encode("utf-8", "surrogatepass")


def damage_text(data: bytes, name: str, seed: int) -> bytes:
    """
    Return a damaged text of settings or SPARQL, the same for the same name and seed.

    Args:
        data: A sound text.

        name: Its name.

        seed: Of the generator that draws what is done.
    """
    chance = random.Random(f"{name} {seed}")
    if chance.random() < 0.85:
        data = damage_tokens(data, chance)
    if chance.random() < 0.3:
        data = damage_bytes(data, chance)
    return data
