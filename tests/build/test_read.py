"""Inputs are read into plans that wait on disk."""

import hashlib

import pytest
from support.mappings import TABS
from support.paths import SEEDS
from support.plan_texts import PlanText, as_tabs
from support.read_plans import read_texts

from dcat_hk.build.publish import no_progress
from dcat_hk.build.read import Reader, limits_of, read_files, read_input
from dcat_hk.build.readings import ReadingOptions
from dcat_hk.core.errors import NotAPlan, NotReadable, ReadingFault
from dcat_hk.core.limits import Limits
from dcat_hk.core.settings import Settings
from dcat_hk.reading.documents import find_inputs


def test_a_plan_waits_on_disk_and_comes_back_whole(tmp_path):
    """The head has all but the entries; the file has these as well, and both are of the same plan."""
    result = read_texts(tmp_path, plan=as_tabs(TABS))["plan"]
    plan = result.file.load()
    assert result.file.head.entries == ()
    assert [entry.title for entry in plan.entries] == ["潮汐預報", "自動氣象站", "雨量", "星座"]
    assert (
        (plan.bureau, plan.years) == (result.file.head.bureau, result.file.head.years) == ("香港天文台", (2024, 2026))
    )


def test_the_outcome_counts_rows_bytes_and_findings(tmp_path):
    """Digest and size are those of the file, rows are counted by stage, findings are kept."""
    text = as_tabs(TABS)
    outcome = read_texts(tmp_path, plan=text)["plan"].outcome
    assert (outcome.sha256, outcome.size) == (hashlib.sha256(text.encode()).hexdigest(), len(text.encode()))
    assert (outcome.rows, outcome.released, outcome.planned) == (4, 3, 1)
    assert "unknown-category" in {finding.code for finding in outcome.findings}


@pytest.mark.parametrize("text", ["", "Dear Sir", as_tabs(PlanText("", 2024, TABS.rows))])
def test_what_is_no_plan_is_refused_and_the_others_are_read(tmp_path, text):
    """An empty file, a letter and a plan that names no body are outcomes with a reason, not the end of the build."""
    results = read_texts(tmp_path, bad=text, good=as_tabs(TABS))
    assert results["bad"].file is None
    assert results["bad"].outcome.refused.startswith("bad.txt: ")
    assert (results["good"].outcome.refused, results["good"].file is None) == ("", False)


def test_inputs_keep_their_order_whatever_the_number_of_processes(tmp_path):
    """Results come in the order of the inputs, each with a file of its own; progress counts them."""
    inputs = find_inputs([SEEDS])[::-1]
    steps = []
    results = read_files(inputs, tmp_path, Reader(), 2, lambda *step: steps.append(step))
    assert [result.outcome.name for result in results] == [source.name for source in inputs]
    assert len({result.file.path for result in results}) == len(inputs)
    assert [step[:3] for step in steps] == [("reading", number, len(inputs)) for number in range(len(inputs) + 1)]


def test_limits_of_the_settings_hold(tmp_path):
    """A file that exceeds a limit of the settings is refused by that limit."""
    path = tmp_path / "plan.txt"
    path.write_text(as_tabs(TABS), encoding="utf-8")
    (source,) = find_inputs([path])
    assert read_input(source).plan is not None
    with pytest.raises(NotAPlan, match="10"):
        read_input(source, limits_of(Settings(limits={"size": 10})))


def test_a_file_that_vanished_is_an_error(tmp_path):
    """A file that cannot be opened is named."""
    (source,) = find_inputs([tmp_path / "gone.txt"])
    with pytest.raises(NotReadable, match=r"gone\.txt"):
        read_input(source)


def test_a_bug_ends_the_reading_of_one_input_only(tmp_path):
    """What is raised by mistake, here for a limit that is no number, is the outcome of the input."""
    path = tmp_path / "plan.txt"
    path.write_text(as_tabs(TABS), encoding="utf-8")
    (source,) = find_inputs([path])
    (result,) = read_files([source], tmp_path, Reader(ReadingOptions(Limits(characters=None))), 1, no_progress)
    assert result.file is None
    assert "plan.txt: Reading stopped at a bug of dcat-hk (TypeError" in result.outcome.refused
    with pytest.raises(ReadingFault):
        read_input(source, Limits(characters=None))
