"""What else is different between two linked items."""

from support.compared_plans import compare, make_plan, planned, released


def differences(old, *news):
    """Return what is different between an item and those that it is linked with."""
    (pair,) = compare(make_plan(2021, *old), make_plan(2022, *news))
    return pair.outcomes[0].differs


def test_each_difference_is_named_in_order():
    """Formats, frequency, category and subsection of the two rows are compared."""
    old = planned("雨量", "2021-06", formats=("CSV", "XML"), frequency="DAILY")
    new = released("雨量", "2021-06", formats=("CSV", "JSON"), frequency="HOURLY", category="環境", spatial=True)
    expected = ("formats-added", "formats-removed", "frequency-changed", "category-changed", "now-spatial")
    assert differences([old], new) == expected


def test_what_is_not_stated_is_no_difference():
    """A plan that states no format or frequency did not take it away."""
    new = released("雨量", "2021-06", formats=(), frequency=None, frequency_raw="", category="")
    assert differences([planned("雨量", "2021-06")], new) == ()


def test_parts_are_counted():
    """A row more or less under one number is a part added or removed."""
    assert differences([released("雨量")], released("雨量"), released("雨量", part=1)) == ("part-added",)
    assert differences([released("雨量"), released("雨量", part=1)], released("雨量")) == ("part-removed",)


def test_another_body_is_another_publisher():
    """A row that now names a body as the owner of what was the bureau's own."""
    new = released("雨量", "2021-06", publisher="測量處")
    assert differences([planned("雨量", "2021-06")], new) == ("publisher-changed",)
