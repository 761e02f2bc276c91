"""Whether plans or the program are why something differs."""

import pytest
from support.compared_builds import BASE, TWO_PLANS, compare_turtle, plan_of

PARKS = plan_of("parks", "2024-2026", "1111")
OLDER = plan_of("parks", "2021-2023", "3333").replace("source/3333> ;", "source/3333> ; plan:part 1 ;")


def causes(comparison):
    """Return the cause of each changed fact by the path of its thing and the local name of its property."""
    return {(one.iri.removeprefix(BASE), one.property.rsplit("/", 1)[1]): one.cause for one in comparison.changed}


def test_the_same_files_mean_the_program(tmp_path):
    """A fact that changed under plans with the same digests changed because of the program."""
    comparison = compare_turtle(tmp_path, TWO_PLANS, TWO_PLANS.replace("2024-01", "2024-02"))
    assert set(causes(comparison).values()) == {"program"}
    assert len(comparison.changed) == 3


def test_another_digest_means_the_plan_and_only_that_plan(tmp_path):
    """Where one plan has another file, what the other plan says changed because of the program."""
    new = TWO_PLANS.replace("1111", "9999").replace("2024-01", "2024-02")
    found = causes(compare_turtle(tmp_path, TWO_PLANS, new))
    assert found["dataset/parks-a", "issued"] == "plan"
    assert found["dataset/roads-b", "issued"] == found["dataset/roads-c", "issued"] == "program"


def test_an_older_plan_that_comes_changes_what_it_states_too(tmp_path):
    """A dataset of a plan that is the same changes because an older plan that states it came."""
    new = PARKS.replace("2024-01", "2021-01") + OLDER
    found = causes(compare_turtle(tmp_path, PARKS, new))
    assert found["dataset/parks-a", "issued"] == "plan"


@pytest.mark.parametrize(("digest", "cause"), [("1111", "program"), ("9999", "plan")])
def test_distributions_follow_their_datasets(digest, cause, tmp_path):
    """What a catalogue says of a distribution comes from the plan of its dataset."""
    inside = f"""<{BASE}dataset/parks-a> dcat:distribution <{BASE}dataset/parks-a/distribution/csv> .
<{BASE}dataset/parks-a/distribution/csv> a dcat:Distribution ; dct:title "{{}}"@en ."""
    new = PARKS.replace("1111", digest) + inside.format("new")
    found = causes(compare_turtle(tmp_path, PARKS + inside.format("old"), new))
    assert found["dataset/parks-a/distribution/csv", "title"] == cause


def test_changes_and_promises_follow_their_rows(tmp_path):
    """What a promise or a change says depends on the plans of its dataset and its rows."""
    text = f"""<{BASE}promise/parks-a> foaf:primaryTopic <{BASE}dataset/parks-a> ; dct:type "{{0}}" .
<{BASE}change/x> plan:before <{BASE}record/parks/2024-2026/a> ; dct:type "{{0}}" ."""
    new = TWO_PLANS.replace("1111", "9999") + text.format(2)
    found = causes(compare_turtle(tmp_path, TWO_PLANS + text.format(1), new))
    assert found["promise/parks-a", "type"] == found["change/x", "type"] == "plan"


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("<{0}plan/parks/2027-2029> prov:wasRevisionOf <{0}plan/parks/2024-2026>", "plan"),
        ("<{0}plan/parks/2024-2026> prov:wasRevisionOf <{0}plan/parks/2027-2029>", "plan"),
        ("<{0}plan/parks/2027-2029> prov:wasRevisionOf <{0}plan/parks/2021-2023>", "program"),
    ],
)
def test_a_promise_follows_the_plans_of_its_line(line, cause, tmp_path):
    """What became of a promise changes because of a plan of its line that came, though that plan does not list it."""
    promise = f"""<{BASE}promise/parks-z> plan:lastPromise <{BASE}record/parks/2024-2026/z> ; dct:type "{{}}" .
<{BASE}record/parks/2024-2026/z> dct:source <{BASE}plan/parks/2024-2026> ."""
    other = plan_of("parks", "2027-2029", "3333") + f"\n{line.format(BASE)} ."
    found = causes(compare_turtle(tmp_path, PARKS + promise.format(1), PARKS + other + promise.format(2)))
    assert found["promise/parks-z", "type"] == cause


def test_a_body_of_the_vocabularies_changes_with_the_program(tmp_path):
    """The name of a known body is the program's affair, the month of the whole catalogue that of the plans."""
    shared = f"""<{BASE}organisation/parks> foaf:name "{{0}}"@en .
<{BASE}organisation/x-abcdefghij> foaf:name "{{0}}"@en .
<{BASE}catalogue> dct:modified "2024-0{{0}}" ; dct:title "{{0}}"@en ."""
    found = causes(compare_turtle(tmp_path, PARKS + shared.format(1), PARKS + OLDER + shared.format(2)))
    assert found["organisation/parks", "name"] == "program"
    assert found["organisation/x-abcdefghij", "name"] == "plan"
    assert found["catalogue", "modified"] == "plan"
    assert found["catalogue", "title"] == "program"


def test_plans_that_came_and_went_are_told_with_what_they_took_along(tmp_path):
    """Each thing that is gone or new tells what became of its plans."""
    comparison = compare_turtle(tmp_path, TWO_PLANS, PARKS + OLDER)
    assert comparison.plans == {f"{BASE}plan/parks/2021-2023": "added", f"{BASE}plan/roads/2024-2026": "gone"}
    assert comparison.states[f"{BASE}dataset/roads-b"] == "gone"
    assert comparison.states[f"{BASE}record/parks/2021-2023/a"] == "added"
