"""What `reconcile --write` leaves in the folder of links."""

import pytest
from support.linked_plans import BASE, identifier, kept, make_plan, pair

from dcat_hk.core.errors import NotReadable
from dcat_hk.reconciliation.identities import SameDataset
from dcat_hk.reconciliation.judgements import Judgement, Judgements
from dcat_hk.reconciliation.linkfiles import CANDIDATES, IDENTITIES, PLANS, read_links
from dcat_hk.reconciliation.linkwriting import WrittenLinks, apart_findings, write_links
from dcat_hk.reconciliation.outcomes import Candidate, Outcome, PlanPair
from dcat_hk.reconciliation.sssom import BROAD, COMPOSITE, EXACT, LEXICAL, NARROW


def test_links_are_written_and_read(tmp_path):
    """A link has the older record, the newer one, labels, its reason, and the date of the newer plan."""
    old, new = make_plan(2022, "a"), make_plan(2024, "b")
    written = write_links([old, new], [pair(old, new, (0, [0]), differs=("renamed",))], Judgements(), tmp_path, BASE)
    assert (written.links, written.candidates, written.identities) == (1, 0, 2)
    links = read_links(tmp_path, BASE)
    (link,) = links.written
    assert links.written_pairs == {(old.items[0].record, new.items[0].record): link}
    assert (link.predicate, link.justification, link.confidence, link.dated) == (EXACT, LEXICAL, 0.997, "2023-12-01")
    assert (link.subject_label, link.object_label, link.differs) == ("雨量a", "雨量b", ("renamed",))
    assert sorted(links.digests) == [CANDIDATES, IDENTITIES, PLANS]
    assert links.records == {old.items[0].record, new.items[0].record}
    assert links.identities.resolve(identifier("b")) == identifier("a")


def test_a_renamed_row_is_linked_by_several_signals(tmp_path):
    """What is linked under another title says that several signals were compared."""
    old, new = make_plan(2022, "a"), make_plan(2024, "b")
    write_links([old, new], [pair(old, new, (0, [0]), link_class="renamed")], Judgements(), tmp_path, BASE)
    assert read_links(tmp_path, BASE).written[0].justification == COMPOSITE


def test_candidates_are_written_and_linked_to_nothing(tmp_path):
    """What waits for a person is written with its score; it unites no identifiers."""
    old, new = make_plan(2022, "a", "b"), make_plan(2024, "c", "d", "e")
    candidates = tuple(
        Candidate(item, 5.678, kind, {"remark": 0.5})
        for item, kind in zip(new.items, ("renamed", "split", "merged"), strict=True)
    )
    waiting = PlanPair(old, new, (Outcome(old.items[0], (), "open", link_class="candidate", candidates=candidates),))
    write_links([old, new], [waiting], Judgements(), tmp_path, BASE)
    links = read_links(tmp_path, BASE)
    assert [one.predicate for one in links.candidates] == [BROAD, EXACT, NARROW]
    assert links.candidates[0].evidence == {"score": 5.68, "remark": 0.5}
    assert kept(tmp_path) == {}


def test_a_second_run_writes_the_same_bytes(tmp_path):
    """Nothing depends on the day, and the ledger gets no line twice."""
    old, new = make_plan(2022, "a", "c"), make_plan(2024, "b", "d")
    for _run in range(2):
        write_links([old, new], [pair(old, new, (0, [0]))], Judgements(), tmp_path, BASE)
        digests = read_links(tmp_path, BASE).digests
    write_links([old, new], [pair(old, new, (0, [0]))], Judgements(), tmp_path, BASE)
    assert read_links(tmp_path, BASE).digests == digests


def test_judged_links_stand_only_where_people_wrote_them(tmp_path):
    """A judgement unites identifiers and is not written as a link of the program."""
    old, new = make_plan(2022, "a", "b"), make_plan(2024, "c", "d")
    judgements = Judgements((Judgement(new.items[0].record, "same", old.items[0].record, "me"),))
    write_links([old, new], [pair(old, new, (0, [0]), (1, [1]), link_class="judged")], judgements, tmp_path, BASE)
    assert read_links(tmp_path, BASE).written == ()
    assert kept(tmp_path) == {"c": "a"}


def test_old_lines_of_the_ledger_stay(tmp_path):
    """The ledger is appended to: remarks, order and a missing line end of what is there are not changed."""
    old, new = make_plan(2022, "a"), make_plan(2024, "b")
    before = f"# ours\n{identifier('z')}\t{identifier('z')}"
    (tmp_path / IDENTITIES).write_text(before)
    write_links([old, new], [pair(old, new, (0, [0]))], Judgements(), tmp_path, BASE)
    text = (tmp_path / IDENTITIES).read_text()
    assert text.startswith(before + "\n")
    assert kept(tmp_path) == {"b": "a"}


def test_a_bad_ledger_stops_before_anything_is_written(tmp_path):
    """A ledger that contradicts itself is an error; no file changes."""
    old, new = make_plan(2022, "a"), make_plan(2024, "b")
    (tmp_path / IDENTITIES).write_text(f"{identifier('a')}\t{identifier('b')}\n{identifier('b')}\t{identifier('a')}\n")
    with pytest.raises(NotReadable, match="circle"):
        write_links([old, new], [pair(old, new, (0, [0]))], Judgements(), tmp_path, BASE)
    assert [path.name for path in tmp_path.iterdir()] == [IDENTITIES]


def test_datasets_that_stay_two_are_told():
    """A finding counts the datasets that were published apart and names some of them."""
    (finding,) = apart_findings(WrittenLinks(9, 0, 0, [SameDataset(f"a{n}", f"b{n}") for n in range(7)], []))
    assert (finding.code, finding.values["count"]) == ("published-apart", "7")
    assert finding.message().endswith("a4 = b4, ….")


def test_two_rows_of_one_plan_that_a_person_links_with_one_row_are_told_by_the_true_reason(tmp_path):
    """A person said that both older rows are the newer one; they stay two because one plan lists both."""
    old, new = make_plan(2022, "a", "b"), make_plan(2024, "c")
    judgements = Judgements(
        tuple(
            Judgement(item.record, "same", new.items[0].record, "me", line=line) for line, item in enumerate(old.items)
        )
    )
    linked = pair(old, new, (0, [0]), (1, [0]), link_class="judged")
    written = write_links([old, new], [linked], judgements, tmp_path, BASE)
    assert written.apart == []
    (finding,) = apart_findings(written)
    assert (finding.code, finding.values["count"]) == ("linked-in-one-plan", "1")
    assert "one plan lists both" in finding.message()
    assert "no person" not in finding.message()
