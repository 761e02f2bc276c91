"""Scanned pages to which a recognition program added text are read by positions and told; others are refused."""

import pytest
from support.pdf_files import pdf, text

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Limits
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

#: A picture over the whole page; a page of 600 by 400 points.
PICTURE = "q 600 0 0 400 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q\n"
#: How wide letters of Helvetica are, if not 0.556 of the font's size.
NARROW = dict.fromkeys(" ,./ft", 0.278) | dict.fromkeys("ijlI", 0.222) | dict.fromkeys("()-r", 0.333)
WIDE = dict.fromkeys("Nw", 0.722) | dict.fromkeys("ckvsyz", 0.5) | dict.fromkeys("mM", 0.833) | {"O": 0.778}
LINES = [
    (40, 380, "Marine Department"),
    (40, 366, "Annual Open Data Plan for 2025 to 2027"),
    (40, 352, "A. Departmental datasets to be released in 2025"),
    *zip(
        (40, 80, 150, 260, 400, 500),
        [330] * 6,
        ("No.", "Category", "Name of Dataset", "Description", "Target Release Date", "Update Frequency"),
        strict=True,
    ),
    *((x, 312, cell) for x, cell in zip((40, 80, 150), ("1", "Transport", "Vessels in port"), strict=True)),
    *((x, 312, cell) for x, cell in zip((260, 400, 500), ("Ships by berth (CSV)", "09/2025", "Daily"), strict=True)),
    *((x, 294, cell) for x, cell in zip((40, 80, 150), ("2", "Environment", "Refuse at sea"), strict=True)),
    *((x, 294, cell) for x, cell in zip((260, 400, 500), ("Tonnes a month (CSV)", "10/2025", "Monthly"), strict=True)),
]


def recognised(placed):
    """Return the commands of an unpainted text over a picture, one letter at a time."""
    commands = PICTURE + "3 Tr\n"
    for x, y, words in placed:
        for letter in words:
            commands += text(round(x, 2), y, letter)
            x += 10 * (NARROW | WIDE).get(letter, 0.556 if letter.islower() or letter.isdigit() else 0.667)
    return commands


def reading_of(commands):
    """Return how a PDF is read."""
    return read_plan(read_bytes(pdf(commands), "scan.pdf", Limits()), load())


def test_a_scan_with_recognised_text_is_read_by_positions_and_told():
    """Letters that are not painted are read, row by row, with one finding that says where they come from."""
    reading = reading_of(recognised(LINES))
    first, second = reading.require().entries
    assert (first.title, first.category, first.description) == ("Vessels in port", "Transport", "Ships by berth (CSV)")
    assert (second.number, second.date, second.frequency) == (2, "2025-10", "MONTHLY")
    assert [finding.code for finding in reading.findings].count("recognised-text") == 1


def test_a_scan_whose_text_makes_no_sense_is_refused_as_what_it_is():
    """Where no plan is found in recognised text the refusal says that it was recognised."""
    with pytest.raises(NotAPlan, match="recognition program"):
        reading_of(recognised([(40, 380, "Annua1 0pen Dafa P1an"), (40, 330, "ln Co7egory")])).require()


def test_a_scan_without_text_is_refused():
    """A page that is a picture has no text, and the refusal names the remedy."""
    with pytest.raises(NotAPlan, match="images") as refusal:
        reading_of(PICTURE)
    assert "recognition" in refusal.value.advice
