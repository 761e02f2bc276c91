"""The lines that a published thing was read from."""

import hashlib
import shutil

import pytest
from support.commands import run
from support.paths import SEEDS
from support.two_plans import datasets, reconcile_files, write_plans

from dcat_hk.build.explain import explain, find_documents
from dcat_hk.core.errors import UsageError

POLICE = next(SEEDS.glob("004*"))
RECORD = "record/hk-hkpf/2024-2026/D-ii-7.1"


def test_a_record_is_explained_by_its_row(catalogue):
    """A record names file, digest, lines and words, and shows the lines if the file is at hand."""
    explanation = explain(catalogue, "record/hk-hkpf/2024-2026/D-ii-7.1", [SEEDS])
    (origin,) = explanation.origins
    assert (origin.file, origin.place) == ("004_0a61bf397c99dad3.txt", "lines 74-74")
    assert origin.words["title"] == "交通統計數字"
    assert origin.words["frequency"] == "每年"
    assert "date" not in origin.words
    assert origin.lines[0].startswith("以JSON格式列出交通意外數字趨勢")


def test_lines_are_shown_only_of_the_file_that_was_read(catalogue, tmp_path):
    """A file of the same name with another text is not shown; a copy under another name is."""
    (tmp_path / POLICE.name).write_text("another text", encoding="utf-8")
    (origin,) = explain(catalogue, RECORD, [tmp_path]).origins
    assert origin.lines == ()
    shutil.copy(POLICE, tmp_path / "copy.txt")
    (origin,) = explain(catalogue, RECORD, [tmp_path]).origins
    assert origin.lines[0].startswith("以JSON格式列出交通意外數字趨勢")


def test_without_sources_the_place_is_still_stated(catalogue):
    """File and place are in the catalogue itself, whatever folder the plans are in."""
    (origin,) = explain(catalogue, RECORD).origins
    assert (origin.file, origin.place, origin.lines) == (POLICE.name, "lines 74-74", ())


def test_documents_are_found_by_digest_and_broken_files_passed_over(tmp_path):
    """Only files with a wanted digest are read; one that cannot be read does not stop the search."""
    digest = hashlib.sha256(POLICE.read_bytes()).hexdigest()
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    shutil.copy(POLICE, tmp_path / "b.txt")
    (tmp_path / "c.txt").write_text("another text", encoding="utf-8")
    documents = find_documents(
        [tmp_path, tmp_path / "gone.txt"], {digest, hashlib.sha256(b"%PDF-1.7 broken").hexdigest()}
    )
    assert {key: document.name for key, document in documents.items()} == {digest: "b.txt"}
    assert find_documents([], {digest}) == {}


def test_an_unknown_thing_is_wrong_usage(catalogue):
    """A thing that the catalogue lacks is named with its whole IRI."""
    with pytest.raises(UsageError, match=r"https://example\.org/dcat-hk/dataset/nothing"):
        explain(catalogue, "dataset/nothing", [SEEDS])


def test_a_dataset_of_several_plans_tells_why_it_is_one(tmp_path):
    """The links, judgements and kept identifiers that unite rows of several plans are told."""
    plans = write_plans(tmp_path / "plans")
    links, files = tmp_path / "links", [plans["old"], plans["new"]]
    reconcile_files(files, links)
    topics = datasets(files, tmp_path / "out", links)
    name = f"dataset/{topics['hk-hko/2022-2024/D-i-1']}"
    reasons = explain(tmp_path / "out", name, (), links).reasons
    assert reasons[0].startswith("record/hk-hko/2021-2023/D-2 → record/hk-hko/2022-2024/D-i-1: the same title (")
    assert "is published as" in reasons[1]
    shown = run("explain", name, "--from", tmp_path / "out", "--sources", tmp_path / "plans").stdout
    assert "One dataset, because:\n  record/hk-hko/2021-2023/D-2 → " in shown
    assert explain(tmp_path / "out", "record/hk-hko/2021-2023/D-1", (), links).reasons == []
