"""Several files of one plan become one plan."""

import json

import pytest
from click.testing import CliRunner
from support.plan_texts import PlanText, Row, as_layout, as_tabs

from dcat_hk.build import build
from dcat_hk.build.explain import explain
from dcat_hk.commands.cli import main
from dcat_hk.core.settings import Settings
from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.editions import align, are_editions, leading, merge
from dcat_hk.reading.parsing import read_plan

CHINESE = PlanText(
    "香港天文台",
    2024,
    {
        ("A", "ii"): [Row("氣象", "潮汐預報", "03/2024", "每日", "各站潮汐 (JSON)")],
        ("D", "i"): [Row("氣象", "自動氣象站", "01/2020", "每15分鐘", "位置及讀數 (JSON, CSV)")],
        ("D", "ii"): [
            Row("氣象", "雨量", "02/2020", "每小時", "各區雨量 (CSV)"),
            Row("環境", "紫外線指數", "05/2021", "每日", "讀數 (CSV)"),
            Row("氣象", "熱帶氣旋警告", "06/2022", "有需要時", ""),
        ],
    },
    "2023年12月",
)
ENGLISH = """Hong Kong Observatory

Consolidated Annual Open Data Plan (Spatial Data Plan included) for 2024-2026

A. Departmental datasets to be released in 2024
i. Spatial data
No.\tData category\tDataset name\tGeneral description\tTarget release date (mm/yyyy)\tUpdate frequency
N/A
ii. Non-spatial data
No.\tData category\tDataset name\tGeneral description\tTarget release date (mm/yyyy)\tUpdate frequency
1\tClimate and Weather\tTide prediction\tTides at all stations (JSON)\t03/2024\tDaily

D. Progress: departmental datasets already uploaded to DATA.GOV.HK
i. Spatial data
No.\tData category\tDataset name\tGeneral description\tRelease date (mm/yyyy)\tUpdate frequency
1\tClimate and Weather\tAutomatic weather stations\tPositions and readings (JSON, CSV)\t01/2020\tEvery 15 minutes
ii. Non-spatial data
No.\tData category\tDataset name\tGeneral description\tRelease date (mm/yyyy)\tUpdate frequency
1\tClimate and Weather\tRainfall\tRainfall by district (CSV)\t03/2020\tHourly
2\tEnvironment\tUV index\tReadings (CSV)\t05/2021\tDaily
3\tClimate and Weather\tLightning\tStrikes (JSON)\t07/2022\tDaily
"""


def plan(text, name="plan.txt"):
    """Return the plan that a text is."""
    return read_plan(read_bytes(text.encode(), name), load()).require()


def titles(pairs, one, other):
    """Return the titles of pairs."""
    return [
        (one.entries[a].title if a is not None else None, other.entries[b].title if b is not None else None)
        for a, b in pairs
    ]


def test_rows_of_two_languages_are_aligned():
    """Rows are paired by what does not depend on the language; rows that one edition lacks stand alone."""
    one, other = plan(as_tabs(CHINESE)), plan(ENGLISH)
    assert titles(align(one, other, load()), one, other) == [
        ("潮汐預報", "Tide prediction"),
        ("自動氣象站", "Automatic weather stations"),
        ("雨量", "Rainfall"),
        ("紫外線指數", "UV index"),
        ("熱帶氣旋警告", None),
        (None, "Lightning"),
    ]


def test_rows_in_another_order_are_aligned_by_name():
    """In one language the name decides, wherever the row stands."""
    rows = CHINESE.rows[("D", "ii")]
    turned = PlanText(CHINESE.bureau, 2024, {**CHINESE.rows, ("D", "ii"): rows[::-1]}, CHINESE.dated)
    one, other = plan(as_tabs(CHINESE)), plan(transform(as_tabs(turned), "Hant"))
    pairs = align(one, other, load())
    assert all(transform(a, "Hant") == b for a, b in titles(pairs, one, other))


def test_plans_of_other_rows_are_no_editions():
    """Two plans of one body and period that share few rows are not taken for one."""
    other = PlanText(CHINESE.bureau, 2024, {("D", "ii"): [Row("房屋", "單位", "01/2001", "每年", "")] * 4})
    assert are_editions(plan(as_tabs(CHINESE)), plan(ENGLISH), load())
    assert not are_editions(plan(as_tabs(CHINESE)), plan(as_tabs(other)), load())


def test_the_traditional_edition_leads():
    """Of editions of one date Traditional comes first, then Simplified, then English."""
    plans = [plan(ENGLISH, "a"), plan(transform(as_tabs(CHINESE), "Hant"), "b"), plan(as_tabs(CHINESE), "c")]
    assert [p.doc for p in leading(plans)] == ["c", "b", "a"]


def test_differences_are_findings():
    """What editions disagree on is told with both values; nothing is lost."""
    merged = merge(leading([plan(ENGLISH, "en.txt"), plan(as_tabs(CHINESE), "tc.txt")]), load())
    told = [(f.code, f.values["title"]) for f in merged.findings["en.txt"]]
    assert told == [
        ("edition-date-differs", "Rainfall"),
        ("edition-lacks-row", "熱帶氣旋警告"),
        ("edition-has-more", "Lightning"),
    ]
    assert [(e.title, e.edition) for e in merged.plan.entries][-2:] == [("熱帶氣旋警告", 0), ("Lightning", 1)]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Build a plan of three editions and return the output folder and the outcome."""
    folder = tmp_path_factory.mktemp("editions")
    files = {"en.txt": ENGLISH, "sc.txt": transform(as_layout_or_tabs(), "Hant"), "tc.txt": as_tabs(CHINESE)}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    outcome = build([folder / name for name in files], folder / "output", Settings(), jobs=1)
    return folder / "output", outcome


def as_layout_or_tabs():
    """Return the Chinese plan over pages."""
    return as_tabs(CHINESE, rows_on_a_page=2)


def test_editions_are_published_as_one_plan(published):
    """One plan with a source for each file; each dataset is named in all languages under one IRI."""
    folder, outcome = published
    assert outcome.published
    assert [(o.name, o.edition_of, o.path) for o in outcome.outcomes] == [
        ("en.txt", "tc.txt", "plans/hk-hko/2024-2026"),
        ("sc.txt", "tc.txt", "plans/hk-hko/2024-2026"),
        ("tc.txt", "", "plans/hk-hko/2024-2026"),
    ]
    text = (folder / "catalogue.ttl").read_text(encoding="utf-8")
    assert 'dct:title "雨量"@zh-Hant, "雨量"@zh-Hans, "Rainfall"@en' in text
    assert text.count("prov:specializationOf") == 3
    assert '"Lightning"@en' in text
    assert text.count(" a dcat:Dataset") == 6


def test_each_edition_is_named_as_origin(published):
    """A record says where its row stands in each file, and `explain` shows it."""
    folder, _outcome = published
    explained = explain(folder, "record/hk-hko/2024-2026/D-ii-1", [folder.parent])
    assert sorted((o.file, o.place, bool(o.lines)) for o in explained.origins) == [
        ("en.txt", "lines 19-19", True),
        ("sc.txt", "lines 52-52", True),
        ("tc.txt", "lines 52-52", True),
    ]


def test_the_order_of_files_does_not_matter(published, tmp_path):
    """The same editions under any order give the same bytes."""
    folder, _outcome = published
    files = sorted(folder.parent.glob("*.txt"), reverse=True)
    assert build(files, tmp_path / "output", Settings(), jobs=1).published
    for name in ("catalogue.ttl", "catalogue.jsonld", "catalogue.nq", "report.json"):
        assert (tmp_path / "output" / name).read_bytes() == (folder / name).read_bytes()


def test_one_plan_in_two_formats_keeps_both_files():
    """A plan that was also given as text without cells is an edition with the same titles."""
    laid = {("D", ""): [Row("氣象", "雨量", "02/2020", "每小時", "各區雨量 (CSV)", "")]}
    tabs = {("D", "ii"): laid[("D", "")]}
    one = plan(as_tabs(PlanText("香港天文台", 2024, tabs)), "a.txt")
    other = plan(as_layout(PlanText("香港天文台", 2024, laid)), "b.txt")
    merged = merge(leading([one, other]), load())
    assert [edition.doc for edition in merged.plan.editions] == ["b.txt"]
    assert len(merged.plan.entries) == 1


def test_the_alignment_can_be_looked_at(tmp_path):
    """`parse --align` shows the rows of editions beside one another, with what differs."""
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "tc.txt").write_text(as_tabs(CHINESE), encoding="utf-8")
    done = CliRunner().invoke(main, ["parse", "--align", str(tmp_path / "en.txt"), str(tmp_path / "tc.txt")])
    shown = json.loads(done.stdout)
    assert [edition["doc"] for edition in shown["editions"]] == ["tc.txt", "en.txt"]
    assert [row["differences"] for row in shown["rows"]] == [
        [],
        [],
        ["edition-date-differs"],
        [],
        ["edition-lacks-row"],
        ["edition-lacks-row"],
    ]
    table = CliRunner().invoke(main, ["parse", "--align", "--format", "table", *map(str, tmp_path.glob("*.txt"))])
    assert "date-differs" in table.stdout
    assert CliRunner().invoke(main, ["parse", "--align", str(tmp_path / "en.txt")]).exit_code == 2
