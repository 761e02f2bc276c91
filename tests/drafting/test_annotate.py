"""Documents come back with a comment at each finding, in three languages, and otherwise as they were."""

import pytest
from support.filled_plans import FILLERS, WRITERS, rows_of

from dcat_hk.core.errors import UsageError
from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.vocabularies import load
from dcat_hk.drafting.annotate import annotate, check_ending, make_comment
from dcat_hk.drafting.template import make_template
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan


def spoiled(kind, language="en"):
    """Return a filled-in plan with slips in it, and its reading."""
    template = make_template(language, (2026, 2028))
    rows = rows_of(template)
    rows[0][0][1], rows[0][1][5], rows[5][0][6] = "Wether", "13/2026", "whenever"
    data = FILLERS[kind](WRITERS[kind](template), rows)
    return data, read_plan(read_bytes(data, f"plan.{kind}"), load())


@pytest.mark.parametrize("kind", WRITERS)
def test_a_document_with_comments_is_read_as_before(kind):
    """Comments are no text of the plan; the same findings give the same bytes."""
    data, before = spoiled(kind)
    commented = annotate(data, f"plan.{kind}", before.findings, "en")
    assert commented == annotate(data, f"plan.{kind}", before.findings, "en") != data
    after = read_plan(read_bytes(commented, f"plan.{kind}"), load())
    assert after.require().entries == before.require().entries
    assert after.findings == before.findings
    again = annotate(commented, f"plan.{kind}", before.findings, "en")
    assert read_plan(read_bytes(again, f"plan.{kind}"), load()).findings == before.findings


@pytest.mark.parametrize("data", [b"%PDF-1.7 x", "計劃".encode(), b"<html><p>x"])
def test_other_files_have_no_comments(data):
    """The error says what to do, in every language."""
    for attempt in (lambda: check_ending(data, "plan", ".docx"), lambda: annotate(data, "plan", (), "en")):
        with pytest.raises(UsageError) as raised:
            attempt()
        assert len({raised.value.tell(language) for language in LANGUAGES}) == 3


def test_a_document_keeps_its_kind():
    """A Word file cannot be given back under the name of an Excel file; macros make no difference."""
    data = WRITERS["docx"](make_template("en", (2026, 2028)))
    check_ending(data, "plan.docx", ".DOCX")
    check_ending(data, "plan.docx", ".docm")
    with pytest.raises(UsageError, match=r"ends in \.docx"):
        check_ending(data, "plan.docx", ".xlsx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_comments_are_in_the_language(language):
    """Severity, message, advice and place."""
    finding = next(one for one in spoiled("xlsx")[1].findings if one.code == "impossible-date")
    comment = make_comment(finding, language)
    assert finding.message(language) in comment.paragraphs[0]
    assert finding.advice(language) == comment.paragraphs[1]
    assert comment.where.endswith("F8")
