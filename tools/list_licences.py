"""
Lists the licence of every package that dcat-hk needs to run, and writes docs/reference/dependencies.md.

``python tools/list_licences.py`` prints the list; ``--write`` writes the page, ``--check`` fails if it is not current.
All end with exit code 1 if a licence is not accepted, or is not what the installed package says. The licences stand in
licences.toml beside this file.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from license_expression import ExpressionError, LicenseSymbol, Licensing, get_spdx_licensing
from locked_packages import LICENCES, OURSELVES, ROOT, RUN_TIME, LockedPackage, read_declared, read_locked

PAGE = ROOT / "docs/reference/dependencies.md"
_COPYLEFT = re.compile(r"\b[AL]?GPL-?v?\d|GNU (?:Lesser |Library |Affero )?General Public License", re.IGNORECASE)
_LICENCE_FILE = re.compile(
    r"\.dist-info/(?:.*/)?(?:[^/]*(?:licen[cs]e|copying|notice)[^/]*|.*/licen[cs]es/.*)", re.IGNORECASE
)

INTRODUCTION = """\
<!-- Written by tools/list_licences.py; do not edit. -->

# Dependencies

This page lists every package that dcat-hk needs to run, also those that only another package needs.

- `make licences` prints this list and checks it. A package that has no accepted licence, or whose metadata say
  otherwise than this page, fails the check.
- Accepted are {accepted}. {decided} {are} accepted by [decision](../explanation/decisions.md). Everything else is
  refused, GPL, AGPL and LGPL among it.
- The hashes of all files are in `requirements/run-time.txt` ([security](../explanation/security.md)).

"""
CLOSING = """
## What wheels carry

Some packages come with libraries in binary form that have licences of their own. dcat-hk contains none of them: pip
installs them. Who passes on an environment with such wheels passes on these libraries under their licences, too.

"""


@cache
def spdx() -> Licensing:
    """Return the reader of SPDX expressions."""
    return get_spdx_licensing()


def licences_of(expression: str) -> set[str]:
    """
    Return the licences that an SPDX expression names.

    Spec: SPDX 2.3 annex D

    Raises:
        ValueError: it is no expression of SPDX.

    >>> sorted(licences_of("MIT OR Apache-2.0"))
    ['Apache-2.0', 'MIT']
    """
    try:
        parsed = spdx().parse(expression, validate=True)
    except ExpressionError as error:
        raise ValueError(f"{expression!r} is no SPDX expression: {error}") from None
    if parsed is None:
        raise ValueError("an empty text is no SPDX expression")
    return {str(symbol) for symbol in spdx().license_symbols(parsed, decompose=False)}


def is_accepted(expression: str, accepted: Iterable[str]) -> bool:
    """
    Tell whether an SPDX expression can be fulfilled with accepted licences: of AND all, of OR one.

    Spec: SPDX 2.3 annex D

    >>> is_accepted("GPL-3.0-only OR (MIT AND ISC)", ["MIT", "ISC"]), is_accepted("MIT AND GPL-3.0-only", ["MIT"])
    (True, False)
    """
    names = set(accepted)
    licences_of(expression)

    def holds(part: Any) -> bool:
        if isinstance(part, LicenseSymbol):
            return str(part) in names
        quantifier = any if isinstance(part, spdx().OR) else all
        return quantifier(holds(one) for one in part.args) if part.args else str(part) in names

    return holds(spdx().parse(expression))


def stated_licences(metadata: Mapping[str, Any], classifiers: Iterable[str], means: Mapping[str, str]) -> set[str]:
    """
    Return the licences that a package's metadata name, as far as they can be understood.

    Spec: Core metadata 2.4, License-Expression, License, Classifier

    Args:
        metadata: its fields License-Expression and License.
        classifiers: its classifiers.
        means: what licences.toml says about words that SPDX has not.

    Returns:
        Licences in SPDX's terms; empty if nothing is said, or nothing that can be understood.

    >>> stated_licences({}, ["License :: OSI Approved :: MIT License"], {"MIT License": "MIT"})
    {'MIT'}
    """
    if metadata.get("License-Expression"):
        return licences_of(metadata["License-Expression"])
    named = [one.rsplit(" :: ", 1)[1] for one in classifiers if one.startswith("License :: ")]
    found: set[str] = set()
    for word in [*named, metadata.get("License") or ""]:
        try:
            found |= licences_of(means.get(word, word))
        except ValueError:
            continue
    return found


def find_copyleft(package: Distribution) -> list[str]:
    """Return the licence files of an installed package that have a text of GPL, LGPL or AGPL in them."""
    found = []
    for file in package.files or []:
        if _LICENCE_FILE.search(str(file)):
            path = Path(str(file.locate()))
            if path.is_file() and _COPYLEFT.search(path.read_text(encoding="utf-8", errors="replace")):
                found.append(file.name)
    return found


def find_problems(packages: Iterable[LockedPackage], table: dict[str, Any]) -> list[str]:
    """
    Compare what is needed at run time with licences.toml and with what the installed packages say.

    Args:
        packages: what is needed; packages that are not installed are only looked up in the table.
        table: licences.toml.

    Returns:
        A sentence for each thing that is wrong.
    """
    accepted = [*table["accepted"]["permissive"], *table["accepted"]["decided"]]
    packages = list(packages)
    problems = [
        f"{name}: nothing needs it" for name in sorted(table["packages"].keys() - {one.name for one in packages})
    ]
    for package in packages:
        expression = table["packages"].get(package.name)
        if expression is None:
            problems.append(f"{package.name}: its licence is missing in tools/licences.toml")
            continue
        if not is_accepted(expression, accepted):
            problems.append(f"{package.name}: {expression} is not accepted")
        try:
            installed = distribution(package.name)
        except PackageNotFoundError:
            continue
        problems += [f"{package.name}: {problem}" for problem in _compare(installed, package.name, expression, table)]
    return problems


def _compare(installed: Distribution, name: str, expression: str, table: dict[str, Any]) -> Iterable[str]:
    """Yield what is not as an installed package says."""
    fields = installed.metadata
    stated = stated_licences(
        {field: fields[field] for field in ("License-Expression", "License") if field in fields},
        fields.get_all("Classifier", []),
        table["means"],
    )
    if not stated and name not in table["seen"]:
        yield "its metadata name no licence that can be understood; [seen] must say where the licence is to be seen"
    if more := stated - licences_of(expression):
        yield f"its metadata name {', '.join(sorted(more))}, tools/licences.toml has {expression}"
    if name not in {**table["carries"], **table["mentions"]} and (files := find_copyleft(installed)):
        yield f"{', '.join(files)} has a text of the GPL or LGPL; [carries] must say what of the package that is about"


def write_rows(packages: Iterable[LockedPackage], table: dict[str, Any]) -> list[list[str]]:
    """Return a row for each package: name, version, bound, licence, and its job or what needs it."""
    declared = read_declared()
    rows = []
    for package in packages:
        if OURSELVES in package.needed_by:
            bound, job = declared[package.name].bound, declared[package.name].job
        else:
            bound, job = "", "needed by " + ", ".join(package.needed_by)
        where = f" (only where `{package.marker}`)" if package.marker else ""
        rows.append([package.name, package.version, bound, table["packages"].get(package.name, "?"), job + where])
    return rows


def write_page(packages: list[LockedPackage], table: dict[str, Any]) -> str:
    """Return docs/reference/dependencies.md."""
    head = ["package", "version", "allowed", "licence", "job"]
    rows = [
        [name, version, f"`{bound}`" if bound else "", *rest]
        for name, version, bound, *rest in write_rows(packages, table)
    ]
    lines = ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows]]
    decided = table["accepted"]["decided"]
    introduction = INTRODUCTION.format(
        accepted=", ".join(table["accepted"]["permissive"]),
        decided=" and ".join(decided),
        are="is" if len(decided) == 1 else "are",
    )
    seen = [f"- {name}: {where}." for name, where in sorted(table["seen"].items())]
    carried = [f"- {name}: {what}." for name, what in sorted(table["carries"].items())]
    parts = [
        introduction + "\n".join(lines),
        "\n## Where licences were looked up",
        "\nThese packages' metadata do not name their licence in full.\n",
    ]
    return "\n".join([*parts, *seen]) + "\n" + CLOSING + "\n".join(carried) + "\n"


def main() -> int:
    """Print the list, write the page or check it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the page")
    parser.add_argument("--check", action="store_true", help="print nothing, fail if the page is not current")
    options = parser.parse_args()
    table = tomllib.loads(LICENCES.read_text(encoding="utf-8"))
    packages = read_locked(RUN_TIME.read_text(encoding="utf-8"))
    problems = find_problems(packages, table)
    if options.write:
        PAGE.write_text(write_page(packages, table), encoding="utf-8")
    elif options.check:
        if PAGE.read_text(encoding="utf-8") != write_page(packages, table):
            problems.append("docs/reference/dependencies.md is not current: run tools/list_licences.py --write")
    else:
        for name, version, _, licence, job in write_rows(packages, table):
            print(f"{name:20} {version:14} {licence:52} {job}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
