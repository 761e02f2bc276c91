"""
What to write into the folder of decisions about a finding: the lines, ready to be copied.

In: a finding, and the plan that it is on. Out: a `Suggestion`, None if no decision would help. What only a person can
know is left open; until it is filled in, the lines are refused.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..catalogue.mapping.iris import minted_code
from ..core.decisions import CATEGORIES, CORRECTIONS, ORGANISATIONS, WORDING
from ..core.errors import Finding
from ..core.languages import LANGUAGE_OF_SCRIPT
from ..core.place import Place
from ..core.plan import Plan
from ..core.text import script_of
from ..core.vocabularies import Concept, Vocabularies
from .corrections import record_names

#: The findings on a date that a correction helps with.
_ON_DATES = frozenset({"impossible-date", "missing-date", "unread-date"})


class Suggestion(NamedTuple):
    """The file of the folder of decisions that lines go into, and the lines."""

    file: str
    text: str


@dataclass(frozen=True)
class Suggester:
    """
    Says what to write into the folder of decisions about findings on one plan.

    Args:
        plan: The plan as it was read.

        vocabularies: The vocabularies that it was read with.

    >>> from dcat_hk.core.vocabularies import load
    >>> plan = Plan("a.txt", "0" * 64, "", "", (2024, 2026), "Latn", None, ())
    >>> finding = Finding("unknown-format", "a.txt", None, {"word": "CVS"})
    >>> print(Suggester(plan, load()).suggest(finding).text)
    [[format]]
    id = "CSV"  # if this is what is meant
    words = ["CVS"]
    """

    plan: Plan
    vocabularies: Vocabularies

    def suggest(self, finding: Finding) -> Suggestion | None:
        """Return what to write about a finding, None if no decision would help."""
        values, vocabularies = finding.values, self.vocabularies
        if finding.code == "unknown-organisation":
            return Suggestion(ORGANISATIONS, _organisation(values["name"], self.plan))
        if finding.code == "unknown-category":
            category = vocabularies.find_nearest_category(values["category"])
            return Suggestion(CATEGORIES, _words("category", category, values["category"]))
        if finding.code == "unknown-frequency":
            return Suggestion(WORDING, _words("frequency", vocabularies.frequencies["OTHER"], values["wording"]))
        if finding.code == "unknown-format":
            near = vocabularies.find_nearest_format(values["word"])
            return Suggestion(WORDING, _words("format", near[0] if near else None, values["word"]))
        return self._correct_date(finding) if finding.code in _ON_DATES else None

    @cached_property
    def _names(self) -> dict[str, list[tuple[Place, str]]]:
        """Return the places and names of rows by the date that they print."""
        names: dict[str, list[tuple[Place, str]]] = {}
        for name, entry in zip(record_names(self.plan, self.vocabularies), self.plan.entries, strict=True):
            names.setdefault(entry.date_raw, []).append((entry.place, name))
        return names

    def _find_name(self, place: Place, printed: str) -> str | None:
        """Return the name of the row at a place that prints a date, None if there is none."""
        rows = self._names.get(printed, [])
        return next((name for row, name in rows if row == place), None) or next(
            (name for row, name in rows if row.covers(place)), None
        )

    def _correct_date(self, finding: Finding) -> Suggestion | None:
        """Return the lines for a date that cannot be read, None if its row is not at hand."""
        printed = finding.values.get("date", "")
        name = self._find_name(finding.place, printed) if finding.place else None
        if name is None:
            return None
        lines = {"source": self.plan.sha256, "record": name, "field": "date", "printed": printed}
        text = "".join(f"{key} = {_quote(value)}\n" for key, value in lines.items())
        return Suggestion(
            CORRECTIONS,
            f'[[correction]]\n{text}meant = ""  # such as 03/2024; empty if no month is meant\n'
            'who = ""  # you\nwhen = 2000-01-01  # the day\nwhy = ""  # how you know',
        )


def _organisation(name: str, plan: Plan) -> str:
    """Return the lines for a body that nobody knows."""
    language = LANGUAGE_OF_SCRIPT[script_of(name, plan.script)]
    code = minted_code(name).removeprefix("x-")
    return (
        f"[[organisation]]\nid = {_quote(code)}  # or a code that says more\nname = {{ {language} = {_quote(name)} }}"
    )


def _words(kind: str, concept: Concept | None, words: str) -> str:
    """Return the lines for words that stand for something known; what it is stays open where nothing is like it."""
    code = f"{_quote(concept.notation)}  # if this is what is meant" if concept else '""  # the code of what is meant'
    return f"[[{kind}]]\nid = {code}\nwords = [{_quote(words)}]"


def _quote(text: str) -> str:
    """Return a text as TOML has it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
