"""`dcat-hk load`: addresses, dry runs, exit codes."""

import pytest
from support.commands import run
from support.stores import ScriptedServer, free_port


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "--endpoint"),
        (["--endpoint", "http://a.example/", "--update-endpoint", "http://a.example/"], "--update-endpoint"),
        (["--endpoint", "a.example/store"], "--endpoint"),
        (["--endpoint", "http://me:secret@a.example/store"], "--endpoint"),
        (["--endpoint", "http://a.example/graphs", "--query-endpoint", "ftp://a.example/"], "--query-endpoint"),
    ],
)
def test_unclear_addresses_are_wrong_usage(catalogue, options, message):
    """No address, two addresses and what is no address are refused before anything is sent, passwords unprinted."""
    done = run("load", *options, catalogue)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "secret" not in done.output


def test_pruning_needs_an_address_to_ask(catalogue):
    """Where no query endpoint is known or can be derived, the graphs of the store cannot be listed."""
    done = run("load", "--endpoint", "http://a.example/graphs", "--prune", catalogue)
    assert done.exit_code == 2
    assert "Give --query-endpoint." in done.stderr


def test_a_dry_run_lists_graphs_and_sends_nothing(catalogue):
    """Every graph of the folder is in the table, and the store is not asked for anything."""
    with ScriptedServer(lambda _method, _path, _body: (500, {}, b"")) as fake:
        done = run("load", "--endpoint", fake.address, "--dry-run", catalogue)
    assert (done.exit_code, fake.asked) == (0, [])
    assert done.stdout.count("dry run") == 7


def test_a_store_that_is_not_there_ends_with_five(catalogue):
    """Nobody listens: the error names the store, and nothing is in the table."""
    done = run("load", "--endpoint", f"http://127.0.0.1:{free_port()}/store", "--retries", 0, catalogue)
    assert (done.exit_code, done.stdout) == (5, "")
    assert done.stderr.startswith("Error: ")


def test_a_folder_without_catalogue_is_an_error(tmp_path):
    """There is nothing to load where nothing was published."""
    done = run("load", "--endpoint", "http://127.0.0.1:9/store", tmp_path)
    assert done.exit_code == 3
