"""Which links from datasets to records of the portal hold."""

from dcat_hk.reconciliation.datasetlinks import settle_links
from dcat_hk.reconciliation.judgements import Judgement, Judgements
from dcat_hk.reconciliation.sssom import BROAD, BY_HAND, EXACT, LEXICAL, SssomMapping

BASE = "https://example.org/"


def link(subject, record, predicate=EXACT):
    """Return a written link."""
    return SssomMapping(subject, predicate, f"page/{record}", LEXICAL)


def say(subject, verdict, record, author="me"):
    """Return a judgement on a dataset and a record."""
    return Judgement(subject, verdict, f"page/{record}", author, "2025-10-01", line=len(author))


def settle(written, *said):
    """Return the links that hold."""
    return settle_links(written, Judgements(said), BASE, lambda iri: iri.partition("/")[2])


def held(links):
    """Return datasets and records that are linked, with the relation."""
    return {(link.subject, link.object, link.predicate) for own in links.by_dataset.values() for link in own}


def test_written_links_hold_if_nobody_speaks_against_them():
    """One to one comes first."""
    links = settle([link("a", "1", BROAD), link("a", "2"), link("b", "3")])
    assert [one.object for one in links.by_dataset["a"]] == ["page/2", "page/1"]
    assert held(links) == {("a", "page/1", BROAD), ("a", "page/2", EXACT), ("b", "page/3", EXACT)}
    assert links.denied == links.doubled == ()


def test_a_person_can_deny_and_make_links():
    """A denied link is told; one that is judged is by hand and has no measured confidence."""
    links = settle([link("a", "1")], say("a", "not-same", "1"), say("b", "same", "2"))
    assert held(links) == {("b", "page/2", EXACT)}
    assert links.by_dataset["b"][0].justification == BY_HAND
    ((denied, judgement),) = links.denied
    assert (denied.subject, judgement.verdict) == ("a", "not-same")


def test_a_person_can_say_that_a_record_covers_more():
    """The written one to one gives way."""
    links = settle([link("a", "1")], say("a", "part-of", "1"))
    assert held(links) == {("a", "page/1", BROAD)}
    assert [one.link.predicate for one in links.denied] == [EXACT]


def test_a_person_who_confirms_a_link_denies_nothing():
    """The judgement takes the place of the written link."""
    links = settle([link("a", "1")], say("a", "same", "1"))
    assert held(links) == {("a", "page/1", EXACT)}
    assert links.by_dataset["a"][0].justification == BY_HAND
    assert links.denied == ()


def test_one_to_one_by_a_person_ends_other_links_of_either():
    """The machine linked the dataset with another record, and the record with another dataset."""
    links = settle([link("a", "1"), link("b", "2"), link("c", "2", BROAD)], say("a", "same", "2"))
    assert held(links) == {("a", "page/2", EXACT), ("c", "page/2", BROAD)}
    assert {one.link.subject for one in links.denied} == {"a", "b"}


def test_two_one_to_one_links_of_a_dataset_do_not_hold():
    """Neither counts; what else is linked stays."""
    links = settle([link("a", "1"), link("a", "2"), link("a", "3", BROAD)])
    assert held(links) == {("a", "page/3", BROAD)}
    assert [(one.object, other.object) for one, other in links.doubled] == [("page/1", "page/2")]


def test_judgements_on_rows_of_plans_and_answers_that_disagree_make_no_link():
    """Only pages of records are looked at, and only judgements that count."""
    said = [say("a", "same", "1"), say("a", "not-same", "1", "you"), Judgement("r", "same", "s", "me", "2025-10-01")]
    links = settle([link("a", "1")], *said)
    assert held(links) == {("a", "page/1", EXACT)}
