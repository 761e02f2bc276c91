"""What tests of the search share: the library of the seeds' catalogue, with its index."""

import pytest
from support.lighthouse_plans import build_followed

from dcat_hk.serving.web.library import Library, fill_store
from dcat_hk.serving.web.snapshot import take_snapshot


@pytest.fixture(scope="session")
def library(catalogue):
    """Give the library of the seeds' catalogue."""
    snapshot = take_snapshot(catalogue)
    fill_store(snapshot)
    yield Library(snapshot)
    snapshot.discard()


@pytest.fixture(scope="session")
def followed(tmp_path_factory):
    """Give the library of three plans of one body, of years that follow each other, with every fate."""
    snapshot = take_snapshot(build_followed(tmp_path_factory.mktemp("followed")))
    fill_store(snapshot)
    yield Library(snapshot)
    snapshot.discard()
