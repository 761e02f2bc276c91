"""`dcat-hk query`: where the query comes from, and what it may be given."""

import csv
import io
import json

import pytest
from support.commands import run

COUNT = "SELECT (COUNT(?d) AS ?n) WHERE { ?d a <http://www.w3.org/ns/dcat#Dataset> }"


def test_a_query_is_named_written_or_in_a_file(catalogue, tmp_path):
    """The same SPARQL as an argument and in a file, also with the line ends of Windows, gives the same answer."""
    path = tmp_path / "count.rq"
    path.write_bytes(COUNT.replace(" WHERE", "\r\nWHERE").encode())
    answers = [run("query", one, "--from", catalogue, "--format", "csv") for one in (COUNT, path)]
    assert [list(csv.DictReader(io.StringIO(done.stdout))) for done in answers] == [[{"n": "187"}]] * 2


def test_a_pipe_gets_json(catalogue):
    """Without a terminal the answer is JSON."""
    assert json.loads(run("query", COUNT, "--from", catalogue).stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "No query is given"),
        (["no-such-query"], "no-such-query"),
        (["overdue", "--set", "as_of"], "is not NAME=VALUE"),
        (["overdue", "--set", "colour=red"], "colour"),
        ([COUNT, "--format", "xml"], "xml"),
        ([COUNT, "--endpoint", "a.example"], "--endpoint"),
        ([COUNT, "--timeout", "0"], "--timeout"),
        ([COUNT, "--lang", "fr"], "--lang"),
    ],
)
def test_wrong_usage_names_what_is_wrong(catalogue, arguments, message):
    """No query, an unknown one, and wrong parameters end with exit code 2 and the reason."""
    done = run("query", "--from", catalogue, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr


def test_a_file_that_is_no_text_is_named(catalogue, tmp_path):
    """Bytes that are no UTF-8 are no query."""
    path = tmp_path / "x.rq"
    path.write_bytes(b"SELECT \xff")
    done = run("query", path, "--from", catalogue)
    assert done.exit_code == 2
    assert "not text in UTF-8" in done.stderr


def test_a_query_can_be_looked_at_without_being_run(catalogue):
    """--show prints the query with its parameters set; it is SPARQL without their names."""
    done = run("query", "overdue", "--set", "as_of=2026-11", "--show", "--from", catalogue)
    assert done.exit_code == 0
    assert "2026-11" in done.stdout
    assert "SELECT" in done.stdout


def test_the_list_names_queries_and_parameters():
    """--list needs no catalogue and comes in the language asked for."""
    english, chinese = run("query", "--list").stdout, run("query", "--list", "--lang", "zh-HK").stdout
    assert "overdue" in english
    assert "as_of" in english
    assert english != chinese


def test_updates_are_refused(catalogue):
    """A query that would change something is wrong usage."""
    done = run("query", "DELETE WHERE { ?s ?p ?o }", "--from", catalogue)
    assert done.exit_code == 2
