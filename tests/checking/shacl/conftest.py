"""The shapes that tests of both engines use."""

import pytest
from support.shacl_graphs import BASE

from dcat_hk.checking.validating.profiles import load_shapes
from dcat_hk.checking.validating.pyshacl_adapter import as_graph


@pytest.fixture(scope="session")
def ours():
    """Return the Hong Kong profile, its constraints on the future as patterns."""
    return as_graph(load_shapes("dcat-ap-hk", BASE, "2026-11-20"))
