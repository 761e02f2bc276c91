"""
What a section says of its datasets: that they are planned, or that they have been released.

In: the heading of a section and what its date columns are called. Out: the role of its dates, and findings where
heading, letter and labels disagree. A section of which it cannot be told has no role.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...core.errors import Finding
from ...core.place import Place
from ...core.plan import ROLE_OF_SECTION, DateRole
from ...core.text import plain
from ..recognisers.headers import columns_of_cell
from ..recognisers.headings import read_stage

DateLabels = Sequence[tuple[str, Place]]

_STAGES = {"target": "planned", "released": "released"}
_PREFIX = "date_"
#: How much of a heading a finding quotes.
_QUOTED = 60


class Stage(NamedTuple):
    """The role of a section's dates, None if it cannot be told, a finding if any, and what the labels call them."""

    role: DateRole | None
    finding: Finding | None = None
    labelled: DateRole | None = None


def stated_role(section: str, heading: str) -> DateRole:
    """
    Return the role of a section's dates before its tables are known: by the words of its heading, else by its letter.

    Args:
        section: The code of the section.

        heading: Its heading as printed.

    >>> stated_role("C", "C. 其他機構已發放的數據集"), stated_role("C", "C. 其他機構的數據集")
    ('released', 'target')
    """
    return read_stage(plain(heading).strip()) or ROLE_OF_SECTION[section]


def settle_stage(document: str, section: str, heading: str, labels: DateLabels, count: int) -> Stage:
    """
    Return what a section says of its datasets.

    The words of the heading say it; without any, the label of the date column does, except that a section of certain
    years is planned whatever its dates are called. Words that contradict the label settle nothing unless the letter
    agrees with the words.

    Args:
        document: The name of the document.

        section: The code of the section.

        heading: Its heading as printed.

        labels: What the date columns of its tables are called, and where.

        count: How many rows it has.
    """
    usual = ROLE_OF_SECTION[section]
    words = read_stage(plain(heading).strip())
    label, place, labelled = _read_labels(labels)
    role = words or (labelled if section in "CD" else None) or usual
    if not labelled or labelled == role == usual:
        return Stage(role, None, labelled)
    stage = _STAGES[role]
    is_torn = words is not None and labelled != words != usual
    if is_torn or (section == "D" and not words and labelled != usual):
        values = {"text": heading[:_QUOTED] or section, "label": label, "count": str(count)}
        return Stage(None, Finding("unclear-stage", document, place, values))
    if labelled != role:
        values = {"label": label, "stage": stage}
        return Stage(role, Finding("header-contradicts-section", document, place, values), labelled)
    if words:
        return Stage(role, None, labelled)
    return Stage(role, Finding("stage-by-label", document, place, {"label": label, "stage": stage}), labelled)


def _read_labels(labels: DateLabels) -> tuple[str, Place | None, DateRole | None]:
    """Return the first label of a date column, its place, and the role that all headers with just one agree on."""
    by_place: dict[Place, set[DateRole]] = {}
    first: tuple[str, Place | None] = ("", None)
    for label, place in labels:
        roles = {_role(name) for name in columns_of_cell(label) if name.startswith(_PREFIX)}
        if roles and not by_place:
            first = label, place
        by_place.setdefault(place, set()).update(roles)
    single = {role for roles in by_place.values() if len(roles) == 1 for role in roles}
    return *first, single.pop() if len(single) == 1 else None


def _role(column: str) -> DateRole:
    """Return the role of the dates in a column."""
    return "target" if column == f"{_PREFIX}target" else "released"
