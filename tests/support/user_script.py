"""A program as users write them, for the type checker and to be run: `user_script.py PLAN OUTPUT`."""

from __future__ import annotations

import sys
from pathlib import Path

import dcat_hk


def titles_of(path: Path) -> list[str]:
    """Return the titles of a plan."""
    plan: dcat_hk.Plan = dcat_hk.read(path, limits={"pages": 50})
    months: list[str | None] = [entry.date for entry in plan]
    assert len(months) == len(plan.entries)
    return [entry.title for entry in plan.entries]


def problems_of(path: Path) -> list[tuple[str, str, str]]:
    """Return what is to be said about a plan."""
    return [(finding.rule, finding.severity, finding.message("zh-HK")) for finding in dcat_hk.lint(path)]


def publish(path: Path, folder: Path) -> bool:
    """Publish a plan, and check what was published."""
    result: dcat_hk.BuildResult = dcat_hk.build([path], folder, {"base-iri": "https://data.example/"})
    report = dcat_hk.validate(folder)
    catalogue = dcat_hk.open_catalogue(folder)
    points: int = catalogue.score().points
    return result.published and report.conforms and points > 0


if __name__ == "__main__":
    plan_file, output = map(Path, sys.argv[1:3])
    try:
        counts = len(titles_of(plan_file)), len(problems_of(plan_file))
        sys.stdout.write(f"{counts[0]} {counts[1]} {publish(plan_file, output)}\n")
    except dcat_hk.DcatHkError as error:
        sys.exit(str(error))
