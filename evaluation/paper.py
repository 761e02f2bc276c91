"""
Makes PDF files and the texts that tools pull out of them: LibreOffice, Chromium, poppler, pypdf, pdfminer.

In: DOCX and HTML files. Out: PDF without times of its making; text files. Programs are found on the path.
"""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

_TIME = re.compile(rb"(/(?:CreationDate|ModDate)\s?\(D:)\d{14}")
_IDENTITY = re.compile(rb"(/ID\s*\[\s*)<([0-9A-Fa-f]{32})>(\s*)<([0-9A-Fa-f]{32})>")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-F]{32})")


def print_documents(sources: Sequence[Path], folder: Path) -> None:
    """
    Turn DOCX files to PDF with LibreOffice.

    Args:
        sources: The files; the PDF of `x.docx` becomes `x.pdf`.

        folder: Where PDF files go.
    """
    with tempfile.TemporaryDirectory() as home:
        options = ["--headless", f"-env:UserInstallation=file://{home}", "--convert-to", "pdf", "--outdir", str(folder)]
        _run([_program("soffice", "libreoffice"), *options, *map(str, sources)])
    for source in sources:
        _settle(folder / f"{source.stem}.pdf")


def print_page(source: Path, target: Path) -> None:
    """
    Turn an HTML file to PDF with Chromium.

    Args:
        source: The page.

        target: The PDF file.
    """
    with tempfile.TemporaryDirectory() as home:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={home}"]
        program = _program("chromium", "chromium-browser", "google-chrome")
        _run([program, *options, f"--print-to-pdf={target}", source.resolve().as_uri()])
    _settle(target)


def _program(*names: str) -> str:
    """Return the path of the first program there is."""
    found = next((path for path in map(shutil.which, names) if path), None)
    if not found:
        raise SystemExit(f"Install {names[0]}: README.md says how.")
    return found


def _run(command: list[str]) -> str:
    """Run a program and return what it prints."""
    done = subprocess.run(command, capture_output=True, check=True, timeout=600)
    return done.stdout.decode("utf-8", "replace")


def _settle(path: Path) -> None:
    """Overwrite times and random identities in a PDF file by zeros; lengths stay, so offsets stay valid."""
    data = _TIME.sub(rb"\g<1>20200101000000", path.read_bytes())
    data = _IDENTITY.sub(rb"\g<1><" + b"0" * 32 + rb">\g<3><" + b"0" * 32 + b">", data)
    path.write_bytes(_CHECKSUM.sub(rb"\g<1>" + b"0" * 32, data))


# ---- texts pulled out of PDF files


def _poppler(*options: str) -> Callable[[Path], str]:
    """Return what runs pdftotext."""
    return lambda path: _run([_program("pdftotext"), *options, "-enc", "UTF-8", str(path), "-"])


def _pypdf(path: Path) -> str:
    """Return the text that pypdf gives, page after page."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages) + "\n"


def _pdfminer(path: Path) -> str:
    """Return the text that pdfminer gives."""
    from pdfminer.high_level import extract_text

    return str(extract_text(path))


#: How to pull text, by the word in the file's name.
PULLERS: dict[str, Callable[[Path], str]] = {
    "pdftotext": _poppler(),
    "layout": _poppler("-layout"),
    "raw": _poppler("-raw"),
    "pypdf": _pypdf,
    "pdfminer": _pdfminer,
}


def pull_texts(source: Path) -> None:
    """
    Write the texts that every tool pulls out of a PDF file, beside it.

    Args:
        source: `x.pdf` becomes `x.layout.txt` and so on.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    for word, pull in PULLERS.items():
        text = pull(source).encode("utf-8", "replace")
        source.with_suffix(f".{word}.txt").write_bytes(text)
