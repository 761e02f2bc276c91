"""
An outcome -> text, JSON, Turtle, SARIF, HTML or JUnit.

In: an outcome. Out: text. All text from data is escaped; pages and reports need nothing from elsewhere.

Spec: SHACL, section 3.6 (validation report); SARIF 2.1.0.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

from ...core.sarif import LEVELS, Log, Remark
from ...core.terms import PREFIXES
from ...core.text import harmless, transform
from ..shacl import Result
from .validation import GRAVITY, Outcome

#: So many things are listed of a cause, and so many things on a page.
_MOST, _MOST_THINGS = 20, 1000
_SH = PREFIXES.get("sh", "http://www.w3.org/ns/shacl#")
#: XML 1.0 has none of these, not even escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: What an IRI may not hold in Turtle.
_NOT_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_BLANK_LABEL = re.compile(r"[^A-Za-z0-9]")


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    """Return the words of reports."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def _in(pair: list[str], language: str) -> str:
    """Return the one of two texts that is in a language."""
    if language == "en":
        return pair[0]
    return pair[1] if language == "zh-Hant" else transform(pair[1], "Hant")


def word(name: str, language: str) -> str:
    """
    Return a word of reports.

    >>> word("causes", "en")
    'By cause'
    """
    return _in(_words()["word"][name], language)


def grade(severity: str, language: str) -> str:
    """
    Return how grave a result is in words; a severity of the shapes' own as they name it.

    >>> grade("Violation", "en"), grade("https://a.example/Bad", "en")
    ('Violation', 'https://a.example/Bad')
    """
    return word(severity, language) if severity in GRAVITY else severity


def short(name: str) -> str:
    """
    Return an IRI with a prefix if there is one, and a path with its IRIs so.

    >>> short("http://purl.org/dc/terms/title"), short("^<http://www.w3.org/ns/dcat#inSeries>")
    ('dct:title', '^dcat:inSeries')
    """
    if "<" in name:
        return re.sub("<([^>]*)>", lambda found: short(found[1]), name)
    for prefix, space in PREFIXES.items():
        if name.startswith(space) and "/" not in name[len(space) :]:
            return f"{prefix}:{name[len(space) :]}"
    return name


def message_of(result: Result, language: str) -> str:
    """
    Return what is wrong and what to do: as the shape says, else as its kind of constraint is explained.

    >>> message_of(Result("Violation", "a", "urn:p", "", "MinCountConstraintComponent", "s", ()), "en")
    'urn:p is missing, or has too few values. Add one.'
    """
    if result.messages:
        return result.message(language)
    table = _words()["component"]
    pair = table.get(result.component.removesuffix("ConstraintComponent"), table["other"])
    return _in(pair, language).format(path=short(result.path) or word("thing", language))


# ---- text


def as_text(outcome: Outcome) -> str:
    """Return causes with how often and the first things concerned, then the sum."""
    language = outcome.options.language
    lines = []
    for (severity, _shape, _path), found in outcome.causes():
        lines.append(f"{grade(severity, language)} × {len(found)}: {message_of(found[0], language)}")
        # Two constraints of a shape may both fail for one value: that is one line.
        told = list(dict.fromkeys(_line(outcome, result) for result in found))
        lines += told[:_MOST]
        if len(told) > _MOST:
            lines.append("    " + word("more", language).format(count=len(told) - _MOST))
    return "".join(f"{line}\n" for line in lines)


def as_text_by_thing(outcome: Outcome) -> str:
    """Return things with how many results each has, where it comes from, and what is wrong with it."""
    language = outcome.options.language
    lines = []
    for thing, found in outcome.things():
        parts = (f"{len(found)} ×", thing, str(outcome.origins.get(thing, "")))
        lines.append("  ".join(harmless(part) for part in parts if part))
        told = (
            f"    {grade(result.severity, language)}: {message_of(result, language)}  {harmless(result.value)}".rstrip()
            for result in found
        )
        lines += dict.fromkeys(told)
    return "".join(f"{line}\n" for line in lines)


def _line(outcome: Outcome, result: Result) -> str:
    """Return thing, value and origin of a result on one line."""
    parts = (result.focus_node, result.value, str(outcome.origins.get(result.focus_node, "")))
    return "    " + "  ".join(harmless(part) for part in parts if part)


def as_summary(outcome: Outcome) -> str:
    """Return causes with how often, without the things."""
    language = outcome.options.language
    return "".join(
        f"{grade(severity, language)} × {len(found)}: {message_of(found[0], language)}\n"
        for (severity, _shape, _path), found in outcome.causes()
    )


def total(outcome: Outcome) -> str:
    """Return how many results there are, in one line."""
    count = outcome.count("Violation")
    text = word("total", outcome.options.language)
    return text.format(violations=count, others=len(outcome.results) - count)


# ---- JSON


def as_json(outcome: Outcome, summary: bool = False) -> str:
    """Return counts, causes, things and results as JSON."""
    language = outcome.options.language
    counts = {name: outcome.count(name) for name in GRAVITY}
    table: dict[str, Any] = {
        "conforms": not outcome.count("Violation"),
        "failed": outcome.failed,
        "engine": outcome.engine,
        "note": outcome.note,
        "counts": counts,
        "causes": [
            {"severity": severity, "shape": shape, "path": path, "count": len(found),
             "message": message_of(found[0], language), "see": outcome.links.get(shape, "")}
            for (severity, shape, path), found in outcome.causes()
        ],
    }  # fmt: skip
    if not summary:
        table["things"] = [
            {"thing": thing, "count": len(found), "from": str(outcome.origins.get(thing, ""))}
            for thing, found in outcome.things()
        ]
        table["results"] = [_result_as_json(outcome, result) for result in outcome.results]
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


def _result_as_json(outcome: Outcome, result: Result) -> dict[str, Any]:
    """Return a result with its messages by language and where it comes from."""
    origin = outcome.origins.get(result.focus_node)
    place = {"file": origin.file, "plan": origin.plan, "locator": origin.locator} if origin else {}
    told = {"message": message_of(result, outcome.options.language)}
    return asdict(result) | {"messages": dict(result.messages)} | told | place


# ---- Turtle


def as_turtle(outcome: Outcome) -> str:
    """Return a validation report in RDF; by the recommendation nothing conforms that has any result."""
    head = f"@prefix sh: <{_SH}> .\n\n[] a sh:ValidationReport ;\n  sh:conforms "
    if not outcome.results:
        return head + "true .\n"
    return head + "false ;\n  sh:result\n" + " ,\n".join(map(_result_as_turtle, outcome.results)) + " .\n"


def _result_as_turtle(result: Result) -> str:
    """Return a result as a blank node."""
    severity = result.severity if ":" in result.severity else _SH + result.severity
    component = result.component if ":" in result.component else _SH + result.component
    said = [
        ("focusNode", result.focus_node if result.focus_node.startswith('"') else _node(result.focus_node)),
        ("resultPath", _path(result.path)),
        ("value", result.value if result.value.startswith('"') else _node(result.value.strip("<>"))),
        ("resultSeverity", _node(severity)),
        ("sourceConstraintComponent", _node(component)),
        ("sourceShape", _node(result.source_shape)),
    ]
    said += [("resultMessage", _quoted(text) + (f"@{tag}" if tag else "")) for tag, text in result.messages]
    stated = " ;\n      ".join(f"sh:{name} {value}" for name, value in said if value)
    return f"    [ a sh:ValidationResult ;\n      {stated} ]"


def _node(name: str) -> str:
    """Return an IRI or a blank node as Turtle has it."""
    if not name or name.startswith("_:"):
        return "_:b" + _BLANK_LABEL.sub("x", name[2:]) if name else ""
    return "<" + _NOT_IRI.sub(lambda found: f"\\u{ord(found[0]):04X}", name) + ">"


def _path(path: str) -> str:
    """Return a path as Turtle has it; a path other than a property, or one backwards, is left out."""
    if path.startswith("^<") and path.count("<") == 1:
        return f"[ sh:inversePath {path[1:]} ]"
    return "" if "<" in path else _node(path)


def _quoted(text: str) -> str:
    """Return a text as Turtle has it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


# ---- SARIF


def as_sarif(outcome: Outcome) -> str:
    """Return a SARIF log: each result stands in the plan that its thing comes from, else in the file it is in."""
    language = outcome.options.language
    remarks: list[Remark] = []
    rules: dict[str, dict[str, str]] = {}
    for result in outcome.results:
        origin = outcome.origins.get(result.focus_node)
        name = short(result.source_shape).rpartition("/")[2] or result.component
        if result.source_shape.startswith("_:"):
            name = f"{result.component}:{short(result.path)}"
        see = outcome.links.get(result.source_shape, "")
        rules.setdefault(name, {"message": message_of(result, language), "see": see})
        remarks.append(
            Remark(
                name,
                LEVELS.get(result.severity, "note" if result.severity == "Info" else "error"),
                message_of(result, language),
                (origin.plan or origin.file if origin else "") or outcome.names[0],
                origin.place if origin and origin.plan else None,
                result.focus_node,
            )
        )
    return json.dumps(Log(rules, remarks).as_json(), ensure_ascii=False, indent=2) + "\n"


# ---- HTML


def as_html(outcome: Outcome) -> str:
    """Return one page without a script, with nothing from elsewhere: results by cause, then by thing."""
    language = outcome.options.language
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    title = escape(f"{word('title', language)}: {', '.join(outcome.names)}")
    head = (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"<p>{escape(total(outcome))}</p>\n"
    )
    tables = _causes_table(outcome) + _things_list(outcome) if outcome.results else ""
    return head + tables + "</main>\n</body>\n</html>\n"


def _causes_table(outcome: Outcome) -> str:
    """Return causes as a table, each with a link to where it is laid down if its shape has one."""
    language = outcome.options.language
    heads = "".join(f'<th scope="col">{escape(word(name, language))}</th>' for name in ("severity", "times", "message"))
    lines = "".join(
        f"<tr><td>{escape(grade(severity, language))}</td><td>{len(found)}</td>"
        f"<td>{escape(message_of(found[0], language))}{_link(outcome.links.get(shape, ''), language)}</td></tr>\n"
        for (severity, shape, _path), found in outcome.causes()
    )
    caption = escape(word("causes", language))
    return (
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>\n"
    )


def _link(address: str, language: str) -> str:
    """Return a link; nothing for what leads nowhere in a browser."""
    if not address.startswith(("http://", "https://")):
        return ""
    return f' <a href="{escape(address)}">{escape(word("see", language))}</a>'


def _things_list(outcome: Outcome) -> str:
    """Return things, each with its results."""
    language = outcome.options.language
    things = outcome.things()
    parts = [f"<h2>{escape(word('things', language))}</h2>\n"]
    for thing, found in things[:_MOST_THINGS]:
        origin = escape(str(outcome.origins.get(thing, "")))
        lines = "".join(
            f"<li>{escape(grade(r.severity, language))}: {escape(message_of(r, language))} "
            f"<code>{escape(r.value)}</code></li>\n"
            for r in found
        )
        parts.append(
            f"<details><summary>{len(found)} × <code>{escape(thing)}</code> {origin}</summary>\n"
            f"<ul>\n{lines}</ul></details>\n"
        )
    if len(things) > _MOST_THINGS:
        parts.append(f"<p>{escape(word('more', language).format(count=len(things) - _MOST_THINGS))}</p>\n")
    return "".join(parts)


# ---- JUnit


def as_junit(outcome: Outcome) -> str:
    """Return each cause as a test case that failed if it is grave enough; without any, one that passed."""
    language = outcome.options.language
    least = GRAVITY[outcome.options.fail_on.title()]
    cases, failures = [], 0
    for (severity, shape, path), found in outcome.causes():
        name = f"{severity} {short(path)} {short(shape)}"
        text = "\n".join(
            "  ".join(part for part in (r.focus_node, r.value, str(outcome.origins.get(r.focus_node, ""))) if part)
            for r in found
        )
        bad = GRAVITY.get(severity, 0) <= least
        failures += bad
        told = f"<failure message={_attribute(message_of(found[0], language))}>{_xml(text)}</failure>"
        told = told if bad else f"<system-out>{_xml(message_of(found[0], language))}</system-out>"
        cases.append(f'  <testcase classname="shacl" name={_attribute(name)}>{told}</testcase>\n')
    cases = cases or ['  <testcase classname="shacl" name="conforms"/>\n']
    name = _attribute(", ".join(outcome.names))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuite name={name} tests="{len(cases)}" failures="{failures}">\n{"".join(cases)}</testsuite>\n'
    )


def _xml(text: str) -> str:
    """Return text as XML has it."""
    return escape_xml(_NOT_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    """Return text as the value of an attribute."""
    return quoteattr(_NOT_XML.sub("\ufffd", text))


#: Forms other than text, by name.
FORMS: dict[str, Callable[[Outcome], str]] = {
    "json": as_json,
    "ttl": as_turtle,
    "sarif": as_sarif,
    "html": as_html,
    "junit": as_junit,
}
