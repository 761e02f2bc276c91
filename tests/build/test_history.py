"""What plans' graphs say of the years before: line by line, on disk, the same however many processes work."""

import re

import pytest
from support.plan_texts import plan_with
from support.worked_plans import write_worked_plans

from dcat_hk.build import build
from dcat_hk.build.history import compare_plans, find_lines, load_history
from dcat_hk.build.index import index_plans
from dcat_hk.build.read import Reader, read_files
from dcat_hk.catalogue.mapping.identities import Bodies, Links, identify
from dcat_hk.core.reporting import no_progress
from dcat_hk.core.settings import Settings
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import find_inputs


@pytest.fixture
def indexed(tmp_path):
    """Return the worked example, and a plan of another body, indexed."""
    paths = write_worked_plans(tmp_path / "plans")
    (tmp_path / "plans/other.tsv").write_text(plan_with(), encoding="utf-8")
    spool = tmp_path / "spool"
    spool.mkdir()
    results = read_files(find_inputs([*paths, tmp_path / "plans/other.tsv"]), spool, Reader(), 1, no_progress)
    return index_plans([result.file for result in results], Settings(), load())


def history_of(indexed, number):
    """Return the history of a plan."""
    return load_history(indexed, number, identify_plan(indexed, number))


def identify_plan(indexed, number):
    """Return a plan with identities."""
    from dcat_hk.build.read import load_plan

    return identify(load_plan(indexed.paths[number]), Bodies(load()), Links())


def test_plans_of_one_line_belong_together(indexed):
    """Plans of one body are compared with one another, and with no other's."""
    assert sorted(map(len, find_lines(indexed))) == [1, 2]


def test_histories_wait_on_disk(indexed):
    """A line is compared once; a plan that stands alone has promises and no changes."""
    compare_plans(indexed, jobs=1)
    assert [len(history_of(indexed, number).changes) for number in range(3)] == [0, 6, 0]
    assert [len(history_of(indexed, number).promises) for number in range(3)] == [2, 5, 1]


def test_a_build_in_several_processes_gives_the_same_bytes(tmp_path):
    """Changes and promises do not depend on how many processes work, nor on the order of files."""
    paths = write_worked_plans(tmp_path / "plans")
    for number in range(10):
        text = plan_with(head=f"環境保護署\n{2010 + number}-{2012 + number}年度整合開放數據計劃")
        (tmp_path / f"plans/epd-{number}.tsv").write_text(text, encoding="utf-8")
    assert build([tmp_path / "plans"], tmp_path / "one", Settings(), jobs=1).published
    others = sorted((tmp_path / "plans").glob("epd-*"), reverse=True)
    assert build([*others, *paths[::-1]], tmp_path / "two", Settings(), jobs=2).published
    for name in ("catalogue.nq", "catalogue.ttl", "catalogue.jsonld"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_dataset_with_another_identifier_does_not_stop_a_build(tmp_path):
    """Where a heading came or went, rows go on under another identifier, and each plan's file is valid by itself."""
    head, rows = "環境保護署\n{}年度整合開放數據計劃", "1\t環境\t空氣質素\t各區讀數\t3/2025\t每月"
    (tmp_path / "plans").mkdir()
    for years, subsection in (("2023-2025", "i. 空間數據"), ("2024-2026", "")):
        text = plan_with(head=head.format(years), subsection=subsection, rows=rows)
        (tmp_path / f"plans/{years}.tsv").write_text(text, encoding="utf-8")
    assert build([tmp_path / "plans"], tmp_path / "output", Settings(), jobs=1).published
    text = (tmp_path / "output/catalogue.ttl").read_text(encoding="utf-8")
    assert len(set(re.findall(r"^<dataset/hk-epd-[a-z0-9]+>", text, re.MULTILINE))) == 2
    assert text.count("\n<promise/") == 1
