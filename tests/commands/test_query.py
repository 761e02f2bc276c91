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


@pytest.mark.parametrize(
    ("query", "parameter", "unknown", "known"),
    [("body", "body", "nope", "hk-hhb"), ("theme", "theme", "XXXX", "HEAL"), ("history", "dataset", "nope", None)],
)
def test_what_the_catalogue_does_not_have_is_told(catalogue, query, parameter, unknown, known):
    """An empty answer about a thing that is not there is no answer about it."""
    done = run("query", query, "--set", f"{parameter}={unknown}", "--from", catalogue, "--format", "csv")
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 1)
    assert f"{parameter}: the catalogue has no “{unknown}”." in done.stderr
    values = ["--set", f"{parameter}={known}"] if known else []
    done = run("query", query, *values, "--from", catalogue, "--format", "csv")
    assert len(done.stdout.splitlines()) > 1
    assert "has no" not in done.stderr


def test_nothing_found_about_a_thing_that_is_there_is_an_answer(catalogue):
    """A theme that the vocabulary has, or a word that no title has, is not called unknown."""
    done = run("query", "search", "--set", "word=xyzzy", "--from", catalogue, "--format", "csv")
    assert (done.exit_code, done.stderr) == (0, "")
