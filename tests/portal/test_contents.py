"""What files and answers of the portal are, and what only looks like one."""

import gzip
import json

import pytest

from dcat_hk.portal import contents as module
from dcat_hk.portal.contents import NotPortalData, read_contents, refuse_content
from dcat_hk.portal.reading import PortalInput, read_portal

PIERS, BUOYS = {"name": "hk-hkpf-piers", "title": "Piers"}, {"name": "hk-hkpf-buoys", "title": "Buoys"}
ANSWER = {"help": "https://data.gov.hk/tc-data/api/3/action/help_show?name=package_search", "success": True}
PAGE = {**ANSWER, "result": {"count": 3, "results": [PIERS, BUOYS]}}


def read(value, name="a"):
    """Return the contents of text, bytes, or a value of JSON."""
    data = value if isinstance(value, bytes | str) else json.dumps(value, ensure_ascii=False)
    return read_contents(data if isinstance(data, bytes) else data.encode(), name)


@pytest.mark.parametrize(
    ("value", "kind", "stated"),
    [
        (PAGE, "package_search", 3),
        ({"count": 2, "results": [PIERS, BUOYS]}, "package_search", 2),
        ({**ANSWER, "result": {"count": 0, "results": []}}, "package_search", 0),
        ({**ANSWER, "result": PIERS}, "package_show", None),
        (PIERS, "package_show", None),
        ([PIERS, BUOYS], "packages", None),
        ({"result": [PIERS, BUOYS]}, "packages", None),
        (f"{json.dumps(PIERS)}\n\n{json.dumps(BUOYS)}\n", "packages", None),
        (
            f"{json.dumps({**ANSWER, 'result': PIERS})}\n{json.dumps({**ANSWER, 'result': BUOYS})}\n",
            "package_show",
            None,
        ),
        ('{"slug": "hk-hkpf-piers"}\n{"slug": "hk-hkpf-buoys"}\n', "snapshot", None),
        ('{"slug": "hk-hkpf-piers"}\n', "snapshot", None),
        ("slug\ttitle_en\nhk-hkpf-piers\tPiers\nhk-hkpf-buoys\tBuoys\n", "table", None),
        ('slug,title\nhk-hkpf-piers,"Piers, all"\n', "table", None),
    ],
)
def test_every_form_is_known(value, kind, stated):
    """Whatever form a file has, its entries are found."""
    contents = read(value)
    names = {one.get("name") or one.get("slug") for one in contents.packages}
    assert (contents.kind, contents.stated, contents.bad) == (kind, stated, [])
    assert names <= {"hk-hkpf-piers", "hk-hkpf-buoys"}
    assert names or stated == 0


@pytest.mark.parametrize("encode", [lambda data: data, gzip.compress, lambda data: b"\xef\xbb\xbf" + data])
def test_bytes_may_be_packed_or_marked(encode):
    """Files are kept packed, and spreadsheets put a mark before them."""
    assert read(encode(json.dumps(PAGE).encode())).stated == 3
    assert len(read(encode(b"slug\ttitle\na\tb\n")).packages) == 1
    assert len(read("slug\ttitle\na\t文\n".encode("utf-16")).packages) == 1


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("<!DOCTYPE html><html><body>Busy</body></html>", "portal-web-page"),
        ("\n  <HTML lang=en>", "portal-web-page"),
        ("", "portal-empty"),
        (" \n", "portal-empty"),
        (json.dumps(PAGE)[:-30], "portal-not-json"),
        ("{", "portal-not-json"),
        ("[" * 200_000, "portal-not-json"),
        ({"success": False, "error": {"message": "Not found", "__type": "Not Found Error"}}, "portal-refused"),
        ({"success": False}, "portal-refused"),
        ({"error": "busy"}, "portal-refused"),
        ({"success": True, "result": {"datasets": 218}}, "portal-unknown-content"),
        ({"success": True, "result": ["hk-hkpf-piers"]}, "portal-unknown-content"),
        ([], "portal-unknown-content"),
        ({}, "portal-unknown-content"),
        ([1, 2], "portal-unknown-content"),
        ("[1]", "portal-unknown-content"),
        ("Dear all", "portal-unknown-content"),
        ("name\ttitle\na\tb\n", "portal-unknown-content"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "portal-not-utf-8"),
        ("slug\ttitle\na\t碼頭\n".encode("big5"), "portal-not-utf-8"),
        (gzip.compress(b'{"count": 1}' * 9, mtime=0)[:-9], "portal-damaged"),
        (b"\x1f\x8b", "portal-damaged"),
    ],
)
def test_what_is_none_of_the_portal_is_named(value, code):
    """Each kind has a finding of its own, told in three languages."""
    with pytest.raises(NotPortalData) as caught:
        read(value)
    assert caught.value.finding.code == code
    assert len({caught.value.tell(language) for language in ("en", "zh-Hant", "zh-Hans")}) == 3
    assert "{" not in str(caught.value) or code == "portal-refused"


def test_a_reason_of_the_portal_is_told():
    """What the portal says of its refusal is repeated, without what would move a terminal's cursor."""
    with pytest.raises(NotPortalData) as caught:
        read({"success": False, "error": {"message": "Not \x1b[31mfound"}})
    assert caught.value.finding.values["reason"] == "Not \ufffd[31mfound"


def test_too_much_is_refused(monkeypatch):
    """A small file that unpacks to any number of bytes is not unpacked to its end."""
    monkeypatch.setattr(module, "LARGEST", 1000)
    with pytest.raises(NotPortalData) as caught:
        read(gzip.compress(b" " * 100_000))
    assert caught.value.finding.code == refuse_content("portal-too-large", "a", most="1,000").finding.code


def test_lines_that_were_cut_off_are_counted():
    """The others are read, and where the first bad one is is known."""
    lines = [json.dumps(PIERS), json.dumps(BUOYS)[:-5], json.dumps({"success": False}), json.dumps(BUOYS)]
    contents = read("\n".join(lines))
    assert [one["name"] for one in contents.packages] == ["hk-hkpf-piers", "hk-hkpf-buoys"]
    assert [line for line, _reason in contents.bad] == ["2", "3"]


def test_rows_with_other_cells_than_the_header_are_counted():
    """A row that was cut off says nothing that can be trusted."""
    contents = read('slug\ttitle_en\tcreated\nhk-a\t"Quoted" title\t2025-01-02\nhk-b\tB\n\nhk-c\tC\t\t\n')
    assert [one["name"] for one in contents.packages] == ["hk-a"]
    assert contents.packages[0] == {"name": "hk-a", "title": {"en": '"Quoted" title'}, "metadata_created": "2025-01-02"}
    assert [line for line, _reason in contents.bad] == ["3", "5"]


def test_columns_may_name_their_language():
    """Titles, bodies and categories in several languages are kept apart."""
    header = "slug\ttitle_en\ttitle_zh-Hant\torganisation_en\tcategory\tformats\tmetadata_modified"
    (package,) = read(f"{header}\nhk-a\tPiers\t碼頭\tPolice\tFinance\tCSV/XLSX; JSON\t2025-01-02\n").packages
    assert package["title"] == {"en": "Piers", "zh-Hant": "碼頭"}
    assert package["organization"] == {"title": {"en": "Police"}}
    assert package["group"] == {"title": "Finance"}
    assert [one.strip() for one in package["formats"]] == ["CSV", "XLSX", "JSON"]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (
            [
                {"Dataset ID": "hk-a", "Dataset Name": "Piers", "Resource Name": "x", "Data Format": "CSV"},
                {"Dataset ID": "hk-a", "Dataset Name": "Piers", "Resource Name": "y", "Data Format": "JSON"},
                {"Dataset ID": "hk-b", "Dataset Name": "Buoys", "Resource Name": "z", "Data Format": "CSV"},
            ],
            ["hk-a", "hk-b"],
        ),
        ([{"Name of Dataset": "Piers", "Data Format": "CSV, XLS"}, {"Name of Dataset": "Buoys"}, "x"], [None, None]),
    ],
)
def test_the_official_list_has_a_row_for_each_resource(rows, names):
    """Rows of one dataset are one entry; a list without names of datasets has entries without slugs."""
    contents = read({"As of Date": "2025-10-24", "Data": rows})
    assert (contents.kind, contents.date) == ("list", "2025-10-24")
    assert [one["name"] for one in contents.packages] == names
    assert contents.packages[0]["formats"][0] == "CSV"


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085"])
def test_only_line_feeds_end_a_line(mark):
    """What else Unicode has for the end of a line may stand in a text."""
    lines = "\r\n".join(json.dumps({"name": f"hk-hkpf-{n}", "title": f"Pi{mark}ers"}, ensure_ascii=False) for n in "ab")
    contents = read(lines)
    assert [one["name"] for one in contents.packages] == ["hk-hkpf-a", "hk-hkpf-b"]
    assert list(contents.bad) == []


def test_a_cell_without_an_end_is_told_by_its_line():
    """What stands before it is read; a quotation mark without its counterpart swallows all that follows."""
    table = 'slug,title\nhk-a,A\nhk-b,"' + "x,y\n" * 60_000
    contents = read(table)
    assert ([one["name"] for one in contents.packages], contents.bad) == (["hk-a"], [])
    assert int(contents.cut.replace(",", "")) > 3
    for language, word in (("en", "any further"), ("zh-Hant", "無法讀取"), ("zh-Hans", "无法读取")):
        finding = read_portal([PortalInput("en-2025-09.csv", table.encode())]).findings[0]
        assert (finding.code, word in finding.message(language)) == ("portal-cut-table", True)
    assert not read_portal([PortalInput("en-2025-09.csv", table.encode())]).snapshot.head.complete
