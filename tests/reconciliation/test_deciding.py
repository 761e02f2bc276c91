"""What people and earlier runs decided, before plans are compared."""

from support.compared_plans import compare, fates, make_plan, planned, released

from dcat_hk.reconciliation.deciding import decide
from dcat_hk.reconciliation.judgements import Judgement, Judgements
from dcat_hk.reconciliation.linkfiles import LinkFiles
from dcat_hk.reconciliation.sssom import COMPOSITE, EXACT, LEXICAL, SssomMapping

OLD = make_plan(2020, planned("風速"), planned("雨量", "2020-05"), planned("潮汐"))
NEW = make_plan(2021, released("各區風力讀數"), released("雨量"), planned("水位"))
A, B, C = (item.record for item in OLD.items)
X, Y, Z = (item.record for item in NEW.items)


def judged(*lines):
    """Return a folder of links with judgements of subject, verdict and object."""
    judgements = (Judgement(*line, "me", "2021-01-01", "", number) for number, line in enumerate(lines, 1))
    return LinkFiles(judgements=Judgements(tuple(judgements)))


def test_the_older_record_comes_first():
    """Whichever row a person names first, the decision goes from the older plan to the newer one."""
    decisions = decide(judged((X, "same", A), (B, "not-same", Y)), [NEW, OLD])
    assert (decisions.judged, decisions.denied) == ({A: (X,)}, {(B, Y)})


def test_judgements_win_over_titles():
    """What people say is applied before titles are compared: same, not the same, dropped, cannot tell."""
    links = judged((A, "same", X), (B, "not-same", Y), (C, "dropped", ""))
    (pair,) = compare(OLD, NEW, decisions=decide(links, [OLD, NEW]))
    assert fates(pair) == {
        "風速": "released",
        "雨量": "no-longer-listed",
        "潮汐": "dropped",
        "+雨量": "new",
        "+水位": "new",
    }
    (pair,) = compare(OLD, NEW, decisions=decide(judged((C, "cannot-tell", "")), [OLD, NEW]))
    assert fates(pair)["潮汐"] == "open"


def test_a_part_and_a_split_are_links_of_two_datasets():
    """A row that a person calls part of another, or split into several, is linked with it all the same."""
    decisions = decide(judged((A, "part-of", X), (B, "split", X), (B, "split", Y)), [OLD, NEW])
    assert decisions.judged == {A: (X,), B: (X, Y)}
    assert decisions.denied == frozenset()


def test_records_that_were_not_read_decide_nothing():
    """A judgement on a row of another plan waits until that plan is read."""
    assert decide(judged((A, "same", X)), [OLD]).judged == {}


def test_renamed_rows_of_an_earlier_run_stay_linked_if_they_are_asked_for():
    """Only links of several signals are taken over; equal titles are found again, and a new run asks for nothing."""
    written = (SssomMapping(A, EXACT, X, COMPOSITE, confidence=0.99), SssomMapping(B, EXACT, Y, LEXICAL))
    links = LinkFiles(written=written)
    decisions = decide(links, [OLD, NEW])
    assert {older: (link.after, link.confidence) for older, link in decisions.written.items()} == {A: ((X,), 0.99)}
    (pair,) = compare(OLD, NEW, decisions=decisions, renames=False)
    assert fates(pair)["風速"] == "released"
    assert decide(links, [OLD, NEW], with_written=False).written == {}
