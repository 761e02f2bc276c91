"""
What is wrong with single values in files of RDF, while the rest can be read.

In: a place, a value, the name of a rule in `findings.toml`. Out: `SourceFinding`, and the same as a result of a
validation. It reads no file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import Literal

from ...core.results import Result
from ...core.terms import Iri
from ...core.text import transform
from ...core.wording.records import read_toml

#: The start of the names of rules, which stand for the shape and the constraint of a result.
RULES: Iri = "urn:dcat-hk:source:"
#: A value is quoted up to so many characters.
_LONGEST = 200


@dataclass(frozen=True, slots=True, order=True)
class SourceFinding:
    """
    A value that a file of RDF should not have, and what was read in its place.

    `line` is 0 where it is not known.

    >>> finding = SourceFinding("a.ttl", 3, "http://a.example/b c", "invalid-iri", "http://a.example/b%20c")
    >>> finding.place, finding.severity
    ('a.ttl:3', 'Violation')
    """

    file: str
    line: int
    value: str
    rule: str
    read: str = ""

    @property
    def place(self) -> str:
        """Return file and line."""
        return f"{self.file}:{self.line}" if self.line else self.file

    @property
    def severity(self) -> str:
        """Return how severe it is, as SHACL names it."""
        return str(_rules()[self.rule]["severity"])

    @property
    def messages(self) -> tuple[tuple[str, str], ...]:
        """Return what is wrong and what to do, by language."""
        english, traditional = _rules()[self.rule]["text"]
        return ("en", english), ("zh-Hant", traditional), ("zh-Hans", transform(traditional, "Hant"))


def as_results(findings: Iterable[SourceFinding]) -> list[Result]:
    """
    Return findings as results of a validation, each once.

    >>> [result] = as_results([SourceFinding("a.ttl", 3, "zh_Hant", "invalid-language-tag", "zh-Hant")])
    >>> result.focus_node, result.value, result.component
    ('a.ttl:3', '"zh_Hant"', 'urn:dcat-hk:source:invalid-language-tag')
    """
    results = []
    for finding in sorted(set(findings)):
        rule, value = RULES + finding.rule, str(Literal(finding.value[:_LONGEST])) if finding.value else ""
        results.append(Result(finding.severity, finding.place, "", value, rule, rule, finding.messages))
    return results


@cache
def _rules() -> dict[str, Any]:
    """Return the rules by name."""
    return read_toml(__package__, "findings.toml")
