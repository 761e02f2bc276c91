"""What is read from a small plan, whose every character must be accounted for."""

from __future__ import annotations

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import Reading, read_plan


def read(content: str | bytes, name: str = "plan.txt") -> Reading:
    """Return the reading of a text or of the bytes of a file."""
    data = content.encode() if isinstance(content, str) else content
    reading = read_plan(read_bytes(data, name), load())
    assert reading.ledger.characters == sum(reading.ledger.accounted.values())
    return reading


def codes(reading: Reading) -> list[str]:
    """Return the codes of findings, but for that on a plan without a date."""
    return [finding.code for finding in reading.findings if finding.code != "undated-plan"]


def leftovers(reading: Reading) -> list[str]:
    """Return the text that no rule has claimed."""
    return [leftover.text for leftover in reading.ledger.leftovers]
