"""
Profiles: the shapes graphs that the project ships, by name.

In: the name of a profile and the base IRI of a catalogue. Out: the shapes as triples of N-Triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from ...core.errors import InputError, NotReadable
from ...core.syntaxes.nquads import write_term
from ...core.terms import Iri, Literal, expand
from ...core.wording.refusals import SystemReason
from ..shacl.triples import read_text

#: A triple, terms as N-Triples has them.
Triple = tuple[str, str, str]

#: The files of `shapes/` that each profile consists of.
PROFILES = {"dcat-ap": ("dcat-ap",), "dcat-ap-hk": ("dcat-ap", "dcat-ap-hk")}

_BASE = re.compile(r"^@base <[^>]*> \.$", re.MULTILINE)


class ShapesError(InputError):
    """A shapes graph cannot be used as it is."""


def shapes_folder() -> Path:
    """Return the folder of the shapes: inside the installed package, or beside it in a checkout."""
    installed = Path(str(files("dcat_hk"))) / "shapes"
    return installed if installed.is_dir() else installed.parent.parent / "shapes"


@lru_cache(maxsize=8)
def load_shapes(profile: str, base: Iri, day: str = "") -> tuple[Triple, ...]:
    """
    Return the shapes of a profile, with our own terms under a base IRI, as triples of N-Triples.

    Args:
        profile: A name in `PROFILES`.

        base: The base IRI of the catalogue.

        day: YYYY-MM-DD. If given, the SPARQL constraints that compare a date with the present, which
            pyshacl parses again for every focus node, are replaced by patterns that mean the same on that day.

    Raises:
        NotReadable: A file of shapes is missing.
    """
    triples: list[Triple] = []
    for name in PROFILES[profile]:
        path = shapes_folder() / f"{name}.ttl"
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise NotReadable.of("checking.own-shapes", str(path), reason=SystemReason.of(error)) from error
        triples += read_text(_BASE.sub(f"@base <{base}> .", text))
    return tuple(_replace_present(triples, day) if day else triples)


def _replace_present(triples: Sequence[Triple], day: str) -> Iterator[Triple]:
    """Replace the constraints that compare with the present by patterns for a day; what is no date is not later."""
    select, sparql, pattern, negated, either = (
        f"<{expand(f'sh:{name}')}>" for name in ("select", "sparql", "pattern", "not", "or")
    )
    first, rest, nil = (f"<{expand(f'rdf:{name}')}>" for name in ("first", "rest", "nil"))
    asking = {query for query, predicate, text in triples if predicate == select and "NOW()" in text}
    for number, triple in enumerate(triples):
        shape, predicate, query = triple
        if predicate != sparql or query not in asking:
            yield triple
            continue
        earlier, year, no_year, choices, others = (f"_:present{number}.{part}" for part in range(5))
        yield earlier, pattern, write_term(Literal(not_after(day)))
        yield year, pattern, write_term(Literal("^[0-9]{4}"))
        yield no_year, negated, year
        yield choices, first, earlier
        yield choices, rest, others
        yield others, first, no_year
        yield others, rest, nil
        yield shape, either, choices


def not_after(day: str) -> str:
    """
    Return a pattern that matches years, months and days that are not after a day.

    Args:
        day: YYYY-MM-DD.

    >>> pattern = not_after("2026-11-20")
    >>> [bool(re.search(pattern, d)) for d in ("2026-11", "2025", "2026-11-20", "2026-12", "2026-11-21", "2027")]
    [True, True, True, False, False, False]
    """
    year, month, date = day.split("-")
    return f"^(?:{_less_than(year)}|{year}(?:$|-(?:{_less_than(month)}|{month}(?:$|-(?:{_less_than(date)}|{date})))))"


def _less_than(number: str) -> str:
    """Return a pattern that matches the smaller numbers with as many digits."""
    choices = [
        number[:i] + f"[0-{int(digit) - 1}]" + r"[0-9]" * (len(number) - i - 1)
        for i, digit in enumerate(number)
        if digit != "0"
    ]
    return "|".join(choices) or "(?!)"
