"""The words of titles that are compared."""

from dcat_hk.linking.titles import english_stems, find_kind, find_short_names, place_pairs


def test_words_are_placed_where_they_stand():
    """Latin words as a whole, ideographs in pairs."""
    assert [(one.start, one.word) for one in place_pairs("雨量图csv")] == [(0, "雨量"), (1, "量图"), (3, "csv")]
    assert english_stems("The list of the lists") == ("list",)


def test_short_forms_only_repeat_what_stands_before_them():
    """Those whose letters begin the words before, and what a thing was called before."""
    assert find_short_names("Health Record Sharing System (HRSS)") == {"hrss"}
    assert find_short_names("Outpatient Quota (SOPC)") == frozenset()
    assert "old" in find_short_names("New Programme (formerly known as Old Scheme)")


def test_a_title_counts_or_lists():
    """What says neither, or both, is of no kind."""
    assert (find_kind("巴士站數目"), find_kind("List of stops")) == ("counts", "lists")
    assert (find_kind("巴士站"), find_kind("名單及數目")) == ("", "")
