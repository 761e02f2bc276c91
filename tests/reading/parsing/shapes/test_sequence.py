"""Several plans in one document."""

import pytest
from support.plan_readings import codes, leftovers, read
from support.shaped_plans import LANGUAGES, expected_rows, plan_of, rows_of


def table(labels, rows):
    """Return a table as text with tabs."""
    return ["\t".join(labels), *("\t".join(row) for row in rows)]


PLANS = {language: plan_of(language, table) for language in LANGUAGES}


@pytest.mark.parametrize(
    "order", [("en", "zh-Hant"), ("zh-Hant", "en"), ("en", "zh-Hans", "zh-Hant"), ("zh-Hans", "en")]
)
def test_a_plan_in_several_languages_is_one_plan_with_editions(order):
    """Whatever comes first, the Chinese text leads, and each row has what the other languages say."""
    reading = read("\n\n".join(PLANS[language] for language in order))
    leading = next(language for language in ("zh-Hant", "zh-Hans") if language in order)
    plan = reading.require()
    assert rows_of(reading) == expected_rows(leading)
    assert [edition.script for edition in plan.editions][-1] == "Latn"
    assert all(len(entry.also) == len(order) - 1 for entry in plan.entries)
    assert codes(reading) == ["editions-in-one-file"]
    assert not leftovers(reading)


def test_editions_whose_dates_differ_are_told():
    """A month that is another one in the second language is a finding; the leading text counts."""
    reading = read(PLANS["zh-Hant"] + "\n\n" + PLANS["en"].replace("11/2025", "12/2025"))
    assert codes(reading) == ["editions-in-one-file", "edition-date-differs"]
    assert rows_of(reading) == expected_rows("zh-Hant")


@pytest.mark.parametrize(("lacking", "code"), [("en", "edition-lacks-row"), ("zh-Hant", "edition-has-more")])
def test_a_row_that_one_edition_of_a_file_lacks_is_told_by_language(lacking, code):
    """Where both editions are in one file, the other one is named with its language, and this one by its place."""
    plans = PLANS | {lacking: "\n".join(line for line in PLANS[lacking].split("\n") if not line.startswith("2\t"))}
    reading = read(plans["zh-Hant"] + "\n\n" + plans["en"])
    (finding,) = [finding for finding in reading.findings if finding.code == code]
    assert finding.values["other"] == "plan.txt (zh-Hant)"
    assert finding.place is not None


def test_what_stands_beside_the_text_is_accounted_for_once():
    """The title and the foot of a web page are not those of one plan in it, and the page is read."""
    tables = {
        language: "".join(
            f"<p>{line}</p>" if "\t" not in line else f"<table><tr><td>{line.replace(chr(9), '<td>')}</table>"
            for line in PLANS[language].split("\n")
            if line
        )
        for language in ("zh-Hant", "en")
    }
    page = f"<html><title>Plans</title><body>{tables['zh-Hant']}{tables['en']}<footer>Footer</footer></body></html>"
    reading = read(page, "plan.html")
    assert len(reading.require().editions) == 1
    assert reading.ledger.accounted["furniture"] >= len("PlansFooter")


@pytest.mark.parametrize(
    ("word", "other"),
    [("2025 to 2027", "2026 to 2028"), ("Marine Department", "Fire Services Department")],
    ids=["years", "body"],
)
def test_a_second_plan_is_told_and_not_mixed_with_the_first(word, other):
    """A plan of other years or of another body in the same file is an error, and none of its rows is published."""
    reading = read(PLANS["en"] + "\n\n" + PLANS["en"].replace(word, other).replace("Vessel arrivals", "Other dataset"))
    assert rows_of(reading) == expected_rows("en")
    assert codes(reading) == ["second-plan"]
    assert not leftovers(reading)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_above_every_section_begins_no_plan(language):
    """A title and a name that are repeated, as at the top of every page, leave one plan."""
    head = "\n".join(PLANS[language].split("\n")[:2])
    opening, *sections = PLANS[language].split("\n\n")
    text = "\n\n".join([opening, *(f"{head}\n{part}" if part[1:2] == "." else part for part in sections)])
    assert text.count(head) > 1
    assert rows_of(read(text)) == expected_rows(language)


@pytest.mark.parametrize("place", ["front", "back"])
def test_the_title_of_another_plan_that_is_no_heading_begins_no_plan(place):
    """A link to an older plan, above or below the sections, is no plan."""
    link = "Annual Open Data Plan for 2023 to 2025"
    reading = read(f"{link}\n\n{PLANS['en']}" if place == "front" else f"{PLANS['en']}\n\n{link}\n")
    assert rows_of(reading) == expected_rows("en")
    assert "second-plan" not in codes(reading)


def second(text, language="en"):
    """Return the reading of the plan and, behind it, of another one."""
    return read(PLANS[language] + "\n\n" + text.replace("Vessel arrivals", "Other dataset"))


HEADS = {
    "title below the body": "Fire Services Department\nAnnual Open Data Plan for 2025 to 2027\n",
    "title above the body": "Annual Open Data Plan for 2025 to 2027\nFire Services Department\n",
    "body in the title": "Annual Open Data Plan of the Fire Services Department for 2025 to 2027\n",
    "no title": "Fire Services Department\n",
    "no title, a body in Chinese": "消防處\n",
    "a body that nobody knows": "Kite Office\nAnnual Open Data Plan for 2025 to 2027\n",
}
SECTIONS = PLANS["en"].split("\n", 2)[2]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_sections_that_begin_anew_below_another_body_are_its_plan(head):
    """However it is named, its rows are not those of the first body."""
    first = PLANS["en"].replace("Marine Department", "Lighthouse Office") if "Kite" in head else PLANS["en"]
    reading = read(first + "\n\n" + head + SECTIONS.replace("Vessel arrivals", "Other dataset"))
    assert rows_of(reading) == expected_rows("en")
    assert "second-plan" in codes(reading)


def test_the_only_section_of_another_body_is_its_plan():
    """Though no section comes again: the first plan has planned datasets, the second those that are released."""
    planned, released = SECTIONS.split("D. ")[0].split("B. ")[0], "D. " + SECTIONS.split("D. ")[1]
    titles = [f"{body}\nAnnual Open Data Plan for 2025 to 2027\n" for body in ("Marine Department", "Lands Department")]
    reading = read(titles[0] + planned + "\n" + titles[1] + released)
    assert rows_of(reading) == expected_rows("en")[:2]
    assert "second-plan" in codes(reading)


def test_a_plan_of_another_body_in_another_language_is_no_edition():
    """Two bodies, one in Chinese and one in English, with the same years."""
    reading = read(PLANS["en"] + "\n\n" + PLANS["zh-Hant"].replace("海事處", "消防處"))
    assert not reading.require().editions
    assert "second-plan" in codes(reading)


def test_a_running_head_with_the_name_of_another_body_begins_no_plan():
    """The bureau above a department stands at the top of every page, also where a section goes on."""
    first, *others = PLANS["en"].split("\n\n")
    again = [f"Development Bureau\n{part}" if part[1:2] == "." else part for part in others]
    again.insert(1, f"Development Bureau\n{others[0].splitlines()[0]} (continued)")
    reading = read("\n\n".join([f"Development Bureau\n{first}", *again]))
    assert "second-plan" not in codes(reading)
    assert [entry.title for entry in reading.require().entries] == [row[3] for row in expected_rows("en")]
