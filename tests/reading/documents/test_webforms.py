"""Fields of forms in web pages: what stands in them is text of the page."""

import pytest
from support.plan_readings import codes, leftovers, read

HEADER = ["No.", "Category", "Name of Dataset", "Description", "Release Date", "Update Frequency"]
CELLS = ["1", "Transport", "Vessel arrivals", "At each anchorage (CSV)", "09/2020", "Daily"]


def page(**cells):
    """Return a plan as a web page with some cells of its only row replaced."""
    columns = dict(zip(("number", "category", "title", "description", "date", "frequency"), CELLS, strict=True))
    header = "".join(f"<th>{label}</th>" for label in HEADER)
    row = "".join(f"<td>{cell}</td>" for cell in (columns | cells).values())
    other = "".join(f"<td>{cell}</td>" for cell in ["2", "Transport", "Berths", "List (CSV)", "01/2021", "Monthly"])
    return (
        "<html><body><h1>Marine Department</h1><h2>Annual Open Data Plan for 2024 to 2026</h2>"
        f"<h3>D. Datasets already released</h3><table><tr>{header}</tr><tr>{row}</tr><tr>{other}</tr></table>"
    )


@pytest.mark.parametrize(
    ("cells", "field", "expected"),
    [
        ({"title": "<input value='Vessel arrivals' size=40>"}, "title", "Vessel arrivals"),
        ({"title": "<input type=text value='Vessel arrivals'><input type=hidden value=x>"}, "title", "Vessel arrivals"),
        ({"title": "Vessel arrivals<input type=submit value=Save><button>Edit</button>"}, "title", "Vessel arrivals"),
        ({"title": "<textarea rows=2>Vessel\narrivals</textarea>"}, "title", "Vessel arrivals"),
        ({"number": "<input type=number value=1>"}, "number", 1),
        ({"date": "<input type=month value=2020-09>"}, "date", "2020-09"),
        ({"category": "<select><option>Environment<option selected>Transport</select>"}, "category", "Transport"),
        ({"frequency": "<select><option>Daily<option>Monthly</select>"}, "frequency", "DAILY"),
        (
            {"frequency": "<select><optgroup label=Often><option value=d label=Daily>x</option></optgroup></select>"},
            "frequency",
            "DAILY",
        ),
        (
            {"description": "<label><input type=checkbox checked>CSV</label> <input type=radio>XML"},
            "formats",
            ("CSV",),
        ),
        ({"description": "<input type=checkbox name=row>List (CSV)"}, "description", "☐ List (CSV)"),
        ({"title": "Vessel arrivals <input type=checkbox>"}, "title", "Vessel arrivals"),
    ],
)
def test_what_stands_in_a_field_is_text_of_its_cell(cells, field, expected):
    """Typed and chosen text is read, the state of a box with its label; other inputs are none of the text."""
    reading = read(page(**cells), "plan.html")
    assert getattr(reading.plan.entries[0], field) == expected
    assert codes(reading) == []
    assert leftovers(reading) == []


@pytest.mark.parametrize(
    ("cell", "prompt"),
    [
        ("<input placeholder='mm/yyyy'>", "mm/yyyy"),
        ("<select><option value=''>Please choose</option><option>01/2020</option></select>", "Please choose"),
        ("<textarea placeholder='Month and year'> </textarea>", "Month and year"),
    ],
)
def test_the_prompt_of_an_empty_field_is_no_text(cell, prompt):
    """A field that was not filled in leaves its cell empty, and its prompt is told."""
    reading = read(page(date=cell), "plan.html")
    assert reading.plan.entries[0].date_raw == ""
    assert codes(reading) == ["missing-date", "unfilled-field"]
    assert reading.findings[-1].values == {"text": prompt}


def test_a_form_of_labels_and_fields_is_read():
    """Fields with a label of their own are values of that label; a search box is nobody's text."""
    values = dict(zip(HEADER, CELLS, strict=True))
    lines = [
        f"<p><label for=f{i}>{name}:</label> <input id=f{i} value='{values[name]}'></p>"
        for i, name in enumerate(values)
    ]
    text = (
        "<html><body><h1>Marine Department</h1><h2>Annual Open Data Plan for 2024 to 2026</h2>"
        f"<input type=search value=find><h3>D. Datasets already released</h3>{''.join(lines)}"
    )
    reading = read(text, "plan.html")
    (entry,) = reading.plan.entries
    assert (entry.title, entry.date, entry.frequency) == ("Vessel arrivals", "2020-09", "DAILY")
    assert leftovers(reading) == []
