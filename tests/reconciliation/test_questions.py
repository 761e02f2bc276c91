"""What a person is asked, and what an answer means."""

from support.compared_plans import compare, make_plan, planned, released

from dcat_hk.reconciliation.outcomes import Candidate, Outcome, PlanPair
from dcat_hk.reconciliation.questions import Answer, find_questions, to_judgements

OLD = make_plan(
    2020,
    released("觀測員名單"),
    planned("雨量"),
    planned("風速", "2021-03"),
    planned("潮汐", "2020-05"),
    planned("浪高", "2020-06"),
    released("地震"),
)
NEW = make_plan(2021, released("甲"), released("乙"))


def waiting(place, fate="open"):
    """Return the outcome of a row of the older plan; one that is open has two candidates."""
    candidates = tuple(Candidate(item, 5.0, "renamed", {"title": 2.0}) for item in NEW.items)
    return Outcome(OLD.items[place], (), fate, candidates=candidates if fate == "open" else ())


PAIR = PlanPair(OLD, NEW, (*map(waiting, range(4)), waiting(4, "no-longer-listed"), waiting(5, "no-longer-listed")))


def titles(questions):
    """Return what the rows of questions are called."""
    return [one.before.entry.title for one in questions]


def test_open_promises_come_first_by_their_month():
    """Promises come before what is released, the earliest month first and those without one last."""
    assert titles(find_questions([PAIR])) == ["潮汐", "風速", "雨量", "觀測員名單"]


def test_promises_that_are_gone_are_asked_about_on_request():
    """What is no longer listed comes last; released datasets that are gone are not asked about."""
    assert titles(find_questions([PAIR], gone=True))[-2:] == ["觀測員名單", "浪高"]


def test_a_row_that_waits_for_nothing_is_not_asked_about():
    """A row of which somebody cannot tell has no candidates to choose from."""
    assert find_questions([PlanPair(OLD, NEW, (Outcome(OLD.items[0], (), "open"),))]) == []
    (pair,) = compare(OLD, OLD.__class__(NEW.head, NEW.iri, NEW.body, ()))
    assert find_questions([pair]) == []


def test_a_subject_narrows_the_questions():
    """A record, a dataset or a plan can be named by its whole IRI, or by the end of it."""
    record = OLD.items[1].record
    for subject in (record, record.partition("/")[2], NEW.items[0].record, OLD.items[1].identifier):
        assert "雨量" in titles(find_questions([PAIR], subject=subject))
    assert titles(find_questions([PAIR], subject=record)) == ["雨量"]
    assert find_questions([PAIR], subject="nowhere") == []


def test_an_answer_makes_a_judgement_for_each_row_it_is_about():
    """“None of these” is said of every candidate, “dropped” of the row alone."""
    question = find_questions([PAIR])[0]
    denied = to_judgements(question, Answer("not-same", (0, 1)), "me", "2021-05-01")
    assert [(one.subject, one.verdict, one.object) for one in denied] == [
        (question.before.record, "not-same", item.record) for item in NEW.items
    ]
    (dropped,) = to_judgements(question, Answer("dropped", comment="gone"), "me", "2021-05-01")
    assert (dropped.object, dropped.author, dropped.dated, dropped.comment) == ("", "me", "2021-05-01", "gone")
