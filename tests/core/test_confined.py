"""A script within limits of memory and processor time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dcat_hk.core import processes

PATH = str(Path(processes.__file__).with_name("confined.py"))


def run(tmp_path, code, memory=2**30, seconds=30):
    """Run code as a confined script with two arguments; return what became of it."""
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    command = [sys.executable, PATH, str(os.getpid()), str(memory), str(seconds), str(script), "one", "two"]
    return subprocess.run(command, input=b"data", capture_output=True, check=False)


def test_a_script_sees_its_own_arguments_and_input(tmp_path):
    """The limits are gone from the arguments, and standard input is the script's."""
    process = run(tmp_path, "import sys; print(sys.argv[1:], __name__, sys.stdin.read())")
    assert (process.returncode, process.stdout.decode().strip()) == (0, "['one', 'two'] __main__ data")


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the kernel")
def test_a_script_that_takes_too_much_memory_fails(tmp_path):
    """Memory beyond the limit is not given."""
    assert run(tmp_path, "print(len(bytearray(2**29)))", memory=2**28).returncode != 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the kernel")
def test_a_script_that_takes_too_long_is_ended(tmp_path):
    """The kernel ends a script that has used its processor time."""
    assert run(tmp_path, "while True: pass", seconds=1).returncode != 0
