"""ZIP files are unpacked within limits, and their names lead nowhere."""

import io
import zipfile

import pytest
from support.sheet_files import as_zip

from dcat_hk.core.caching import OWN_PREFIX
from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.archive import Package, is_beside, tidy_name


def package(parts, method=zipfile.ZIP_DEFLATED, **limits):
    """Return a package of parts."""
    return Package(io.BytesIO(as_zip(parts, method)), Budget("plans.zip", Limits(**limits)))


def test_a_part_is_found_by_its_name_in_any_case():
    """Names of parts are compared without case, as Office does; what is not there has no number."""
    made = package({"[Content_Types].xml": "", "Word/Document.xml": "<w/>"})
    assert made.number_of("word/document.xml") == 1
    assert made.read(1) == b"<w/>"
    assert made.number_of("word/styles.xml") is None


def test_members_are_the_files_that_can_be_plans():
    """Folders and what a system leaves beside files are no members; the others come in the order of their names."""
    made = package({"b.txt": "", "a/": "", "a/c.pdf": "", "__MACOSX/._b.txt": "", "~$b.docx": "", "notes.md": ""})
    assert [(member.number, member.name) for member in made.members()] == [(2, "a/c.pdf"), (0, "b.txt")]


@pytest.mark.parametrize("name", ["", ".", "..", "./..", "///."])
def test_a_name_that_is_none_is_listed_as_empty(name):
    """A file whose name is nothing but dots and slashes, or is not there, is a member without a name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("plan.txt"), "x")
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, "x")
    made = Package(buffer, Budget("plans.zip"))
    assert [(member.number, member.name) for member in made.members()] == [(1, ""), (0, "plan.txt")]


@pytest.mark.parametrize(
    ("name", "encoding"), [("開放數據計劃.txt", "big5hkscs"), ("开放数据计划.txt", "gb18030"), ("計劃.txt", "utf-8")]
)
def test_a_name_in_no_stated_encoding_is_read_as_what_fits(name, encoding):
    """A program that writes names in its own encoding, without a mark, writes Chinese all the same."""
    raw = name.encode(encoding)
    placeholder = "x" * len(raw)
    data = as_zip({placeholder: "x"}).replace(placeholder.encode(), raw)
    (member,) = Package(io.BytesIO(data), Budget("plans.zip")).members()
    assert member.name == name


def test_what_comes_out_counts_and_not_what_is_stated():
    """A part, all parts together, and a part far larger than its packed form are refused while they are unpacked."""
    with pytest.raises(NotAPlan, match="more than 10 bytes when unpacked"):
        package({"a": "x" * 11}, unpacked=10).read(0)
    made = package({"a": "x" * 6, "b": "x" * 6}, unpacked=10)
    made.read(0)
    with pytest.raises(NotAPlan, match="more than 10 bytes when unpacked"):
        made.read(1)
    with pytest.raises(NotAPlan, match="more than 20 times its packed size"):
        package({"a": " " * 1_100_000}, ratio=20).read(0)
    assert len(package({"a": " " * 900_000}, ratio=20).read(0)) == 900_000


def test_what_cannot_be_unpacked_says_why():
    """A broken file, a locked part and another method of packing are errors with an advice of their own."""
    with pytest.raises(NotAPlan, match="is broken"):
        Package(io.BytesIO(b"PK\x03\x04...."), Budget("plans.zip"))
    with pytest.raises(NotAPlan, match="compressed with a method"):
        package({"a": "x"}, zipfile.ZIP_BZIP2).read(0)
    data = bytearray(as_zip({"a": "x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(NotAPlan, match="locked with a password"):
        Package(io.BytesIO(bytes(data)), Budget("plans.zip")).read(0)


def test_a_part_whose_bytes_were_damaged_is_broken():
    """A part that does not have its checksum is refused, not read as it is."""
    data = as_zip({"a": "plan of 2024"}, zipfile.ZIP_STORED).replace(b"plan of 2024", b"plan of 2025", 1)
    with pytest.raises(NotAPlan, match="is broken"):
        Package(io.BytesIO(data), Budget("plans.zip")).read(0)


def test_no_name_leads_out_of_the_archive():
    """A name is a path below the archive, in which nothing breaks a line or turns it around."""
    assert tidy_name("..\\..\\a\n.txt") == "a\ufffd.txt"
    assert tidy_name("//server/share/../a.txt") == "server/share/a.txt"
    assert tidy_name("C:") == "C:"


def test_what_lies_beside_plans_is_known_by_its_name():
    """A hidden folder hides its files; names are compared without case, and a text may be called a read-me."""
    assert is_beside(["a", ".svn", "plan.pdf"])
    assert is_beside(["desktop.INI"])
    assert is_beside(["kept", f"{OWN_PREFIX}1", "reading-1"])
    assert not is_beside(["readme.txt"])


def test_snapshots_of_the_portal_are_no_plans():
    """They lie in the folder of links, which may be in the folder of plans."""
    assert is_beside(["links", "portal", "2025-09.jsonl.gz"])
    assert is_beside(["Links", "portal", "2025-09.JSON"])
    assert not is_beside(["portal", "plan.json"])
    assert not is_beside(["links", "portal", "plan.pdf"])
