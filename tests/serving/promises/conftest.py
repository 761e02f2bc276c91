"""What tests of promises share: catalogues of several years with their index and history."""

import pytest
from support.lighthouse_plans import as_consolidated, as_old_template, as_third_plan
from support.paths import SEEDS
from support.worked_plans import write_worked_plans

from dcat_hk.build import build
from dcat_hk.core.settings import Settings
from dcat_hk.serving.web.library import Library, fill_store
from dcat_hk.serving.web.snapshot import take_snapshot


@pytest.fixture(scope="session")
def years(tmp_path_factory):
    """Give the library of a catalogue of the seeds and of two bodies with plans of several years, and its sources."""
    folder = tmp_path_factory.mktemp("years")
    write_worked_plans(folder / "plans")
    for number, write in enumerate((as_old_template, as_consolidated, as_third_plan)):
        (folder / "plans" / f"light{number}.txt").write_text(write("zh-Hant"), encoding="utf-8")
    sources = [SEEDS, folder / "plans"]
    assert build(sources, folder / "output", Settings(), jobs=1).published
    snapshot = take_snapshot(folder / "output")
    fill_store(snapshot)
    yield Library(snapshot), sources
    snapshot.discard()
