"""What is left of a reading comes back from bytes as it was, under whatever name the file has by then."""

import dataclasses
import shutil

import pytest
from support.editions import ENGLISH
from support.mappings import TABS
from support.paths import ROOT, SEEDS
from support.plan_texts import as_tabs

from dcat_hk.build.read import Reader, read_files, read_input, read_kept
from dcat_hk.build.readings import ReadingOptions, dump_reading, keep_reading, key_of_reading, load_reading
from dcat_hk.core.caching import Cache
from dcat_hk.core.decisions import Decisions
from dcat_hk.core.limits import Limits
from dcat_hk.core.reporting import no_progress
from dcat_hk.reading.documents import Input, find_inputs
from dcat_hk.reading.quality import copy_of

#: A document of every kind, in one language and in two.
DOCUMENTS = [
    *sorted(SEEDS.glob("00[04]*.txt")),
    *sorted((ROOT / "evaluation/documents").glob("care-en.*")),
    *sorted((ROOT / "evaluation/documents").glob("markets-both.*"))[:4],
]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
@pytest.mark.exhaustive
def test_a_reading_comes_back_as_it_was(path, tmp_path):
    """Plan, findings and quality are equal; under another name all is as if the file were read under that name."""
    (source,) = find_inputs([path])
    kept = keep_reading(read_input(source), path.stat().st_size)
    assert load_reading(dump_reading(kept), path.name) == kept
    other = f"other {path.name}"
    copied = Input(shutil.copy(path, tmp_path / other), other)
    assert load_reading(dump_reading(kept), other) == read_kept(copied, Reader())
    assert kept.copy == copy_of(read_input(source))


@pytest.mark.parametrize("data", [b"", b"Dear Sir", b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"])
def test_a_refusal_is_kept_with_its_reason(tmp_path, data):
    """What is no plan is refused again in the same words, under its name of today."""
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_bytes(data)
    inputs = [Input(tmp_path / name, name) for name in ("one.txt", "two.txt")]
    fresh = [read_files([source], tmp_path, Reader(), 1, no_progress)[0].outcome.refused for source in inputs]
    reader = Reader(cache=Cache(tmp_path / "cache"))
    for _time in range(2):
        kept = [read_files([source], tmp_path, reader, 1, no_progress)[0].outcome.refused for source in inputs]
        assert kept == fresh
    assert all(fresh)


def test_what_took_too_long_is_tried_again(tmp_path):
    """A refusal that depends on the machine is not kept."""
    (tmp_path / "plan.txt").write_text(as_tabs(TABS), encoding="utf-8")
    reader = Reader(ReadingOptions(Limits(seconds=1e-9)), Cache(tmp_path / "cache"))
    (result,) = read_files(find_inputs([tmp_path / "plan.txt"]), tmp_path, reader, 1, no_progress)
    assert "seconds of processor time" in result.outcome.refused
    assert reader.cache.measure().entries == 0


def test_the_key_changes_with_all_that_matters():
    """Bytes, limits, what people decided, and that a name is one of Markdown; nothing else of the name."""
    options = ReadingOptions()
    keys = [
        key_of_reading(b"x", "a.txt", options),
        key_of_reading(b"y", "a.txt", options),
        key_of_reading(b"x", "a.md", options),
        key_of_reading(b"x", "a.txt", ReadingOptions(Limits(pages=7))),
        key_of_reading(b"x", "a.txt", ReadingOptions(decisions=Decisions(digests={"wording.toml": ("1", 1)}))),
    ]
    assert len(set(keys)) == len(keys)
    assert key_of_reading(b"x", "folder/b.docx", options) == keys[0]


def test_bytes_that_are_no_reading_are_none():
    """Neither the bytes of another value nor half a reading are taken for one."""
    kept = keep_reading(read_input(find_inputs([SEEDS])[0]), 1)
    for broken in (dataclasses.replace(kept, quality=None), dataclasses.replace(kept, plan=None)):
        assert load_reading(dump_reading(broken), "a") is None
    for data in (None, b"", dump_reading(kept)[:-1], dump_reading(kept) + b"\0"):
        assert load_reading(data, "a") is None


def test_names_inside_of_findings_follow(tmp_path):
    """A file with several editions names itself in its findings."""
    text = as_tabs(TABS) + "\f" + ENGLISH
    for name in ("old.txt", "new name.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    old, new = (read_kept(Input(tmp_path / name, name), Reader()) for name in ("old.txt", "new name.txt"))
    assert old.renamed("new name.txt") == new
    assert old.findings
