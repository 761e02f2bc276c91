"""The folder of links: what it says, and what people add to it."""

import os
import signal
import subprocess
import sys

import pytest

from dcat_hk.core.errors import NotReadable, UsageError
from dcat_hk.reconciliation.judgements import Judgement
from dcat_hk.reconciliation.linkfiles import IDENTITIES, JUDGEMENTS, append_judgement, append_text, read_links

BASE = "https://example.org/dcat-hk/"


def test_no_folder_says_nothing_and_a_missing_one_is_named(tmp_path):
    """Without a folder there are no links; one that is named must be there; an empty one says nothing."""
    assert read_links(None, BASE).digests == {}
    with pytest.raises(NotReadable, match="no such folder"):
        read_links(tmp_path / "links", BASE)
    assert read_links(tmp_path, BASE).written == ()


def test_judgements_are_appended(tmp_path):
    """Every answer is a line behind the others; what people wrote by hand stays as it is."""
    folder = tmp_path / "links"
    append_judgement(folder, Judgement(f"{BASE}record/a", "dropped", "", "me", "2024-01-01"), BASE, ("雨量", ""))
    first = (folder / JUDGEMENTS).read_bytes()
    append_judgement(folder, Judgement(f"{BASE}record/b", "dropped", "", "me", "2024-01-02"), BASE)
    assert (folder / JUDGEMENTS).read_bytes().startswith(first)
    assert len(read_links(folder, BASE).judgements.lines) == 2


def test_a_file_in_place_of_the_folder_is_wrong_usage(tmp_path):
    """A file is no folder of links."""
    (tmp_path / "links").write_text("")
    with pytest.raises((UsageError, NotReadable)):
        append_judgement(tmp_path / "links", Judgement("a", "dropped"), BASE)


def test_what_cannot_be_read_is_not_appended_to(tmp_path):
    """A file in another encoding is named and stays as it is."""
    path = tmp_path / IDENTITIES
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(NotReadable, match="not in UTF-8"):
        append_text(path, "", "more\n")
    assert path.read_bytes() == b"\xff\xfe"


def test_the_old_file_is_whole_after_a_kill(tmp_path):
    """A process that is killed while it appends leaves whole lines only."""
    script = (
        "import sys; from pathlib import Path; from dcat_hk.reconciliation.linkfiles import append_text\n"
        "print('on', flush=True)\n"
        "lines = 'hk-a-aaaaaaaaaa\\thk-a-aaaaaaaaaa\\n' * 500\n"
        "while True: append_text(Path(sys.argv[1]), 'identifier\\tkept\\n', lines)"
    )
    path = tmp_path / IDENTITIES
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        while not path.exists():
            pass
        os.kill(process.pid, signal.SIGKILL)
    lines = path.read_text().splitlines()
    assert (lines[0], len(lines) % 500) == ("identifier\tkept", 1)
    assert set(lines[1:]) == {"hk-a-aaaaaaaaaa\thk-a-aaaaaaaaaa"}
