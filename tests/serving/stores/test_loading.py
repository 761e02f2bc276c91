"""Loading a catalogue into real stores: whole, repeated, changed, interrupted, refused."""

from __future__ import annotations

import shutil

import pyoxigraph
import pytest
from click.testing import CliRunner
from support.paths import SEEDS
from support.stores import ScriptedServer, oxigraph, read_graphs, virtuoso

from dcat_hk.build import build
from dcat_hk.commands.cli import main
from dcat_hk.core.errors import NoAnswerError, StoreError
from dcat_hk.core.settings import Settings
from dcat_hk.serving.stores.access import Credentials
from dcat_hk.serving.stores.client import StoreClient
from dcat_hk.serving.stores.graphs import QuadsFile
from dcat_hk.serving.stores.loading import load_graphs
from dcat_hk.serving.stores.target import STAGING, StoreAddresses, TargetStore

STRANGER = "https://example.org/of-others/graph"
VANISHED = "https://example.org/dcat-hk/catalogue/hk-gone/2018-2020"
DBA = {"DCAT_HK_USER": "dba", "DCAT_HK_PASSWORD": "dba"}


@pytest.fixture(scope="module", params=[oxigraph, virtuoso], ids=["oxigraph", "virtuoso"])
def server(request, tmp_path_factory):
    """Give a store of each kind, empty at first."""
    server = request.param(tmp_path_factory.mktemp("store")).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """Return a catalogue of the seeds with one plan changed and one gone."""
    folder = tmp_path_factory.mktemp("changed")
    seeds = sorted(SEEDS.glob("*.txt"))
    for seed in seeds[1:]:
        shutil.copy(seed, folder)
    last = folder / seeds[-1].name
    text = last.read_text(encoding="utf-8")
    assert "10/2016" in text
    last.write_text(text.replace("10/2016", "11/2016", 1), encoding="utf-8")
    assert build([folder], folder / "output", Settings(), jobs=1).published
    return folder / "output"


def access(server):
    """Return how a store lets us in."""
    return Credentials("auto", "dba", "dba") if server.name == "virtuoso" else Credentials()


def target(server, client, *, by_update=False):
    """Return a store to load into, by Graph Store Protocol or by SPARQL Update."""
    return TargetStore(
        client, StoreAddresses("" if by_update else server.graphs, server.update if by_update else "", server.query)
    )


def run(server, folder, *, by_update=False, **options):
    """Load a catalogue and return the outcome."""
    with QuadsFile(folder) as quads, StoreClient(access(server), retries=1, pause=lambda _seconds: None) as client:
        return load_graphs(quads, target(server, client, by_update=by_update), **options)


def held(server, iri):
    """Return the triples that a store holds in a graph."""
    accept = {"Accept": "application/n-triples"}
    with (
        StoreClient(access(server)) as client,
        client.send("GET", server.graphs, {"graph": iri}, headers=accept) as answer,
    ):
        if answer.status == 404:
            return set()
        return {str(q.triple) for q in pyoxigraph.parse(answer.body, format=pyoxigraph.RdfFormat.N_TRIPLES)}


def same(server, held, sent):
    """Tell whether a store holds what was sent; Virtuoso keeps places as numbers of its own."""
    if server.name == "virtuoso":
        held, sent = (
            {t for t in triples if "dcat#bbox" not in t and "dcat#centroid" not in t} for triples in (held, sent)
        )
    return held == sent


def put(server, iri, triple):
    """Put a graph of one triple into a store."""
    with StoreClient(access(server)) as client:
        headers = {"Content-Type": "application/n-triples"}
        with client.send("PUT", server.graphs, {"graph": iri}, triple.encode(), headers) as answer:
            assert answer.is_success


# ---- real stores


@pytest.mark.parametrize("by_update", [False, True], ids=["graph store protocol", "update"])
def test_a_catalogue_is_loaded_as_it_is(server, catalogue, by_update):
    """Every graph of the file is in the store, triple for triple, and stays so when it is loaded again."""
    for _time in range(2):
        outcome = run(server, catalogue, by_update=by_update)
        assert outcome.is_complete
        assert {graph.state for graph in outcome.graphs} == {"checked"}
        assert [graph.counted for graph in outcome.graphs] == [graph.triples for graph in outcome.graphs]
    for iri, triples in read_graphs(catalogue).items():
        assert same(server, held(server, iri), triples)
        assert held(server, iri + STAGING) == set()


@pytest.mark.parametrize("by_update", [False, True], ids=["graph store protocol", "update"])
def test_changed_plans_replace_their_graphs(server, catalogue, changed, by_update):
    """A second load leaves nothing of the old plans; vanished ones go with prune, graphs of others never."""
    triple = "<https://e.example/a> <https://e.example/b> <https://e.example/c> .\n"
    run(server, catalogue, by_update=by_update)
    put(server, STRANGER, triple)
    put(server, VANISHED, triple)
    outcome = run(server, changed, by_update=by_update)
    assert outcome.is_complete
    gone = sorted(set(read_graphs(catalogue)) - set(read_graphs(changed)))
    assert len(gone) == 1
    assert held(server, gone[0]) == read_graphs(catalogue)[gone[0]]
    dry = run(server, changed, by_update=by_update, prune=True, dry_run=True)
    assert [graph.iri for graph in dry.graphs[-2:]] == sorted([*gone, VANISHED])
    assert held(server, gone[0])
    outcome = run(server, changed, by_update=by_update, prune=True)
    assert [(graph.iri, graph.state) for graph in outcome.graphs[-2:]] == [
        (g, "deleted") for g in sorted([*gone, VANISHED])
    ]
    for iri, triples in read_graphs(changed).items():
        assert same(server, held(server, iri), triples)
    assert held(server, gone[0]) == held(server, VANISHED) == set()
    assert held(server, STRANGER) == {triple.strip().removesuffix(" .")}


@pytest.mark.parametrize("make", [oxigraph, virtuoso], ids=["oxigraph", "virtuoso"])
@pytest.mark.parametrize("by_update", [False, True], ids=["graph store protocol", "update"])
def test_a_server_that_dies_in_the_middle(make, by_update, catalogue, tmp_path):
    """The outcome tells which graphs are in, which not, which nobody knows; loading again makes all good."""
    server = make(tmp_path).start()
    try:
        with QuadsFile(catalogue) as quads:
            half = sum(graph.size for graph in quads.graphs) // 2

        def kill_half_way(_stage, done, _total):
            if done > half and server.process.poll() is None:
                server.kill()

        outcome = run(server, catalogue, by_update=by_update, progress=kill_half_way)
        states = [graph.state for graph in outcome.graphs]
        assert not outcome.is_complete
        assert states[0] == "not counted"
        assert "unknown" in states
        assert states[-1] == "not tried"
        assert outcome.remarks
        for path in tmp_path.glob("*.lck"):
            path.unlink()
        server.start()
        again = run(server, catalogue, by_update=by_update)
        assert {graph.state for graph in again.graphs} == {"checked"}
        for iri, triples in read_graphs(catalogue).items():
            assert same(server, held(server, iri), triples)
    finally:
        server.stop()


def test_by_update_readers_never_see_a_graph_in_part(server, catalogue, changed):
    """While a large graph comes in pieces, what was there before stays whole."""
    run(server, catalogue)
    seen = []
    with QuadsFile(changed) as quads, StoreClient(access(server)) as client:
        store = target(server, client, by_update=True)
        large = max(quads.graphs, key=lambda graph: graph.triples)
        before = store.count(large.iri)
        store.put(quads, large, lambda _sent: seen.append(store.count(large.iri)))
        assert len(seen) >= 2
        assert set(seen) == {before}
        assert store.count(large.iri) == large.triples


def test_a_wrong_password_sends_nothing(catalogue, tmp_path):
    """Who is not let in is told so before the catalogue is sent; the password is never shown."""
    server = virtuoso(tmp_path).start()
    try:
        for kind in ("auto", "digest", "basic"):
            with (
                QuadsFile(catalogue) as quads,
                StoreClient(Credentials(kind, "dba", "s3cret")) as client,
                pytest.raises(StoreError, match="refuses the credentials") as caught,
            ):
                load_graphs(quads, target(server, client))
            assert "s3cret" not in str(caught.value)
        with StoreClient(Credentials("auto", "dba", "dba")) as client:
            assert target(server, client).count(f"{Settings().base_iri}catalogue") == 0
    finally:
        server.stop()


# ---- stores that misbehave


def load_into(fake, catalogue, retries=3, **options):
    """Load into a made server, without waiting between tries; return the outcome and the pauses."""
    pauses = []
    with QuadsFile(catalogue) as quads, StoreClient(Credentials(), 5, retries, pause=pauses.append) as client:
        return load_graphs(quads, TargetStore(client, StoreAddresses(fake.address).complete()), **options), pauses


def test_a_store_that_is_busy_is_asked_again(catalogue):
    """503 and a cut connection are tried again with growing pauses, or as long as the store asks."""
    replies = iter([(503, {}, b""), None, (503, {"Retry-After": "7"}, b""), (500, {}, b"")])

    def reply(method, _path, _body):
        return next(replies, (204, {}, b"")) if method == "PUT" else (404, {}, b"")

    with ScriptedServer(reply) as fake:
        outcome, pauses = load_into(fake, catalogue, retries=4, check=False)
        sizes = {
            len(body) for method, path, _headers, body in fake.asked if method == "PUT" and path.endswith("def%2F")
        }
    assert {graph.state for graph in outcome.graphs} == {"put"}
    assert pauses == [0.5, 1.0, 7.0, 4.0]
    assert len(sizes) == 1


def test_a_store_that_refuses_one_graph_gets_the_others(catalogue):
    """One graph that a store does not take is named, with what the store said, made harmless."""

    def reply(method, path, _body):
        if method == "PUT" and "hk-itc" in path:
            return 400, {}, b"no \x1b[31mway"
        return (201, {}, b"") if method == "PUT" else (404, {}, b"")

    with ScriptedServer(reply) as fake:
        outcome, _pauses = load_into(fake, catalogue, check=False, prune=True)
    (refused,) = [graph for graph in outcome.graphs if graph.state != "put"]
    assert refused.state == "refused"
    assert refused.iri.endswith("hk-itc/2023-2025")
    assert "400: no \ufffd[31mway" in refused.remark
    assert "Nothing was pruned" in outcome.remarks[0]
    with ScriptedServer(reply) as fake:
        outcome, _pauses = load_into(fake, catalogue, check=False, prune=True, language="zh-Hans")
    assert "存储库没有存入图：400：no" in next(graph.remark for graph in outcome.graphs if graph.state != "put")
    assert outcome.remarks == ["没有删除任何图，因为并非所有图均已载入。"]


GARBAGE = [
    (200, {"Content-Type": "text/html"}, b"<html>hello"),
    (200, {"Content-Type": "application/sparql-results+xml"}, b"<sparql><results>"),
    (200, {"Content-Type": "application/sparql-results+json"}, b'{"head": 7}'),
    (200, {"Content-Type": "application/sparql-results+json"}, b'{"head": {"vars": []}, "results": {"bindings": []}}'),
    (200, {"Content-Encoding": "gzip", "Content-Type": "application/sparql-results+xml"}, b"no gzip"),
    (204, {}, b""),
]


@pytest.mark.parametrize("answer", GARBAGE)
def test_garbage_is_not_taken_for_success(catalogue, answer):
    """A store that takes everything and answers nonsense: no graph is called checked."""

    def reply(method, path, _body):
        return answer if path.startswith("/query") else (200, {}, b"fine") if method == "PUT" else (404, {}, b"")

    with ScriptedServer(reply) as fake:
        outcome, _pauses = load_into(fake, catalogue, retries=0)
    assert {graph.state for graph in outcome.graphs} == {"not counted"}
    assert not outcome.is_complete
    assert outcome.remarks or all(graph.remark for graph in outcome.graphs)


def test_a_store_that_loses_triples_is_found_out(catalogue):
    """Fewer triples than were sent: the load is not complete."""
    body = b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="n"/></head><results><result>'
    body += b'<binding name="n"><literal>5</literal></binding></result></results></sparql>'

    def reply(method, path, _body):
        kind = {"Content-Type": "application/sparql-results+xml"}
        return (200, kind, body) if path.startswith("/query") else (204, {}, b"") if method == "PUT" else (404, {}, b"")

    with ScriptedServer(reply) as fake:
        outcome, _pauses = load_into(fake, catalogue)
        done = CliRunner().invoke(main, ["load", "--endpoint", fake.address, str(catalogue)], env={})
    assert {graph.state for graph in outcome.graphs} == {"differs"}
    assert done.exit_code == 5
    assert "7 of 7 graphs were not loaded correctly" in done.stderr


def test_redirects_are_not_followed(catalogue):
    """A password goes nowhere but where it was sent."""
    with ScriptedServer(lambda *_asked: (302, {"Location": "http://elsewhere.example/"}, b"")) as fake:
        with pytest.raises(StoreError, match=r"redirects to http://elsewhere\.example/"):
            load_into(fake, catalogue)
        assert len(fake.asked) == 1


def test_nobody_there(catalogue):
    """A store that does not run is an error, and no outcome."""
    with ScriptedServer(lambda *_asked: None) as fake:
        pass
    with pytest.raises(NoAnswerError, match=r"cannot be reached.*\(4 attempts\)") as raised:
        load_into(fake, catalogue)
    assert "無法連接儲存庫（試了4次）。" in raised.value.tell("zh-Hant")


# ---- the command


def test_the_command_shows_what_is_in(server, catalogue, monkeypatch):
    """The table names every graph with its triples here and there."""
    for name, value in DBA.items() if server.name == "virtuoso" else ():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(main, ["load", "--endpoint", server.graphs, str(catalogue)])
    assert done.exit_code == 0, done.output
    assert done.stdout.count("checked") == 7
    for iri in read_graphs(catalogue):
        assert iri in done.stdout


def test_a_dry_run_speaks_with_nobody(catalogue):
    """Without prune a dry run needs no server."""
    done = CliRunner().invoke(main, ["load", "--endpoint", "http://127.0.0.1:9/store", "--dry-run", str(catalogue)])
    assert done.exit_code == 0
    assert done.stdout.count("dry run") == 7


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--endpoint", "http://a/store", "--update-endpoint", "http://a/update"],
        ["--endpoint", "http://a/x", "--prune"],
    ],
)
def test_unclear_addresses(catalogue, arguments):
    """What cannot be done with the addresses given is told before anything is sent."""
    assert CliRunner().invoke(main, ["load", *arguments, str(catalogue)]).exit_code == 2
