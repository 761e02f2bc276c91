"""A correction changes what a row means, keeps what it prints, and is refused where the row prints something else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.decided_plans import PLAN, WORDING, write_decisions

from dcat_hk.core.decisions import read_decisions
from dcat_hk.core.errors import NotReadable
from dcat_hk.core.plan import FIELDS_TO_CORRECT, Correction
from dcat_hk.core.vocabularies import load
from dcat_hk.core.vocabularies.additions import extend
from dcat_hk.reading.corrections import correct_plan
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

NAMES = ["D-ii-1", "D-ii-2", "D-ii-3"]


def correct(*corrections, text=PLAN, names=NAMES, vocabularies=None):
    """Return the plan of a text with corrections, given as record, field, printed and meant."""
    vocabularies = vocabularies or load()
    reading = read_plan(read_bytes(text.encode(), "kite.txt"), vocabularies)
    stated = [Correction(*one, "me", "2024-02-01", "It is so.", number) for number, one in enumerate(corrections, 1)]
    return correct_plan(reading.require(), names, reading.findings, stated, vocabularies, "corrections.toml")


def codes(corrected, place="line 52"):
    """Return the codes of the findings on a row."""
    number = int(place.split()[1])
    return sorted(one.code for one in corrected.findings if one.place and one.place.first == number)


@pytest.mark.parametrize(
    ("field", "printed", "meant", "expected"),
    [
        ("date", "13/2023", "12/2023", {"date": "2023-12", "date_raw": "13/2023"}),
        ("date", "13/2023", "2023年第四季", {"date": None, "period": ("2023-10", "2023-12")}),
        ("date", "13/2023", "", {"date": None, "period": None}),
        ("title", "風箏數字比鉸", "風箏數字比較", {"title": "風箏數字比較"}),
        ("frequency", "逢季", "每三個月", {"frequency": "QUARTERLY", "frequency_raw": "逢季"}),
        ("frequency", "逢季", "QUARTERLY", {"frequency": "QUARTERLY"}),
        ("formats", "", "CSV, JSON", {"formats": ("CSV", "JSON")}),
        ("category", "法律及保安", "運輸", {"category": "運輸"}),
        ("description", "以CVS格式列出", "以CSV格式列出", {"description": "以CSV格式列出", "formats": ("CSV",)}),
    ],
)
def test_each_field_means_what_is_said(field, printed, meant, expected):
    """Values that follow from words are read anew; the entry as printed stays at hand."""
    before = correct().plan.entries[0]
    entry = correct(("D-ii-1", field, printed, meant)).plan.entries[0]
    assert {name: getattr(entry, name) for name in expected} == expected
    assert [one.meant for one in entry.corrections] == [meant]
    for name in ("title", "description", "category", "formats"):
        assert getattr(entry.as_printed(), name) == getattr(before, name)


def test_a_finding_gives_way_to_that_on_the_correction():
    """What is corrected is told no more as a slip, and what is not corrected still is."""
    slips = ["unknown-format", "unknown-frequency"]
    assert codes(correct()) == ["impossible-date", *slips]
    assert codes(correct(("D-ii-1", "date", "13/2023", "12/2023"))) == [*slips, "value-corrected"]
    meant = (
        ("date", "13/2023", "12/2023"),
        ("frequency", "逢季", "每季"),
        ("description", "以CVS格式列出", "以CSV格式列出"),
    )
    assert codes(correct(*(("D-ii-1", *one) for one in meant))) == ["value-corrected"] * 3
    assert codes(correct(("D-ii-2", "category", "天空事務", "運輸")), "line 53") == ["value-corrected"]


def test_a_row_is_withdrawn():
    """It is no entry any more; what it says is kept."""
    corrected = correct(("D-ii-3", "row", "重複", ""))
    assert [entry.title for entry in corrected.plan.entries] == ["風箏數字比鉸", "線軸"]
    assert [(row.record, row.entry.title) for row in corrected.plan.withdrawn] == [("D-ii-3", "重複")]
    assert codes(corrected, "line 54") == ["row-withdrawn"]


def test_rows_of_one_number_keep_their_names():
    """If the first of two rows with a number is withdrawn, the second keeps its suffix."""
    corrected = correct(("D-ii-1", "row", "風箏數字比鉸", ""), names=["D-ii-1", "D-ii-1_2", "D-ii-3"])
    assert [entry.nth for entry in corrected.plan.entries] == [2, 0]


@pytest.mark.parametrize(
    ("one", "messages"),
    [
        (("D-ii-1", "date", "12/2022", "12/2023"), ["kite.txt prints “13/2023”", "not “12/2022”"]),
        (("D-ii-1", "row", "線軸", ""), ["kite.txt prints “風箏數字比鉸”", "not “線軸”"]),
        (("D-ii-9", "date", "a", "b"), ["no row “D-ii-9”", "D-ii-"]),
        (("D-ii-1", "date", "13/2023", "soon"), ["“soon” does not state a month"]),
        (("D-ii-1", "frequency", "逢季", "often"), ["“often” is not a known frequency"]),
        (("D-ii-1", "formats", "", "CVS"), ["“CVS” is not the code of a format"]),
        (("D-ii-1", "category", "法律及保安", "Sky"), ["“Sky” is not a known category"]),
        (("D-ii-1", "title", "風箏數字比鉸", " "), ["cannot be empty"]),
    ],
)
def test_what_does_not_fit_the_file_is_refused(one, messages):
    """The error names the correction, what the file prints and what the correction says."""
    with pytest.raises(NotReadable) as raised:
        correct(one)
    for message in ("corrections.toml: correction 1", *messages):
        assert message in str(raised.value)


def test_white_space_does_not_count():
    """A value that was copied with other blanks is the same value."""
    text = PLAN.replace("以CVS格式列出", "見  附件 一")
    assert correct(("D-ii-1", "description", "見 附件 一", "無"), text=text).plan.entries[0].description == "無"


def test_added_words_count_in_values_that_are_meant(tmp_path):
    """A correction may use words that people add."""
    vocabularies = extend(load(), read_decisions(write_decisions(tmp_path, wording=WORDING)))
    corrected = correct(("D-ii-2", "frequency", "每年", "逢季"), vocabularies=vocabularies)
    assert corrected.plan.entries[1].frequency == "QUARTERLY"


def test_the_language_that_prints_a_value_is_corrected():
    """In a file in two languages a title is that of one of them; a date is that of the row in both."""
    reading = read_plan(read_bytes(PLAN.encode(), "kite.txt"), load())
    plan = reading.require()
    english = plan.entries[0]._replace(title="Number of kits", description="CVS")
    both = replace(plan, entries=(plan.entries[0]._replace(also=((1, english),)), *plan.entries[1:]))
    corrections = [
        Correction("D-ii-1", "title", "Number of kits", "Number of kites", "me", "2024-02-01", "A slip.", 1),
        Correction("D-ii-1", "date", "13/2023", "12/2023", "me", "2024-02-01", "A slip.", 2),
    ]
    entry = correct_plan(both, NAMES, (), corrections, load(), "corrections.toml").plan.entries[0]
    ((_number, other),) = entry.also
    assert (entry.title, other.title, other.as_printed().title) == ("風箏數字比鉸", "Number of kites", "Number of kits")
    assert (entry.date, other.date) == ("2023-12", "2023-12")
    assert ([one.field for one in entry.corrections], [one.field for one in other.corrections]) == (["date"], ["title"])


@given(
    st.sampled_from(FIELDS_TO_CORRECT),
    st.sampled_from([*NAMES, "D-ii-9", ""]),
    st.sampled_from(["13/2023", "風箏數字比鉸", "逢季", "", "CSV"]) | st.text(max_size=4),
    st.sampled_from(["12/2023", "每季", "CSV, JSON", "", "運輸"]) | st.text(max_size=4),
)
def test_any_correction_is_applied_or_refused(field, record, printed, meant):
    """No correction gives anything but a plan or an error that names it."""
    try:
        corrected = correct((record, field, printed, meant))
    except NotReadable as error:
        assert error.where.startswith("corrections.toml: correction 1")  # noqa: PT017 - either is right
    else:
        assert len(corrected.plan.entries) + len(corrected.plan.withdrawn) == len(NAMES)
