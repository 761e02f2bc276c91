"""The start of the program, before the commands are imported."""

import os
import subprocess
import sys

import pytest
from support.paths import ROOT

PROGRAM = """
import os, signal, sys
import dcat_hk.__main__ as program
keep = program.keep_signals

def keep_and_send():
    keep()
    for number in {numbers}:
        os.kill(os.getpid(), number)
    print("begun", file=sys.stderr)

program.keep_signals = keep_and_send
program.run()
"""


@pytest.mark.parametrize(
    ("numbers", "code", "told"),
    [
        ([2], 130, "Interrupted."),
        ([2, 15], 130, "Interrupted."),
        ([15, 2], 143, "Ended by SIGTERM."),
        ([1, 2, 15], 129, "Ended by SIGHUP."),
    ],
)
@pytest.mark.parametrize("arguments", [["query", "--list"], ["validate", "none.ttl"], ["--version"], ["none"]])
def test_signals_that_come_while_the_program_starts_are_told_once(numbers, code, told, arguments):
    """They wait until the commands are imported and the language is known; nothing else is printed or done."""
    command = [sys.executable, "-c", PROGRAM.format(numbers=numbers), *arguments]
    env = os.environ | {"DCAT_HK_LANGUAGE": "en"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=env)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", f"begun\nError: {told}\n")
