"""`dcat-hk serve`: options that reach the server, and what is refused."""

import pytest
from support.commands import run
from support.web_servers import serving


def test_the_address_is_printed_and_answers(catalogue, tmp_path):
    """The line on standard error has the port that was free; a page of the feed has as many datasets as asked for."""
    with serving(catalogue, tmp_path / "log", "--page-size", "7", "--query-rows", "3") as server:
        assert f"at http://127.0.0.1:{server.port}/" in (tmp_path / "log").read_text(encoding="utf-8")
        assert server.ask("catalogue.ttl").body == (catalogue / "catalogue.ttl").read_bytes()
        assert server.ask("feed/datasets.ttl").text.count(" a dcat:Dataset") == 7
        assert len(server.rows("SELECT ?s WHERE { ?s ?p ?o } LIMIT 3")) == 3
        assert "more than 3 rows" in server.query("SELECT ?s WHERE { ?s ?p ?o } LIMIT 4").text
        assert server.stop() == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--port", "70000"],
        ["--page-size", "0"],
        ["--query-processes", "0"],
        ["--query-seconds", "0"],
        ["--keep-in", "no/such/folder"],
        ["--host", ""],
    ],
)
def test_options_that_cannot_be_are_wrong_usage(catalogue, options):
    """A port beyond the last, pages and queries of nothing, and a missing folder are refused."""
    assert run("serve", *options, catalogue).exit_code == 2


def test_a_folder_without_catalogue_is_an_error(tmp_path):
    """The server does not start where nothing was published."""
    done = run("serve", "--port", 0, tmp_path)
    assert done.exit_code == 3
    assert "Serving" not in done.output
