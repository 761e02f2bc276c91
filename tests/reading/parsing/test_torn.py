"""Names that a narrow column broke are whole, and names on lines of their own stay apart."""

import pytest
from support.plan_readings import leftovers, read

HEAD = """Transport Department

Annual Open Data Plan for 2025 to 2027

A. Departmental datasets to be released in 2025

No.   Category     Dataset Name    General Description       Format   Release Date   Update Frequency
"""


@pytest.mark.parametrize(
    ("above", "below", "formats"),
    [("GeoJ", "SON", ("GEOJSON",)), ("CSV", "JSON", ("CSV", "JSON")), ("CSV,", "XML", ("CSV", "XML"))],
)
def test_a_format_broken_over_lines_is_one(above, below, formats):
    """Two pieces that are no formats apart are one together; two formats are two."""
    reading = read(
        HEAD + f"1     Transport    Taxi stands     Names                     {above:<8} 03/2025        Monthly\n"
        f"{' ' * 61}{below}\n"
        "2     Transport    Tunnels         Flows                     XML      04/2025        Daily\n"
    )
    assert reading.require().entries[0].formats == formats
    assert leftovers(reading) == []
