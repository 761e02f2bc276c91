"""
Findings and validation results as SARIF, the format that code hosts and editors show.

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
#: The level of SARIF for a severity of findings or of SHACL.
LEVELS = {"error": "error", "warning": "warning", "info": "note", "Violation": "error", "Warning": "warning"}


@dataclass(frozen=True, slots=True)
class SarifResult:
    """A result: the rule, the level, the message, and the file and place that it is about."""

    rule: str
    level: str
    message: str
    file: str
    place: Place | None = None
    #: The IRI of a thing, if the result is about that rather than a place in a file.
    about: str = ""


@dataclass(slots=True)
class SarifLog:
    """A SARIF log: descriptions of rules by name, and results in order."""

    descriptions: Mapping[str, Mapping[str, str]]
    results: list[SarifResult] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the log as JSON has it."""
        names = sorted({result.rule for result in self.results})
        number = {rule: index for index, rule in enumerate(names)}
        return {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "dcat-hk",
                            "semanticVersion": __version__,
                            "rules": [_rule_as_json(rule, self.descriptions.get(rule, {})) for rule in names],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "results": [_result_as_json(result, number[result.rule]) for result in self.results],
                }
            ],
        }


def _rule_as_json(name: str, description: Mapping[str, str]) -> dict[str, Any]:
    """Return the description of a rule as JSON has it."""
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
    Return the name of a file, or an address, as a URI reference.

    >>> uri_of("plans/my plan #1.txt")
    'plans/my%20plan%20%231.txt'
    >>> uri_of("Plan: 2024.txt")
    'Plan%3A%202024.txt'

    Spec: SARIF 2.1.0, section 3.4.3.
    """
    # A colon in the name of a file would end the scheme of a URI.
    return quote(file, safe="/!:" if "://" in file else "/!")


def _result_as_json(result: SarifResult, index: int) -> dict[str, Any]:
    """Return a result as JSON has it."""
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri_of(result.file)}}}
    if result.place and not result.place.start:
        region = {"startLine": result.place.first, "endLine": result.place.last}
        location["physicalLocation"]["region"] = region
    name = result.about or (str(result.place) if result.place and result.place.start else "")
    if name:
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    return {
        "ruleId": result.rule,
        "ruleIndex": index,
        "level": result.level,
        "message": {"text": result.message},
        "locations": [location],
    }


def sarif_of_findings(
    findings: Iterable[Finding], language: str, files: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """
    Return findings as a SARIF log.

    Args:
        findings: The findings, in order.

        language: The language of messages: en, zh-Hant or zh-Hans.

        files: Where the files of documents are, by the names that documents go by; None if these say it.

    >>> log = sarif_of_findings([Finding("missing-date", "plan.txt", Place(3, 3))], "en")
    >>> log["runs"][0]["results"][0]["message"]["text"]
    'The row has no date in the column that counts for its section. Write the month and year, for example 03/2024.'
    """
    table = rules()
    descriptions = {
        code: {"message": rule.message[language], "advice": rule.advice[language]} for code, rule in table.items()
    }
    results = [
        SarifResult(
            finding.code,
            LEVELS[finding.severity],
            f"{finding.message(language)} {finding.advice(language)}",
            (files or {}).get(finding.document, finding.document),
            finding.place,
        )
        for finding in findings
    ]
    return SarifLog(descriptions, results).as_json()
