"""Files that are editions of one plan become one plan."""

import re
from dataclasses import replace

import pytest
from support.editions import CHINESE, ENGLISH
from support.mappings import TABS
from support.plan_texts import PlanText, Row, as_layout, as_tabs, english_plan
from support.read_plans import read_texts

from dcat_hk.build import build
from dcat_hk.build.editions import group_editions
from dcat_hk.build.explain import explain
from dcat_hk.catalogue.mapping.identities import Bodies
from dcat_hk.core.settings import Settings
from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load


def group(folder, **texts):
    """Return the names of the files of each plan, and the outcomes by name."""
    results = read_texts(folder, **texts)
    vocabularies = load()
    bodies = Bodies(vocabularies)
    files = [result.file for result in results.values()]
    codes = {file.path: bodies.find(file.head.bureau).code for file in files}
    groups = group_editions(files, codes, vocabularies)
    names = [[file.outcome.name.removesuffix(".txt") for file in group] for group in groups]
    return names, {name: result.outcome for name, result in results.items()}


def test_editions_are_one_plan_and_the_leading_one_waits_for_all(tmp_path):
    """Three languages are one plan; the Traditional file leads and counts the rows of all."""
    texts = {"a": ENGLISH, "b": transform(as_tabs(CHINESE), "Hant"), "c": as_tabs(CHINESE)}
    names, outcomes = group(tmp_path, **texts)
    assert names == [["c", "b", "a"]]
    assert {name: one.edition_of for name, one in outcomes.items()} == {"a": "c.txt", "b": "c.txt", "c": ""}
    assert outcomes["c"].rows == 6


def test_plans_come_from_the_oldest_to_the_newest(tmp_path):
    """The printed date orders plans, not the names of the files."""
    names, _outcomes = group(
        tmp_path,
        a=as_tabs(PlanText("香港天文台", 2024, TABS.rows, "2023年12月")),
        b=as_tabs(PlanText("香港天文台", 2022, TABS.rows, "2021年12月")),
        c=as_tabs(PlanText("運輸署", 2023, TABS.rows, "2022年12月")),
    )
    assert names == [["b"], ["c"], ["a"]]


def test_a_repeated_file_is_left_out_with_a_finding(tmp_path):
    """The same file twice is one plan, and the second is said to repeat the first."""
    names, outcomes = group(tmp_path, a=as_tabs(TABS), b=as_tabs(TABS))
    assert names == [["a"]]
    assert "repeated-plan" not in [finding.code for finding in outcomes["a"].findings]
    assert outcomes["b"].findings[0].code == "repeated-plan"
    assert outcomes["b"].findings[0].values == {"other": "a.txt"}


def test_a_plan_that_was_issued_again_is_told(tmp_path):
    """Two files in one language that print different months are one plan, with a finding on the older one."""
    again = PlanText(TABS.bureau, TABS.first, TABS.rows, "2024年5月")
    first = PlanText(TABS.bureau, TABS.first, TABS.rows, "2023年12月")
    names, outcomes = group(tmp_path, a=as_tabs(first), b=as_tabs(again))
    assert names == [["b", "a"]]
    (finding,) = [one for one in outcomes["a"].findings if one.code == "plan-issued-again"]
    assert finding.values == {"here": "2023-12", "there": "2024-05", "other": "b.txt"}
    assert "plan-issued-again" not in [one.code for one in outcomes["b"].findings]


def listing(*titles, section="A", dated="2023年12月", bureau="香港天文台"):
    """Return a plan with one section of datasets."""
    rows = [Row("房屋", title, "03/2024" if section == "A" else "01/2001", "每年", "") for title in titles]
    return as_tabs(PlanText(bureau, 2024, {(section, "ii"): rows}, dated))


def test_a_plan_with_other_rows_in_the_same_section_is_an_error(tmp_path):
    """Another document of the same body and years is not merged into the plan; an error names it, and rows are lost."""
    texts = {"a": listing("單位甲", "單位乙"), "b": listing("公園", "球場", "泳池")}
    names, outcomes = group(tmp_path, **texts)
    assert [len(files) for files in names] == [1]
    findings = [one for name in "ab" for one in outcomes[name].findings if one.code == "other-plan"]
    assert [(one.severity, one.loses_rows) for one in findings] == [("error", True)]
    ((published,),) = names
    assert findings[0].values == {"other": f"{published}.txt"}


def test_files_with_other_sections_are_parts_of_one_plan(tmp_path):
    """What is planned and what is released in a file each are one plan, whose rows are those of both."""
    names, outcomes = group(tmp_path, a=listing("公園", "球場"), b=listing("單位甲", "單位乙", "單位丙", section="D"))
    assert [sorted(files) for files in names] == [["a", "b"]]
    leader, other = names[0]
    assert (outcomes[leader].rows, outcomes[leader].released, outcomes[other].edition_of) == (5, 3, f"{leader}.txt")
    assert outcomes[other].findings[0].code == "plan-in-parts"
    assert not any(one.loses_rows for one in outcomes[other].findings)


def test_copies_of_parts_are_copies(tmp_path):
    """Parts in two scripts are two parts with a copy each, and a part that is given twice is repeated."""
    parts = {"a": listing("公園", "球場"), "b": listing("單位甲", "單位乙", section="D")}
    copies = {f"{name}2": transform(text, "Hant") for name, text in parts.items()}
    names, outcomes = group(tmp_path, **parts, **copies, c=parts["b"])
    (files,) = names
    assert len(files) == 4
    assert outcomes[files[0]].rows == 4
    codes = [finding.code for outcome in outcomes.values() for finding in outcome.findings]
    assert (codes.count("repeated-plan"), codes.count("plan-in-parts"), codes.count("other-plan")) == (1, 1, 0)


@pytest.mark.parametrize(
    "other",
    [
        listing("公園", "球場", section="D"),
        listing("單位甲", "單位乙", section="D", dated="2024年5月"),
        ENGLISH[: ENGLISH.index("\nA. ")] + ENGLISH[ENGLISH.index("\nD. ") :],
    ],
)
def test_what_may_be_the_same_rows_in_other_words_is_no_part(tmp_path, other):
    """The same names in another section, another month and another language alone are told, not published twice."""
    _names, outcomes = group(tmp_path, a=listing("公園", "球場"), b=other)
    codes = [finding.code for outcome in outcomes.values() for finding in outcome.findings]
    assert (codes.count("other-plan"), codes.count("plan-in-parts")) == (1, 0)


def test_parts_are_published_as_one_plan(tmp_path):
    """No row of a part is lost, and each names its own file."""
    texts = {"planned": listing("公園", "球場"), "released": listing("單位甲", section="D")}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    outcome = build([tmp_path / f"{name}.txt" for name in texts], tmp_path / "output", Settings(), jobs=1)
    assert outcome.published
    text = (tmp_path / "output" / "catalogue.ttl").read_text(encoding="utf-8")
    assert text.count(" a dcat:Dataset") == 3
    explained = explain(tmp_path / "output", "record/hk-hko/2024-2026/D-ii-1", [tmp_path])
    assert [one.file for one in explained.origins] == ["released.txt"]


def test_an_unknown_body_is_the_same_in_two_languages(tmp_path):
    """A body that no vocabulary has is recognised in English by the rows of its plan."""
    english = ENGLISH.replace("Hong Kong Observatory", "Bureau of the Future")
    chinese = as_tabs(PlanText("未來局", 2024, CHINESE.rows, CHINESE.dated))
    names, _outcomes = group(tmp_path, a=english, b=chinese)
    assert names == [["b", "a"]]


# ---- published


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Build a plan of three editions and return the output folder and the outcome."""
    folder = tmp_path_factory.mktemp("editions")
    files = {"en.txt": ENGLISH, "sc.txt": transform(over_pages(), "Hant"), "tc.txt": as_tabs(CHINESE)}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    outcome = build([folder / name for name in files], folder / "output", Settings(), jobs=1)
    return folder / "output", outcome


def over_pages():
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


def test_the_order_of_files_does_not_matter(published, tmp_path):
    """The same editions under any order give the same bytes."""
    folder, _outcome = published
    files = sorted(folder.parent.glob("*.txt"), reverse=True)
    assert build(files, tmp_path / "output", Settings(), jobs=1).published
    for name in ("catalogue.ttl", "catalogue.jsonld", "catalogue.nq", "report.json"):
        assert (tmp_path / "output" / name).read_bytes() == (folder / name).read_bytes()


def test_each_edition_is_named_as_origin(published):
    """A record says where its row stands in each file, and `explain` shows it."""
    folder, _outcome = published
    explained = explain(folder, "record/hk-hko/2024-2026/D-ii-1", [folder.parent])
    assert sorted((o.file, o.place, bool(o.lines)) for o in explained.origins) == [
        ("en.txt", "lines 19-19", True),
        ("sc.txt", "lines 52-52", True),
        ("tc.txt", "lines 52-52", True),
    ]
    assert [(copy.place, copy.file, copy.script) for copy in explained.copies] == [
        (1, "tc.txt", "Hant"),
        (2, "sc.txt", "Hans"),
        (3, "en.txt", "Latn"),
    ]
    assert explain(folder, "record/hk-hko/2024-2026/D-ii-1").copies == []


def test_of_copies_in_one_script_the_leading_one_speaks(tmp_path):
    """A description that only a copy with fewer rows has is not published: it may be a part of another cell."""
    rows = CHINESE.rows[("D", "ii")]
    leading = [replace(rows[0], remark=""), *rows[1:]]
    for name, listed in (("a", rows[:2]), ("b", leading)):
        text = as_tabs(PlanText(CHINESE.bureau, 2024, {("D", "ii"): listed}, CHINESE.dated))
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    outcome = build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "output", Settings(), jobs=1)
    assert [one.edition_of for one in outcome.outcomes] == ["b.txt", ""]
    text = (tmp_path / "output" / "catalogue.ttl").read_text(encoding="utf-8")
    assert "各區雨量" not in text
    assert "讀數" in text


def test_a_dump_that_lost_a_year_is_a_copy(tmp_path):
    """Text whose title lost its last year is no plan of its own beside the table that it was made of."""
    rows = [Row("氣象", name, f"0{n}/2020", "每小時", f"各區{name} (CSV)", "") for n, name in enumerate("雨風雲", 1)]
    table = PlanText("香港天文台", 2024, {("D", "ii"): rows}, "2023年12月")
    laid = as_layout(PlanText("香港天文台", 2024, {("D", ""): rows}, "2023年12月"))
    names, outcomes = group(tmp_path, a=laid.replace("2024至2026", "2024 "), b=as_tabs(table))
    assert outcomes["a"].years != (2024, 2026)
    assert names == [["b", "a"]]


def test_a_plan_of_one_year_is_no_copy_of_a_longer_one(tmp_path):
    """A table for the first of the years stays a plan of its own: nothing about it is uncertain."""
    text = as_tabs(TABS)
    names, _outcomes = group(tmp_path, a=text.replace("2024-2026", "2024"), b=text)
    assert len(names) == 2


# ---- translations


def english(*rows, dated="December 2023", bureau="Hong Kong Observatory", section="A"):
    """Return an English plan with one section of datasets, given by name, month and formats."""
    lines = [
        f"{n}\tHousing\t{title}\t({formats})\t{month}\tYearly" for n, (title, month, formats) in enumerate(rows, 1)
    ]
    heading = "Departmental datasets to be released in 2024" if section == "A" else "Datasets already released"
    return english_plan(
        f"{bureau}\nAnnual Open Data Plan for 2024 to 2026",
        f"{section}. {heading}",
        "ii. Non-spatial data",
        "No.\tData category\tDataset name\tGeneral description\tTarget release date (mm/yyyy)\tUpdate frequency",
        "\n".join(lines),
        f"\n{bureau}\n{dated}\n",
    )


PARKS = [("Parks", "03/2024", "CSV"), ("Pitches", "05/2024", "JSON"), ("Pools", "09/2024", "CSV")]
UNITS = [("Flats", "03/2024", "CSV"), ("Shops", "06/2024", "XML"), ("Offices", "09/2024", "CSV")]


def chinese(*rows, bureau="香港天文台"):
    """Return a Chinese plan with one section of datasets, given by name, month and formats."""
    listed = [Row("房屋", title, month, "每年", f"({formats})") for title, month, formats in rows]
    return as_tabs(PlanText(bureau, 2024, {("A", "ii"): listed}, "2023年12月"))


def put_into_chinese(rows, *titles):
    """Return rows with other names."""
    return [(title, *row[1:]) for title, row in zip(titles, rows, strict=True)]


def codes_of(outcomes):
    """Return which findings on other plans there are, by file."""
    codes = ("other-plan", "plan-in-parts", "repeated-plan", "body-by-rows")
    return {
        name: found
        for name, outcome in outcomes.items()
        if (found := [one.code for one in outcome.findings if one.code in codes])
    }


@pytest.mark.parametrize("order", ["abc", "cab", "bca"])
def test_a_translation_does_not_make_two_plans_one(tmp_path, order):
    """Two English plans that fit a Chinese one by the places of rows: the one that fits better is its translation."""
    texts = {
        "a": english(*PARKS),
        "b": english(*UNITS),
        "c": chinese(*put_into_chinese(PARKS, "公園", "球場", "泳池")),
    }
    names, outcomes = group(tmp_path, **{f"{order.index(name)}{name}": text for name, text in texts.items()})
    assert [sorted(name[1] for name in files) for files in names] == [["a", "c"]]
    assert {name[1]: codes for name, codes in codes_of(outcomes).items()} == {"b": ["other-plan"]}


def test_of_two_plans_that_fit_a_translation_alike_none_is_taken(tmp_path):
    """Nobody can tell which one the Chinese file states: both are told, and nothing is published of them."""
    alike = put_into_chinese(PARKS, "Flats", "Shops", "Offices")
    texts = {"a": english(*PARKS), "b": english(*alike), "c": chinese(*put_into_chinese(PARKS, "甲", "乙", "丙"))}
    names, outcomes = group(tmp_path, **texts)
    assert names == [["c"]]
    assert codes_of(outcomes) == {"a": ["other-plan"], "b": ["other-plan"]}


def test_names_that_look_translated_say_which_plan_is_stated(tmp_path):
    """Where months and formats fit both; and no file is a translation of which no name looks like one."""
    alike = put_into_chinese(PARKS, "Flats", "Shops", "Offices")
    texts = {"a": english(*alike), "b": english(*PARKS), "c": chinese(*put_into_chinese(PARKS, "公園", "球場", "泳池"))}
    names, outcomes = group(tmp_path, **texts)
    assert names == [["c", "b"]]
    assert codes_of(outcomes) == {"a": ["other-plan"]}


def test_files_whose_rows_only_stand_at_the_same_places_are_no_translations(tmp_path):
    """A Chinese plan whose datasets come in other months is another plan than the English one."""
    moved = [("單位", "01/2024", "CSV"), ("商鋪", "04/2024", "CSV"), ("寫字樓", "11/2024", "CSV")]
    _names, outcomes = group(tmp_path, a=english(*PARKS), b=chinese(*moved))
    assert codes_of(outcomes) == {"a": ["other-plan"]}


def test_a_translation_with_a_slip_is_a_translation(tmp_path):
    """One month of three that differs is told of its row."""
    slip = [("公園", "03/2024", "CSV"), ("球場", "06/2024", "JSON"), ("泳池", "09/2024", "CSV")]
    names, outcomes = group(tmp_path, a=english(*PARKS), b=chinese(*slip))
    assert names == [["b", "a"]]
    assert [one.code for one in outcomes["a"].findings if one.code.startswith("edition-")] == ["edition-date-differs"]


def test_translated_parts_and_copies_are_still_one_plan(tmp_path):
    """Two English copies and two English parts of a Chinese plan are no rivals of one another."""
    both = chinese(*put_into_chinese(PARKS, "公園", "球場", "泳池"))
    names, outcomes = group(tmp_path, a=english(*PARKS), b=english(*PARKS[:2]), c=both)
    assert (sorted(names[0]), codes_of(outcomes)) == (["a", "b", "c"], {})


def test_a_body_that_is_known_by_its_rows_alone_is_told(tmp_path):
    """Of bodies that no vocabulary has, rows say which name is the other's; with two that fit, none is."""
    rows = put_into_chinese(PARKS, "公園", "球場", "泳池")
    future, past = (english(*PARKS, bureau=f"Bureau of the {time}", dated="May 2023") for time in ("Future", "Past"))
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    names, outcomes = group(tmp_path / "one", a=future, c=chinese(*rows, bureau="未來局"))
    assert len(names) == 1
    assert list(codes_of(outcomes).values()) == [["body-by-rows"]]
    names, outcomes = group(tmp_path / "two", a=future, b=past, c=chinese(*rows, bureau="未來局"))
    assert (len(names), codes_of(outcomes)) == (3, {})


@pytest.mark.parametrize("whole", ["zh", "en"])
def test_a_whole_translation_of_parts_and_parts_of_a_whole_are_one_plan(tmp_path, whole):
    """No row is published once in each language, whichever language has the parts."""
    planned, released = {("A", "ii"): CHINESE.rows["A", "ii"]}, {("D", "ii"): CHINESE.rows["D", "ii"][:2]}
    zh, zh_planned, zh_released = (
        as_tabs(PlanText(CHINESE.bureau, 2024, rows, CHINESE.dated)) for rows in (planned | released, planned, released)
    )
    kept = [line for line in ENGLISH.splitlines() if "Lightning" not in line and "Automatic" not in line]
    en = "\n".join(kept)
    en_planned, en_released = en[: en.index("\nD. ")], en[: en.index("\nA. ")] + en[en.index("\nD. ") :]
    parts = {"zh": (zh, en_planned, en_released), "en": (en, zh_planned, zh_released)}[whole]
    names, outcomes = group(tmp_path, a=parts[0], b=parts[1], c=parts[2])
    assert [sorted(files) for files in names] == [["a", "b", "c"]]
    assert outcomes[names[0][0]].rows == 3
    assert "other-plan" not in {one.code for outcome in outcomes.values() for one in outcome.findings}


def test_an_older_whole_beside_parts_is_told_of_once(tmp_path):
    """A file that is an edition of two parts was issued again once."""
    planned, released = {("A", "ii"): CHINESE.rows["A", "ii"]}, {("D", "ii"): CHINESE.rows["D", "ii"][:2]}
    dated = ((planned, "2023年12月"), (released, "2023年12月"), (planned | released, "2023年6月"))
    one, other, whole = (as_tabs(PlanText(CHINESE.bureau, 2024, rows, month)) for rows, month in dated)
    _names, outcomes = group(tmp_path, a=one, b=other, c=whole)
    assert [finding.code for finding in outcomes["c"].findings].count("plan-issued-again") == 1


def test_spatial_and_other_data_in_a_file_each_are_parts(tmp_path):
    """Of one section; without a heading that says which they are, rows may be of either."""
    rows = {name: [Row("房屋", title, "03/2024", "每年", "")] for name, title in (("i", "地圖"), ("ii", "租金"))}
    parts = {
        name: as_tabs(PlanText("香港天文台", 2024, {("A", name): own}, "2023年12月")) for name, own in rows.items()
    }
    names, outcomes = group(tmp_path, b=parts["i"], a=parts["ii"])
    assert (len(names), codes_of(outcomes)) == (1, {names[0][1]: ["plan-in-parts"]})
    assert outcomes[names[0][0]].rows == 2


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (english(*PARKS).replace("2024 to 2026", "2024"), True),
        (english(*PARKS).replace("2024 to 2026", "2025 to 2027"), True),
        (english(*PARKS, dated="December 2024").replace("2024 to 2026", "2025 to 2027"), False),
        (english(*UNITS).replace("2024 to 2026", "2025 to 2027"), False),
    ],
)
def test_the_same_rows_in_the_plan_of_other_years_are_told(tmp_path, other, told):
    """A translation with other years in its title is published as a plan of its own; a plan issued later is one."""
    names, outcomes = group(tmp_path, a=chinese(*put_into_chinese(PARKS, "公園", "球場", "泳池")), b=other)
    assert len(names) == 2
    codes = [finding.code for outcome in outcomes.values() for finding in outcome.findings]
    assert ("same-rows-other-years" in codes) == told


SIX = [
    *(("公園", "Parks"), ("圖書館", "Libraries"), ("泳池", "Swimming pools")),
    *(("甲乙", "Kites"), ("丙丁", "Ravens"), ("巴士路線", "Bus routes")),
]


def same_values(language, names):
    """Return a plan whose rows all state the same month and format, so that only names tell them apart."""
    rows = [(name[language], "03/2024", "CSV") for name in names]
    return english(*rows) if language else chinese(*rows)


def labels_of(tmp_path, names):
    """Publish the six rows in Chinese and in English, these in an order of their own; return the names of datasets."""
    files = {"a.txt": same_values(0, SIX), "b.txt": same_values(1, names)}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    outcome = build([tmp_path / name for name in files], tmp_path / "output", Settings(derived="none"), jobs=1)
    text = (tmp_path / "output" / "catalogue.nq").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for dataset, title, language in re.findall(r'/dataset/([^>]+)> <[^>]+/title> "([^"]+)"@(zh-Hant|en) ', text):
        found.setdefault(dataset, {})[language] = title
    return {(own.get("zh-Hant", ""), own.get("en", "")) for own in found.values()}, [
        one.code for each in outcome.outcomes for one in each.findings
    ]


def test_rows_in_the_order_of_the_other_language_keep_their_names(tmp_path):
    """Names say which rows are the same; of two of which nobody can say it, each is published as it is, and told."""
    found, codes = labels_of(tmp_path, sorted(SIX, key=lambda names: names[1]))
    known = {SIX[0], SIX[1], SIX[2], SIX[5]}
    assert found - known == {("甲乙", ""), ("丙丁", ""), ("", "Kites"), ("", "Ravens")}
    assert known < found
    assert (codes.count("edition-lacks-row"), codes.count("edition-has-more")) == (2, 2)


def test_rows_in_one_order_are_paired_by_their_places(tmp_path):
    """Those whose names tell nothing, too."""
    found, codes = labels_of(tmp_path, SIX)
    assert found == set(SIX)
    assert not {code for code in codes if code.startswith("edition-")}


def test_an_edition_without_subsections_is_a_translation(tmp_path):
    """A plan may part spatial data in one language only."""
    undivided = english(*PARKS).replace("ii. Non-spatial data\n", "")
    names, outcomes = group(tmp_path, a=undivided, b=chinese(*put_into_chinese(PARKS, "公園", "球場", "泳池")))
    assert (names, codes_of(outcomes)) == ([["b", "a"]], {})
