"""What tests of the search share: the library of the seeds' catalogue, with its index."""

import pytest

from dcat_hk.serving.web.library import Library, fill_store
from dcat_hk.serving.web.snapshot import take_snapshot


@pytest.fixture(scope="session")
def library(catalogue):
    """Give the library of the seeds' catalogue."""
    snapshot = take_snapshot(catalogue)
    fill_store(snapshot)
    yield Library(snapshot)
    snapshot.discard()
