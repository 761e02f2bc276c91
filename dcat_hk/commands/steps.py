"""
What `dcat-hk parse --show` prints: each step of reading, and pages of a PDF as drawings.

In: readings, or one input. Out: text, JSON or SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import UsageError, contain_faults

if TYPE_CHECKING:
    from ..reading.parsing import Reading

#: The steps of reading that can be shown, in their order; a page is drawn.
STEPS = ("document", "regions", "rows", "page")


def show_step(readings: Sequence[Reading], step: str, format_name: str | None) -> str:
    """
    Return what a step of reading hands over, document by document.

    Args:
        readings: What reading documents gave.

        step: One of `STEPS` but a page.

        format_name: `json`, or any other for text.
    """
    from ..core.reporting import format_json
    from ..reading.tracing import documents, regions, rows

    if format_name == "json":
        trace = {
            "document": lambda reading: documents.trace_document(reading.document),
            "regions": regions.trace_regions,
            "rows": rows.trace_rows,
        }[step]
        return format_json([trace(reading) for reading in readings])
    write = {
        "document": lambda reading: documents.document_as_text(reading.document),
        "regions": regions.regions_as_text,
        "rows": rows.rows_as_text,
    }[step]
    return "\n".join(write(reading) for reading in readings)


def show_page(sources: Sequence[Path], number: int, config: Path | None) -> str:
    """
    Return a page of a PDF as an SVG drawing of what was found on it.

    Args:
        sources: One PDF; `-` is standard input.

        number: Which page, counted from 1.

        config: A settings file, for the limits on reading.

    Raises:
        UsageError: There are several files, the file is no PDF, or it has no such page.

        InputError: The file cannot be read.
    """
    from ..build import find_inputs, limits_of
    from ..core.limits import Budget
    from ..core.settings import load_settings
    from ..core.vocabularies import load
    from ..reading.documents import read_bytes
    from ..reading.parsing import read_plan

    limits = limits_of(load_settings(config, {}))
    inputs = find_inputs(sources, limits)
    if len(inputs) != 1:
        raise UsageError.of("options.page-of-one", "--show page", number=len(inputs))
    data, name = inputs[0].read(limits), inputs[0].name
    with contain_faults(name):
        document = read_bytes(data, name, limits)
        if document.kind != "pdf":
            raise UsageError.of("options.page-of-pdf", name)
        from ..reading.documents.pdf import read_pages
        from ..reading.tracing.pages import draw_page

        pages = read_pages(data, name, Budget(name, limits))
        if number > len(pages):
            raise UsageError.of("options.no-page", name, number=number, count=len(pages))
        return draw_page(pages[number - 1], read_plan(document, load(), Budget(name, limits)))
