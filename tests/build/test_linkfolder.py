"""Which folder of links goes with plans."""

from pathlib import Path

import pytest
from support.two_plans import datasets, manifest, reconcile_files, write_plans

from dcat_hk.build.linkfolder import default_folder, find_decisions, find_links, kept_links
from dcat_hk.core.errors import UsageError
from dcat_hk.core.settings import Settings
from dcat_hk.reconciliation.identities import Identities
from dcat_hk.reconciliation.linkfiles import IDENTITIES, LinkFiles


def make_links(folder):
    """Make a folder of links."""
    folder.mkdir(parents=True)
    (folder / IDENTITIES).write_text("")
    return folder


def test_the_option_wins_over_the_setting_and_the_setting_over_the_place(tmp_path):
    """What is named counts, even if it is not there."""
    beside = make_links(tmp_path / "links")
    plan, named = tmp_path / "plan.txt", Path("my-links")
    assert find_links([plan], named, Settings(links="other")) == named
    assert find_links([plan], None, Settings(links="other")) == Path("other")
    assert find_links([plan], None, Settings()) == beside


def test_links_are_beside_plans_or_in_their_folder(tmp_path):
    """A folder of plans may hold its links or stand next to them; standard input has none."""
    (tmp_path / "plans").mkdir()
    assert find_links([tmp_path / "plans"], None, Settings()) is None
    inside = make_links(tmp_path / "plans" / "links")
    assert find_links([tmp_path / "plans", tmp_path / "plans" / "a.pdf"], None, Settings()) == inside
    assert find_links([Path("-")], None, Settings()) is None
    make_links(tmp_path / "links")
    with pytest.raises(UsageError, match="several folders"):
        find_links([tmp_path / "plans"], None, Settings())


def test_a_folder_of_that_name_without_our_files_is_no_folder_of_links(tmp_path):
    """Plans may stand in a folder that is called links."""
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "plan.txt").write_text("")
    assert find_links([tmp_path], None, Settings()) is None


def test_new_links_go_beside_the_plans():
    """Without a folder of links a new one is made where it will be looked for."""
    assert default_folder([Path("-"), Path("plans/a.pdf")]) == Path("plans/links")
    assert default_folder([Path("tests")]) == Path("tests/links")
    assert default_folder([Path("-")]) == Path("links")


def test_what_the_ledger_keeps_is_what_the_mapping_keeps():
    """Identifiers are resolved before they go into the mapping."""
    links = LinkFiles(identities=Identities({"a": "a", "b": "a", "c": "b"}))
    assert kept_links(links).identifiers == {"b": "a", "c": "a"}


def test_links_in_the_folder_of_plans_are_used_and_not_read_as_plans(tmp_path):
    """A build of the folder reads the plans in it, applies the links, and lists them in the manifest."""
    plans = write_plans(tmp_path / "plans")
    links = tmp_path / "plans" / "links"
    reconcile_files(list(plans.values()), links)
    without = datasets(list(plans.values()), tmp_path / "without")
    assert "links" not in manifest(tmp_path / "without")
    found = find_links([tmp_path / "plans"], None, Settings())
    topics = datasets([tmp_path / "plans"], tmp_path / "with", found)
    assert sorted(topics) == sorted(without)
    assert topics != without
    assert sorted(manifest(tmp_path / "with")["links"]) == [
        "candidates.sssom.tsv",
        "identities.tsv",
        "plans.sssom.tsv",
    ]
    assert "links" not in manifest(tmp_path / "with")["settings"]


def test_a_folder_of_decisions_with_a_misnamed_file_is_found(tmp_path):
    """The folder beside plans is looked into even if its only file has a slip in its name; reading it says so."""
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "correction.toml").write_text("", encoding="utf-8")
    assert find_decisions([tmp_path / "plan.csv"], None, Settings()) == tmp_path / "decisions"
