"""Standard input, output and error that are closed, full or broken: one sentence and an exit code, no traceback."""

import os
import shlex
import subprocess
import sys
import traceback

import pytest
from support.paths import ROOT, SEEDS
from support.sailing_plans import write_sailing_plans

from dcat_hk.commands.cli import COMMANDS, main

PROGRAM = f"{shlex.quote(sys.executable)} -m dcat_hk"
#: Commands that print, each in its own way: by pieces, as tables, as text, by click itself.
PRINTING = (
    f"lint {SEEDS}/000_d84cc4dd47a9b165.txt",
    "export --format nquads",
    "query --list",
    f"fulfilment {SEEDS}/000_d84cc4dd47a9b165.txt",
    "diff output output",
    "--version",
)


def run(command):
    """Run a command in a shell; return its exit code and what standard error got."""
    line = f"set -o pipefail; {PROGRAM} {command}"
    done = subprocess.run(["/bin/bash", "-c", line], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", PRINTING)
def test_output_that_cannot_be_written_is_told(command):
    """A full disk and a closed output end every command in one sentence, which says which of the two it is."""
    code, told = run(f"{command} > /dev/full")
    assert (code, told.count("Standard output cannot be written: No space left on device.")) == (3, 1)
    code, told = run(f"{command} >&-")
    assert (code, told.count("Standard output cannot be written: it is closed.")) == (3, 1)


def test_a_reader_that_ends_is_told_as_a_shell_tells_it():
    """When the reader of a pipe has ended, the exit code is that of a broken pipe."""
    code, told = run("export --format nquads | head -c 10")
    assert code == 141
    assert told.splitlines() == ["Error: Whatever read standard output has ended; not all of it was written."]


@pytest.mark.parametrize("command", ["explain dataset/none", f"lint {SEEDS}"])
def test_remarks_that_cannot_be_written_change_nothing(command):
    """With a full or a closed standard error, the exit code is the same, and so is what is printed."""
    codes = {run(f"{command} {to} | cksum >&1")[0] for to in ("", "2> /dev/full", "2>&-")}
    assert len(codes) == 1


@pytest.mark.parametrize("command", ["parse", "fulfilment"])
def test_input_that_cannot_be_read_is_told(command):
    """A closed standard input is no plan and no bug."""
    code, told = run(f"{command} - <&-")
    assert (code, told) == (
        3,
        "Error: -: Standard input cannot be read: it is closed. Pass a file to it, or name the file.\n",
    )


def test_a_closed_output_is_not_mistaken_for_a_file(tmp_path):
    """A file that is written while standard output is closed has its own text only."""
    path = tmp_path / "out.json"
    assert run(f"parse {SEEDS}/000_d84cc4dd47a9b165.txt -o {path} >&- <&-")[0] == 0
    assert path.read_text(encoding="utf-8").startswith("[\n")


def test_what_the_system_refuses_is_told():
    """With too few open files there is a sentence and no traceback."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"ulimit -n 10; {PROGRAM} reconcile --no-cache {SEEDS}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("Error: ")
    assert done.stderr.endswith("The system refused: Too many open files.\n")
    assert done.stderr.count("\n") == 1


PLAN = SEEDS / "000_d84cc4dd47a9b165.txt"
#: A call of every command. Those that print nothing on standard output end as if it were not there.
CALLS = {
    "build": ("build", PLAN, "-o", "FOLDER/output", "--skip-validation", "--no-cache", "-j", 1),
    "cache": ("cache", "show"),
    "completion": ("completion", "bash"),
    "diff": ("diff", ROOT / "output", ROOT / "output"),
    "explain": ("explain", "catalogue", "--from", ROOT / "output"),
    "export": ("export", "--from", ROOT / "output", "--format", "nquads"),
    "feed": ("feed", ROOT / "output", "-o", "FOLDER/site", "--format", "nt", "-j", 1),
    "fulfilment": ("fulfilment", PLAN),
    "link": ("link", "--help"),
    "lint": ("lint", PLAN, "--no-cache"),
    "load": ("load", ROOT / "output", "--endpoint", "http://127.0.0.1:9/store", "--dry-run"),
    "parse": ("parse", PLAN, "--no-cache"),
    "portal": ("portal", "--help"),
    "profiles": ("profiles",),
    "query": ("query", "--list"),
    "reconcile": ("reconcile", "FOLDER/plans", "--no-cache", "-j", 1),
    "review": ("review", SEEDS, "--links", "FOLDER/links", "--csv", "-", "-j", 1),
    "score": ("score", ROOT / "output" / "catalogue.ttl"),
    "serve": ("serve", "--help"),
    "settings": ("settings", "--help"),
    "template": ("template", "-o", "FOLDER/plan.docx"),
    "validate": ("validate", min((ROOT / "output" / "plans").rglob("*.ttl"))),
}


def test_every_command_is_called():
    """A new command is tried with a full and a closed output, too."""
    assert sorted(CALLS) == sorted(COMMANDS)


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("name", CALLS)
def test_no_command_ends_with_a_traceback(tmp_path, name, is_closed):
    """Each says in one sentence that its output is full or closed, or prints nothing there."""
    if name == "reconcile":
        (tmp_path / "plans").mkdir()
        write_sailing_plans(tmp_path / "plans")
    words = [str(word).replace("FOLDER", str(tmp_path)) for word in CALLS[name]]
    code, told = run_forked(words, tmp_path / "told", is_closed=is_closed)
    assert "Traceback" not in told
    sentence = f"Standard output cannot be written: {'it is closed' if is_closed else 'No space left on device'}."
    if name in {"build", "feed", "template"} and code == 0:
        assert sentence not in told
    else:
        assert (code, told.count(sentence)) == (3, 1)


def run_forked(arguments, told, is_closed):
    """Run a command in a process that is forked from this one; return its exit code and what standard error got."""
    told.touch()
    child = os.fork()
    if not child:
        code = 99
        try:
            os.dup2(os.open(told, os.O_WRONLY), 2)
            os.dup2(os.open("/dev/full", os.O_WRONLY), 1)
            sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            if is_closed:
                os.close(1)
                sys.stdout = sys.__stdout__ = None
            main(arguments, prog_name="dcat-hk")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:  # noqa: BLE001 - told to the parent
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, told.read_text(encoding="utf-8")


def test_what_a_signal_cuts_is_not_written_twice(tmp_path):
    """The signal comes when the bytes are written and nobody has been told: the buffer would write them again."""
    path = tmp_path / "out"
    program = """
import signal, sys
from dcat_hk.core.signals import ending_on_signals
from dcat_hk.commands.streams import guarded_streams

def interrupt(frame, event, _argument):
    if event == "c_return" and frame.f_code.co_name == "write" and frame.f_code.co_filename.endswith("streams.py"):
        sys.setprofile(None)
        signal.raise_signal(signal.SIGTERM)

with guarded_streams(), ending_on_signals():
    print("a line")
    sys.setprofile(interrupt)
    sys.stdout.flush()
"""
    with path.open("wb") as file:
        done = subprocess.run([sys.executable, "-c", program], stdout=file, check=False, cwd=ROOT)
    assert (done.returncode, path.read_text(encoding="utf-8")) == (143, "a line\n")
