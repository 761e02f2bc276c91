"""Which records come into question."""

from support.decided_plans import write_decisions
from support.linked_rows import make_plan, make_portal, make_record, make_row

from dcat_hk.build.timeline import find_successors
from dcat_hk.core.decisions import read_decisions
from dcat_hk.core.vocabularies import load
from dcat_hk.core.vocabularies.additions import extend
from dcat_hk.linking.blocks import ProviderNames, make_block
from dcat_hk.linking.rows import find_lines

RECORDS = [
    make_record(f"{provider}-a", "A", "", provider)
    for provider in ("hk-hsd", "hk-td", "hk-hko", "hospital", "hk-dpo", "cyberport")
]


def block_of(*rows, bureau="海港風帆署", **options):
    """Return the block of a plan."""
    snapshot = make_portal(*RECORDS, **options)
    successors = find_successors(load())
    (line,) = find_lines([make_plan(*rows, bureau=bureau)], successors, "2024-01")
    return make_block(line, snapshot, ProviderNames(load(), snapshot, successors))


def providers_of(block):
    """Return the providers whose records come into question."""
    return {record.provider for record in block.records}


def test_a_body_that_no_vocabulary_has_is_found_by_the_providers_of_the_snapshot():
    """By its name in any language; without one nothing is known."""
    assert providers_of(block_of(make_row("雨量"))) == {"hk-hsd"}
    assert providers_of(block_of(make_row("雨量"), bureau="Harbour Sailing Department")) == {"hk-hsd"}
    assert providers_of(block_of(make_row("雨量"), providers={})) == set()


def test_bodies_that_rows_name_come_into_question():
    """In a title, a heading or remarks; only those of titles and headings are the row's own."""
    rows = (
        make_row("數碼港活動"),
        make_row("車位", description="由運輸署提供", number=2),
        make_row("風速", group="香港天文台", number=3),
    )
    block = block_of(*rows)
    assert providers_of(block) == {"hk-hsd", "cyberport", "hk-td", "hk-hko"}
    first, second, third = block.bodies
    assert "cyberport" in first.own
    assert "hk-td" in second.others
    assert "hk-hko" in third.own
    assert "hk-hko" in first.plan, "its datasets are the plan's"
    assert "cyberport" in third.others


def test_another_organisation_has_its_own_records_only():
    """Section C."""
    rows = (make_row("病床", section="C", organisation="醫院管理局 (HA)", date="2022-01"), make_row("雨量", number=2))
    block = block_of(*rows)
    assert sorted(sorted(one.all) for one in block.bodies) == [["hk-hsd", "hospital"], ["hospital"]] or [
        sorted(one.all & {"hospital", "hk-hsd"}) for one in block.bodies
    ] == [["hospital"], ["hk-hsd", "hospital"]]


def test_a_body_is_looked_for_under_the_name_of_its_successor():
    """The portal lists the new one only."""
    assert providers_of(block_of(make_row("雨量"), bureau="政府資訊科技總監辦公室")) == {"hk-dpo"}


def test_a_body_that_people_gave_another_code_keeps_its_records(tmp_path):
    """The portal has its records under its own code, and both have its name."""
    text = '[[organisation]]\nid = "hk-sail"\nname = { zh-Hant = "海港風帆署" }\n'
    added = extend(load(), read_decisions(write_decisions(tmp_path / "decisions", organisations=text)))
    names = ProviderNames(added, make_portal(*RECORDS), find_successors(added))
    assert names.find("海港風帆署") == {"hk-sail", "hk-hsd"}
    assert names.find("運輸署") == {"hk-td"}
