"""Lines of a cell in a text dump are pieces of one word only if that is proven."""

import pytest
from support.plan_readings import read

from dcat_hk.reading.parsing.positions.places import Column
from dcat_hk.reading.parsing.torn import is_torn, is_word_broken


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("Communit", "y and Social Welfare", True),
        ("City Managem", "ent and", True),
        ("As and when necessar", "y", True),
        ("City Management", "and Utilities", False),
        ("水位 water", "level", False),
        ("分區統計", "y", False),
        ("Transport (", "tion", False),
        ("", "y", False),
    ],
)
def test_a_line_ends_inside_a_word_if_its_parts_are_no_words(above, below, expected):
    """What a line and the next one have at their ends decides, not what else they hold."""
    assert is_word_broken(above, below) is expected


def test_a_broken_word_of_a_text_dump_is_whole():
    """A category and a frequency that a narrow column broke have no blank inside their words."""
    text = """Environmental Protection Department
Annual Open Data Plan for 2025 to 2027
A. Departmental datasets to be released in 2025
No.  Category       Name of Dataset        Description          Target Release   Update
                                                                Date             Frequency
1    City Managem   Positions of tanks     Tanks by district    09/2025          As and when
     ent and                               (CSV)                                 necessar
     Utilities                                                                   y
2    Environm       Water level            Level by station     10/2025          Daily
     ent                                   (CSV)
"""
    first, second = read(text).require().entries
    assert (first.category, first.frequency_raw) == ("City Management and Utilities", "As and when necessary")
    assert second.category == "Environment"


def test_a_category_whose_words_are_broken_anywhere_is_whole():
    """The name of a category tells where its words end; a line that ends where a word does stays as it is."""
    head = "<tr><th>No.<th>Category<th>Dataset Name<th>Date<th>Frequency</tr>"
    titles = "<h1>Lands Department</h1><h2>Open Data Plan 2025-2027</h2><h3>A. Datasets to be released in 2025</h3>"
    broken = "Develop<br>ment, Geogr<br>aphy and<br>Land Infor<br>mation"
    for cell in (broken, "Development, Geography<br>and Land Information"):
        page = f"{titles}<table>{head}<tr><td>1<td>{cell}<td>Rain<td>1/2025<td>Daily</table>"
        [entry] = read(page, "plan.html").require().entries
        assert entry.category == "Development, Geography and Land Information"


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["統計（C", "SV、JSON）"], True),
        (["統計（CSV、XLS", "X）"], True),
        (["統計（Geo", "JSON）"], True),
        (["統計（CSV", "JSON）"], False),
        (["統計（XLS", "JSON）"], False),
        (["統計（新", "CSV）"], False),
    ],
)
def test_a_format_that_is_broken_anywhere_is_whole(pieces, expected):
    """Pieces of one name are joined whatever signs stand around them; two names are not."""
    column = Column(("description",), 0, 0)
    assert is_torn(column, pieces) is expected
