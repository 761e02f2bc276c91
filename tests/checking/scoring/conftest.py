"""The published catalogue, which tests of the score read."""

import re

import pytest
from support.paths import ROOT


@pytest.fixture(scope="session")
def published():
    """Return the catalogue that the project publishes: what other tests compare with what is built."""
    return ROOT / "output"


@pytest.fixture(scope="session")
def count(published):
    """Return how many datasets there are in it."""
    text = (published / "catalogue.ttl").read_text(encoding="utf-8")
    return len(re.findall(r" a dcat:Dataset, dcat:Resource ;", text))
