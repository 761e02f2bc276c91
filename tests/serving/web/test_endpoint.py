"""The SPARQL endpoint answers by the protocol, within its limits, and reads only."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
import time
from urllib.parse import quote, urlencode

import pyoxigraph
import pytest
from starlette.responses import Response
from support.web_servers import BASE, children, memory, serving, wait

from dcat_hk.serving.queries import load_named_queries
from dcat_hk.serving.web.endpoint import SparqlEndpoint
from dcat_hk.serving.web.query_checks import QueryRequest
from dcat_hk.serving.web.query_workers import QueryLimits, ServerBusy

ALL = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def server(built, tmp_path_factory):
    """Serve the seeds' catalogue with narrow limits, but time enough for what is answered on a busy machine."""
    with limited(built[0], tmp_path_factory.mktemp("queries"), seconds="60") as found:
        yield found


@pytest.fixture(scope="module")
def hasty(built, tmp_path_factory):
    """Serve the seeds' catalogue with little time for a query."""
    with limited(built[0], tmp_path_factory.mktemp("hasty"), seconds="1.5") as found:
        yield found


def limited(build, folder, **changed):
    """Serve a build with narrow limits."""
    limits = {"rows": "2000", "bytes": "300000", "memory": "300", "processes": "2", "waiting": "2"} | changed
    options = [part for name, value in limits.items() for part in (f"--query-{name}", value)]
    return serving(build, folder / "log", *options)


def answers_again(server):
    """Wait until a query is answered: processes that were ended have been replaced."""
    wait(lambda: server.query(ALL).status == 200)


@pytest.fixture(scope="module")
def union(built):
    """Return the number of different triples of the catalogue."""
    quads = pyoxigraph.parse(path=built[0] / "catalogue.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    return len({(str(q.subject), str(q.predicate), str(q.object)) for q in quads})


# ---- protocol


def test_queries_come_in_three_ways(server, union):
    """GET, a form, a bare query; the default graph is the union of all."""
    form, bare = "application/x-www-form-urlencoded", "application/sparql-query"
    replies = [
        server.query(ALL),
        server.ask("sparql", "POST", urlencode({"query": ALL}), Content_Type=form),
        server.ask("sparql", "POST", ALL, Content_Type=f"{bare}; charset=utf-8"),
    ]
    counts = [json.loads(reply.body)["results"]["bindings"][0]["n"]["value"] for reply in replies]
    assert counts == [str(union)] * 3


def test_graphs_are_chosen_by_query_and_by_request(server):
    """FROM, GRAPH, default-graph-uri and named-graph-uri."""
    graph = f"{BASE}catalogue/hk-hkpf/2024-2026"
    (of_query,) = server.rows(ALL.replace("WHERE", f"FROM <{graph}> WHERE"))
    (inside,) = server.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    reply = server.ask(f"sparql?query={quote(ALL)}&default-graph-uri={quote(graph)}")
    (of_request,) = json.loads(reply.body)["results"]["bindings"]
    assert of_query["n"] == inside["n"] == of_request["n"]["value"] != "0"
    named = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    found = json.loads(server.ask(f"sparql?query={quote(named)}&named-graph-uri={quote(graph)}").body)
    assert [row["g"]["value"] for row in found["results"]["bindings"]] == [graph]


SELECT = (
    f"SELECT ?s ?t ?u WHERE {{ <{BASE}dataset/hk-hkpf-u3djbhogev> <http://purl.org/dc/terms/title> ?t }} ORDER BY ?t"
)


@pytest.mark.parametrize(
    ("media", "shape"),
    [
        ("application/sparql-results+json", "JSON"),
        ("application/sparql-results+xml", "XML"),
        ("text/tab-separated-values", "TSV"),
    ],
)
def test_tables_are_what_another_reader_reads(server, media, shape):
    """Each form is read back by pyoxigraph to the same solutions."""
    reply = server.query(SELECT, media)
    assert reply.headers["Content-Type"].startswith(media)
    form = getattr(pyoxigraph.QueryResultsFormat, shape)
    found = [str(row["t"]) for row in pyoxigraph.parse_query_results(reply.body, format=form)]
    assert found == ['"罪案数字比较"@zh-hans-t-zh-hant', '"罪案數字比較"@zh-hant']


def test_csv_has_the_bare_values(server):
    """As the standard has it, with lines that end in CR LF."""
    lines = server.query(SELECT, "text/csv").text.split("\r\n")
    assert sorted(lines[0].split(",")) == ["s", "t", "u"]
    assert any("罪案數字比較" in line for line in lines)


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
        ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
    ],
)
def test_graphs_come_in_all_forms(server, media, form):
    """CONSTRUCT and DESCRIBE."""
    reply = server.query(f"DESCRIBE <{BASE}dataset/hk-hkpf-u3djbhogev>", media)
    assert reply.headers["Content-Type"].startswith(media)
    found = {(str(q.predicate), str(q.object)) for q in pyoxigraph.parse(reply.body, format=form)}
    (counted,) = server.rows(f"SELECT (COUNT(*) AS ?n) {{ <{BASE}dataset/hk-hkpf-u3djbhogev> ?p ?o }}")
    assert len(found) == int(counted["n"]) > 20


def test_truth_comes_in_all_forms(server):
    """ASK."""
    assert json.loads(server.query("ASK { ?s ?p ?o }").body) == {"head": {}, "boolean": True}
    assert "<boolean>false</boolean>" in server.query("ASK { ?s ?s ?s }", "application/sparql-results+xml").text
    assert server.query("ASK { ?s ?p ?o }", "text/csv").text == "true\n"
    assert server.query("ASK { ?s ?p ?o }", "application/json").status == 200


def test_the_form_can_be_a_parameter(server):
    """For links, where nobody sets a header."""
    reply = server.ask(f"sparql?query={quote(ALL)}&format=csv")
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    unknown = server.ask(f"sparql?query={quote(ALL)}&format=gif", Accept="text/tab-separated-values")
    assert unknown.headers["Content-Type"] == "text/tab-separated-values; charset=utf-8"
    assert server.query(ALL, "image/png").status == 406


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("CSV", "text/csv; charset=utf-8"),
        ("json", "application/sparql-results+json"),
    ],
)
def test_a_plus_sign_in_a_format_may_be_a_blank(server, name, media):
    """Links often have a plus that is not percent-encoded."""
    assert server.ask(f"sparql?query=ASK%7B%7D&format={name}").headers["Content-Type"] == media


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("json-ld", "application/ld+json"),
        ("n3", "text/turtle; charset=utf-8"),
        ("rdf+xml", "application/rdf+xml"),
        ("n-quads", "application/n-quads"),
        ("application/trig", "application/trig"),
    ],
)
def test_graphs_have_short_names_of_formats(server, name, media):
    """The names that other endpoints know."""
    query = quote("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 1")
    assert server.ask(f"sparql?query={query}&format={name}").headers["Content-Type"] == media


def test_results_are_packed_for_those_who_accept_it(server):
    """Long results have a content coding, short ones have none."""
    query = quote("SELECT ?s WHERE { ?s a ?c } LIMIT 500")
    packed = server.ask(f"sparql?query={query}&format=csv", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == server.ask(f"sparql?query={query}&format=csv").body
    assert "Content-Encoding" not in server.ask("sparql?query=ASK%7B%7D&format=csv", Accept_Encoding="gzip").headers


@pytest.mark.parametrize("condition", ['LANG(?t) = "zh-Hant"', 'LANG(?t) IN ("en", "ZH-hant")', '?l = "zh-Hant"'])
def test_a_language_is_found_by_its_tag_as_results_show_it(server, condition):
    """LANG finds the tags of BCP 47, whatever the case in which the store keeps them."""
    pattern = "?s <http://purl.org/dc/terms/title> ?t BIND(LANG(?t) AS ?l)"
    found = server.rows(f"SELECT DISTINCT ?l {{ {pattern} FILTER({condition}) }} ORDER BY ?l")
    assert "zh-Hant" in [row["l"] for row in found]
    assert {row["l"] for row in found} <= {"en", "zh-Hant"}


def test_who_asks_for_printed_texts_only_is_told_how_to_find_the_others(server):
    """A header for programs, a line on the page; what it says finds more, and who asks so is told nothing."""
    pattern = "SELECT (COUNT(?t) AS ?n) { ?s a <http://www.w3.org/ns/dcat#Dataset>; <http://purl.org/dc/terms/title> ?t"
    exact, wide = (
        f"{pattern} FILTER({condition}) }}"
        for condition in ('LANG(?t) = "zh-Hant"', "LANGMATCHES(LANG(?t), 'zh-Hant')")
    )
    assert int(server.rows(exact)[0]["n"]) < int(server.rows(wide)[0]["n"])
    for query, is_told in ((exact, True), (wide, False)):
        asked = urlencode({"query": query})
        link = server.ask(f"sparql?{asked}&format=csv").headers.get("Link", "")
        page = server.ask(f"sparql?{asked}&format=html&lang=en").text
        assert ("LANGMATCHES(LANG(?text), 'zh-Hant')" in link) == is_told
        assert ("the tag zh-Hant-t-zh-hans" in page) == is_told
    for path in ("sparql.en.html", "sparql?format=html&lang=en"):
        reply = server.ask(path, Accept="text/html")
        assert (reply.status, "zh-Hant-t" in reply.text) == (200, False)


@pytest.mark.parametrize("name", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_graphs_have_language_tags_in_one_case(server, name):
    """Every format shows the tags as the files of the catalogue do."""
    query = quote("CONSTRUCT WHERE { ?s <http://purl.org/dc/terms/title> ?t } LIMIT 2000")
    text = server.ask(f"sparql?query={query}&format={name}").text
    assert "zh-Hant" in text
    assert "zh-hant" not in text.replace("-t-zh-hant", "")


def test_a_form_that_the_answer_cannot_have(server):
    """A table has no Turtle, a graph no CSV: 406 says what there is."""
    for text, media, there in ((ALL, "text/turtle", "text/csv"), ("DESCRIBE <a:b>", "text/csv", "text/turtle")):
        reply = server.query(text, media)
        assert reply.status == 406
        assert there in reply.text


def test_head_is_answered_as_get(server):
    """Also without a query, where GET gives the description of the service."""
    for path in ("sparql", f"sparql?query={quote(ALL)}", "sparql.html"):
        assert server.ask(path, "HEAD").status == server.ask(path).status == 200


def test_named_queries_name_things_in_the_language_of_the_page(server):
    """Who reads English gets an English query."""
    assert "LANG(?name_wanted), &#34;en&#34;))" in server.ask("sparql.en.html?named=overdue").text
    assert "LANG(?name_wanted), &#34;zh-Hans&#34;))" in server.ask("sparql.zh-Hans.html?named=overdue").text


def test_a_query_on_the_page(server):
    """The page shows the answer as a table, the query and the named queries; text stays text."""
    reply = server.ask(f"sparql?query={quote(SELECT)}&lang=en", Accept="text/html")
    assert '<th scope="col">t</th>' in reply.text
    assert "罪案數字比較" in reply.text
    bad = server.ask(f"sparql?query={quote('SELECT <script>alert(1)</script>')}", Accept="text/html")
    assert bad.status == 400
    assert "<script>" not in bad.text
    assert "&lt;script&gt;" in bad.text
    for name in load_named_queries():
        assert (
            server.ask(f"sparql?named={name}&lang=zh-Hant", Accept="text/html").text.count(
                f'<li><a href="sparql.html?named={name}"'
            )
            == 1
        )


@pytest.mark.parametrize("name", list(load_named_queries()))
def test_named_queries_run(server, name):
    """Each as it is offered on the page."""
    from html import unescape

    page = server.ask(f"sparql.en.html?named={name}").text
    text = unescape(page.partition("required>")[2].partition("</textarea>")[0])
    assert server.ask("sparql", "POST", text.encode(), Content_Type="application/sparql-query").status == 200


def test_the_service_describes_itself(server):
    """Without a query: a page, or a graph."""
    graph = list(pyoxigraph.parse(server.ask("sparql").body, format=pyoxigraph.RdfFormat.TURTLE, base_iri=BASE))
    assert any(q.object.value.endswith("#UnionDefaultGraph") for q in graph)
    assert "<textarea" in server.ask("sparql", Accept="text/html").text


# ---- refusals


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { # comment\nSERVICE <http://127.0.0.1:1/> { ?s ?p '#' } }",
        "SELECT * WHERE { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX p: <http://127.0.0.1:1/> SELECT * WHERE { SERVICEp:x{ ?s ?p ?o } }",
        "SELECT * WHERE { SERVICESILENT<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p 'x\\u0027' . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #'\n}",
        "SELECT * WHERE { ?s ?p 'x'SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        'SELECT * WHERE { ?s ?p """a"b""" SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }',
        "SELECT * WHERE { ?s ?p ?o FILTER(1<2)SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } FILTER(3>2) }",
    ],
)
def test_no_other_server_is_asked(server, text):
    """SERVICE is refused however it is written."""
    assert server.query(text).status == 400


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("DROP ALL", "application/sparql-update", 403),
        (urlencode({"update": "DROP ALL"}), "application/x-www-form-urlencoded", 403),
        ("LOAD <http://127.0.0.1:1/>", "application/sparql-query", 400),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", "application/sparql-query", 400),
        ("", "application/sparql-query", 400),
        (b"\xff\xfe", "application/sparql-query", 400),
        ("query=%ff", "application/x-www-form-urlencoded", 400),
        (urlencode([("query", ALL), ("query", ALL)]), "application/x-www-form-urlencoded", 400),
        (urlencode([("query", ALL)] + [("x", "1")] * 100), "application/x-www-form-urlencoded", 400),
        (ALL, "text/plain", 415),
        ("x" * 500_000, "application/sparql-query", 413),
        ("ASK {} #" + "x" * 150_000, "application/sparql-query", 400),
    ],
)
def test_what_is_no_query_is_refused(server, body, kind, status):
    """Updates, nothing, nonsense, too much."""
    reply = server.ask("sparql", "POST", body, Content_Type=kind)
    assert reply.status == status
    assert server.rows(ALL)


# ---- limits


def test_a_query_that_never_ends_is_ended_and_others_are_served(hasty):
    """Its process is gone, a new one answers; things are served all the while."""
    before = set(children(hasty.process))
    replies = []
    threads = [threading.Thread(target=lambda: replies.append(hasty.query(ENDLESS))) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    page = hasty.ask("catalogue.html")
    assert page.status == 200
    for thread in threads:
        thread.join()
    assert [reply.status for reply in replies] == [504, 504]
    assert "longer than 1.5 seconds" in replies[0].text
    answers_again(hasty)
    wait(lambda: not before & set(children(hasty.process)))


def test_too_many_queries_are_told_to_come_back(hasty):
    """Two run, two wait, others hear so at once."""
    replies = []
    threads = [threading.Thread(target=lambda: replies.append(hasty.query(ENDLESS))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sorted(reply.status for reply in replies)
    assert set(statuses) == {504, 503}
    assert statuses.count(503) >= 6
    assert all(reply.headers["Retry-After"] for reply in replies if reply.status == 503)
    answers_again(hasty)


@pytest.mark.parametrize(
    ("text", "media", "words_of_it"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", "text/csv", "more than 2,000 rows"),
        ("CONSTRUCT { ?s a ?o } WHERE { ?s ?p ?o }", "text/turtle", "more than 2,000 rows"),
        ('SELECT (CONCAT(?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a) AS ?b) WHERE { ?s ?p ?o BIND (REPLACE("' + "x" * 50
         + '", "x", "yyyyyyyyyyyyyyyyyyyy") AS ?a) } LIMIT 1000', "text/csv", "longer than 300,000 bytes"),
    ],
)  # fmt: skip
def test_a_huge_answer_is_refused_and_not_cut_off(server, text, media, words_of_it):
    """Nobody takes a part for the whole."""
    reply = server.query(text, media)
    assert reply.status == 400
    assert words_of_it in reply.text


def test_memory_has_a_limit(hasty):
    """A query that gathers everything is ended; the server itself stays small."""
    before = memory(hasty.process)
    text = "SELECT (GROUP_CONCAT(?c) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert hasty.query(text).status in {400, 422, 504}
    assert hasty.query("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c").status in {400, 422, 504}
    assert memory(hasty.process) - before < 50_000_000
    answers_again(hasty)


def test_a_client_that_goes_away_frees_its_place(hasty):
    """Connections that are closed while a query runs hold nobody up for long."""
    for _ in range(3):
        connection = hasty.connect()
        connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        connection.close()
    answers_again(hasty)


def test_results_that_clients_have_not_read_are_limited():
    """Each counts until its response is gone; while there are too many, a query is refused before it is run."""
    endpoint = SparqlEndpoint(QueryLimits(size=20_000_000))
    held = [endpoint._hold(Response(bytes(20_000_000))) for _ in range(5)]
    assert endpoint._held == 100_000_000
    query = QueryRequest("ASK {}", "text/csv")
    with pytest.raises(ServerBusy, match="results are being sent"):
        asyncio.run(endpoint._run_query(None, query, ["text/csv"]))
    held.clear()
    assert endpoint._held == 0
