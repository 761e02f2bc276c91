"""The commands as people and scripts use them."""

import subprocess
import sys

import pytest
from support.commands import run
from support.paths import SEEDS

from dcat_hk.commands.cli import main

POLICE = next(SEEDS.glob("004*"))


@pytest.mark.parametrize("name", [None, *sorted(main.commands)])
def test_every_command_explains_itself(name):
    """Help comes without error, with an example for each command and the exit codes."""
    done = run(*([name] if name else []), "--help")
    assert done.exit_code == 0
    assert "Exit codes: 0 success" in done.output
    assert "dcat-hk " in done.output
    if name:
        assert f"Example:\n    dcat-hk {name} " in done.output


def test_no_summary_is_cut():
    """The list of commands fits a terminal of 80 columns without cutting a summary off."""
    output = run("--help", terminal_width=80).output
    assert "..." not in output.partition("Commands:")[2]
    assert max(map(len, output.splitlines())) <= 80
    for command in main.commands.values():
        assert command.get_short_help_str(1000) in output


def modules_of(*arguments):
    """Return the modules that a run with some arguments imports."""
    code = (
        "import sys\nfrom dcat_hk.commands.cli import main\ntry: main()\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_help_imports_nothing_that_is_slow():
    """Help is answered before any of the heavy packages is imported."""
    imported = {name.split(".")[0] for name in modules_of("--help")}
    assert "click" in imported
    slow = {
        "rdflib",
        "pyshacl",
        "pyoxigraph",
        "opencc",
        "rich",
        "langcodes",
        "msgspec",
        "multiprocessing",
        "subprocess",
    }
    assert not slow & imported


@pytest.mark.parametrize("command", ["validate", "score"])
def test_checking_rdf_imports_nothing_that_reads_plans(command):
    """The rooms that turn plans into a catalogue take longer to import than all of checking."""
    imported = modules_of(command, "no/such.ttl", "--base-iri", "https://a.example/")
    assert f"dcat_hk.commands.{command}" in imported
    assert not {"dcat_hk.build", "dcat_hk.reading", "dcat_hk.catalogue"} & imported


@pytest.mark.parametrize(
    "arguments",
    [
        ["parse", POLICE, "--lang", "fr"],
        ["build", SEEDS, "-o", "x", "--base-iri", "example.org"],
        ["explode"],
        ["build", SEEDS],
    ],
)
def test_wrong_usage_exits_with_two(arguments):
    """A language there is not, a base IRI that is none, an unknown command, a missing option."""
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""


def test_the_module_runs_like_the_command():
    """Python -m dcat_hk is the same program."""
    done = subprocess.run([sys.executable, "-m", "dcat_hk", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("dcat-hk, version ")
