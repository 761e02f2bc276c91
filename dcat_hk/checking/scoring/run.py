"""
From files to an assessment, with everything that was asked for on the way.

In: files and options. Out: `Assessment`. Forms of output are a table here, so that the command offers what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...core.errors import InputError, UsageError
from ...core.terms import Iri
from ...core.vocabularies import DEFAULT_BASE
from .assessment import Assessment, addresses, assess
from .compliance import find_failing
from .dqv import as_quads, as_turtle
from .links import Manners, Memory, ask
from .measuring import Measuring, Rules
from .report_html import as_html
from .report_json import as_json
from .report_text import as_text
from .things import Catalogue

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Options:
    """
    What is wanted of a scoring.

    `dataset` is the end of an IRI, for one dataset only; `manners` is None when no address is asked; `fetch` allows to
    fetch contexts.
    """

    base: Iri = ""
    language: str = "en"
    dataset: str = ""
    validated: bool = True
    rules: Rules = field(default_factory=Rules)
    manners: Manners | None = None
    memory: Path | None = None
    fetch: bool = False


def run(sources: Sequence[Path], options: Options, progress: Progress = lambda *_told: None) -> Assessment:
    """
    Return the assessment of a catalogue.

    Args:
        sources: Whatever `Intake` takes in.

        options: What is wanted.

        progress: Is told the stage, how much is done, and how much there is.

    Raises:
        NotReadable: A file cannot be read, or an address not be fetched.

        NotRdf: A file holds no RDF, or JSON-LD with a context that may not be fetched.

        InputError: There is no dataset in the files.

        UsageError: No dataset has the IRI that is asked for, or it is the end of several.
    """
    with Catalogue() as catalogue:
        catalogue.load(sources, options.base or DEFAULT_BASE, options.fetch)
        datasets = catalogue.datasets
        if not datasets:
            raise InputError(
                "There is no dataset in it.", str(sources[0]), "A dataset is a thing of type dcat:Dataset."
            )
        only = _find(datasets, options.dataset) if options.dataset else ""
        chosen = [only] if only else datasets

        def wanted(iri: Iri) -> bool:
            return not only or iri == only

        failing = None
        if options.validated:
            failing = find_failing(catalogue, chosen, lambda done: progress("validate", done, len(chosen)))
        answers: Mapping[Iri, int] | None = None
        if options.manners:
            memory = Memory(options.memory, options.manners.age)
            asked = addresses(catalogue, wanted)
            answers = ask(asked, options.manners, memory, lambda done: progress("ask addresses", done, len(asked)))
        measuring = Measuring(catalogue.thing, options.rules, answers, failing)
        base = options.base or catalogue.base() or DEFAULT_BASE
        return assess(catalogue, measuring, base, options.language, wanted)


def _find(datasets: Sequence[Iri], ending: str) -> Iri:
    """Return the dataset whose IRI is or ends in what was asked for."""
    found = [iri for iri in datasets if iri == ending] or [iri for iri in datasets if iri.endswith(ending)]
    if len(found) != 1:
        several = f"{len(found)} datasets end" if found else "No dataset ends"
        raise UsageError(f"{several} in “{ending}”.", "--dataset", "Give the IRI of one dataset.")
    return found[0]


#: Forms of output by name; text can list all datasets.
FORMS: Mapping[str, Callable[[Assessment], Iterator[str]]] = {
    "text": lambda assessment: iter([as_text(assessment)]),
    "json": as_json,
    "html": as_html,
    "ttl": as_turtle,
    "nquads": as_quads,
}
