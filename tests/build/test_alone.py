"""One plan in memory, published alone."""

import pytest
from support.plan_texts import plan_with

from dcat_hk.build import build
from dcat_hk.build.alone import write_alone
from dcat_hk.build.read import read_data
from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.settings import Settings
from dcat_hk.reading.quality import copy_of

TEXT = plan_with(rows="1\t環境\t空氣質素\t各區讀數\t02/2025\t每月")


def written(text, settings=Settings()):  # noqa: B008 - frozen
    """Return the file of a plan."""
    reading = read_data(text.encode(), "plan.txt")
    return write_alone(copy_of(reading), reading.findings, settings)


@pytest.mark.parametrize("settings", [Settings(), Settings(base_iri="https://data.example/", script="Hans")])
def test_it_is_what_a_build_publishes(tmp_path, settings):
    """Byte for byte, whatever the settings."""
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    assert build([tmp_path / "plan.txt"], tmp_path / "output", settings, jobs=1).published
    (file,) = (tmp_path / "output").glob("plans/*/*.ttl")
    assert written(TEXT, settings) == file.read_text(encoding="utf-8")


def test_what_a_build_refuses_is_refused():
    """A plan of which no row could be read."""
    with pytest.raises(NotAPlan):
        written(plan_with(rows="1\t環境\t\t\t02/2025\t每月"))
