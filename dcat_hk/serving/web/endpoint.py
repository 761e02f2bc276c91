"""
The SPARQL endpoint: the protocol, and a web page with a query form.

In: requests. Out: results in the format that the client prefers, or an error.

Spec: SPARQL 1.1 Protocol, section 2.1; SPARQL 1.1 Service Description.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...core.errors import DcatHkError
from ...core.languages import DERIVED_LANGUAGE, OTHER_SCRIPT
from ...core.namespaces import RDF
from ...core.terms import Iri, Thing
from ..queries import load_named_queries
from ..queries.language_tags import find_printed_tag
from .addresses import split_page_path
from .formats import write_document
from .host import ServedBuild
from .library import Library
from .media import ALL_FORMATS, join_headers, rank_media_types
from .pages import write_query_page
from .query_checks import MAX_LENGTH, QueryRequest, check_request
from .query_pages import (
    NAMED,
    STEM,
    ResultTable,
    bind_query,
    find_unknown,
    list_bodies,
    list_queries,
    make_form,
    read_values,
)
from .query_results import GRAPH_FORMATS, SHORT_NAMES, TABLE_FORMATS, NotAcceptable
from .query_workers import QueryLimitExceeded, QueryLimits, QueryTimedOut, ServerBusy
from .requests import RequestError, choose_page_language, pack_result, read_body
from .wording import get_label

#: The formats of results; a client without a preference gets the first that fits the query form.
_OFFERED = (*TABLE_FORMATS, *GRAPH_FORMATS, "text/html")
#: The most bytes of a request body.
_MAX_BODY = 4 * MAX_LENGTH
#: The number of fields that a form may have, and of rows that the page shows.
_MAX_FIELDS, _MAX_SHOWN_ROWS = 50, 1000
#: For the short names json and xml: the graph format that corresponds to the format of tables.
_GRAPH_FORMATS = {
    "application/sparql-results+json": "application/ld+json",
    "application/sparql-results+xml": "application/rdf+xml",
}
#: Bytes of results that are held until clients have read them: so many of the longest results, and at least so many.
_MAX_HELD_RESULTS, _MIN_HELD_BYTES = 4, 64_000_000
_PAGE_FORMATS = ("json", "xml", "csv", "tsv", "ttl")
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_STATUSES: Mapping[type[DcatHkError], int] = {
    ServerBusy: 503,
    QueryTimedOut: 504,
    QueryLimitExceeded: 422,
    NotAcceptable: 406,
}


class SparqlEndpoint:
    """
    The handlers of the SPARQL endpoint.

    Args:
        limits: The limits of queries, which the page shows.
    """

    def __init__(self, limits: QueryLimits) -> None:
        """Keep the limits; no result is held yet."""
        self._limits = limits
        self._held, self._may_hold = 0, max(_MAX_HELD_RESULTS * limits.size, _MIN_HELD_BYTES)

    async def answer_request(self, request: Request) -> Response:
        """Answer a request of the SPARQL protocol; without a query, with the page or the service description."""
        parameters = await _read_parameters(request)
        media_types = _choose_media_types(request, parameters)
        if "query" not in parameters and request.method != "POST":
            return await self._answer_without_query(request, parameters, media_types)
        if not media_types:
            raise RequestError.of("web.no-result-format", 406, formats=list(_OFFERED))
        tag = choose_page_language(request, parameters)
        query = QueryRequest(
            parameters.get("query", [""])[0],
            media_types[0],
            tuple(parameters.get("default-graph-uri", ())),
            tuple(parameters.get("named-graph-uri", ())),
        )
        if media_types[0] == "text/html":
            return await self._render_page(request, query, tag)
        try:
            body, media = await self._run_query(request, query, media_types)
        except DcatHkError as error:
            raise RequestError.from_refusal(error, _get_status(error)) from error
        full = f"{media}; charset=utf-8" if media.startswith("text/") else media
        headers = {"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"} | _make_hint(request, query.text)
        body, coded = await pack_result(request, body)
        return self._hold(Response(body, 200, headers | coded, full))

    async def _run_query(
        self, request: Request, query: QueryRequest, media_types: Sequence[str], rows: int = 0
    ) -> tuple[bytes, str]:
        """Return the results of a query and their media type."""
        check_request(query)
        if self._held > self._may_hold:
            raise ServerBusy.of("web.many-results")
        workers = request.scope["build"].workers

        async def is_wanted() -> bool:
            return not await request.is_disconnected()

        answer: tuple[bytes, str] = await workers.answer_query(query, media_types, rows, is_wanted=is_wanted)
        return answer

    def _hold(self, response: Response) -> Response:
        """Return a response, whose body counts as long as it is in memory."""
        size = len(response.body)
        self._held += size
        weakref.finalize(response, self._release, size)
        return response

    def _release(self, size: int) -> None:
        """Count the body of a response no longer."""
        self._held -= size

    async def answer_page(self, request: Request) -> Response:
        """Answer with the page that has the query form."""
        tag = split_page_path(request.url.path)[1]
        parameters = _parse_form(request.scope["query_string"].decode("latin-1"))
        return await self._render_form(request, parameters, tag)

    async def _answer_without_query(
        self, request: Request, parameters: Mapping[str, Sequence[str]], media_types: Sequence[str]
    ) -> Response:
        """Answer with the page or the service description."""
        build: ServedBuild = request.scope["build"]
        media = next((name for name in media_types if name in GRAPH_FORMATS or name == "text/html"), "")
        if media == "text/html":
            tag = choose_page_language(request, parameters)
            return await self._render_form(request, parameters, tag)
        if not media and "accept" in request.headers:
            raise RequestError.of("web.no-query", 400)
        suffix = next((suffix for suffix, name in ALL_FORMATS.items() if name == media), "ttl")
        body = write_document(_describe_service(build.snapshot.base), suffix, build.snapshot.base, {"sd": _SD})
        headers = {"Vary": "Accept, Accept-Language"}
        return Response(body, 200, headers, media or "text/turtle; charset=utf-8")

    async def _render_form(self, request: Request, parameters: Mapping[str, Sequence[str]], tag: str) -> Response:
        """Return the page of a named query: its form and what it finds; without a name, that of all queries."""
        name = parameters.get(NAMED, [""])[0]
        named = load_named_queries().get(name)
        if named is None:
            unknown = {"problem": get_label("no-such-query", tag).format(name=name[:80])} if name else {}
            return await self._render_page(request, None, tag, unknown, 404 if unknown else 200)
        build: ServedBuild = request.scope["build"]
        library, months = build.site.library, build.site.views.months
        values = read_values(named, parameters, tag)
        text, problem = bind_query(named, values, library.base, tag)
        missing = find_unknown(named, values, text, library, tag) if text else ""
        problem = problem or missing
        bodies = list_bodies(library, months.get(months.usual).list_bodies(), tag)
        form = {**make_form(named, values, tag, bodies, months.usual), **({"problem": problem} if problem else {})}
        query = QueryRequest(text, "text/html") if text and not problem else None
        return await self._render_page(request, query, tag, form, 404 if missing else 200)

    async def _render_page(
        self,
        request: Request,
        query: QueryRequest | None,
        tag: str,
        form: Mapping[str, Any] | None = None,
        status: int = 200,
    ) -> Response:
        """Return the page with the query form, and the results if there is a query."""
        build: ServedBuild = request.scope["build"]
        values: dict[str, Any] = {
            "seconds": f"{self._limits.seconds:g}",
            "rows": self._limits.rows,
            "choices": [("html", "HTML"), *((short, short.upper()) for short in _PAGE_FORMATS)],
            "named": list_queries(tag),
            "hint": "",
            **(form or {}),
        }
        headers: dict[str, str] = {}
        body, media = b"", ""
        if query is not None:
            values["query"] = query.text
            values["hint"] = _tell_converted(query.text, tag)
            try:
                accepted = ("application/sparql-results+json", "text/turtle")
                body, media = await self._run_query(request, query, accepted, _MAX_SHOWN_ROWS)
            except DcatHkError as error:
                status, headers = _get_status(error), _make_headers(error)
                values["problem"] = error.tell(tag)
        if "problem" in values and status == 200:
            status = 400
        text = await run_in_threadpool(_write_page, build.site.library, tag, values, body, media)
        headers |= {"Vary": "Accept, Accept-Language", "Content-Language": tag, "Cache-Control": "no-cache"}
        return self._hold(Response(text, status, headers, "text/html; charset=utf-8"))


def _write_page(library: Library, tag: str, values: dict[str, Any], body: bytes, media: str) -> bytes:
    """Return the page with the query form and results, if there are any; this takes time and runs in a thread."""
    results = ResultTable(library, tag).read_results(body, media) if media else {}
    return write_query_page(STEM, tag, values | results)


def _tell_converted(text: str, tag: str) -> str:
    """Return what to ask for where a query finds printed texts only; empty where it does not."""
    printed = find_printed_tag(text)
    if not printed:
        return ""
    converted = DERIVED_LANGUAGE[OTHER_SCRIPT[printed.removeprefix("zh-")]]
    return get_label("sparql-converted", tag).format(printed=printed, converted=converted)


def _make_hint(request: Request, text: str) -> dict[str, str]:
    """Return the header that tells programs what a query does not find, and where languages are explained."""
    hint = _tell_converted(text, "en")
    build: ServedBuild = request.scope["build"]
    return {"Link": f'<{build.snapshot.base}about.en.html>; rel="help"; title="{hint}"'} if hint else {}


def _get_status(error: DcatHkError) -> int:
    """Return the HTTP status of an error."""
    return _STATUSES.get(type(error), 400)


def _make_headers(error: DcatHkError) -> dict[str, str]:
    """Return the HTTP headers of an error."""
    return {"Retry-After": "5"} if isinstance(error, ServerBusy) else {}


def _choose_media_types(request: Request, parameters: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """
    Return the acceptable formats, the preferred one first: by parameter, else by Accept.

    Other endpoints know other names for formats, so that a name that is unknown here is no error. A blank in a name can
    only be a plus sign that was not percent-encoded.
    """
    name = parameters.get("format", parameters.get("output", [""]))[0].strip().replace(" ", "+").lower()
    media = SHORT_NAMES.get(name, name)
    named = tuple(candidate for candidate in (media, _GRAPH_FORMATS.get(media, "")) if candidate in _OFFERED)
    return named or rank_media_types(join_headers(request.headers, "accept"), _OFFERED)


async def _read_parameters(request: Request) -> dict[str, list[str]]:
    """Return the parameters of a request, from the address and the body."""
    parameters = _parse_form(request.scope["query_string"].decode("latin-1"))
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-update":
            raise RequestError.of("web.update", 403)
        if kind not in {"application/sparql-query", "application/x-www-form-urlencoded"}:
            raise RequestError.of("web.query-media", 415)
        try:
            body = (await read_body(request, _MAX_BODY)).decode()
        except UnicodeDecodeError as error:
            raise RequestError.of("web.query-encoding", 400) from error
        if kind == "application/sparql-query":
            parameters["query"] = [body]
        else:
            # In a thread, because a form of the largest size takes a while.
            parameters |= await run_in_threadpool(_parse_form, body)
    if "update" in parameters:
        raise RequestError.of("web.update", 403)
    if len(parameters.get("query", ())) > 1:
        raise RequestError.of("web.several-queries", 400)
    return parameters


def _parse_form(text: str) -> dict[str, list[str]]:
    """Return the fields of a URL-encoded form."""
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="strict")
    except ValueError as error:
        raise RequestError.of("web.no-form", 400) from error


def _describe_service(base: Iri) -> list[Thing]:
    """Return the SPARQL 1.1 service description."""
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
