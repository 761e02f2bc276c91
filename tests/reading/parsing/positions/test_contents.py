"""Where nobody knows what the labels of a table say, what stands below them tells it; else the table is told of."""

from dataclasses import replace

from support.plan_readings import codes, read

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

HEAD = "Transport Department\n\nAnnual Open Data Plan for 2025 to 2027\n\n"
PLANNED, RELEASED = "A. Departmental datasets to be released in 2025\n\n", "D. Datasets released\n\n"
LABELS = """Seq   Theme        Items to open    What it holds             From when      Renewed
                                                                                   how often

"""
ROWS = """1     Transport    Taxi stands      Names of all the stands    03/2025       Every three
                                    with opening hours (CSV)                 months

2     Transport    Tunnels and      Flows by hour, by lane     04/2025       Daily
                   bridges          and by direction (JSON)

3     Environment  Street trees     Kinds, heights and ages    11/2025       Yearly

"""
EARLIER = ROWS.replace("2025", "2024").replace("Taxi", "Bus").replace("Tunnels", "Piers").replace("Street", "Park")
TITLES = ["Taxi stands", "Tunnels and bridges", "Street trees"]


def read_drawn(text):
    """Return the reading of a text whose places are in points, as those on a page of a PDF are."""
    document = read_bytes((HEAD + text).encode(), "plan.txt")
    blocks = [
        block._replace(
            top=block.top * 6.0,
            page=1,
            runs=tuple(run._replace(left=run.left * 5.0, right=run.right * 5.0) for run in block.runs),
        )
        for block in document.blocks
    ]
    return read_plan(replace(document, blocks=tuple(blocks)), load())


def test_columns_under_unknown_labels_are_told_by_what_they_hold():
    """Numbers, categories, names, descriptions, dates and frequencies are what they are; each label is told of."""
    reading = read(HEAD + PLANNED + LABELS + ROWS)
    entries = reading.require().entries
    assert [entry.title for entry in entries] == TITLES
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.category for entry in entries] == ["Transport", "Transport", "Environment"]
    assert [entry.date for entry in entries] == ["2025-03", "2025-04", "2025-11"]
    assert [entry.frequency for entry in entries] == ["QUARTERLY", "DAILY", "ANNUAL"]
    assert [entry.formats for entry in entries] == [("CSV",), ("JSON",), ()]
    told = [finding.values["label"] for finding in reading.findings if finding.code == "column-by-contents"]
    assert told == ["Items to open", "What it holds", "From when", "Renewed how often"]
    assert reading.ledger.accounted["leftover"] == 0


def test_a_header_that_is_printed_again_is_that_header():
    """On the next page, and in the next section, the same labels are no row, and what they say is known."""
    reading = read(HEAD + PLANNED + LABELS + ROWS + RELEASED + LABELS + EARLIER + "\f" + LABELS + EARLIER)
    entries = reading.require().entries
    assert [(entry.section, entry.date_role) for entry in entries] == [("A", "target")] * 3 + [("D", "released")] * 6
    assert not any("Items" in entry.title or "Items" in (entry.description or "") for entry in entries)


def test_each_section_may_have_labels_of_its_own():
    """Those of one section are known, those of the next are not: they are no row of it."""
    known = LABELS.replace("Seq   Theme        Items to open ", "No.   Category     Dataset Name  ")
    known = known.replace(
        "What it holds             From when      Renewed", "Description               Release Date   Update "
    )
    known = known.replace("how often", "Frequency")
    entries = read(HEAD + PLANNED + known + ROWS + RELEASED + LABELS + EARLIER).require().entries
    assert [(entry.section, entry.number) for entry in entries] == [(code, n) for code in "AD" for n in (1, 2, 3)]
    assert not any("open" in entry.title for entry in entries)


def test_a_header_of_which_half_is_known_is_told_by_contents_too():
    """Known labels keep what they say."""
    labels = LABELS.replace("Seq", "No.").replace("Items to open", "Dataset      ")
    reading = read(HEAD + PLANNED + labels + ROWS)
    assert [entry.title for entry in reading.require().entries] == TITLES
    assert sum(code == "column-by-contents" for code in codes(reading)) == 3


def test_labels_that_stand_as_near_as_rows_are_no_header():
    """Without a gap the first row may have begun above its number: nothing is guessed."""
    reading = read(HEAD + PLANNED + LABELS.rstrip("\n") + "\n" + ROWS)
    assert "column-by-contents" not in codes(reading)


def test_columns_that_run_together_are_not_told_apart():
    """A column with wide gaps at one place again and again is two: its texts are no names."""
    rows = "".join(f"{n}   Kind {n} of stands   Number {n}, by day   0{n}/2025     Daily\n\n" for n in range(1, 7))
    labels = "Seq  Items and what they hold      From when   Renewed\n\n"
    together = read(HEAD + PLANNED + labels + rows)
    assert not any("Number" in entry.title for entry in (together.plan.entries if together.plan else ()))


def test_rows_on_a_page_without_any_header_are_told_once():
    """It is an error, for the rows are lost; single words are not told of."""
    reading = read_drawn(PLANNED + ROWS)
    assert not reading.require().entries
    assert codes(reading).count("table-without-header") == 1
    assert not {"unassigned-text", "unclear-columns", "unread-section"} & set(codes(reading))


def test_a_page_whose_labels_nobody_knows_is_read_as_text_is():
    """Places in points tell the same."""
    assert [entry.title for entry in read_drawn(PLANNED + LABELS + ROWS).require().entries] == TITLES


JUSTIFIED = """No.  Category       Dataset              General description         Release date   Update frequency

1    Transport      Register of lifts    Names,    licences   and    03/2025        Daily
                    and     escalators   addresses (CSV)

2    Development,   Lightning  counts    Counts     of     clouds    04/2025        Daily
     Geography      by district          with lightning (XML)
     and Land
     Information

3    Climate  and   Index  of  aerial    Numbers,  dates, heights    05/2025        Yearly
     Weather        survey photos        and places (JSON)

"""


def test_words_of_lines_that_were_drawn_out_stay_in_their_columns():
    """Where a program justifies cells, blanks inside of them are as wide as those between columns."""
    entries = read_drawn(PLANNED + JUSTIFIED).require().entries
    assert [entry.title for entry in entries] == [
        "Register of lifts and escalators",
        "Lightning counts by district",
        "Index of aerial survey photos",
    ]
    assert [entry.description for entry in entries] == [
        "Names, licences and addresses (CSV)",
        "Counts of clouds with lightning (XML)",
        "Numbers, dates, heights and places (JSON)",
    ]
    assert [entry.category for entry in entries] == [
        "Transport",
        "Development, Geography and Land Information",
        "Climate and Weather",
    ]
