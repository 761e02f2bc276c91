"""Which rows are one thing on the portal."""

from support.linked_rows import make_plan, make_row

from dcat_hk.linking.rows import find_lines, is_due, is_undated_promise


def units_of(*plans, month="2024-01", same=()):
    """Return the names of the rows of each unit."""
    (line,) = find_lines(plans, {}, month, same)
    return [[placed.entry.row_name for placed in unit.items] for unit in line.units]


def test_rows_with_one_title_under_one_heading_belong_together():
    """The released one comes first; another heading makes another thing."""
    rows = (
        make_row("碼頭", section="A", spatial=True, date="2023-01"),
        make_row("碼頭", number=2),
        make_row("碼頭", number=3, group="牌照"),
    )
    assert units_of(make_plan(*rows)) == [["D.ii.2", "A.i.1"], ["D.ii.3"]]


def test_rows_that_people_or_plans_link_belong_together():
    """A dataset that was renamed from one year to the next is one."""
    older, newer = make_plan(make_row("碼頭")), make_plan(make_row("公眾碼頭一覽"), years=(2023, 2025))
    assert len(units_of(older, newer)) == 2
    same = [(older.items[0].record, newer.items[0].record)]
    assert units_of(older, newer, same=same) == [["D.ii.1", "D.ii.1"]]


def test_bodies_that_replaced_one_another_are_one_line():
    """Their plans are looked at together."""
    plans = [make_plan(make_row("碼頭"), bureau=bureau) for bureau in ("數字政策辦公室", "政府資訊科技總監辦公室")]
    assert len(find_lines(plans, {"hk-ogcio": ("hk-dpo",)}, "2024-01")) == 1
    assert len(find_lines(plans, {}, "2024-01")) == 2


def test_what_is_due_is_told_by_the_first_month():
    """An interval has begun, or has not; without a month a promise may be due."""
    assert is_due(make_row("碼頭", date="2024-01"), "2024-01")
    assert not is_due(make_row("碼頭", date=None, period=("2024-02", "2024-04")), "2024-01")
    undated = make_row("碼頭", section="A", date=None)
    assert is_due(undated, "2024-01")
    assert is_undated_promise(undated)
    assert not is_undated_promise(make_row("碼頭", date=None))
