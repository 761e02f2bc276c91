"""What a person is asked about datasets and records of the portal."""

from dataclasses import replace

from support.linked_rows import make_plan, make_row

from dcat_hk.core.vocabularies import DEFAULT_BASE
from dcat_hk.reconciliation.judgements import Judgement, Judgements
from dcat_hk.reconciliation.linkfiles import LinkFiles
from dcat_hk.reconciliation.portal_questions import find_portal_questions
from dcat_hk.reconciliation.questions import Answer, to_judgements
from dcat_hk.reconciliation.sssom import COMPOSITE, EXACT, SssomMapping

PAGES = [f"https://data.gov.hk/en-data/dataset/hk-hsd-{name}" for name in "ab"]
PLAN = make_plan(make_row("碼頭"), make_row("航道", section="A", date="2022-03", number=2))
DATASETS = [f"{DEFAULT_BASE}dataset/{item.kept}" for item in PLAN.items]


def candidate(dataset, page, score):
    """Return a candidate."""
    return SssomMapping(dataset, EXACT, page, COMPOSITE, object_label=f"Title {page[-1]}", evidence={"score": score})


LINKS = LinkFiles(
    candidates=(
        candidate(DATASETS[0], PAGES[0], 3.0),
        candidate(DATASETS[0], PAGES[1], 7.0),
        candidate(DATASETS[1], PAGES[0], 5.0),
        candidate(f"{DEFAULT_BASE}dataset/unknown", PAGES[0], 5.0),
        SssomMapping(PLAN.items[0].record, EXACT, f"{DEFAULT_BASE}record/x", COMPOSITE),
    )
)


def ask(*judgements, subject=""):
    """Return the subjects and objects of questions."""
    links = replace(LINKS, judgements=Judgements(judgements))
    return [(one.subject, one.objects) for one in find_portal_questions(links, [PLAN], DEFAULT_BASE, subject=subject)]


def test_promises_come_first_and_the_best_record_first():
    """Candidates of plans are asked elsewhere, and datasets that no plan has not at all."""
    assert ask() == [(DATASETS[1], (PAGES[0],)), (DATASETS[0], (PAGES[1], PAGES[0]))]


def test_what_was_answered_is_not_asked_again():
    """A record that is denied is left out; a dataset that is linked, or cannot be told, is done."""
    denied = Judgement(DATASETS[0], "not-same", PAGES[1], "me")
    assert ask(denied)[1] == (DATASETS[0], (PAGES[0],))
    for verdict, page in (("same", PAGES[0]), ("part-of", PAGES[1]), ("cannot-tell", "")):
        assert DATASETS[0] not in [subject for subject, _objects in ask(Judgement(DATASETS[0], verdict, page, "me"))]


def test_one_can_ask_about_a_row_only():
    """By the dataset, the row or the plan."""
    item = PLAN.items[0]
    for name in (DATASETS[0], item.kept, item.record):
        assert [subject for subject, _objects in ask(subject=name)] == [DATASETS[0]]
    assert len(ask(subject=PLAN.iri)) == 2


def test_an_answer_is_on_the_dataset_and_the_page():
    """As `link` and `build` read it."""
    (question,) = find_portal_questions(LINKS, [PLAN], DEFAULT_BASE, subject=DATASETS[1])
    (judgement,) = to_judgements(question, Answer("same", (0,)), "me", "2023-01-02")
    assert (judgement.subject, judgement.verdict, judgement.object) == (DATASETS[1], "same", PAGES[0])
    assert question.titles == {PAGES[0]: "Title a"}
