"""Files of decisions are checked; whatever is in them, there is a decision or an error that names the place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.decided_plans import CORRECTIONS, ORGANISATIONS, SHA256, correction, write_decisions

from dcat_hk.core.decisions import NO_DECISIONS, read_decisions
from dcat_hk.core.errors import NotReadable
from dcat_hk.core.vocabularies import load
from dcat_hk.core.vocabularies.additions import extend


def test_no_folder_and_an_empty_one_decide_nothing(tmp_path):
    """Neither has a digest; a folder that is not there is an error."""
    assert read_decisions(None) is NO_DECISIONS
    empty = read_decisions(tmp_path)
    assert (empty.has_additions, empty.digests, empty.reading_digest) == (False, {}, "")
    with pytest.raises(NotReadable, match="no such folder"):
        read_decisions(tmp_path / "gone")


def test_what_is_decided_is_read_with_its_digests(tmp_path):
    """Corrections do not matter to reading, additions do."""
    write_decisions(tmp_path, corrections=CORRECTIONS)
    corrected = read_decisions(tmp_path)
    assert [one.field for one in corrected.corrections[SHA256]] == ["date", "title", "row"]
    assert corrected.reading_digest == ""
    write_decisions(tmp_path, organisations="\ufeff" + ORGANISATIONS)
    decisions = read_decisions(tmp_path)
    assert decisions.organisations[0].words == ("風箏事務處", "Kite Office", "KO", "風箏處")
    assert sorted(decisions.digests) == ["corrections.toml", "organisations.toml"]
    assert len(decisions.reading_digest) == 64


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("organisations", "[[organisation]]\nid = 7", r"organisations\.toml: organisation 1\.id: .*a text in quotes"),
        (
            "organisations",
            '[[organisation]]\nid = "a"\nnme = {}',
            r"organisation 1: There is no key “nme” here\. The keys are id, name, ",
        ),
        (
            "organisations",
            '[[organisation]]\nid = "a"\nname = {hans = "x"}',
            "There is no key “hans” here. The keys are zh-Hant",
        ),
        ("organisations", "organisation = 3", r"toml: organisation: Expected: a list"),
        ("organisations", "body = 3", r"toml: There is no key “body” here\. The keys are organisation\."),
        ("corrections", '[[correction]]\nsource = "a"', "correction 1: The key “record” is missing"),
        ("organisations", '[[organisation]]\nid = "x-abc"', r"organisation 1 \(x-abc\): “x-abc” is not a valid id"),
        ("organisations", '[[organisation]]\nid = "operator"', "not a valid id"),
        ("organisations", '[[organisation]]\nid = "a"\nfrom = "2024-13"', "not a valid from"),
        ("organisations", '[[organisation]]\nid = "a"\nfrom = "2025"\nto = "2024"', "later than"),
        ("organisations", '[[organisation]]\nid = "a"\nhomepage = "javascript:alert(1)"', "not a valid homepage"),
        ("organisations", '[[organisation]]\nid = "a"\naliases = [" "]', "is blank"),
        ("organisations", '[[organisation]]\nid = "a"\naliases = ["\\u0007"]', "is blank"),
        ("organisations", "= 1", "not valid TOML"),
        ("organisations", "a = " + "[" * 100_000, "nested too deeply"),
        ("organisations", "a = " + "9" * 5000, "not valid TOML"),
        ("wording", '[[format]]\nid = "csv"\nwords = ["CVS"]', "not a valid id"),
        ("wording", '[[format]]\nid = "CSV"\ntheme = "TRAN"', "Only a category has a theme"),
        ("wording", '[[frequency]]\nid = "DAILY"\nmedia-type = "text/csv"', "Only a format has a media-type"),
        ("corrections", correction("date", "a", "b", source="ab"), "not a valid source"),
        ("corrections", correction("colour", "a", "b"), "not a valid field"),
        ("corrections", correction("date", "a", "a"), "is the value meant"),
        ("corrections", correction("date", "a", None), "“meant” is missing"),
        ("corrections", correction("row", "a", "b"), "leave “meant” out"),
        ("corrections", correction("date", "a", "b", who=" "), "must not be empty"),
        ("corrections", correction("date", "a", "b") * 2, "the same value as correction 1"),
        ("corrections", correction("date", "a", "b").replace("2024-02-01", '"soon"'), "Expected: a date, such as"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(tmp_path, name, text, message):
    """The error names the file, the table and what is wrong."""
    write_decisions(tmp_path, **{name: text})
    with pytest.raises(NotReadable, match=message) as raised:
        read_decisions(tmp_path)
    assert f"{name}.toml" in str(raised.value)


def test_a_file_in_another_encoding_is_refused(tmp_path):
    """Bytes that are not UTF-8 are told as such."""
    (tmp_path / "organisations.toml").write_bytes(ORGANISATIONS.encode("big5"))
    with pytest.raises(NotReadable, match="Save it as UTF-8"):
        read_decisions(tmp_path)


#: The keys of all tables.
_NAMES = """
organisation category frequency format correction id name words aliases short theme type homepage parent from to
replaced-by source record field printed meant who when why en zh-Hant zh-Hans media-type
""".split()  # noqa: SIM905 - too many for a list
_KEYS = st.sampled_from(_NAMES) | st.text(max_size=4)
_TEXTS = st.sampled_from(
    ["hk-hkpf", "CSV", "QUARTERLY", "每年", "row", "date", "0" * 64, "2024-02", "Company"]
) | st.text(st.characters(codec="utf-8"), max_size=8)
_VALUES = st.recursive(
    st.integers(-(2**63), 2**63 - 1) | st.booleans() | _TEXTS | st.just(...),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


def as_toml(value):
    """Return a value as TOML has it on one line; an ellipsis stands for a date."""
    if value is ...:
        return "2024-02-01"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return json.dumps(value).replace("\x7f", "\\u007f")


def where_refused(folder, name):
    """Return whether decisions are either used or refused with the name of their file."""
    try:
        extend(load(), read_decisions(folder))
    except NotReadable as error:
        return f"{name}.toml" in error.where
    return True


@given(
    st.sampled_from(["organisations", "categories", "wording", "corrections"]),
    st.dictionaries(_KEYS, st.lists(st.dictionaries(_KEYS, _VALUES, max_size=8), max_size=3) | _VALUES, max_size=3),
)
def test_any_toml_is_a_decision_or_an_error(tmp_path_factory, name, tables):
    """No content of a file gives anything but decisions or an error that names the file."""
    folder = tmp_path_factory.mktemp("decisions")
    text = "".join(f"{json.dumps(key)} = {as_toml(value)}\n" for key, value in tables.items())
    write_decisions(folder, **{name: text})
    assert where_refused(folder, name)


@given(st.sampled_from(["organisations", "wording", "corrections"]), st.binary(max_size=60))
def test_any_bytes_are_a_decision_or_an_error(tmp_path_factory, name, data):
    """Bytes of any kind are no traceback either."""
    folder = tmp_path_factory.mktemp("decisions")
    (folder / f"{name}.toml").write_bytes(data)
    assert where_refused(folder, name)


@pytest.mark.parametrize("name", ["correction.toml", "Corrections.toml", "organizations.toml", "corrections.toml.txt"])
def test_a_file_with_a_slip_in_its_name_is_not_passed_over(tmp_path, name):
    """What somebody decided is applied or refused, never left out in silence."""
    (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(NotReadable, match=r"would not be used.*(?:corrections|organisations)\.toml"):
        read_decisions(tmp_path)


@pytest.mark.parametrize(
    "name", ["corrections.toml~", ".corrections.toml.swp", "corrections.toml.bak", "notes.toml", "readme.txt"]
)
def test_other_files_may_lie_beside_decisions(tmp_path, name):
    """Copies that editors keep, and files of other names, are nobody's decisions."""
    (tmp_path / name).write_text("x", encoding="utf-8")
    assert read_decisions(tmp_path).digests == {}
