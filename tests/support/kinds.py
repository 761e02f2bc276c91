"""Makes plans of further kinds: Markdown, saved pages, OpenDocument; and says what is read of them."""

from __future__ import annotations

import html
from email.message import EmailMessage

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from support.word_and_web_files import as_page, parts_of


def fields_of(data: bytes, name: str) -> tuple[object, ...]:
    """Return what is read of a plan but for places: its head, its entries, how much is left over."""
    reading = read_plan(read_bytes(data, name), load())
    plan = reading.require()
    assert reading.ledger.characters == sum(reading.ledger.accounted.values())
    entries = [entry._replace(place=None)._asdict() for entry in plan.entries]
    return plan.bureau, plan.plan_title, plan.years, plan.script, plan.dated, entries, reading.ledger.leftovers


def as_markdown(text: str, in_html: bool = False) -> bytes:
    """Return a plan's text as Markdown, its tables with bars or in HTML."""
    parts = []
    for part in parts_of(text):
        if isinstance(part, str):
            parts.append(f"## {part}")
        elif in_html:
            rows = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in part]
            parts.append("<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>")
        else:
            rows = ["|" + "|".join(row) + "|" for row in part]
            parts.append("\n".join([rows[0], "|---" * len(part[0]) + "|", *rows[1:]]))
    return "\n\n".join(parts).encode()


def as_saved_page(text: str, encoding: str = "utf-8", transfer: str = "quoted-printable") -> bytes:
    """Return a plan's text as a web page with a picture, saved as one file."""
    page = as_page(text).decode().replace("utf-8", encoding)
    made = EmailMessage()
    made["From"] = "<Saved by Blink>"
    made.add_related(b"\x89PNG", "image", "png", cid="<logo>")
    part = EmailMessage()
    part.set_content(page, subtype="html", charset=encoding, cte=transfer)
    made.get_payload().insert(0, part)
    made["MIME-Version"] = "1.0"
    return made.as_bytes()
