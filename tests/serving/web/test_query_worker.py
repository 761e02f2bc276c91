"""A worker process answers one query after the other over its pipes."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from dcat_hk.core.processes import python_command
from dcat_hk.serving.web.query_worker import HEAD

JSON = "application/sparql-results+json"


def make_message(query, media=(JSON,), **changed):
    """Return a query as the server sends it."""
    fields = {
        "query": query,
        "base": "https://example.org/dcat-hk/",
        "union": True,
        "default_graph": [],
        "named_graphs": [],
        "media": list(media),
        "rows": 5,
        "bytes": 100_000,
        "seconds": 60,
    }
    data = json.dumps(fields | changed).encode()
    return len(data).to_bytes(4, "big") + data


@pytest.fixture
def ask(library):
    """Give a function that sends messages to a new worker and returns the answers as (letter, data) pairs."""

    def run(*messages):
        arguments = (str(library.snapshot.store), str(10**9), str(os.getpid()))
        command = python_command("dcat_hk.serving.web.query_worker", *arguments)
        output = subprocess.run(command, input=b"".join(messages), capture_output=True, check=True).stdout
        answers = []
        while output:
            size, letter = HEAD.unpack_from(output)
            answers.append((chr(letter), output[HEAD.size : HEAD.size + size]))
            output = output[HEAD.size + size :]
        assert answers.pop(0) == ("K", b"")
        return answers

    return run


def test_errors_do_not_end_the_worker(ask):
    """A syntax error, a result that is too large and an unavailable format are answered; the next query is, too."""
    answers = ask(
        make_message("nonsense"),
        make_message("SELECT * { ?s ?p ?o }"),
        make_message("SELECT * { ?s ?p ?o } LIMIT 1", media=["text/turtle"]),
        make_message("ASK { ?s ?p ?o }"),
    )
    assert [letter for letter, _data in answers if letter != "D"] == ["E", "E", "N", "K"]
    texts = [data.decode() for letter, data in answers if letter in "EN"]
    assert "not a valid SPARQL query" in texts[0]
    assert "more than 5 rows" in texts[1]
    assert "text/csv" in texts[2]
    assert json.loads(answers[-2][1]) == {"head": {}, "boolean": True}
    assert answers[-1] == ("K", JSON.encode())


def test_as_many_rows_as_the_limit_are_a_result(ask):
    """The limit is included: five rows are complete, with the media type at the end."""
    answers = ask(make_message("SELECT * { ?s ?p ?o } LIMIT 5"))
    assert answers[-1] == ("K", JSON.encode())
    assert len(json.loads(b"".join(data for letter, data in answers if letter == "D"))["results"]["bindings"]) == 5


def test_a_result_of_too_many_bytes_is_an_error(ask):
    """Nothing after the limit is sent as if the result were complete."""
    ((letter, data),) = ask(make_message("SELECT * { ?s ?p ?o } LIMIT 5", bytes=300))
    assert letter == "E"
    assert b"longer than 300 bytes" in data


def test_the_first_accepted_format_is_used(ask):
    """Of the accepted formats the first that fits the query form is chosen."""
    answers = ask(
        make_message(
            "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 3", media=[JSON, "application/n-triples", "text/turtle"]
        )
    )
    assert answers[-1] == ("K", b"application/n-triples")
    assert answers[0][1].count(b" .\n") == 3
