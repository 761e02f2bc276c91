"""
A document from standard input -> what is read in it, as JSON: the program that checks plans for a web server.

In: on the command line, the number of the process that asks, the name of the document, limits as JSON, and the language
in which the document is to come back with comments, if it is; the bytes on standard input. Out: one JSON object on
standard output. The document is read as by a command: in a process of its own within limits that the kernel keeps.
Nothing is written to disk, and no cache is used.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from ..core.confined import end_with
from ..core.errors import DcatHkError, Finding
from ..core.forked import run_within
from ..core.languages import LANGUAGES
from ..core.limits import Limits
from ..core.plan import Entry, Plan
from ..core.plan_values import plan_as_json
from ..core.vocabularies import load
from ..drafting.annotate import annotate
from ..reading.documents.rowfiles import has_rows
from .read import read_data, read_row_data
from .readings import KeptReading, keep_reading

#: How many budgets of time reading a document may use up: opening it, and finding its plan.
_BUDGETS = 2


def check_upload(data: bytes, name: str, limits: Limits, annotated: str = "") -> dict[str, Any]:
    """
    Return what is read in a document: the plan, its findings, or why it is none.

    Args:
        data: The bytes of the document.

        name: What it is called.

        limits: What reading it may take.

        annotated: The language of comments in the document, which comes back as `document` in base64; empty for none.

    >>> check_upload(b"", "a.txt", Limits())["refusal"]["en"]
    'a.txt: The file is empty. Name a file that holds a plan.'
    """
    load()
    try:
        given = (data, name, limits, annotated)
        kept, document = run_within(_read, *given, name=name, limits=limits, budgets=_BUDGETS + bool(annotated))
        plan = kept.require()
    except DcatHkError as error:
        return {"plan": None, "findings": [], "refusal": {tag: error.tell(tag) for tag in LANGUAGES}}
    except OSError as error:
        return {"plan": None, "findings": [], "refusal": dict.fromkeys(LANGUAGES, f"{name}: {error.strerror}.")}
    return {
        "plan": plan_as_json(plan) | {"rows": [_name_row(entry) for entry in plan.entries]},
        "findings": [_describe(finding, plan) for finding in kept.findings],
        "refusal": None,
        "document": base64.b64encode(document).decode("ascii"),
    }


def _read(data: bytes, name: str, limits: Limits, annotated: str) -> tuple[KeptReading, bytes]:
    """Return the reading of a document and the document with comments, in the process that may not survive it."""
    if has_rows(data):
        return read_row_data(data, name), b""
    kept = keep_reading(read_data(data, name, limits), len(data))
    if not annotated or kept.plan is None:
        return kept, b""
    told = [finding for finding in kept.findings if finding.severity != "info"]
    return kept, annotate(data, name, told, annotated, limits)


def _name_row(entry: Entry) -> dict[str, str]:
    """Return what people call a row, and where it stands."""
    return {"name": entry.row_name, "where": str(entry.place)}


def _describe(finding: Finding, plan: Plan) -> dict[str, Any]:
    """Return a finding, with the numbers of the rows that it is beside, from 0."""
    rows: list[int] = []
    if finding.place is not None:
        first, last = finding.place.first, finding.place.last
        rows = [n for n, one in enumerate(plan.entries) if one.place.first <= last and first <= one.place.last]
    where = {tag: finding.where_in(tag).removeprefix(f"{finding.document}: ") for tag in LANGUAGES}
    return finding.to_dict() | {"rows": rows, "where": where if finding.place else dict.fromkeys(LANGUAGES, "")}


def main(arguments: Sequence[str]) -> None:
    """
    Check the document on standard input.

    Args:
        arguments: The number of the process that asks, the name of the document, limits as JSON, perhaps a language.
    """
    parent, name, stated, *language = arguments
    end_with(int(parent))
    limits: Mapping[str, Any] = json.loads(stated)
    found = check_upload(sys.stdin.buffer.read(), name, Limits(**limits), *language)
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    # Under its own name, so that the process that it forks finds the functions that it is given.
    from . import uploads

    uploads.main(sys.argv[1:])
