"""
Writes docs/reference/conventions.md: every convention of the Hong Kong profile with its reason and tried examples.

Run ``python tools/write_conventions.py`` after a change to a table; ``--check`` fails if the page is not current.
Either fails if a convention lacks a part, or if an example does not do what it is there for.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from write_shapes import HERE, PAGE, SEVERITY, SPECIFICATION, anchor

from dcat_hk.checking.shacl.triples import read_text
from dcat_hk.checking.validating.validator import profile_validator
from dcat_hk.core.results import Result, violations
from dcat_hk.core.syntaxes.turtle import Turtle
from dcat_hk.core.terms import LINK_PREFIXES
from dcat_hk.core.vocabularies import DEFAULT_BASE

#: What each convention must have.
PARTS = ("code", "title", "asks", "why", "beyond", "on", "en", "zh-Hant", "good", "bad")
#: The day of the trial: between the past and the future of the examples.
DAY = "2026-11-20"
#: Classes of ours, and those of DCAT-AP that their things also have.
ALSO = {"plan:Entry": "dcat:CatalogRecord", "plan:Plan": "foaf:Document"}
TARGET = HERE.parent / PAGE

INTRODUCTION = """\
<!-- Written by tools/write_conventions.py; do not edit. -->

# The Hong Kong conventions

This page lists the rules that a catalogue of Hong Kong's open data plans fulfils beyond DCAT-AP 3.0.1.

- `dcat-hk validate` reports data that break them ([validation](validation.md)). The shapes are in
  `shapes/dcat-ap-hk.ttl`; each names its section of this page.
- All conventions are binding. A result is a *violation*, and a catalogue with a violation is not published.
- They apply in addition to DCAT-AP, and relax none of its rules.
- The code of a convention is never used again for another one.

Each example that conforms is an excerpt of [a small catalogue](#the-catalogue-of-the-examples). Each example that does
not conform replaces it in that catalogue. It breaks this convention and no other, and is still valid DCAT-AP. All
examples were validated when this page was written, and the quoted messages are the validator's. IRIs are relative to
the base IRI of the catalogue. Prefixes are those of `output/catalogue.ttl`, and `plan:` is `def/plan#` under the base
IRI.
"""
CLOSING = """\
## The catalogue of the examples

This catalogue conforms to all conventions. `dcat-hk validate` reports warnings for it, because many properties that
DCAT-AP recommends are left out.

"""

Triple = tuple[str, str, str]


class NotReady(ValueError):
    """A convention cannot be documented as it stands."""


def main() -> int:
    """Write the page, or tell whether it is current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if the page is not what would be written")
    check = parser.parse_args().check
    try:
        text = page(conventions(), catalogue())
    except NotReady as error:
        print(f"tools/dcat-ap-hk.toml: {error}", file=sys.stderr)
        return 1
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    if check:
        print(f"{PAGE} is not current: run python tools/write_conventions.py", file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"wrote {TARGET.name}")
    return 0


def conventions() -> list[dict[str, Any]]:
    """Return the conventions, each with all its parts."""
    table = tomllib.loads((HERE / "dcat-ap-hk.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = table["convention"]
    return complete(found)


def complete(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    Return conventions if nothing is missing.

    Raises:
        NotReady: One lacks a part, or a code is not the next number.
    """
    for number, convention in enumerate(found, 1):
        code = f"HK{number:02}"
        if convention.get("code") != code:
            raise NotReady(f"{code} is the next code, not {convention.get('code')}")
        missing = [part for part in PARTS if not str(convention.get(part, "")).strip()]
        if missing:
            raise NotReady(f"{code} has no {', '.join(missing)}")
    return found


def catalogue() -> str:
    """Return the catalogue that examples are excerpts of."""
    return (HERE / "dcat-ap-hk-example.ttl").read_text(encoding="utf-8")


# ---- trying the examples


def triples(text: str) -> set[Triple]:
    """Return the triples of an example."""
    return set(read_text(Turtle(DEFAULT_BASE, LINK_PREFIXES).header() + text))


def answers(data: Iterable[Triple], profile: str = "dcat-ap-hk") -> list[Result]:
    """Return the violations of a profile that data has."""
    return violations(profile_validator(profile, DEFAULT_BASE, DAY, "compiled").validate(data, 1))


def code_of(result: Result) -> str:
    """Return the convention that a result is of, nothing if it is of DCAT-AP."""
    found = re.search(r"/dcat-ap-hk#(HK\d+)-", result.source_shape)
    return found[1] if found else ""


def broken(convention: dict[str, Any], whole: set[Triple]) -> set[Triple]:
    """Return the catalogue with the example that breaks a convention in place of the one that keeps it."""
    return whole - triples(convention["good"]) | triples(convention["bad"])


def tried(convention: dict[str, Any], whole: set[Triple]) -> list[Result]:
    """
    Return what the validator says of the example that breaks a convention.

    Raises:
        NotReady: An example does not do what it is there for.
    """
    code = convention["code"]
    strange = triples(convention["good"]) - whole
    if strange:
        raise NotReady(f"{code}: `good` is no excerpt of dcat-ap-hk-example.ttl: {min(strange)}")
    found = answers(broken(convention, whole))
    if {code_of(result) for result in found} != {code}:
        raise NotReady(f"{code}: `bad` breaks {sorted({code_of(r) or r.source_shape for r in found})}, not just {code}")
    return found


# ---- the page


def page(found: list[dict[str, Any]], example: str) -> str:
    """
    Return the whole page.

    Raises:
        NotReady: An example does not do what it is there for.
    """
    whole = triples(example)
    if wrong := answers(whole):
        raise NotReady(f"dcat-ap-hk-example.ttl does not conform: {wrong[0].message()}")
    sections = [section(convention, tried(convention, whole)) for convention in found]
    return "\n".join([INTRODUCTION, overview(found), *sections, CLOSING + fenced(example)])


def overview(found: list[dict[str, Any]]) -> str:
    """Return the table at the beginning."""
    lines = ["| code | convention | on |", "| --- | --- | --- |"]
    for convention in found:
        classes = ", ".join(f"`{name}`" for name in convention["on"])
        lines.append(f"| [{convention['code']}](#{anchor(convention)}) | {convention['title']} | {classes} |")
    return "\n".join(lines) + "\n"


def section(convention: dict[str, Any], results: list[Result]) -> str:
    """Return what the page says of one convention."""
    said = dict.fromkeys((result.message("en"), result.message("zh-Hant")) for result in results)
    parts = [
        f'<a id="{anchor(convention)}"></a>\n',
        f"## {convention['code']} {convention['title']}\n",
        f"**Rule.** {convention['asks']}\n",
        f"**Reason.** {convention['why']}\n",
        f"**Compared with DCAT-AP.** {convention['beyond']}\n",
        f"**Severity.** {SEVERITY.removeprefix('sh:')}.\n",
        "\n".join(where(convention)) + "\n",
        f"Conforms:\n\n{fenced(convention['good'])}",
        f"Does not conform:\n\n{fenced(convention['bad'])}",
        "Message:\n",
        "\n>\n".join(f"> {english}<br>\n> {chinese}" for english, chinese in said) + "\n",
    ]
    return "\n".join(parts)


def fenced(text: str) -> str:
    """Return a block of Turtle."""
    return "```turtle\n" + text.strip("\n") + "\n```\n"


def where(convention: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the table of what a convention applies to."""
    rules = dcat_ap()
    yield from ("| class | property | in DCAT-AP 3.0.1 |", "| --- | --- | --- |")
    for target, paths in convention["on"].items():
        for path in paths:
            steps = readable(path)
            shown = " ".join(f"`{step}`" for step in steps) or "the thing itself"
            row = rules.get((target, (*steps, "-")[0])) or rules.get((ALSO.get(target, ""), (*steps, "-")[0]))
            yield f"| `{target}` | {shown} | {stated(row) if row else 'no rule'} |"


def readable(path: str) -> list[str]:
    """
    Return the steps of a path, those backwards with a caret as in SPARQL; none for the thing itself.

    >>> readable("( dct:identifier [ sh:inversePath dct:identifier ] )")
    ['dct:identifier', '^dct:identifier']
    """
    return [f"^{back}" if back else step for back, step in re.findall(r"\[ sh:inversePath (\S+) \]|([a-z]+:\w+)", path)]


def dcat_ap() -> dict[tuple[str, str], dict[str, str]]:
    """Return the rules of DCAT-AP by class and property."""
    with (HERE / "dcat-ap.csv").open(encoding="utf-8", newline="") as file:
        return {(row["class"], row["property"]): row for row in csv.DictReader(file)}


def stated(row: dict[str, str]) -> str:
    """Return in a few words what DCAT-AP says of a property."""
    need = "mandatory" if row["min"] else "recommended" if row["recommended"] else "optional"
    kind = {"temporal": "a date or time"}.get(row["datatype"], row["datatype"] and f"`{row['datatype']}`")
    kind = kind or (row["range"] and f"`{row['range']}`") or {"literal": "literal", "iri": "IRI"}.get(row["kind"], "")
    listed = f"list `{row['codelist']}`" if row["codelist"] else ""
    much = f"[{need}, {row['min'] or 0}..{row['max'] or 'n'}]({SPECIFICATION}{row['anchor']})"
    return ", ".join(filter(None, (much, kind, listed)))


if __name__ == "__main__":
    sys.exit(main())
