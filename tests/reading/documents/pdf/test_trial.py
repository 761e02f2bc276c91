"""A trial opens a PDF and ends without harm, whatever the file is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.pdf_files import form, pdf, text

from dcat_hk.core import processes
from dcat_hk.reading.documents.pdf import danger

TRIAL = str(Path(danger.__file__).with_name("trial.py"))
#: What sets the limits and then runs the trial.
PATH = Path(processes.__file__).with_name("confined.py")
DOUBLING = pdf("/X6 Do\n" + text(50, 300, "words"), extra=[form(6, "/Self Do /Self Do")])


def run(data, *arguments):
    """Return the exit code of a trial."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=False).returncode


@pytest.mark.parametrize("data", [pdf(text(50, 300, "words")), b"%PDF-1.7 nothing"], ids=["sound", "broken"])
def test_a_file_that_is_soon_opened_or_refused_is_no_danger(data):
    """A sound file and one that cannot be opened both end the trial with success."""
    assert run(data, str(PATH), str(os.getpid()), "1500000000", "5", TRIAL) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the kernel")
def test_a_file_that_takes_too_long_ends_the_trial():
    """The kernel ends a trial that has used its processor time."""
    assert run(DOUBLING, str(PATH), str(os.getpid()), "1500000000", "1", TRIAL) != 0


def test_a_trial_ends_where_the_kernel_sets_no_limit():
    """On systems without limits on processes, the trial ends itself by its processor time."""
    code = "import runpy, sys; sys.modules['resource'] = None; runpy.run_path(sys.argv.pop(1), run_name='__main__')"
    assert run(DOUBLING, "-c", code, str(PATH), str(os.getpid()), "0", "1", TRIAL) == 1
