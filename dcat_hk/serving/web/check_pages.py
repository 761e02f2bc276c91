"""
The page on which an officer checks a plan: a form, the table that was read, findings beside its rows.

In: requests with a document. Out: pages in three languages, or JSON. Nothing of the document is kept, and no page of it
is stored by anybody (`no-store`).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...core.languages import LANGUAGES
from ...core.pages import page_templates
from .addresses import get_page_suffix
from .media import choose_media_type, join_headers
from .pages import make_frame
from .requests import RequestError, choose_path_language, read_body
from .uploads import CheckLimits, CheckRefused, UploadChecker, read_form
from .wording import format_count, get_label

#: The path of the page, without the suffix for the language.
STEM = "check"
#: What a form takes besides its file.
_FORM_SIZE = 20_000
#: Seconds to receive a document.
_PATIENCE = 120.0
_STATUSES = {"busy": 503, "slow": 422, "failed": 422, "no-file": 400, "too-large": 413, "too-slow": 408}
_OFFICE, _UNKNOWN = "application/vnd.openxmlformats-officedocument", "application/octet-stream"
_DOCUMENTS = {".docx": f"{_OFFICE}.wordprocessingml.document", ".xlsx": f"{_OFFICE}.spreadsheetml.sheet"}
_HEADERS = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}


class CheckEndpoint:
    """
    The handlers of the page.

    Args:
        limits: The program that reads documents, and its limits.
    """

    def __init__(self, limits: CheckLimits) -> None:
        """Keep the limits."""
        self._limits, self._checker = limits, UploadChecker(limits)

    async def answer(self, request: Request) -> Response:
        """Answer with the form, or with what is read in the document that was sent."""
        language = choose_path_language(request, {})
        if request.method != "POST":
            return await self._respond(request, language, {}, 200)
        try:
            body = await read_body(request, self._limits.size + _FORM_SIZE, _PATIENCE)
            file = await run_in_threadpool(read_form, request.headers.get("content-type", ""), body)
            if file is None:
                raise CheckRefused("no-file")
            tag = file.fields.get("lang", "")
            language = tag if tag in LANGUAGES else language
            if len(file.data) > self._limits.size:
                raise CheckRefused("too-large")
            wants_document = file.fields.get("do", "") == "annotate"
            found = await self._checker.check(file, language if wants_document else "")
        except RequestError as error:
            problem = "too-large" if error.status == 413 else "too-slow"
            return await self._respond(request, language, {"problem": problem}, error.status)
        except CheckRefused as error:
            return await self._respond(request, language, {"problem": error.word}, _STATUSES[error.word])
        document = await run_in_threadpool(base64.b64decode, found.pop("document", "") or "")
        if document:
            return _send_document(file.name, document)
        return await self._respond(request, language, {"name": file.name, **found}, 200)

    async def _respond(self, request: Request, language: str, found: Mapping[str, Any], status: int) -> Response:
        """Return a page, or JSON for clients that prefer it."""
        headers = _HEADERS | ({"Retry-After": "10"} if status == 503 else {})
        accepted = choose_media_type(join_headers(request.headers, "accept"), ("text/html", "application/json"))
        if accepted == "application/json":
            text = await run_in_threadpool(json.dumps, found, ensure_ascii=False)
            return Response(text, status, headers, "application/json")
        body = await run_in_threadpool(write_check_page, language, found, self._limits)
        return Response(body, status, headers | {"Content-Language": language}, "text/html; charset=utf-8")


def _send_document(name: str, document: bytes) -> Response:
    """
    Return a document with comments as a file to keep.

    Spec: RFC 6266 (Content-Disposition), RFC 8187 for the name.
    """
    media = next((media for ending, media in _DOCUMENTS.items() if name.lower().endswith(ending)), _UNKNOWN)
    quoted = quote(f"checked-{name}", safe="")
    headers = {**_HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{quoted}"}
    return Response(document, 200, headers, media)


def write_check_page(language: str, found: Mapping[str, Any], limits: CheckLimits) -> bytes:
    """
    Return the page with the form, and what was read if there is something.

    Args:
        language: The language of the page.

        found: What the program said of a document, or a problem; empty for the form alone.

        limits: The limits, which the page tells.
    """
    findings, plan = found.get("findings", ()), found.get("plan")
    counts = [
        format_count(f"{severity}s", number, language)
        for severity in ("error", "warning", "info")
        if (number := sum(one["severity"] == severity for one in findings))
    ]
    values = {
        **make_frame(STEM, STEM, language, True),
        "title": get_label("check-title", language),
        "note": get_label("check-note", language).format(size=limits.size // 1_000_000, seconds=limits.seconds),
        "action": f"{STEM}{get_page_suffix(language)}",
        "name": found.get("name", ""),
        "problem": get_label(f"check-{found['problem']}", language) if "problem" in found else "",
        "refusal": (found.get("refusal") or {}).get(language, ""),
        "plan": plan,
        "counts": get_label("list-mark", language).join(counts) or get_label("check-none", language),
        "above": [_describe(one, language) for one in findings if not one["rows"]],
        "rows": list(_list_rows(plan, findings, language)) if plan else [],
    }
    return page_templates(__package__).get_template("check.html").render(values).encode()


def _list_rows(plan: Mapping[str, Any], findings: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Return the template values of the rows that were read, each with the findings beside it."""
    beside: dict[int, list[dict[str, str]]] = {}
    for one in findings:
        for number in one["rows"]:
            beside.setdefault(number, []).append(_describe(one, language))
    rows = []
    for number, (entry, named) in enumerate(zip(plan["entries"], plan["rows"], strict=True)):
        rows.append({**entry, **named, "findings": beside.get(number, [])})
    return rows


def _describe(finding: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return the template values of a finding."""
    return {
        "severity": finding["severity"],
        "called": get_label(f"severity-{finding['severity']}", language),
        "where": finding["where"][language],
        "message": finding["message"][language],
        "advice": finding["advice"][language],
        "code": finding["code"],
    }
