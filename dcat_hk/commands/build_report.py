"""
The result of a build -> an HTML page that loads nothing: departments, refused files, findings by cause with filters.

In: the result of a build. Out: text; the template stands in `templates/build.html`. Nothing in it depends on the day or
the machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ..catalogue.publishing.report import all_results
from ..core.errors import Finding
from ..core.pages import page_templates
from ..core.vocabularies import load
from ..core.wording.messages import load_printed_texts
from ..core.wording.refusals import say
from .build_summary import COLUMNS, CauseGroup, count_departments, count_files, findings_of, group_findings

if TYPE_CHECKING:
    from ..build import BuildResult


def build_page(result: BuildResult, language: str) -> Iterator[str]:
    """
    Yield the page piece by piece.

    Args:
        result: What a build did.

        language: The language of all but the names of plans.
    """

    def word(name: str) -> str:
        return say(f"build.{name}", language)

    def advice(group: CauseGroup) -> str:
        return group.findings[0].advice(language)

    departments = {one.name: one.path.split("/")[1] for one in result.outcomes if one.path}
    names = load().organisations
    bodies = {code: names[code].label(language) if code in names else code for code in set(departments.values())}
    groups = group_findings(findings_of(result))
    yield from (
        page_templates(__package__)
        .get_template("build.html")
        .generate(
            language=language,
            title=word("title"),
            word=word,
            state=word("published") if result.published else result.reason,
            counted=count_files(result, language),
            heads=[word(name) for name in COLUMNS],
            departments=[count.cells() for count in count_departments(result, language)],
            refused=[(one.name, one.refused.removeprefix(f"{one.name}: ")) for one in result.outcomes if one.refused],
            results=_count_results(result, language),
            groups=groups,
            severities=list(dict.fromkeys(group.severity for group in groups)),
            severity_name=partial(_severity_name, language),
            bodies=sorted(bodies.items(), key=lambda body: (body[1], body[0])),
            advice=advice,
            where=partial(Finding.where_in, language=language),
            message=partial(Finding.message, lang=language),
            department_of=lambda finding: departments.get(finding.document, ""),
        )
    )
    yield "\n"


def _severity_name(language: str, severity: str) -> str:
    """Return a severity in a language."""
    return load_printed_texts()[severity][language]


def _count_results(result: BuildResult, language: str) -> list[tuple[str, str, int]]:
    """Return the results of validating by severity and message, the worst and most frequent first."""
    counts = Counter((one.severity, one.message(language)) for one in all_results(result.outcomes, result.top))
    order = ("Violation", "Warning", "Info")
    ordered = sorted(counts.items(), key=lambda one: (order.index(one[0][0]), -one[1], one[0][1]))
    return [(severity, message, count) for (severity, message), count in ordered]
