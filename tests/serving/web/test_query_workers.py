"""Queries run in processes, within limits of time, rows and number."""

from __future__ import annotations

import asyncio
import json

import pytest

from dcat_hk.core.errors import UsageError
from dcat_hk.serving.web.query_checks import QueryRequest
from dcat_hk.serving.web.query_results import NotAcceptable
from dcat_hk.serving.web.query_workers import (
    _RESTART_AFTER,
    QueryLimitExceeded,
    QueryLimits,
    QueryTimedOut,
    QueryWorkers,
    ServerBusy,
)

JSON = "application/sparql-results+json"
COUNT = QueryRequest("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", JSON)
ENDLESS = QueryRequest("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON)


def run(library, limits, work):
    """Run an asynchronous function with workers."""

    async def main():
        workers = QueryWorkers(library.snapshot, limits)
        await workers.start()
        try:
            return await work(workers)
        finally:
            await workers.close()

    return asyncio.run(main())


def test_a_result_comes_with_its_media_type(library):
    """The default graph is the union; a named graph in the request replaces it."""

    async def work(workers):
        union, media = await workers.answer_query(COUNT, [JSON])
        graph = QueryRequest(COUNT.text, JSON, (f"{library.base}def/",))
        one, _media = await workers.answer_query(graph, [JSON])
        return media, *(int(json.loads(body)["results"]["bindings"][0]["n"]["value"]) for body in (union, one))

    media, union, one = run(library, QueryLimits(running=1), work)
    assert media == JSON
    assert union > one > 0


def test_errors_of_a_query(library):
    """Too many rows, a syntax error and an unavailable format are different errors; the worker stays usable."""

    async def work(workers):
        query = QueryRequest("SELECT * { ?s ?p ?o } LIMIT 4", JSON)
        with pytest.raises(UsageError, match="more than 3 rows"):
            await workers.answer_query(query, [JSON])
        with pytest.raises(UsageError, match="not a valid SPARQL query"):
            await workers.answer_query(QueryRequest("nonsense", JSON), [JSON])
        with pytest.raises(NotAcceptable):
            await workers.answer_query(query, ["text/turtle"])
        return await workers.answer_query(query, [JSON], rows=4)

    body, _media = run(library, QueryLimits(rows=3, running=1), work)
    assert len(json.loads(body)["results"]["bindings"]) == 4


def test_an_endless_query_is_ended_and_replaced(library):
    """The time limit gives an error, and the next query is answered by a new process."""

    async def work(workers):
        with pytest.raises(QueryTimedOut, match=r"longer than 1 second\."):
            await workers.answer_query(ENDLESS, [JSON])
        return await workers.answer_query(QueryRequest("ASK {}", JSON), [JSON])

    assert b"true" in run(library, QueryLimits(seconds=1, running=1), work)[0]


def test_further_queries_are_refused(library):
    """With one process and one place to wait, the third query is refused at once."""

    async def work(workers):
        results = await asyncio.gather(
            *(workers.answer_query(ENDLESS, [JSON]) for _ in range(3)), return_exceptions=True
        )
        return [type(result) for result in results]

    found = run(library, QueryLimits(seconds=0.3, running=1, waiting=1), work)
    assert found[0] is QueryTimedOut
    assert found[2] is ServerBusy


def test_closed_workers_refuse_queries(library):
    """After closing, no process is left, and a query is refused instead of waiting for ever."""

    async def work(workers):
        await workers.close()
        with pytest.raises(ServerBusy):
            await workers.answer_query(COUNT, [JSON])
        return True

    assert run(library, QueryLimits(running=1), work)


def test_a_process_that_was_killed_while_it_was_idle_is_replaced(library):
    """The next query is answered as if nothing had happened."""

    async def work(workers):
        (process,) = workers._all
        process.kill()
        await process.wait()
        return await workers.answer_query(QueryRequest("ASK {}", JSON), [JSON])

    assert b"true" in run(library, QueryLimits(running=1), work)[0]


def test_a_process_that_is_killed_with_its_query_is_replaced(library):
    """Its query is to be sent again, which is no fault of the query; the next one is answered."""

    async def work(workers):
        query = asyncio.create_task(workers.answer_query(ENDLESS, [JSON]))
        await asyncio.sleep(0.5)
        (process,) = workers._all
        process.kill()
        with pytest.raises(ServerBusy, match="was ended"):
            await query
        return await workers.answer_query(QueryRequest("ASK {}", JSON), [JSON])

    assert b"true" in run(library, QueryLimits(running=1), work)[0]


def test_a_query_that_needs_more_stack_than_there_is(library):
    """Chains without brackets pass the check of nesting; the process that they end is replaced."""

    async def work(workers):
        with pytest.raises(QueryLimitExceeded, match="nested too deeply"):
            await workers.answer_query(QueryRequest("ASK {FILTER(" + "!" * 50_000 + "1)}", JSON), [JSON])
        return await workers.answer_query(QueryRequest("ASK {}", JSON), [JSON])

    assert b"true" in run(library, QueryLimits(running=1), work)[0]


def test_processes_that_cannot_be_started_are_tried_again_later(library, monkeypatch, caplog):
    """It is logged once, queries are refused at once meanwhile, and answered when it works again."""

    async def work(workers):
        (process,) = workers._all
        process.kill()
        await process.wait()
        spawn = workers._spawn_process

        async def fail():
            raise OSError(24, "Too many open files")

        monkeypatch.setattr(workers, "_spawn_process", fail)
        for _ in range(20):
            with pytest.raises(ServerBusy, match="cannot be run"):
                await workers.answer_query(COUNT, [JSON])
        monkeypatch.setattr(workers, "_spawn_process", spawn)
        await asyncio.sleep(_RESTART_AFTER)
        return await workers.answer_query(QueryRequest("ASK {}", JSON), [JSON])

    assert b"true" in run(library, QueryLimits(running=1), work)[0]
    assert caplog.text.count("cannot be started: [Errno 24] Too many open files") == 1


def test_a_query_that_nobody_waits_for_any_longer_is_not_run(library):
    """When its turn comes after waiting, the client is looked for; one that can be run at once is run."""

    async def work(workers):
        async def is_wanted():
            return False

        first = await workers.answer_query(QueryRequest("ASK {}", JSON), [JSON], is_wanted=is_wanted)
        running = asyncio.create_task(workers.answer_query(ENDLESS, [JSON]))
        await asyncio.sleep(0.1)
        waiting = asyncio.create_task(workers.answer_query(QueryRequest("ASK {}", JSON), [JSON], is_wanted=is_wanted))
        await asyncio.sleep(0.1)
        running.cancel()
        with pytest.raises(ServerBusy, match="does not wait"):
            await waiting
        return first

    assert b"true" in run(library, QueryLimits(seconds=60, running=1), work)[0]
