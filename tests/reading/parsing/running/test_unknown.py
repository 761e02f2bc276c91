"""Cells of a column whose label is not known end where the next cell begins."""

from support.plan_readings import leftovers, read

from dcat_hk.reading.parsing.running.unknown import repeated_values, unknown_score

HEAD = (
    "Water Department\nAnnual Open Data Plan for 2024 to 2026\nD. Departmental datasets already released\n"
    "No. Category Dataset Name\nResponsible\nUnit\nDescription Release Date Update Frequency\n"
)


def test_a_cell_that_ends_with_a_word_of_its_label_is_no_part_of_the_title():
    """A unit stands in the column of units, whatever letters the description begins with."""
    lines = ("1 Environment", "Production of", "reclaimed water", "Supply", "Unit", "Monthly production (CSV)")
    reading = read(HEAD + "\n".join([*lines, "12/2024 Monthly"]) + "\n")
    entry = reading.require().entries[0]
    assert (entry.title, entry.description) == ("Production of reclaimed water", "Monthly production (CSV)")
    assert leftovers(reading) == []


def test_a_line_before_a_value_in_all_its_rows_is_a_part_of_it():
    """Two titles do not end with the same line by chance, if the same value follows."""
    rows = [{"title": ["Meters", "Customer"], "other": ["Unit"]}, {"title": ["Calls", "Customer"], "other": ["Unit"]}]
    assert repeated_values(rows) == {"customerunit"}
    assert repeated_values(rows[:1]) == set()


def test_sentences_and_two_cells_in_one_line_fit_badly():
    """A short cell has no commas and no blank between ideographs."""
    labels = ["負責組別"]
    marks = [unknown_score(text, labels, frozenset()) for text in ("繪圖組", "渠位置 繪圖組", "按月列出的，繪圖組")]
    assert marks[0] > marks[1] == marks[2] > unknown_score("按月列出", labels, frozenset()) - 1.5
