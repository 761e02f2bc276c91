"""How well a copy of a plan was read."""

import pytest
from support.editions import CHINESE
from support.plan_texts import PlanText, Row, as_layout, as_tabs

from dcat_hk.core.errors import rules
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reading.quality import DOUBTS, LOSSES, Quality, copy_of

GOOD = Quality(False, False, False, 0, 0, 0, 0, -30, 0, "b", False)


def quality_of(text):
    """Return how well a text was read."""
    return copy_of(read_plan(read_bytes(text.encode(), "plan"), load())).quality


def test_every_doubt_is_a_finding():
    """The codes that count as doubts and losses are declared."""
    assert set(rules()) >= DOUBTS | LOSSES


@pytest.mark.parametrize(
    "worse",
    [
        Quality(True, False, False, 0, 0, 0, 0, -40, 0, "a", False),
        Quality(False, True, False, 0, 1, 0, 0, -40, 0, "a", False),
        Quality(False, False, True, 0, 0, 0, 9, -40, 0, "a", False),
        Quality(False, False, False, 1, 0, 0, 0, -40, 0, "a", False),
        Quality(False, False, False, 0, 0, 0, 0, -29, 0, "a", False),
        Quality(False, False, False, 0, 0, 0, 0, -30, 4, "a", False),
        Quality(False, False, False, 0, 0, 0, 0, -30, 0, "c", False),
    ],
    ids=["recognised", "doubtful", "incomplete", "kind", "rows", "detail", "content"],
)
def test_one_difference_decides(worse):
    """Each thing that speaks against a copy outweighs all that is compared after it."""
    assert sorted([worse, GOOD]) == [GOOD, worse]


def test_a_table_is_read_without_doubt():
    """Cells that tabs state leave nothing to guess."""
    quality = quality_of(as_tabs(CHINESE))
    assert (quality.may_invent_rows, quality.incomplete, quality.guessed) == (False, False, False)
    assert quality.reasons == ("text", "5 rows")


def test_text_without_cells_is_guessed():
    """Columns found from positions count as guessed."""
    rows = {("D", ""): [Row("氣象", "雨量", "02/2020", "每小時", "各區雨量 (CSV)", "")]}
    quality = quality_of(as_layout(PlanText("香港天文台", 2024, rows)))
    assert (quality.guessed, quality.incomplete, quality.rank) == (True, True, 2)
    assert quality.reasons == ("columns guessed", "text", "1 row")


def test_text_left_over_makes_a_copy_incomplete():
    """A sentence that no rule takes speaks against the copy but does not make its cells doubtful."""
    quality = quality_of(as_tabs(CHINESE).replace("\nD.", "\n孤立的一句話在此處沒有任何意思\nD.", 1))
    assert (quality.leftover, quality.incomplete, quality.may_invent_rows) == (15, True, False)


def test_rows_that_are_lost_make_a_copy_incomplete():
    """A row without a title is lost, which says nothing against the cells of the others."""
    quality = quality_of(as_tabs(CHINESE).replace("雨量\t", "\t", 1))
    assert (quality.losses, quality.incomplete, quality.may_invent_rows) == (1, True, False)
    assert quality.reasons == ("1 place not read", "text", "4 rows")
