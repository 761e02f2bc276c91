"""What is suggested can be pasted: it settles the finding, or is refused until a person has filled it in."""

import pytest
from support.decided_plans import PLAN, write_decisions

from dcat_hk.build.corrections import correct
from dcat_hk.build.suggestions import Suggester
from dcat_hk.core.decisions import read_decisions
from dcat_hk.core.errors import Finding, NotReadable
from dcat_hk.core.vocabularies import load
from dcat_hk.core.vocabularies.additions import extend
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

#: A format in a list with a known one, so that it is told.
TEXT = PLAN.replace("以CVS格式列出", "附件 (CVS, JSON)").replace("13/2023", '13/2023 "待定"')


def read(vocabularies):
    """Return the reading of the plan."""
    return read_plan(read_bytes(TEXT.encode(), "kite.txt"), vocabularies)


def suggestions(reading, vocabularies):
    """Return what is suggested, by the code of the finding."""
    suggester = Suggester(reading.require(), vocabularies)
    return {one.code: found for one in reading.findings if (found := suggester.suggest(one))}


def test_pasted_lines_settle_the_findings(tmp_path):
    """All of them together are decisions with which nothing is left to suggest."""
    found = suggestions(read(load()), load())
    assert sorted(found) == [
        "unknown-category",
        "unknown-format",
        "unknown-frequency",
        "unknown-organisation",
        "unread-date",
    ]
    files = {}
    for one in found.values():
        text = one.text.replace('who = ""', 'who = "me"').replace('why = ""', 'why = "I asked."')
        text = text.replace('meant = ""', 'meant = "12/2023"').replace('id = ""', 'id = "environment"')
        files[one.file.removesuffix(".toml")] = files.get(one.file.removesuffix(".toml"), "") + text + "\n"
    decisions = read_decisions(write_decisions(tmp_path, **files))
    vocabularies = extend(load(), decisions)
    reading = read(vocabularies)
    corrected = correct(reading.require(), reading.findings, decisions, vocabularies)
    assert corrected.plan.entries[0].date == "2023-12"
    assert not {one.code for one in corrected.findings} & set(found)


@pytest.mark.parametrize("code", ["unread-date"])
def test_what_only_a_person_knows_is_left_open(tmp_path, code):
    """A correction that nobody filled in is refused."""
    one = suggestions(read(load()), load())[code]
    write_decisions(tmp_path, corrections=one.text)
    with pytest.raises(NotReadable, match="must not be empty"):
        read_decisions(tmp_path)


@pytest.mark.parametrize(("kind", "word"), [("category", "飛行"), ("format", "Lotus")])
def test_what_is_like_nothing_is_left_open(tmp_path, kind, word):
    """Nothing is called the most similar one that is not similar; the lines are refused until a person says what."""
    finding = Finding(f"unknown-{kind}", "kite.txt", None, {"category": word, "word": word, "count": "1"})
    assert [text for text in map(finding.advice, ("en", "zh-HK", "zh-CN")) if "similar" in text or "相近" in text] == []
    one = Suggester(read(load()).require(), load()).suggest(finding)
    assert 'id = ""' in one.text
    write_decisions(tmp_path, **{one.file.removesuffix(".toml"): one.text})
    with pytest.raises(NotReadable, match="id"):
        read_decisions(tmp_path)


def test_other_findings_have_no_suggestion():
    """No decision helps a row without a title, or a date whose row is not at hand."""
    suggester = Suggester(read(load()).require(), load())
    assert suggester.suggest(Finding("missing-title", "kite.txt")) is None
    assert suggester.suggest(Finding("unread-date", "kite.txt", None, {"date": "soon"})) is None
