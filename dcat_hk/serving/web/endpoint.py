"""
Queries over HTTP: the SPARQL protocol, and a page to ask on.

In: requests. Out: results in the form that the client wants, or why there are none.

Spec: SPARQL 1.1 Protocol, section 2.1; SPARQL 1.1 Service Description.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ...core.errors import DcatHkError
from ...core.languages import LANGUAGES
from ...core.namespaces import RDF
from ...core.terms import Iri, Thing
from ..queries import bind, named_queries
from .addresses import page_language
from .forms import write
from .host import Build
from .media import language, ranked
from .pages import query_page
from .query_checks import LONGEST, Question, check
from .query_results import GRAPHS, SHORT, TABLES, NotOffered
from .query_workers import Busy, Limits, TooMuch

#: What an answer can be in; clients that do not care get the first of its kind.
_OFFERED = (*TABLES, *GRAPHS, "text/html")
#: How long the body of a request may take, in seconds, and how long it may be.
_PATIENCE, _LONGEST_BODY = 10.0, 4 * LONGEST
#: How many fields a form may have, and how many rows a page shows.
_FIELDS, _SHOWN = 50, 1000
#: What a graph is in when the form of a table was asked for by its short name.
_GRAPH_OF = {
    "application/sparql-results+json": "application/ld+json",
    "application/sparql-results+xml": "application/rdf+xml",
}
_SHORT_FORMS = ("json", "xml", "csv", "tsv", "ttl")
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_STATUS: Mapping[type[DcatHkError], int] = {Busy: 503, TooMuch: 422, NotOffered: 406}


class _Refused(Exception):
    """A request that is no query, with the status that says so."""

    def __init__(self, status: int, message: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.status = status


class Endpoint:
    """
    Answers queries.

    Args:
        limits: What queries may cost, to be told on the page.
    """

    def __init__(self, limits: Limits) -> None:
        """Keep the limits."""
        self._limits = limits

    async def protocol(self, request: Request) -> Response:
        """Answer a request of the protocol; without a query, with the page or the description of the service."""
        build: Build = request.scope["build"]
        try:
            given = await _parameters(request)
        except _Refused as refused:
            return PlainTextResponse(f"{refused}\n", refused.status)
        wanted = _wanted(request, given)
        if "query" not in given and request.method != "POST":
            return await self._without_query(request, build, given, wanted)
        if not wanted:
            return PlainTextResponse("An answer can be in: " + ", ".join(_OFFERED) + "\n", 406)
        tag = _language(request, given)
        question = Question(
            given.get("query", [""])[0],
            wanted[0],
            tuple(given.get("default-graph-uri", ())),
            tuple(given.get("named-graph-uri", ())),
        )
        if wanted[0] == "text/html":
            return await self._shown(build, question, "sparql", tag)
        try:
            check(question)
            body, media = await build.workers.ask(question, wanted)
        except DcatHkError as error:
            return PlainTextResponse(f"{error}\n", _status(error), headers=_headers(error))
        full = f"{media}; charset=utf-8" if media.startswith("text/") else media
        return Response(body, 200, {"Vary": "Accept", "Cache-Control": "no-cache"}, full)

    async def page(self, request: Request) -> Response:
        """Return the page to ask on."""
        build: Build = request.scope["build"]
        tag = page_language(request.url.path)[1]
        return await self._shown(build, None, "sparql", tag, request.query_params.get("named", ""))

    async def _without_query(
        self, request: Request, build: Build, given: Mapping[str, Sequence[str]], wanted: Sequence[str]
    ) -> Response:
        """Return the page, or the description of the service."""
        media = next((one for one in wanted if one in GRAPHS or one == "text/html"), "")
        if media == "text/html":
            return await self._shown(build, None, "sparql", _language(request, given), given.get("named", [""])[0])
        if not media and "accept" in request.headers:
            return PlainTextResponse("There is no query: give one as the parameter query.\n", 400)
        form = {"text/turtle": "ttl", "application/n-triples": "nt", "application/rdf+xml": "rdf"}.get(media, "jsonld")
        body = write(_service(build.snapshot.base), form if media else "ttl", build.snapshot.base, {"sd": _SD})
        headers = {"Vary": "Accept, Accept-Language"}
        return Response(body, 200, headers, media or "text/turtle; charset=utf-8")

    async def _shown(self, build: Build, question: Question | None, stem: str, tag: str, named: str = "") -> Response:
        """Return the page with a query and its answer, if it has one."""
        known = named_queries()
        values: dict[str, Any] = {
            "seconds": f"{self._limits.seconds:g}",
            "rows": self._limits.rows,
            "choices": [("html", "HTML"), *((short, short.upper()) for short in _SHORT_FORMS)],
            "named": [
                {"title": one.about.get(tag, name), "about": name, "address": f"sparql?named={name}&lang={tag}"}
                for name, one in known.items()
            ],
            "query": _filled(named, tag, build.snapshot.base),
        }
        status, headers = 200, {}
        if question is not None:
            values["query"] = question.query
            try:
                check(question)
                media = ("application/sparql-results+json", "text/turtle")
                body, found = await build.workers.ask(question, media, _SHOWN)
                values |= _answer(body, found)
            except DcatHkError as error:
                status, headers = _status(error), _headers(error)
                values["problem"] = str(error)
        text = await run_in_threadpool(query_page, stem, tag, values)
        headers |= {"Vary": "Accept, Accept-Language", "Content-Language": tag, "Cache-Control": "no-cache"}
        return Response(text, status, headers, "text/html; charset=utf-8")


def _filled(named: str, tag: str, base: Iri) -> str:
    """Return the text of a named query, which gives names in a language where it can; nothing for another name."""
    found = named_queries().get(named)
    if found is None:
        return ""
    spoken = {one.name: tag for one in found.parameters if one.kind == "language"}
    return bind(found, spoken, base)


def _answer(body: bytes, media: str) -> dict[str, Any]:
    """Return what a page shows of an answer."""
    if media == "text/turtle":
        text = body.decode()
        return {"graph": text, "count": text.count(" .\n")}
    found = json.loads(body)
    if "boolean" in found:
        return {"answer": found["boolean"]}
    names, rows = found["head"]["vars"], found["results"]["bindings"]
    table = [[_cell(row.get(name)) for name in names] for row in rows]
    return {"columns": names, "table": table, "count": len(rows)}


def _cell(term: Mapping[str, str] | None) -> dict[str, str]:
    """Return what a page shows of a term; only addresses of the web can be followed."""
    if term is None:
        return {"text": "", "address": "", "tag": ""}
    link = term["value"] if term["type"] == "uri" and term["value"].startswith(("http://", "https://")) else ""
    return {"text": term["value"], "address": link, "tag": term.get("xml:lang", "").partition("-t-")[0]}


def _status(error: DcatHkError) -> int:
    """Return the status that an error has over HTTP."""
    return _STATUS.get(type(error), 400)


def _headers(error: DcatHkError) -> dict[str, str]:
    """Return the headers that an error has."""
    return {"Retry-After": "5"} if isinstance(error, Busy) else {}


def _language(request: Request, given: Mapping[str, Sequence[str]]) -> str:
    """Return the language of the page."""
    named = given.get("lang", [""])[0]
    return named if named in LANGUAGES else language(request.headers.get("accept-language", ""))


def _wanted(request: Request, given: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the forms that will do, the best first: those of a parameter, else those of the header."""
    named = given.get("format", given.get("output", [""]))[0]
    if named:
        media = SHORT.get(named.lower(), named)
        return tuple(one for one in (media, _GRAPH_OF.get(media, "")) if one in _OFFERED)
    return ranked(request.headers.get("accept", ""), _OFFERED)


async def _parameters(request: Request) -> dict[str, list[str]]:
    """Return the parameters of a request, whichever way they come."""
    given = _parsed(request.scope["query_string"].decode("latin-1"))
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-update":
            raise _Refused(403, "Nothing can be written here.")
        if kind not in {"application/sparql-query", "application/x-www-form-urlencoded"}:
            raise _Refused(415, "Send application/sparql-query or application/x-www-form-urlencoded.")
        body = await _body(request)
        given |= {"query": [body]} if kind == "application/sparql-query" else _parsed(body)
    if "update" in given:
        raise _Refused(403, "Nothing can be written here.")
    if len(given.get("query", ())) > 1:
        raise _Refused(400, "There is more than one query.")
    return given


def _parsed(text: str) -> dict[str, list[str]]:
    """Return the fields of a form."""
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    except ValueError as error:
        raise _Refused(400, "The parameters cannot be read.") from error


async def _body(request: Request) -> str:
    """Return the body of a request that comes in time and is not too long."""
    gathered = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for piece in request.stream():
                gathered += piece
                if len(gathered) > _LONGEST_BODY:
                    raise _Refused(413, "The request is too long.")
        return gathered.decode()
    except TimeoutError as error:
        raise _Refused(408, "The request took too long.") from error
    except UnicodeDecodeError as error:
        raise _Refused(400, "The query is not in UTF-8.") from error


def _service(base: Iri) -> list[Thing]:
    """Return the description of the service."""
    results = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
    graphs = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
    properties: dict[Iri, Sequence[Any]] = {
        RDF.type: [f"{_SD}Service"],
        f"{_SD}endpoint": [f"{base}sparql"],
        f"{_SD}supportedLanguage": [f"{_SD}SPARQL11Query"],
        f"{_SD}feature": [f"{_SD}UnionDefaultGraph"],
        f"{_SD}resultFormat": [_FORMATS + name for name in (*results, *graphs)],
    }
    return [Thing(f"{base}sparql", properties)]
