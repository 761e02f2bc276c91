"""Commands on RDF of others: the kernel keeps their limits, whatever the work is, and they end as without them."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from support.paths import ROOT

OUTPUT = ROOT / "output"
#: What a program does instead of validating: each is work that no check of ours reaches.
WORK = {
    "time": "import re; re.search(r'(a|a)*b', 'a' * 60)",
    "memory": "bytearray(10**10)",
    "list": "data = [0]\nwhile True: data *= 2",
    "crash": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "abort": "import os; os.write(2, b'a library says much'); os.abort()",
    "exit": "import os; os._exit(7)",
    "library": "raise ImportError('x.so: failed to map segment from shared object')",
    "thread": 'raise RuntimeError("can\'t start new thread")',
    "system": "raise OSError(12, 'Cannot allocate memory')",
    "worker": (
        "from dcat_hk.core.processes import open_workers\n"
        "with open_workers('a' * 60, 2) as workers: list(workers.map(search, [r'(a|a)*b'] * 2))"
    ),
    "worker's memory": (
        "from dcat_hk.core.processes import open_workers\n"
        "with open_workers(10, 2) as workers: list(workers.map(take, [10**10] * 2))"
    ),
    "bug": "raise KeyError('x')",
    "wait": "import time\ntry: print('begun', flush=True); time.sleep(60)\nfinally: print('cleaned up', flush=True)",
}
PROGRAM = """
import re, sys
import dcat_hk.checking.validating as validating
from dcat_hk.commands.cli import main

def search(text, pattern):
    re.search(pattern, text)

def take(_shared, size):
    bytearray(size)

def work(*_arguments):
    exec(sys.argv.pop(), globals())

validating.validate_files = work
if __name__ == "__main__":
    main()
"""


def set_limits(folder, *, seconds):
    """Write settings that allow so much processor time for 10,000,000 bytes, and little memory."""
    limits = f"[rdf-limits]\nseconds = {seconds}\nmemory = 500_000_000\n"
    (folder / "dcat-hk.toml").write_text(limits, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a program that does other work than validating, low limits, and a file."""
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    set_limits(tmp_path, seconds=1)
    (tmp_path / "a.ttl").write_text("<urn:a> a <http://www.w3.org/ns/dcat#Dataset> .\n", encoding="utf-8")
    return tmp_path


def begin(folder, work, **options):
    """Start the program, with options for its process."""
    # To the command, the work is the name of a file that is not there.
    command = [sys.executable, "program.py", "validate", "a.ttl", "--lang", "en", WORK[work]]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


TIME = "a.ttl: The work took more processor time than it may: 1 second for each 10,000,000 bytes of files"
MEMORY = "a.ttl: The work took more memory than it may: 500,000,000 bytes, and 20 more for each byte of files."
ENDED = "a.ttl: The process that did the work ended ({}): it crashed, was killed, or took more memory than"


@pytest.mark.parametrize(
    ("work", "told"),
    [
        ("time", TIME),
        ("worker", TIME),
        ("memory", MEMORY),
        ("list", MEMORY),
        ("worker's memory", MEMORY),
        ("library", MEMORY),
        ("thread", MEMORY),
        ("system", MEMORY),
        ("crash", ENDED.format("SIGSEGV")),
        ("abort", ENDED.format("SIGABRT")),
        ("exit", ENDED.format("exit code 7")),
    ],
)
def test_whatever_takes_too_much_ends_with_a_sentence(folder, work, told):
    """Exit code 3, the file, the limit, and nothing else; also where a library in C does it, or a worker."""
    if told == MEMORY:  # A slow machine may take longer than a second to fill the memory.
        set_limits(folder, seconds=30)
    process = begin(folder, work)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert (out, err.splitlines()[0][: len(told) + 7], err.count("\n")) == ("", f"Error: {told}", 1)


def test_a_bug_is_shown_as_it_is(folder):
    """With its traceback, once, and the exit code of Python."""
    process = begin(folder, "bug")
    _out, err = process.communicate(timeout=60)
    assert (process.returncode, err.count("Traceback"), err.splitlines()[-1]) == (1, 1, "KeyError: 'x'")


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [
        (signal.SIGTERM, 143, "Error: Ended by SIGTERM.\n"),
        (signal.SIGHUP, 129, "Error: Ended by SIGHUP.\n"),
        (signal.SIGINT, 130, "Error: Interrupted.\n"),
    ],
)
@pytest.mark.parametrize("all_of_them", [False, True], ids=["one", "group"])
def test_signals_reach_the_work(folder, number, code, told, all_of_them):
    """Whether the program alone is told to end, or its copy, too: what is begun is cleaned up, and told once."""
    process = begin(folder, "wait", start_new_session=True)
    assert process.stdout.readline() == "begun\n"
    # Of what is printed after a signal in the middle of printing nothing is written.
    time.sleep(0.5)
    (os.killpg if all_of_them else os.kill)(process.pid, number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (code, "cleaned up\n", told)


def test_the_work_ends_with_the_program(folder):
    """One that is killed leaves no copy that works on."""
    process = begin(folder, "wait")
    assert process.stdout.readline() == "begun\n"
    began = time.monotonic()
    process.kill()
    # The copy holds standard output, too.
    process.communicate(timeout=60)
    assert time.monotonic() - began < 20


def run(*arguments, cwd=ROOT, data=None):
    """Run a command as a shell does."""
    command = [sys.executable, "-m", "dcat_hk", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, input=data)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["validate", "OUTPUT", "--format", "json"], 0),
        (["validate", "a.ttl", "--format", "json"], 4),
        (["validate", "none.ttl"], 3),
        (["validate", "a.ttl", "--profile", "none"], 2),
        (["score", "OUTPUT", "--format", "json"], 0),
        (["diff", "OUTPUT", "OUTPUT", "--format", "json"], 0),
        (["query", "--from", "OUTPUT", "categories"], 0),
        (["export", "--from", "OUTPUT", "--format", "ntriples"], 0),
        (["load", "OUTPUT", "--dry-run", "--endpoint", "http://127.0.0.1:9/store"], 0),
    ],
)
def test_nothing_else_changes(folder, arguments, code):
    """What a command prints, and its exit code, are those that it has in one process."""
    (folder / "dcat-hk.toml").unlink()
    words = [word.replace("OUTPUT", str(OUTPUT)) for word in arguments]
    here = f"import sys; from dcat_hk.commands.cli import main; main({words!r})"
    expected = subprocess.run([sys.executable, "-c", here], cwd=folder, capture_output=True, check=False)
    done = run(*words, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (code, expected.stdout, expected.stderr)


def test_standard_input_reaches_the_work(folder):
    """It is read once, by the copy."""
    done = run("validate", "-", "--format", "json", cwd=folder, data=(folder / "a.ttl").read_bytes())
    assert done.returncode == 4
    assert json.loads(done.stdout)["results"]


def test_large_files_may_take_more(folder):
    """The limits are for so many bytes; what is packed or comes by standard input counts when it is unpacked."""
    import gzip

    (folder / "dcat-hk.toml").write_text("[rdf-limits]\nmemory = 60_000_000\nratio = 100000\n", encoding="utf-8")
    large = (folder / "a.ttl").read_bytes() + b"# a comment\n" * 2_000_000
    (folder / "b.ttl").write_bytes(large)
    (folder / "c.ttl.gz").write_bytes(gzip.compress(large))
    for name in ("b.ttl", "c.ttl.gz"):
        assert run("validate", name, "--summary", cwd=folder).returncode == 4, name


def test_pyshacl_may_take_more_for_each_byte(folder):
    """It holds a graph of the data in memory, some hundred bytes for each."""
    (folder / "dcat-hk.toml").write_text("[rdf-limits]\nmemory = 60_000_000\n", encoding="utf-8")
    (folder / "b.ttl").write_bytes((folder / "a.ttl").read_bytes() + b"# a comment\n" * 50_000)
    command = ("validate", "--summary", "--engine", "pyshacl")
    assert [run(*command, name, cwd=folder).returncode for name in ("a.ttl", "b.ttl")] == [3, 4]


def test_queries_of_shapes_take_no_more_than_the_command_may(folder):
    """They are asked in a process of their own, whose own limits are higher."""
    (folder / "shapes.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:NodeShape ; sh:targetClass <http://www.w3.org/ns/dcat#Dataset> ; sh:sparql [ sh:select
"SELECT $this { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?c), STR(?f), STR(?i), STR(?l)) = '') }" ] .
""",
        encoding="utf-8",
    )
    text = "".join(f"<urn:a> <urn:p> {number} .\n" for number in range(500))
    (folder / "a.ttl").write_text(f"<urn:a> a <http://www.w3.org/ns/dcat#Dataset> .\n{text}", encoding="utf-8")
    done = run("validate", "--lang", "en", "--shapes", "shapes.ttl", "a.ttl", cwd=folder)
    assert done.returncode == 3
    assert b"The queries of the shapes took more than 1 second of processor time" in done.stderr


LONG_QUERIES = {
    "time": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "memory": "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
}


@pytest.mark.parametrize(
    ("limits", "kind", "told"),
    [
        ("seconds = 1", "time", "took more processor time than it may: 1 second"),
        ("memory = 50_000_000", "memory", "took more memory than it may (50,000,000 bytes, and 20 more"),
        ("memory = 1", "time", "took more memory than it may"),
    ],
)
def test_a_query_takes_no_more_than_the_command_may(folder, limits, kind, told):
    """It is asked in a process of its own; what ends that is told as what ends the command: exit code 3, the limit."""
    (folder / "low.toml").write_text(f"[rdf-limits]\n{limits}\n", encoding="utf-8")
    (folder / "dcat-hk.toml").unlink()
    done = run("query", LONG_QUERIES[kind], "--from", OUTPUT, "--config", "low.toml", "--lang", "en", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (3, b"", 1)
    assert done.stderr.decode().startswith(f"Error: {OUTPUT}: The ")
    assert told in done.stderr.decode()
    assert "of the setting rdf-limits" in done.stderr.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", "a.ttl"],
        ["score", "a.ttl"],
        ["diff", "a.ttl", "a.ttl"],
        ["query", "categories", "--from", "OUTPUT"],
        ["query", "categories", "--show"],
        ["load", "OUTPUT", "--dry-run", "--endpoint", "http://127.0.0.1:9/store"],
        ["export", "--from", "OUTPUT"],
        ["explain", "catalogue", "--from", "OUTPUT"],
    ],
)
def test_the_settings_file_can_be_named(folder, monkeypatch, arguments):
    """What is wrong in it is told: it is read."""
    (folder / "dcat-hk.toml").unlink()
    (folder / "other.toml").write_text("[rdf-limits]\nseconds = 0.5\n", encoding="utf-8")
    words = [word.replace("OUTPUT", str(OUTPUT)) for word in arguments]
    monkeypatch.setenv("DCAT_HK_LANGUAGE", "en")
    done = run(*words, "--config", "other.toml", cwd=folder)
    expected = "Error: other.toml: “rdf-limits.seconds” is 0.5. Expected: a number of seconds from 1 to 1,000,000.\n"
    assert (done.returncode, done.stderr.decode()) == (2, expected)
