"""Tests of `dcat_hk.reading.recognisers.acts`: what headings say was done, or is to come."""

import pytest

from dcat_hk.core.text import plain
from dcat_hk.reading.recognisers import acts
from dcat_hk.reading.recognisers.acts import Acts, drop_asides, is_withdrawn, read_acts
from dcat_hk.reading.recognisers.headings import (
    choose_section,
    complete_heading,
    read_section_heading,
    read_signs,
    read_stage,
)

RELEASED = [
    "C. Datasets planned in the last plan and now open to the public",
    "Datasets planned for 2025 and released in the meantime",
    "Once planned, available since 2025",
    "B. Datasets promised earlier, released in the meantime",
    "Datasets scheduled for 2025 that have since gone live",
    "Planned datasets that were released ahead of schedule",
    "Datasets targeted for 2025 and published on time",
    "Datasets originally planned for 2026 but already opened in 2025",
    "Datasets proposed in 2024 and made available in 2025",
    "New datasets launched in 2025",
    "Datasets which were to be released in 2025 and are now available",
    "Previously planned datasets, all of which have been uploaded",
    "甲、過往年度開放的數據集",
    "一、原定發放而現已推出的數據集",
    "計劃中並已如期開放的數據集",
    "原擬於2025年發放、現已上載的數據集",
    "早前承諾發放並已完成上載的數據集",
    "按計劃已發放的數據集",
    "已按計劃開放的數據集",
    "曾列入計劃、其後已公開的數據集",
    "原定2026年發放但已提早開放的數據集",
    "往年計劃內已落實發放的數據集",
    "2025年擬發放且已發放的數據集",
    "去年承諾並已兌現的數據集",
    "丁、历年开放的数据集",
    "上一份计划所列、现已公开的数据集",
    "已如期发布的数据集",
    "原计划2025年发布、目前已上线的数据集",
    "早年开放的数据集",
    "先前计划开放并已完成开放的数据集",
    "D. Datasets already released (none has been withdrawn)",
    "Datasets already released unless withdrawn",
    "Released datasets (other than those withdrawn)",
    "D. Datasets released to date, except those discontinued",
    "Released datasets with no withdrawn items",
    "Datasets released (withdrawn datasets are listed in Annex 2)",
    "D. 已發放的數據集（不包括已撤回者）",
    "D. 已發放的數據集（除已取消項目外）",
    "已發放的數據集（並無撤回）",
    "D. 已發放而未有撤回的數據集",
    "D. 已发放的数据集（未曾撤回）",
    "已发放的数据集（已删除的见附件）",
    "除已停止发放者外，所有已发放的数据集",
    "Part 1: Datasets opened before 2024",
    "Part 2: Datasets made available in earlier years",
    "甲、已於二零二六年前開放的數據集",
    "以往各年度",
    "Datasets released in or before 2025",
    "Datasets in the public domain",
    "Datasets live on DATA.GOV.HK",
    "Datasets now accessible to the public",
    "網上可供下載的數據集",
    "現時公眾可取用的數據集",
    "已於資料一線通發放的數據集",
    "上線中的數據集",
    "D. Datasets released by the Department",
    "Datasets published by this Bureau",
]
PLANNED = [
    "Datasets approved for release but not published so far",
    "A. Datasets whose publication is still awaited",
    "B. Datasets that have yet to be made open",
    "Datasets approved and pending upload",
    "Datasets agreed to be released",
    "Datasets which have been approved for release in 2026",
    "Datasets already approved, not yet released",
    "Datasets not released until 2027",
    "Datasets awaiting publication",
    "Datasets that have been identified for release",
    "Datasets ready for release",
    "Datasets already scheduled for release",
    "已批出、待上載的數據集",
    "已獲局方同意發放的數據集",
    "已獲批准但仍未公開的數據集",
    "甲、尚待發放的數據集",
    "丙、未曾發放的數據集",
    "有待上載的數據集",
    "已通過審批、即將公開的數據集",
    "已獲授權但未上載的數據集",
    "已納入計劃而尚未推出的數據集",
    "已完成準備、擬於2026年發放的數據集",
    "已確定發放日期的數據集",
    "已选定将于2026年开放的数据集",
    "已经批准、等待发布的数据集",
    "业已获准惟尚未上线的数据集",
    "已承诺但尚未兑现的数据集",
    "拟议开放的数据集",
    "已准备就绪、可于2026年发放的数据集",
    "仍在筹备发放的数据集",
    "A. Datasets to be released in 2026 (those cancelled are not listed)",
    "B. Datasets of withdrawn vehicles and cancelled licences, to be released in 2027",
    "B. Datasets on restricted areas and confidential data of tenders, to be released in 2027",
    "Datasets to be released in 2026, excluding cancelled items",
    "Datasets planned for 2026 (no dataset has been cancelled)",
    "A. 將於2026年發放的數據集（已取消的不在此列）",
    "將於2026年發放的數據集，不包括已撤銷項目",
    "A. 将于2026年发放的数据集（扣除已取消者）",
    "Part 3: Datasets to be released before 2028",
    "Part 4: Datasets to be released previously announced",
    "Datasets in the pipeline",
    "Work in progress: datasets to be opened up",
    "Datasets coming soon",
    "Datasets under preparation",
    "Upcoming datasets",
    "籌備中的數據集",
    "準備中的數據集",
    "即將推出的數據集",
    "研究中的開放數據集",
]
WITHDRAWN = [
    "B. Datasets dropped from the plan",
    "C. Datasets that we no longer intend to release",
    "C. Datasets removed since the previous plan",
    "Withdrawn datasets",
    "Cancelled or postponed indefinitely",
    "D. Datasets withdrawn from the portal",
    "Datasets that will not be released",
    "Datasets not to be released after all",
    "Released datasets that have been withdrawn",
    "Datasets taken off the plan",
    "C. 已刪除的數據集",
    "B. 不再發放的數據集",
    "二、暫緩發放的數據集",
    "已撤回的數據集",
    "曾發放而現已撤回的數據集",
    "決定不發放的數據集",
    "丙、已取消發放的數據集",
    "不会发放的数据集",
    "终止更新的数据集",
    "已下架的数据集",
    "E. Data not to be disclosed",
    "Exempted datasets",
    "E. Internal datasets (not for release)",
    "Restricted data",
    "戊、豁免開放的數據集",
    "限閱資料",
    "不对外公开的数据",
]


def told(heading):
    """Return what the heading of the only section of a plan for 2026 to 2028 says of its datasets."""
    text = plain(heading).strip()
    usual = read_section_heading(text)
    if usual:
        code = complete_heading(usual, (2026, 2028)).code
    else:
        signs = read_signs(text)
        code = choose_section(signs, (2026, 2028), ("", ""), frozenset("ABCD"))
    return (read_stage(text) or {"A": "target", "B": "target", "D": "released"}.get(code, "")) if code else ""


@pytest.mark.parametrize("heading", RELEASED)
def test_what_has_been_released_is_so_whatever_was_planned_before(heading):
    """The last finished act counts; exceptions and denials of a withdrawal say nothing."""
    assert not is_withdrawn(plain(heading))
    assert told(heading) == "released"


@pytest.mark.parametrize("heading", PLANNED)
def test_what_was_approved_or_is_awaited_is_still_to_come(heading):
    """No approval, and no release of others, is a release."""
    assert not is_withdrawn(plain(heading))
    assert told(heading) == "target"


@pytest.mark.parametrize("heading", WITHDRAWN)
def test_what_will_not_come_belongs_to_no_section(heading):
    """Datasets that were given up are neither planned nor released."""
    assert is_withdrawn(plain(heading))


def test_both_acts_without_an_order_are_both_said():
    """Nothing tells which of them is true of a dataset."""
    assert read_acts("released and planned datasets") == Acts(planned=True, released=True)


@pytest.mark.parametrize(
    "text", ["released datasets (some withdrawn)", "部分已发放的数据集", "datasets partly released"]
)
def test_what_is_true_of_a_part_is_marked(text):
    """A part of them says nothing of the rest."""
    assert read_acts(text).partial


def test_bare_words_with_years_wait_for_the_years_of_the_plan():
    """Whether "released in 2026" is past is known only beside the years of a plan."""
    assert read_acts("datasets released in 2026") == Acts(dated=True)


def test_references_to_other_parts_say_nothing():
    """What stands in another part is not spoken of."""
    assert "已发放" not in drop_asides("将于2026年发放的数据集(已发放的数据集见丁部)")


@pytest.mark.parametrize(
    "words", ["released ", "not yet ", "已發放 ", "planned, released ", "none has been withdrawn "]
)
def test_many_acts_are_found_in_one_walk(words, monkeypatch):
    """Each pattern is asked once for each of its acts, however many acts of other kinds stand between."""
    asked = 0

    class Counting:
        def __init__(self, pattern):
            self.pattern = pattern

        def search(self, *args):
            nonlocal asked
            asked += 1
            return self.pattern.search(*args)

    monkeypatch.setattr(acts, "_KINDS", tuple((kind, Counting(pattern)) for kind, pattern in acts._KINDS))
    found = acts._find_acts(words * 100)
    assert asked <= len(acts._KINDS) + 2 * len(found)
