"""Packages are written the same way each time, and what is not changed keeps its bytes."""

import io
import zipfile

from dcat_hk.drafting.packages import change_package, write_package


def parts_of(data):
    """Return the parts of a package with their dates and ways of packing."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {one.filename: (package.read(one), one.date_time, one.compress_type) for one in package.infolist()}


def test_what_is_not_changed_stays():
    """Parts keep bytes, dates, ways of packing and order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(zipfile.ZipInfo("a.xml", (2020, 1, 2, 3, 4, 6)), "<a/>", zipfile.ZIP_STORED)
        package.writestr(zipfile.ZipInfo("b.bin", (2021, 1, 2, 3, 4, 6)), bytes(range(256)), zipfile.ZIP_DEFLATED)
    before, after = parts_of(made.getvalue()), parts_of(change_package(made.getvalue(), {"c.xml": b"<c/>"}))
    assert list(after) == ["a.xml", "b.bin", "c.xml"]
    assert {name: after[name] for name in before} == before
    assert change_package(made.getvalue(), {"c.xml": b""}) == change_package(made.getvalue(), {"c.xml": b""})


def test_new_parts_have_no_date_of_now():
    """The same parts are the same file."""
    assert parts_of(write_package({"a.xml": "<a/>"}))["a.xml"][1] == (1980, 1, 1, 0, 0, 0)
