"""The model of a plan."""

from typing import get_args

import pytest
from support.entries import make_entry

from dcat_hk.core.plan import ROLE_OF_SECTION, Plan, Section


def test_only_section_d_is_released():
    """Sections A to C state targets, section D what is already released; no section is forgotten."""
    assert set(ROLE_OF_SECTION) == set(get_args(Section))
    assert {section for section, role in ROLE_OF_SECTION.items() if role == "released"} == {"D"}


@pytest.mark.parametrize(("role", "stage"), [("target", "planned"), ("released", "released")])
def test_the_stage_of_an_entry_follows_its_date(role, stage):
    """An entry with a target date is planned, one with a release date is released, whether or not it has a month."""
    assert make_entry(date_role=role, date=None).stage == stage


def test_a_plan_cannot_be_changed():
    """A plan that waits for its editions is replaced, never altered."""
    plan = Plan("a.txt", "0" * 64, "香港天文台", "", (2024, 2026), "Hant", None, (make_entry(),))
    with pytest.raises(AttributeError):
        plan.bureau = "another"
    with pytest.raises(AttributeError):
        plan.entries[0].title = "another"
