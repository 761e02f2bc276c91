"""Which row continues a dataset, and which identifier it keeps."""

import pytest
from support.linked_plans import BASE, identifier, kept, make_plan, pair

from dcat_hk.reconciliation.continuing import same_datasets, two_identifiers
from dcat_hk.reconciliation.judgements import Judgement, Judgements
from dcat_hk.reconciliation.linkfiles import IDENTITIES
from dcat_hk.reconciliation.linkwriting import write_links


def test_people_can_link_plans_that_are_not_compared(tmp_path):
    """A judgement on rows of any two plans unites their identifiers."""
    old, new = make_plan(2018, "a"), make_plan(2024, "c")
    judgements = Judgements((Judgement(old.items[0].record, "same", new.items[0].record, "me"),))
    write_links([old, new], [], judgements, tmp_path, BASE)
    assert kept(tmp_path) == {"c": "a"}


def test_parts_of_an_item_keep_their_identifiers_too(tmp_path):
    """Further rows under a number that have identifiers of their own are united part by part."""
    old, new = make_plan(2022, "a+"), make_plan(2024, "b+")
    write_links([old, new], [pair(old, new, (0, [0]))], Judgements(), tmp_path, BASE)
    assert kept(tmp_path) == {"b": "a", "b'": "a'"}


@pytest.mark.parametrize(
    ("before", "after", "united"),
    [
        ("a", ["b", "s/c"], {"b": "a"}),
        ("a", ["s/c", "b"], {"b": "a"}),
        ("s/a", ["b", "s/c"], {"c": "a"}),
        ("a", ["s/c", "a"], {}),
        ("a", ["s/c"], {"c": "a"}),
    ],
)
def test_a_spatial_version_is_a_dataset_of_its_own(tmp_path, before, after, united):
    """Of two rows that follow one, that of the same identifier continues it, else the one as spatial as before."""
    old, new = make_plan(2022, before), make_plan(2024, *after)
    write_links([old, new], [pair(old, new, (0, range(len(after))))], Judgements(), tmp_path, BASE)
    assert kept(tmp_path) == united


def test_the_row_that_has_the_kept_identifier_continues(tmp_path):
    """What the ledger already gives the identifier is not passed on to another row."""
    old, new = make_plan(2022, "a"), make_plan(2024, "b", "c", kept={"c": identifier("a")}.items())
    (tmp_path / IDENTITIES).write_text(f"{identifier('c')}\t{identifier('a')}\n")
    written = write_links([old, new], [pair(old, new, (0, [0, 1]))], Judgements(), tmp_path, BASE)
    assert (kept(tmp_path), written.apart) == ({"c": "a"}, [])


def test_only_what_people_call_the_same_continues():
    """A row that a person calls a part is linked, and is another dataset."""
    old, new = make_plan(2022, "a", "b"), make_plan(2024, "c", "d")
    judgements = Judgements((Judgement(old.items[1].record, "same", new.items[1].record, "me"),))
    pairs = [pair(old, new, (0, [0]), (1, [1]), link_class="judged")]
    assert [(before.key.number, after.key.number) for before, after in same_datasets(pairs, judgements)] == [(2, 2)]


def test_datasets_with_two_identifiers_are_counted():
    """The newer plan has a finding with the number of datasets that are one and have two identifiers."""
    old, new = make_plan(2022, "a", "b", "c"), make_plan(2024, "d", "e", "c", kept={"e": identifier("b")}.items())
    findings = two_identifiers([pair(old, new, (0, [0]), (1, [1]), (2, [2]))], Judgements())
    (finding,) = findings.values()
    assert list(findings) == [new.iri]
    assert (finding.code, finding.values["count"]) == ("same-dataset-two-identifiers", "1")
    assert "reconcile --write" in finding.advice()
