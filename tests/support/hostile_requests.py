"""
Requests that are made to harm a web server, and requests that are damaged at random: both by a seed.

Each is bytes for a bare connection. `list_attacks` gives the largest request of each kind that the server reads;
`make_trial` makes a request from the parts of valid ones and damages it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_from_bytes

#: What a request may have at most: bytes of its head, characters of a query, bytes of a form.
HEAD, QUERY, FORM = 16_000, 100_000, 400_000
_FORM_TYPE, _QUERY_TYPE = "application/x-www-form-urlencoded", "application/sparql-query"


def write_head(path: str = "/catalogue", method: str = "GET", version: str = "1.1", **headers: str) -> bytes:
    """Return the head of a request."""
    named = {"Host": "x", **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"{method} {path} HTTP/{version}", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"


def write_post(body: bytes, kind: str = _QUERY_TYPE, path: str = "/sparql", **headers: str) -> bytes:
    """Return a POST request."""
    return write_head(path, "POST", Content_Type=kind, Content_Length=str(len(body)), **headers) + body


def write_chunks(body: bytes, size: int, end: bytes = b"0\r\n\r\n") -> bytes:
    """Return a POST request whose body comes in chunks."""
    chunks = (body[first : first + size] for first in range(0, len(body), size))
    coded = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return write_head("/sparql", "POST", Content_Type=_QUERY_TYPE, Transfer_Encoding="chunked") + coded + end


def _fill(piece: str, size: int, before: str = "", after: str = "") -> str:
    """Return a text of a size that repeats a piece."""
    return before + piece * ((size - len(before) - len(after)) // len(piece)) + after


#: Pieces of queries that are repeated to the largest size, with what stands before and after them.
QUERIES: Mapping[str, tuple[str, str, str]] = {
    "blanks": ("ASK", " ", "{}"),
    "blanks that end nowhere": ("ASK {", " ", "$"),
    "quotes": ("ASK {", "'", ""),
    "double quotes": ("ASK {", '"', ""),
    "long quotes": ("ASK {'''", "''a", ""),
    "backslashes": ("ASK {'", "\\", ""),
    "escapes": ("ASK {'", "\\u0041", "'}"),
    "angles": ("ASK {", "<", ""),
    "IRIs that end nowhere": ("ASK {", "<a", ""),
    "comments": ("ASK ", "#\n", "{}"),
    "one comment": ("ASK {} #", "a", ""),
    "names": ("ASK {", "a:", ""),
    "one name": ("ASK {?", "a", " ?p ?o}"),
    "dots": ("ASK {a:", ".", ""),
    "percents": ("ASK {a:", "%41", ""),
    "hyphens": ("ASK {?s ?p 'a'@a", "-a", "}"),
    "SERVICE": ("ASK {", "SERVICE ", ""),
    "SERVICE without spaces": ("ASK {", "SERVICE<a:>", "{}}"),
    "service in a text": ("ASK {?s ?p '", "service ", "'}"),
    "FROM": ("ASK ", "FROM<a:>", "{}"),
    "from in a text": ("ASK {?s ?p '", "from ", "'}"),
    "SERVICE and blanks": ("ASK { SERVICE", " ", "SILEN"),
    "groups": ("ASK ", "{", ""),
    "parentheses": ("ASK {FILTER", "(", ""),
    "lists": ("ASK {?s ?p ", "(1", ""),
    "nodes": ("ASK {?s ?p ", "[a:a ", ""),
    "negations": ("ASK {FILTER(", "!", "1)}"),
    "sums": ("ASK {FILTER(1", "+1", ")}"),
    "paths": ("ASK {?s <a:a>", "/<a:a>", " ?o}"),
    "triples": ("ASK {", "?s ?p ?o.", "}"),
    "optional parts": ("ASK {", "OPTIONAL{?s ?p ?o}", "}"),
    "unions": ("ASK {{}", "UNION{}", "}"),
    "prefixes": ("", "PREFIX a:<a:> ", "ASK {}"),
    "values": ("ASK {VALUES ?x {", "1 ", "}}"),
    "Chinese": ("ASK {?s ?p '", "\u6578", "'}"),
    "astral signs": ("ASK {?s ?p '", "\U0001f600", "'}"),
    "NUL": ("ASK {", "\0", "}"),
}

#: Values of headers that are repeated to the largest size.
HEADERS: Mapping[str, tuple[str, str]] = {
    "Accept": ("Accept", "text/html;q=0.1,"),
    "Accept of commas": ("Accept", ","),
    "Accept of semicolons": ("Accept", ";"),
    "Accept of blanks": ("Accept", " \t"),
    "Accept of slashes": ("Accept", "*/"),
    "Accept of weights": ("Accept", "a/b;q=0.9999999999,"),
    "languages": ("Accept-Language", "zh-a-b,"),
    "one language": ("Accept-Language", "zh-"),
    "hyphens": ("Accept-Language", "-"),
    "ranges": ("Range", "bytes=0-1,"),
    "one range": ("Range", "9"),
    "ranges of blanks": ("Range", " -"),
    "tags": ("If-None-Match", '"a",'),
    "weak tags": ("If-None-Match", "W/"),
    "dates": ("If-Modified-Since", "9"),
    "dates of blanks": ("If-Modified-Since", " ,"),
    "dates of colons": ("If-Modified-Since", "1:"),
    "forwarded": ("X-Forwarded-For", "1.1.1.1,"),
    "connections": ("Connection", "a,"),
    "encodings": ("Accept-Encoding", "gzip,"),
}

#: Pieces of addresses that are repeated to the largest size.
PATHS = ("%25", "%41", "%ff", "%", "../", "/", "//", ".html", ".en", "a", "dataset/", "%2e%2e%2f", "\\", "?", "&a=1")


def list_attacks() -> dict[str, Callable[[], bytes]]:
    """Return the kinds of attacks, each with a function that writes the largest request of the kind."""

    def of_query(before: str, piece: str, after: str) -> Callable[[], bytes]:
        return lambda: write_post(_fill(piece, QUERY, before, after).encode("utf-8", "surrogatepass"))

    def of_header(name: str, piece: str, path: str) -> Callable[[], bytes]:
        return lambda: write_head(path, **{name: _fill(piece, HEAD)})

    def of_path(piece: str, before: str, size: int) -> Callable[[], bytes]:
        return lambda: write_head(_fill(piece, size, before))

    attacks: dict[str, Callable[[], bytes]] = {}
    attacks |= {f"query of {name}": of_query(*parts) for name, parts in QUERIES.items()}
    for name, (header, piece) in HEADERS.items():
        path = "/catalogue.nq" if header == "Range" else "/sparql" if "blanks" in name else "/catalogue.ttl"
        attacks[f"header of {name}"] = of_header(header, piece, path)
    for piece in PATHS:
        attacks[f"path of {piece}"] = of_path(piece, "/", 1990)
        attacks[f"long path of {piece}"] = of_path(piece, "/", HEAD)
        attacks[f"parameter of {piece}"] = of_path(piece, "/sparql?query=", HEAD)
    forms = {"escapes": "%41", "Chinese": "%E6%95%B8", "fields": "&a=1", "ampersands": "&", "signs": "+", "bad": "%FF"}
    for name, piece in forms.items():
        attacks[f"form of {name}"] = lambda piece=piece: write_post(_fill(piece, FORM, "query=").encode(), _FORM_TYPE)
    attacks |= {
        "multipart form": lambda: write_post(b"--a\r\n" * 50_000, "multipart/form-data; boundary=a"),
        "tiny chunks": lambda: write_chunks(b"x" * 100_000, 1),
        "endless chunk extension": lambda: write_chunks(b"", 1, b"1;" + b"a=b;" * 30_000),
        "large chunks": lambda: write_chunks(b"x" * 500_000, 50_000),
        "many headers": lambda: write_head() [:-2] + b"a:b\r\n" * 3000 + b"\r\n",
        "folded headers": lambda: write_head()[:-2] + b"a: b\r\n" + b" c\r\n" * 3000 + b"\r\n",
        "many requests": lambda: write_head("/nothing") * 300,
        "pages of the feed": lambda: b"".join(write_head(f"/feed/datasets/from-{n}.ttl") for n in range(100)),
        "dumps": lambda: b"".join(write_head(f"/catalogue.{suffix}.gz") for suffix in ("rdf", "nt", "jsonld")),
        "results": lambda: write_post(b"SELECT * { ?s ?p ?o } LIMIT 10000"),
        "many bad requests": lambda: b"\r\n\r\n" * 30_000,
        "a lie about the length": lambda: write_head("/sparql", "POST", Content_Type=_QUERY_TYPE, Content_Length="99"),
        "a length beyond all": lambda: write_post(b"ASK {}")[:-6].replace(b"Length: 6", b"Length: " + b"9" * 18),
        "blanks and NUL": lambda: write_head()[:-2] + b"A:" + b"\t" * 16_000 + b"\0\r\n\r\n",
        "blanks and NUL at the end": lambda: write_chunks(b"", 1, b"0\r\nA:" + b"\t" * 16_000 + b"\0\r\n\r\n"),
        "half a head": lambda: b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 10_000,
        "HTTP/1.0": lambda: write_head("/catalogue.nq", version="1.0"),
        "no HTTP": lambda: bytes(range(256)) * 200,
    }  # fmt: skip
    return attacks


# ---- requests at random


_TARGETS = (
    *("/", "/health", "/catalogue", "/catalogue.ttl", "/catalogue.nq.gz", "/dataset/hk-hkpf-u3djbhogev.html"),
    *("/dataset/hk-hkpf-u3djbhogev", "/feed/datasets.ttl", "/feed/datasets/from-a.nt", "/sparql", "/sparql.en.html"),
    *("/sparql?query=ASK%7B%7D", "/sparql?named=overdue", "/sitemap-1.xml", "/changes/1.trig", "/dcat-hk/def/plan"),
    *("/manifest.json", "/openapi.json", "/robots.txt", "http://evil.example/health", "*", "/%e6%95%b8", "/a%00b"),
)
_VALUES = (
    *("*/*", "text/html", "text/turtle;q=0.5, */*;q=0.1", "application/json", "text/csv", "en-GB,en;q=0.9", "zh-CN"),
    *("bytes=0-99", "bytes=-5", "bytes=5-,0-1", '"a", W/"b"', "*", "Sun, 29 Nov 2026 10:00:00 GMT", "chunked", "0"),
    *("close", "keep-alive", "100-continue", "gzip", "5", "-1", "99999999999999999999", "identity", "upgrade", ""),
)
_NAMES = (
    *("Accept", "Accept-Language", "Range", "If-None-Match", "If-Modified-Since", "If-Range", "Content-Type", "Host"),
    *("Content-Length", "Transfer-Encoding", "Connection", "Expect", "Upgrade", "X-Forwarded-Host", "Cookie", "Te"),
)
_METHODS = ("GET", "GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "get")
_TERMS = ("?s", "?p", "?o", "<a:b>", "'x'@en", '"1"', "1", "a", "dcat:title", "_:b", "[]", "(1 2)", "'''x'''", "1e9")
_PATTERNS = (
    *("{} {} {} .", "OPTIONAL {{ {} {} {} }}", "FILTER({} = {})", "BIND({} AS ?x) {}", "GRAPH {} {{ {} {} ?o }}"),
    *("{{ {} {} {} }} UNION {{ }}", "VALUES {} {{ {} }}", "MINUS {{ {} {} {} }}", "SERVICE {} {{ {} {} ?o }}"),
    *(
        "FILTER EXISTS {{ {} {} {} }}",
        "{{ SELECT * {{ {} {} {} }} LIMIT 2 }}",
        "{} {}/{}* ?o .",
        "FILTER regex({}, {})",
    ),
)
_FORMS = (
    *("ASK {{ {} }}", "SELECT * {{ {} }}", "SELECT (COUNT(*) AS ?n) {{ {} }}", "DESCRIBE ?s {{ {} }} LIMIT 2"),
    *("CONSTRUCT {{ ?s ?p ?o }} {{ {} }} LIMIT 5", "SELECT ?s FROM <a:g> {{ {} }}", "SELECT ?s {{ {} }} ORDER BY ?s"),
    *("INSERT DATA {{ {} }}", "LOAD <a:b> {}", "PREFIX dcat: <a:> ASK {{ {} }}", "SELECT ?s {{ {} }} GROUP BY ?s"),
)
_DAMAGES = (
    b"",
    b"\0",
    b"\xff",
    b"\r\n",
    b"\n",
    b" ",
    b"%",
    b"'",
    b'"',
    b"{",
    b"}",
    b"(",
    b"<",
    b"\\",
    b"#",
    b"\xed\xa0\x80",
    b"9" * 30,
)


def make_query(random_numbers: random.Random) -> str:
    """Return a query at random; most are valid."""
    patterns = []
    for _ in range(random_numbers.randrange(5)):
        pattern = random_numbers.choice(_PATTERNS)
        patterns.append(pattern.format(*(random_numbers.choice(_TERMS) for _ in range(pattern.count("{}")))))
    return random_numbers.choice(_FORMS).format(" ".join(patterns))


def damage(data: bytes, random_numbers: random.Random, times: int) -> bytes:
    """Return bytes in which pieces are replaced, left out, repeated or exchanged."""
    for _ in range(times):
        first = random_numbers.randrange(len(data) + 1)
        last = min(len(data), first + random_numbers.randrange(12))
        piece = random_numbers.choice((*_DAMAGES, data[first:last] * random_numbers.randrange(2, 40)))
        data = data[:first] + piece + data[last:]
    return data


def make_trial(seed: int) -> bytes:
    """Return a request at random: made of parts of valid ones, and often damaged."""
    chance = random.Random(seed)
    query = make_query(chance)
    if chance.random() < 0.3:
        query = damage(query.encode(), chance, chance.randrange(1, 4)).decode("utf-8", "replace")
    headers = {name: chance.choice(_VALUES) for name in chance.sample(_NAMES, chance.randrange(4))}
    kind = chance.random()
    if kind < 0.25:
        data = write_head(
            "/sparql?query=" + quote(query) + chance.choice(("", "&format=csv", "&format=html")), **headers
        )
    elif kind < 0.5:
        data = write_post(query.encode("utf-8", "replace"), chance.choice((_QUERY_TYPE, _FORM_TYPE, "text/plain")))
    elif kind < 0.6:
        data = write_post(b"query=" + quote_from_bytes(query.encode("utf-8", "replace")).encode(), _FORM_TYPE)
    elif kind < 0.7:
        data = write_chunks(query.encode("utf-8", "replace"), chance.randrange(1, 50))
    else:
        version = chance.choice(("1.1", "1.1", "1.1", "1.0", "2.0", "0.9"))
        data = write_head(chance.choice(_TARGETS), chance.choice(_METHODS), version, **headers)
    return damage(data, chance, chance.randrange(1, 6)) if chance.random() < 0.5 else data
