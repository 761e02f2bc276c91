"""Snapshots from files: what is right is there, and what is wrong is told."""

import itertools
import json

import pytest

from dcat_hk.core.errors import InputError, UsageError
from dcat_hk.portal.reading import PortalInput, read_portal
from dcat_hk.portal.snapshots import format_head

ACTION = "https://data.gov.hk/{}-data/api/3/action/help_show?name=package_search"


def package(slug, title, **fields):
    """Return a package of CKAN."""
    return {"name": slug, "title": title, "organization": {"name": "hk-hkpf", "title": "Police"}, **fields}


def page(packages, count=None, language="en"):
    """Return an answer of package_search."""
    result = {"count": len(packages) if count is None else count, "results": packages}
    return json.dumps({"help": ACTION.format(language), "success": True, "result": result}).encode()


def read(*files, **options):
    """Return what is read of files: names and bytes."""
    return read_portal([PortalInput(name, data) for name, data in files], **options)


def codes(reading):
    """Return the codes of findings."""
    return [one.code for one in reading.findings]


PIERS, BUOYS = package("hk-hkpf-piers", "Piers"), package("hk-hkpf-buoys", "Buoys")
CHINESE = package("hk-hkpf-piers", "碼頭位置")


def test_pages_of_several_languages_are_one_snapshot():
    """Each record has the titles of all languages; nothing is missing."""
    simplified = package("hk-hkpf-piers", "码头位置")
    pages = [
        ("2025-09-13-en-0.json", page([PIERS], 2)),
        ("2025-09-13-en-1.json", page([BUOYS], 2)),
        ("2025-09-13-tc.json", page([CHINESE, package("hk-hkpf-buoys", "浮標數據")], language="tc")),
        ("2025-09-13-sc.json", page([simplified, package("hk-hkpf-buoys", "浮标数据")], language="sc")),
    ]
    readings = [read(*ordered) for ordered in itertools.permutations(pages)]
    head, records = readings[0].snapshot.head, readings[0].snapshot.records
    assert records["hk-hkpf-piers"].titles == {"en": "Piers", "zh-Hant": "碼頭位置", "zh-Hans": "码头位置"}
    assert (head.date, head.complete, head.stated) == ("2025-09-13", True, {"en": 2, "zh-Hant": 2, "zh-Hans": 2})
    assert head.providers == {"hk-hkpf": {"en": "Police", "zh-Hant": "Police", "zh-Hans": "Police"}}
    assert codes(readings[0]) == []
    assert {format_head(one.snapshot.head) for one in readings} == {format_head(head)}


def test_the_recorded_files_are_read(shared):
    """The list of thousands of records in English, and twelve answers in Chinese."""
    folder = shared / "reference/portal"
    names = ["derived_catalogue_en_2025-09.tsv", "package_show_samples_zh-Hant.jsonl"]
    reading = read(*((name, (folder / name).read_bytes()) for name in names))
    head, records = reading.snapshot.head, reading.snapshot.records
    assert (head.date, head.counts) == ("2025-09", {"en": 3651, "zh-Hant": 12})
    # One of the twelve was made after the list.
    assert (head.records, codes(reading)) == (3652, ["portal-future-date", "portal-future-date"])
    assert all(record.provider and record.titles for record in records.values())
    record = records["hk-dh-chpsebcdde-ha-hfm"]
    assert (record.provider, record.category, set(record.titles)) == ("hk-dh", "health", {"en", "zh-Hant"})
    assert record.dictionary["zh-Hant"].startswith("https://")
    assert all(record.formats for slug, record in records.items() if "en" in record.titles)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<!DOCTYPE html><title>Busy</title>", "portal-web-page"),
        (b'{"success": false, "error": {"message": "busy"}}', "portal-refused"),
        (page([BUOYS])[:-20], "portal-not-json"),
        (b"", "portal-empty"),
        (b"Dear all", "portal-unknown-content"),
    ],
)
def test_a_page_that_is_lost_leaves_the_others(data, code):
    """It is told, and the snapshot is incomplete; alone it is refused."""
    reading = read(("2025-09-en-0.json", page([PIERS])), ("2025-09-en-1.json", data))
    assert codes(reading) == [code]
    assert list(reading.snapshot.records) == ["hk-hkpf-piers"]
    assert not reading.snapshot.head.complete
    assert [one.code for one in reading.snapshot.head.findings] == [code]
    with pytest.raises(InputError) as caught:
        read(("2025-09-en-1.json", data))
    assert caught.value.code == "portal.finding"
    with pytest.raises(InputError) as caught:
        read(("a-2025-09.json", data), ("b-2025-09.json", data))
    assert caught.value.code == "portal.nothing-read"


def test_a_count_that_is_not_reached_is_told():
    """A record that is there twice counts once."""
    reading = read(("en-2025-09-0.json", page([PIERS], 3)), ("en-2025-09-1.json", page([PIERS, BUOYS], 3)))
    assert codes(reading) == ["portal-count-not-reached"]
    assert reading.findings[0].values == {"stated": "3", "read": "2", "language": "en"}
    assert not reading.snapshot.head.complete


def test_one_slug_with_two_titles_is_told():
    """The title of the record that was changed last is taken."""
    newer = package("hk-hkpf-piers", "Public piers", metadata_modified="2025-08-01")
    for packages in ([PIERS, newer], [newer, PIERS]):
        reading = read(("en-2025-09.json", page(packages, 1)))
        assert codes(reading) == ["portal-two-titles"]
        assert reading.snapshot.records["hk-hkpf-piers"].titles == {"en": "Public piers"}


@pytest.mark.parametrize(
    ("language", "titles", "wrong"),
    [
        ("en", ["Piers", "碼頭位置"], 1),
        ("en", ["Number of Registered .hk and .香港 Domain Names"], 0),
        ("tc", ["碼頭位置", "码头位置"], 1),
        ("sc", ["码头位置", "碼頭位置"], 1),
        ("tc", ["碼頭位置", "浮標數據", "Wi-Fi.HK"], 0),
        ("tc", ["碼頭位置", "Piers", "Buoys", "Lights"], 3),
        ("tc", ["Piers", "Buoys"], 2),
    ],
)
def test_titles_of_another_language_are_told_and_left_out(language, titles, wrong):
    """Names in Latin letters are no fault of a Chinese file; a file of English titles is."""
    packages = [package(f"hk-hkpf-{number}", title) for number, title in enumerate(titles)]
    reading = read(("2025-09.json", page(packages, language=language)))
    found = [one for one in reading.findings if one.code == "portal-other-language"]
    assert [one.values["count"] for one in found] == ([str(wrong)] if wrong else [])
    assert sum(bool(one.titles) for one in reading.snapshot.records.values()) == len(titles) - wrong


@pytest.mark.parametrize(
    ("name", "stated", "titles", "expected"),
    [
        ("tc.json", "", ["碼頭"], "zh-Hant"),
        ("datasets-zh-hans.json", "", ["码头"], "zh-Hans"),
        ("a.json", "zh-Hant", ["碼頭"], "zh-Hant"),
        ("a.json", "", ["碼頭位置", "浮標數據"], "zh-Hant"),
        ("a.json", "", ["Piers"], "en"),
        ("technical.json", "", ["Piers"], "en"),
        ("a.json", "", ["天文"], None),
        ("a.json", "", ["Piers", "碼頭位置"], None),
    ],
)
def test_the_language_of_a_file(name, stated, titles, expected):
    """It is that of its name, that which is given, or that of most titles; else its titles are left out."""
    packages = [{"name": f"hk-hkpf-{number}", "title": title} for number, title in enumerate(titles)]
    reading = read((name, json.dumps(packages).encode()), date="2025-09", language=stated)
    assert {tag for one in reading.snapshot.records.values() for tag in one.titles} == ({expected} - {None})
    assert codes(reading) == ([] if expected else ["portal-unknown-language"])


def test_the_language_of_the_address_counts_more_than_that_which_is_given():
    """Who says that a Chinese file is English is told by its titles only where the file does not say it."""
    reading = read(("2025-09.json", page([CHINESE], language="tc")), language="en")
    assert reading.snapshot.head.languages == ("zh-Hant",)
    bare = json.dumps([CHINESE]).encode()
    assert codes(read(("2025-09.json", bare), language="en")) == ["portal-other-language"]


def test_bodies_that_are_not_known_are_told_once():
    """Each with how many records it has."""
    packages = [package(f"zz-{number}", "Piers", organization={"name": "zz"}) for number in range(3)]
    packages.append({"name": "nobody-1", "title": "Buoys"})
    reading = read(("en-2025-09.json", page(packages)))
    assert codes(reading) == ["portal-no-provider", "portal-unknown-provider"]
    assert [dict(one.values) for one in reading.findings] == [
        {"count": "1", "slug": "nobody-1"},
        {"provider": "zz", "count": "3", "slug": "zz-0"},
    ]


def read_dated(dates, **own):
    """Return the reading of one package with dates of its own and of a resource, and its record."""
    resource = {"url": "https://files.example/a.csv", **dates}
    reading = read(("en-2025-09.json", page([{**package("hk-hkpf-piers", "Piers", **own), "resources": [resource]}])))
    return reading, reading.snapshot.records["hk-hkpf-piers"]


def test_dates_after_that_of_the_snapshot_are_told_and_left_out():
    """Of records and of resources; a day in the month of the snapshot is none."""
    dates = {"datePublished": "2099-01-01", "dateModified": "2025-09-30"}
    reading, record = read_dated(dates, metadata_created="2026-02-03", metadata_modified="2025-09-30")
    assert codes(reading) == ["portal-future-date"] * 2
    assert [one.values["field"] for one in reading.findings] == ["created", "resources.issued"]
    assert (record.created, record.modified) == ("", "2025-09-30")
    assert (record.resources[0].issued, record.resources[0].modified) == ("", "2025-09-30")


def test_dates_that_are_none_are_told_and_left_out():
    """What is no date says nothing of when a dataset came; with a time, or as a month, it is one."""
    dates = {"datePublished": "2025-02-30", "dateModified": "2025-08"}
    reading, record = read_dated(dates, metadata_created="13/9/2025", metadata_modified="2025-08-25T16:31:17")
    assert codes(reading) == ["portal-bad-date"] * 2
    assert [(one.values["field"], one.values["date"]) for one in reading.findings] == [
        ("created", "13/9/2025"),
        ("resources.issued", "2025-02-30"),
    ]
    assert (record.created, record.modified[:10]) == ("", "2025-08-25")
    assert record.resources[0].issued == ""


@pytest.mark.parametrize(
    ("names", "given", "expected"),
    [
        (["en-2025-09.json"], "", "2025-09"),
        (["en-2025-09.json", "tc-2025-09-13.json"], "", "2025-09-13"),
        (["en-2025-09.json", "tc-2024-01.json"], "2025-10-01", "2025-10-01"),
        (["en.json"], "", "2025-08-25"),
        (["en.json"], "2025-09", "2025-09"),
    ],
)
def test_the_date_of_a_snapshot(names, given, expected):
    """It is that which is given, that of the names, or the newest of the records."""
    dated = package("hk-hkpf-piers", "Piers", metadata_created="2025-08-25T10:00:00")
    assert read(*((name, page([dated])) for name in names), date=given).snapshot.head.date == expected


def test_the_official_list_says_its_day():
    """Its own date counts before that of its records."""
    rows = [{"Dataset ID": "hk-hkpf-piers", "Dataset Name": "Piers", "Category": "Transport", "Data Format": "CSV"}]
    reading = read(("list_en.json", json.dumps({"As of Date": "2025-10-24", "Data": rows}).encode()))
    record = reading.snapshot.records["hk-hkpf-piers"]
    assert (reading.snapshot.head.date, reading.snapshot.head.complete) == ("2025-10-24", True)
    assert (record.category, record.formats, record.provider) == ("transport", ("CSV",), "hk-hkpf")


def test_packages_that_were_asked_for_one_by_one_are_not_all():
    """Only a list of all, or pages that say how many there are, make a snapshot complete."""
    for data in (json.dumps(PIERS), json.dumps([PIERS, BUOYS]), f"{json.dumps(PIERS)}\n{json.dumps(BUOYS)}"):
        assert not read(("en-2025-09.json", data.encode())).snapshot.head.complete


def test_lines_of_a_snapshot_are_records_again():
    """A snapshot can be joined with further files of the day."""
    line = json.dumps({"slug": "hk-hkpf-piers", "provider": "hk-hkpf", "titles": {"en": "Piers"}})
    lines = f'{line}\n{{"slug": "x", "titles": 5}}\n'.encode()
    reading = read(("2025-09.jsonl", lines), ("tc-2025-09.json", page([CHINESE], language="tc")))
    assert reading.snapshot.records["hk-hkpf-piers"].titles == {"en": "Piers", "zh-Hant": "碼頭位置"}
    assert codes(reading) == ["portal-without-slug"]


@pytest.mark.parametrize(
    ("files", "options", "kind", "code"),
    [
        ([("en.json", page([PIERS]))], {}, InputError, "portal.no-date"),
        ([("en.json", page([PIERS]))], {"date": "2025-13"}, UsageError, "portal.bad-date"),
        ([("2025-01.json", page([PIERS])), ("2025-02.json", page([PIERS]))], {}, UsageError, "portal.two-dates"),
        ([], {}, InputError, "portal.nothing-read"),
        ([("2025-01.json", page([]))], {}, InputError, "portal.nothing-read"),
        ([("2025-01.json", page([{"title": "Piers"}]))], {}, InputError, "portal.nothing-read"),
    ],
)
def test_what_makes_no_snapshot_is_refused(files, options, kind, code):
    """Without records or a date there is none."""
    with pytest.raises(kind) as caught:
        read(*files, **options)
    assert caught.value.code == code


def test_the_name_of_the_snapshot_states_its_day():
    """Unless a day is given; of its month the files may state the day."""
    file = ("list-2025-09-13.json", page([PIERS]))
    assert read(file, named="2025-08").snapshot.head.date == "2025-08"
    assert read(file, named="2025-09").snapshot.head.date == "2025-09-13"
    assert read(file, named="2025-08", date="2025-07-01").snapshot.head.date == "2025-07-01"


def test_a_body_that_is_named_but_not_known_is_told_by_the_slug():
    """A table may have names of bodies and no codes; another name says nothing of a code."""
    table = "slug\torganisation_en\torganisation_zh-Hant\ttitle_en\n"
    rows = ("hk-hsd-a\tHarbour Sailing Department\t海港風帆署\tA\n", "ferries-b\tFerries\t\tB\n", "hk-hsd-c\t\t\tC\n")
    snapshot = read(("2025-09.tsv", (table + "".join(rows)).encode())).snapshot
    assert {slug: one.provider for slug, one in snapshot.records.items()} == {
        "ferries-b": "",
        "hk-hsd-a": "hk-hsd",
        "hk-hsd-c": "",
    }
    assert snapshot.head.providers == {"hk-hsd": {"en": "Harbour Sailing Department", "zh-Hant": "海港風帆署"}}
