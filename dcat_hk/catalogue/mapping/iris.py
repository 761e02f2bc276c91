"""
The IRIs of things: from what a plan says to a name that stays.

In: codes, years, titles. Out: IRIs, ASCII only. The same title in another script, punctuation or row order
gives the same IRI.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import dataclass
from functools import lru_cache

from ...core.plan import Entry, Plan
from ...core.terms import Iri
from ...core.text import fold

#: How many characters of a digest name a thing: 50 bits.
_KEY = 10
_SUBSECTION = {True: "-i", False: "-ii", None: ""}


def key_of(*parts: str, length: int = _KEY) -> str:
    """
    Return lower-case base32 characters that stand for some texts.

    Args:
        parts: The texts.

        length: How many characters; at most 52.

    >>> key_of("hk-hkpf", "", "", "罪案数字比较")
    'u3djbhogev'
    """
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return b32encode(digest).decode()[:length].lower()


def minted_code(name: str) -> str:
    """
    Return the code of a body or category that no vocabulary names.

    >>> minted_code("未來局") == minted_code("未来局")
    True
    """
    return "x-" + key_of(fold(name))


@lru_cache(maxsize=1 << 13)
def dataset_id(publisher: str, group: str, spatial: bool | None, title: str) -> str:
    """
    Return a dataset's identifier.

    Args:
        publisher: The publisher's code.

        group: The group heading, empty if it names the publisher.

        spatial: Whether the plan lists it as spatial data.

        title: Its title in either script.

    >>> dataset_id("hk-hkpf", "", False, "罪案數字比較") == dataset_id("hk-hkpf", "", None, "罪案数字比较")
    True
    """
    return f"{publisher}-{key_of(publisher, fold(group), 'spatial' if spatial else '', fold(title))}"


@dataclass(frozen=True, slots=True)
class Iris:
    """
    Names under a base IRI.

    >>> Iris("https://example.org/").plan("hk-hkpf", (2024, 2026))
    'https://example.org/plan/hk-hkpf/2024-2026'
    """

    base: Iri

    @property
    def catalogue(self) -> Iri:
        """Return the top catalogue's IRI."""
        return f"{self.base}catalogue"

    def plan_catalogue(self, publisher: str, years: tuple[int, int]) -> Iri:
        """Return the IRI of one plan's catalogue, which is also the name of its graph."""
        return f"{self.base}catalogue/{publisher}/{years[0]}-{years[1]}"

    def plan(self, publisher: str, years: tuple[int, int]) -> Iri:
        """Return the IRI of a plan, whatever its languages and files."""
        return f"{self.base}plan/{publisher}/{years[0]}-{years[1]}"

    def source(self, plan: Iri, sha256: str) -> Iri:
        """Return the IRI of one file of a plan."""
        return f"{plan}/source/{sha256[:12]}"

    def dataset(self, identifier: str) -> Iri:
        """Return a dataset's IRI."""
        return f"{self.base}dataset/{identifier}"

    def distribution(self, dataset: Iri, part: int, code: str) -> Iri:
        """Return the IRI of a dataset in one format; continuation rows have a part."""
        return f"{dataset}/distribution/{f'{part}-' if part else ''}{code.lower()}"

    def delivered(self, dataset: Iri, address: str) -> Iri:
        """Return the IRI of a distribution that the portal has at an address."""
        return f"{dataset}/distribution/portal-{key_of(address)}"

    def snapshot(self, date: str) -> Iri:
        """Return the IRI of what the portal had on a day."""
        return f"{self.base}portal/{date}"

    def organisation(self, code: str) -> Iri:
        """Return a body's IRI."""
        return f"{self.base}organisation/{code}"

    @property
    def operator(self) -> Iri:
        """Return the IRI of who operates the catalogue, unless it has one of its own."""
        return self.organisation("operator")

    def contact(self, organisation: Iri) -> Iri:
        """Return the IRI of a body's contact point."""
        return f"{organisation}#contact"

    def records(self, publisher: str, plan: Plan, organisations: list[str]) -> list[Iri]:
        """
        Return the IRIs of the records of a plan's entries, in order.

        Two rows of the same number, which a finding tells of, get a suffix; so does a row without one.

        Args:
            publisher: The code of the bureau whose plan it is.

            plan: The plan.

            organisations: For each entry the code of the other organisation it stands under, or nothing.
        """
        counts: dict[Iri, int] = {}
        iris: list[Iri] = []
        for entry, organisation in zip(plan.entries, organisations, strict=True):
            iri = self._record(publisher, plan, entry, organisation)
            counts[iri] = entry.nth or counts.get(iri, 0) + 1
            iris.append(iri if counts[iri] == 1 else f"{iri}_{counts[iri]}")
        return iris

    def _record(self, publisher: str, plan: Plan, entry: Entry, organisation: str) -> Iri:
        """Return the IRI of an entry's record, before its double gets a suffix."""
        place = f"{entry.section}{_SUBSECTION[entry.spatial]}" + (f"-{organisation}" if organisation else "")
        number = "n" if entry.number is None else str(entry.number)
        part = f".{entry.part}" if entry.part else ""
        return f"{self.base}record/{publisher}/{plan.years[0]}-{plan.years[1]}/{place}-{number}{part}"
