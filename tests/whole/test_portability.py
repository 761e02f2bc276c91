"""
Commands on a system that is not this one: without modules of Unix, without fork, with streams in another encoding.

What is tried here is a Python of this system from which those parts are taken. It is no Windows: how that treats open
files, paths and consoles is not seen.
"""

import ast
import json
import os
import subprocess
import sys
from tempfile import TemporaryDirectory

import pytest
from support.paths import ROOT, SEEDS

PACKAGE = ROOT / "dcat_hk"
ELSEWHERE = ROOT / "tests" / "support" / "elsewhere"
PLAN = SEEDS / "000_d84cc4dd47a9b165.txt"
#: What not every system has: imported only where it is needed, in a branch for those that have it.
SYSTEM_MODULES = frozenset(
    ["fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "msvcrt", "winreg", "nt"]
)


def run(*arguments, cwd=ROOT, data=b"", **variables):
    """Run a command elsewhere; return what became of it."""
    # It cannot lock its folders for the time being: whoever can, on this system, would take them for left over.
    with TemporaryDirectory() as folder:
        changes = {"PYTHONPATH": str(ELSEWHERE), "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "TMPDIR": folder}
        command = [sys.executable, "-m", "dcat_hk", *map(str, arguments)]
        done = subprocess.run(
            command, capture_output=True, check=False, cwd=cwd, env=os.environ | changes | variables, input=data
        )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def test_elsewhere_is_another_system():
    """What is to be missing is missing there, also in processes that are started from it."""
    code = "import os, multiprocessing; print(hasattr(os, 'fork'), multiprocessing.get_start_method()); import fcntl"
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, capture_output=True, check=False, text=True, env=os.environ | {"PYTHONPATH": str(ELSEWHERE)}
    )
    assert done.stdout == "False spawn\n"
    assert "ModuleNotFoundError: No module named 'fcntl'" in done.stderr


def test_looking_at_elsewhere_leaves_this_system_as_it_is():
    """Pytest looks for examples in the file that takes things away, and the tests after it still have them."""
    code = (
        "import multiprocessing, os, pytest, signal, sys; code = pytest.main(['-q', '--collect-only', sys.argv[1]]); "
        "import fcntl; print(code, multiprocessing.get_start_method(), os.fork, signal.SIGHUP)"
    )
    command = [sys.executable, "-c", code, str(ELSEWHERE / "sitecustomize.py")]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, text=True)
    assert done.stdout.splitlines()[-1].startswith("5 fork ")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_needs_a_system_to_be_imported(path):
    """Modules that only some systems have are imported inside functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.split(".")[0])
    assert not names & SYSTEM_MODULES


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a catalogue elsewhere; return its folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    done = run("build", PLAN, "-o", folder / "output", "-q")
    assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
    assert [path.name for path in folder.iterdir()] == ["output"]
    return folder / "output"


def test_a_build_elsewhere_is_the_same(built, tmp_path):
    """Not a byte of what is published depends on the system."""
    command = [sys.executable, "-m", "dcat_hk", "build", str(PLAN), "-o", str(tmp_path / "output"), "-q", "-j", "2"]
    subprocess.run(command, check=True, cwd=ROOT)
    files = {path.relative_to(built) for path in built.rglob("*") if path.is_file()}
    assert len(files) > 10
    for name in files:
        assert (built / name).read_bytes() == (tmp_path / "output" / name).read_bytes(), name


def test_what_is_read_and_printed_elsewhere_is_the_same():
    """What a plan says comes out as UTF-8, whatever encoding the streams are said to have."""
    here = subprocess.run(
        [sys.executable, "-m", "dcat_hk", "parse", str(PLAN)], capture_output=True, check=True, cwd=ROOT
    )
    done = run("parse", PLAN)
    assert done.stdout == here.stdout
    assert any(ord(character) > 0x4E00 for character in done.stdout.decode())
    assert json.loads(run("parse", "-", data=PLAN.read_bytes()).stdout)[0]["entries"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--help",), 0),
        (("lint", PLAN), 0),
        (("lint", PLAN, "--lang", "zh-Hant"), 0),
        (("validate", "OUTPUT/catalogue.nq"), 0),
        (("export", "--from", "OUTPUT", "--format", "turtle"), 0),
        (("query", "--from", "OUTPUT", "categories"), 0),
        (("diff", "OUTPUT", "OUTPUT"), 0),
        (("fulfilment", PLAN), 0),
        (("reconcile", PLAN, "--write", "--links", "FOLDER/links"), 0),
        (("feed", "OUTPUT", "-o", "FOLDER/site", "--format", "nt"), 0),
        (("score", "OUTPUT/catalogue.nq"), 0),
        (("parse", "FOLDER"), 2),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_commands_run_elsewhere(built, tmp_path, arguments, code):
    """Each command ends as it does here, and leaves nothing in the folder for temporary files."""
    (tmp_path / "temporary").mkdir()
    words = [str(word).replace("OUTPUT", str(built)).replace("FOLDER", str(tmp_path)) for word in arguments]
    done = run(*words, TMPDIR=str(tmp_path / "temporary"))
    assert done.returncode == code, done.stderr.decode()
    done.stdout.decode()
    assert list((tmp_path / "temporary").iterdir()) == []
