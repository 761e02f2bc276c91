"""What the package of the build offers to commands."""

import pytest
from support.mappings import TABS
from support.plan_texts import as_tabs

from dcat_hk import build
from dcat_hk.core.errors import NotAPlan, UsageError
from dcat_hk.core.limits import Limits
from dcat_hk.core.settings import Settings


def test_a_build_publishes_what_reading_alone_finds(tmp_path):
    """The rows that a build counts are those that its input has when it is read by itself."""
    (tmp_path / "plan.txt").write_text(as_tabs(TABS), encoding="utf-8")
    (source,) = build.find_inputs([tmp_path])
    reading = build.read_input(source, build.limits_of(Settings()))
    result = build.build([tmp_path], tmp_path / "out", Settings(), jobs=1)
    assert isinstance(result, build.BuildResult)
    assert (result.published, result.reason, result.violations) == (True, "", [])
    assert [outcome.rows for outcome in result.outcomes] == [len(reading.require().entries)] == [4]


def test_nothing_is_published_if_nothing_is_a_plan(tmp_path):
    """Each of several refused inputs is in the message; the output folder is not made."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Dear Sir", encoding="utf-8")
    with pytest.raises(NotAPlan, match=r"(?s)None of the inputs is a plan:.*a\.txt: .*b\.txt: "):
        build.build([tmp_path], tmp_path.parent / f"{tmp_path.name}-out", Settings(), jobs=1)
    assert not (tmp_path.parent / f"{tmp_path.name}-out").exists()
    with pytest.raises(UsageError):
        build.build([], tmp_path / "out", Settings())


def test_limits_without_settings_are_the_defaults():
    """Settings that state no limit leave every limit as it is."""
    assert build.limits_of(Settings()) == Limits()
