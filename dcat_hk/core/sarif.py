"""
Findings and validation results as SARIF, the form in which code hosts and editors show them.

In: findings or results. Out: a SARIF 2.1.0 log as plain values. It prints nothing.

Spec: OASIS SARIF 2.1.0, sections 3.14 (run), 3.27 (result), 3.49 (reportingDescriptor).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from .. import __version__
from .errors import Finding, rules
from .place import Place

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: SARIF's word for a severity of ours or of SHACL.
LEVELS = {"error": "error", "warning": "warning", "info": "note", "Violation": "error", "Warning": "warning"}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to be said: the rule it follows, how serious it is, about what, and where."""

    rule: str
    level: str
    message: str
    file: str
    place: Place | None = None
    #: What it is about when that is no stretch of a file: the IRI of a thing.
    about: str = ""


@dataclass(slots=True)
class Log:
    """A SARIF log in the making: descriptions of rules by their names, and remarks in order."""

    descriptions: Mapping[str, Mapping[str, str]]
    remarks: list[Remark] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the log as JSON has it."""
        used = sorted({remark.rule for remark in self.remarks})
        number = {rule: index for index, rule in enumerate(used)}
        return {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "dcat-hk",
                            "semanticVersion": __version__,
                            "rules": [_rule(rule, self.descriptions.get(rule, {})) for rule in used],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "results": [_result(remark, number[remark.rule]) for remark in self.remarks],
                }
            ],
        }


def _rule(name: str, description: Mapping[str, str]) -> dict[str, Any]:
    """Return the description of a rule."""
    rule: dict[str, Any] = {"id": name}
    if description.get("message"):
        rule["shortDescription"] = {"text": description["message"]}
    if description.get("advice"):
        rule["help"] = {"text": description["advice"]}
    if description.get("see"):
        rule["helpUri"] = description["see"]
    return rule


def uri_of(file: str) -> str:
    """
    Return a file's name as the reference that SARIF wants.

    >>> uri_of("plans/my plan #1.txt")
    'plans/my%20plan%20%231.txt'

    Spec: SARIF 2.1.0, section 3.4.3.
    """
    return quote(file, safe="/!:")


def _result(remark: Remark, index: int) -> dict[str, Any]:
    """Return a remark as a result."""
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri_of(remark.file)}}}
    if remark.place and not remark.place.start:
        region = {"startLine": remark.place.first, "endLine": remark.place.last}
        location["physicalLocation"]["region"] = region
    name = remark.about or (str(remark.place) if remark.place and remark.place.start else "")
    if name:
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    return {
        "ruleId": remark.rule,
        "ruleIndex": index,
        "level": remark.level,
        "message": {"text": remark.message},
        "locations": [location],
    }


def sarif_of_findings(findings: Iterable[Finding], language: str) -> dict[str, Any]:
    """
    Return findings as a SARIF log.

    Args:
        findings: What was found, in order.

        language: The language of messages: en, zh-Hant or zh-Hans.

    >>> log = sarif_of_findings([Finding("missing-date", "plan.txt", Place(3, 3))], "en")
    >>> log["runs"][0]["results"][0]["message"]["text"]
    'The row has no date. Write month and year, for example 03/2024.'
    """
    table = rules()
    descriptions = {
        code: {"message": rule.message[language], "advice": rule.advice[language]} for code, rule in table.items()
    }
    remarks = [
        Remark(
            finding.code,
            LEVELS[finding.severity],
            f"{finding.message(language)} {finding.advice(language)}",
            finding.document,
            finding.place,
        )
        for finding in findings
    ]
    return Log(descriptions, remarks).as_json()
