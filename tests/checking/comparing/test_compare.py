"""Two builds of the seeds: what is gone, what is new, what changed."""

import pytest
from support.compared_builds import BASE, TWO_PLANS, build_seeds, compare_turtle, copy_build

from dcat_hk.checking.comparing import compare
from dcat_hk.checking.comparing.compare import list_values, pair_values
from dcat_hk.core.errors import NotRdf, UsageError

SEED_BASE = "https://example.org/dcat-hk/"
#: The thirteenth row of section D of a plan, and the dataset that it states.
ROW, DATASET = f"{SEED_BASE}record/hk-hhb/2024-2026/D-i-13", f"{SEED_BASE}dataset/hospital-uxanowyiva"


def facts(comparison, iri):
    """Return what changed of a thing by the local name of the property."""
    return {
        one.property.rsplit("/", 1)[1].split("#")[-1]: (one.before.split('"')[1], one.after.split('"')[1])
        for one in comparison.changed
        if one.iri == iri
    }


@pytest.mark.parametrize("name", ["catalogue.nq", "catalogue.ttl", "catalogue.jsonld"])
def test_a_build_says_the_same_in_every_syntax(name, catalogue):
    """A folder and each file of it that holds the whole catalogue do not differ."""
    comparison = compare(str(catalogue), str(catalogue / name))
    assert (comparison.gone, comparison.added, comparison.changed, comparison.plans) == ([], [], [], {})


def test_the_order_of_statements_and_their_graphs_do_not_count(catalogue, tmp_path):
    """Lines in another order, and each in another graph, say the same."""
    lines = (catalogue / "catalogue.nq").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "turned.nq"
    path.write_text("\n".join(f"{line.rsplit(' <', 1)[0]} <urn:g> ." for line in reversed(lines)), encoding="utf-8")
    comparison = compare(str(catalogue), str(path))
    assert (comparison.gone, comparison.added, comparison.changed) == ([], [], [])


def test_one_month_of_a_plan_changes_a_row_and_its_dataset(catalogue, tmp_path):
    """A month that was corrected in a plan changes these facts, because of the plan, and no IRI."""
    old_line = "此數據集由醫院管理局擁有及發放。)\t12/2023"
    new = build_seeds(tmp_path, _003=(old_line, old_line.replace("12/", "11/")))
    comparison = compare(str(catalogue), str(new))
    assert (comparison.gone, comparison.added) == ([], [])
    assert facts(comparison, DATASET) == {"issued": ("2023-12", "2023-11")}
    assert facts(comparison, ROW) == {"releaseDate": ("2023-12", "2023-11"), "statedDate": ("12/2023", "11/2023")}
    assert {one.cause for one in comparison.changed} == {"plan"}
    assert list(comparison.plans.values()) == ["changed"]


def test_another_title_is_another_dataset(catalogue, tmp_path):
    """A dataset whose title changed is gone under its IRI and new under another."""
    new = build_seeds(tmp_path, _003=("中醫診所暨教研中心服務量", "中醫診所服務數字"))
    comparison = compare(str(catalogue), str(new))
    assert comparison.gone == [DATASET]
    assert len(comparison.added) == 1
    assert comparison.labels[comparison.gone[0]]["zh-Hant"] == "中醫診所暨教研中心服務量"
    assert comparison.labels[comparison.added[0]]["zh-Hant"] == "中醫診所服務數字"
    assert comparison.states[DATASET] == "changed"


def test_a_plan_takes_its_things_along(catalogue, tmp_path):
    """Without a plan its datasets, rows and body are gone, and nothing changed because of the program."""
    new = build_seeds(tmp_path, without=("000",))
    there = compare(str(catalogue), str(new))
    kinds = {iri.removeprefix(SEED_BASE).split("/")[0].split("#")[0] for iri in there.gone}
    assert kinds == {"catalogue", "dataset", "organisation", "plan", "promise", "record"}
    assert there.plans == {f"{SEED_BASE}plan/hk-ogcio/2019-2021": "gone"}
    assert {one.cause for one in there.changed} == {"plan"}
    back = compare(str(new), str(catalogue))
    assert (back.added, back.gone) == (there.gone, [])


def test_what_the_program_writes_otherwise_is_told_apart(catalogue, tmp_path):
    """A fact that a program wrote otherwise for the same plans has the program as its cause."""
    new = copy_build(catalogue, tmp_path / "output", ('"D.ii.7 交通統計數字"', '"D.ii.7: 交通統計數字"'))
    comparison = compare(str(catalogue), str(new))
    (change,) = comparison.changed
    assert change.cause == "program"
    assert (change.before, change.after) == ('"D.ii.7 交通統計數字"@zh-hant', '"D.ii.7: 交通統計數字"@zh-hant')
    assert comparison.new.is_altered


def test_another_base_iri_breaks_every_iri(tmp_path):
    """Where the base IRI changed, all IRIs of the one are gone and all of the other new."""
    moved = "https://moved.example/"
    new = f"@prefix plan: <{moved}def/plan#> .\n{TWO_PLANS.replace(BASE, moved)}"
    comparison = compare_turtle(tmp_path, TWO_PLANS, new)
    assert comparison.gone
    assert {iri.replace(BASE, moved) for iri in comparison.gone} == set(comparison.added)


def test_terms_of_others_are_never_gone(tmp_path):
    """A term of others that is no longer described is no IRI of ours that is gone; its facts are."""
    term = '<http://vocabulary.example/weekly> skos:prefLabel "weekly"@en .'
    comparison = compare_turtle(tmp_path, TWO_PLANS + term, TWO_PLANS)
    assert comparison.gone == []
    assert [(one.iri, one.after) for one in comparison.changed] == [("http://vocabulary.example/weekly", "")]


def test_both_builds_cannot_be_standard_input():
    """What was read once is not there a second time."""
    with pytest.raises(UsageError):
        compare("-", "-")


def test_a_broken_file_is_named_with_its_line(catalogue, tmp_path):
    """A catalogue that was cut off is refused, with file and line."""
    text = (catalogue / "catalogue.nq").read_text(encoding="utf-8")
    path = tmp_path / "cut.nq"
    path.write_text(text[:5000] + "\n" + text[5000:9000], encoding="utf-8")
    line = text[:5000].count("\n") + 1
    with pytest.raises(NotRdf, match=rf"cut\.nq:({line}|{line + 1}):"):
        compare(str(catalogue), str(path))


def test_values_are_paired_only_if_there_is_no_doubt():
    """Values of one language or datatype pair up; several of one kind do not."""
    assert pair_values(['"1"^^<urn:t>'], ['"2"^^<urn:t>']) == [('"1"^^<urn:t>', '"2"^^<urn:t>')]
    assert pair_values(['"1"@en', '"2"@en'], ['"3"@en']) == [('"1"@en', ""), ('"2"@en', ""), ("", '"3"@en')]
    assert pair_values([], ['"3"@en']) == [("", '"3"@en')]


def test_members_of_lists_do_not_replace_each_other():
    """What leaves a list of datasets is not said to have become what joins it."""
    assert list_values(["<urn:a>"], ["<urn:b>"]) == [("<urn:a>", ""), ("", "<urn:b>")]
