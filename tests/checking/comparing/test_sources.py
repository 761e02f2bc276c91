"""Files of plans that were issued again are no IRIs that are gone."""

from support.compared_builds import BASE, compare_turtle, plan_of

PARKS = plan_of("parks", "2024-2026", "1111")
SECOND = f"""<{BASE}plan/parks/2024-2026/source/{{0}}> prov:specializationOf <{BASE}plan/parks/2024-2026> ;
  dct:title "{{1}}" ; dct:identifier "sha256:{{0}}" ."""


def test_a_file_in_the_place_of_another_changes_its_digest_only(tmp_path):
    """A plan with another file changes one fact; its rows are not said to be read from elsewhere."""
    comparison = compare_turtle(tmp_path, PARKS, PARKS.replace("1111", "9999"))
    assert (comparison.gone, comparison.added) == ([], [])
    (change,) = comparison.changed
    assert change.iri == f"{BASE}plan/parks/2024-2026/source/9999"
    assert (change.before, change.after, change.cause) == ('"sha256:1111"', '"sha256:9999"', "plan")


def test_files_of_the_same_name_replace_each_other(tmp_path):
    """Of two files that changed each is compared with the one of its name."""
    old = PARKS + SECOND.format("5555", "english.txt")
    new = PARKS.replace("1111", "9999") + SECOND.format("0000", "english.txt")
    comparison = compare_turtle(tmp_path, old, new)
    pairs = {(one.before, one.after) for one in comparison.changed}
    assert pairs == {('"sha256:1111"', '"sha256:9999"'), ('"sha256:5555"', '"sha256:0000"')}


def test_a_file_that_nothing_replaces_is_gone(tmp_path):
    """An edition that is no longer there is gone, and the plan has changed."""
    comparison = compare_turtle(tmp_path, PARKS + SECOND.format("5555", "english.txt"), PARKS)
    assert comparison.gone == [f"{BASE}plan/parks/2024-2026/source/5555"]
    assert comparison.plans == {f"{BASE}plan/parks/2024-2026": "changed"}
    assert comparison.changed == []
