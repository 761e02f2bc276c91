"""What plans list, read back from a published catalogue; tests/build compares the answers with those of files."""

import pytest

from dcat_hk.catalogue.publishing.histories import read_history
from dcat_hk.core.errors import NotReadable


def test_the_seeds_are_listed_as_printed(catalogue):
    """Each plan lists its rows in order, parts under their row, with other organisations as printed."""
    history = read_history(catalogue)
    assert len(history.plans) == 5
    assert history.steps == []
    plan = next(plan for plan in history.plans if plan.body == "hk-hhb")
    assert plan.years == (2024, 2026)
    assert {one.key.organisation for one in plan.listings if one.key.organisation} == {"醫院管理局"}


def test_a_folder_without_a_catalogue_is_refused(tmp_path):
    """There is nothing to read."""
    with pytest.raises(NotReadable):
        read_history(tmp_path)
