"""Tests of pausing the garbage collector, and that what reads documents makes nothing for it to find."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from dcat_hk.core.collecting import without_collection
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

_PLAN = """香港警務處
2024-2026年度整合開放數據計劃
D. 進度：已經上載的數據集
編號\t數據種類\t數據集名稱\t一般說明\t發放日期\t更新頻率
"""
_ROWS = 200


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Leave the collector as it was."""
    was_enabled = gc.isenabled()
    yield
    (gc.enable if was_enabled else gc.disable)()


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("fails", [True, False])
def test_collector_is_as_before(enabled: bool, fails: bool) -> None:
    """What was on is on again, what was off stays off, also after an error and where blocks are nested."""
    (gc.enable if enabled else gc.disable)()
    try:
        with without_collection():
            assert not gc.isenabled()
            with without_collection():
                assert not gc.isenabled()
            assert not gc.isenabled()
            if fails:
                raise ValueError
    except ValueError:
        pass
    assert gc.isenabled() == enabled


def test_reading_makes_few_cycles() -> None:
    """A collector that is paused while a plan is read finds less afterwards than the plan has rows."""
    rows = "".join(f"{row}\t法律及保安\t罪案數字{row}\t以CSV格式列出\t10/2016\t每年\n" for row in range(1, _ROWS + 1))
    data = (_PLAN + rows).encode()
    read_plan(read_bytes(data, "plan.txt"), load())
    gc.collect()
    gc.disable()
    reading = read_plan(read_bytes(data, "plan.txt"), load())
    assert len(reading.require().entries) == _ROWS
    assert gc.collect() < _ROWS


def test_reading_leaves_collector_on() -> None:
    """Reading pauses the collector and lets it go on."""
    gc.enable()
    read_plan(read_bytes(_PLAN.encode(), "plan.txt"), load())
    assert gc.isenabled()
