"""
Published catalogues for Python programs: their datasets as rows, queries, where a thing came from.

In: the output folder of a build. Out: `PublishedCatalogue`, which users know as `dcat_hk.Catalogue`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..build.arguments import checked_choice, checked_folder, checked_path, checked_text
from ..build.explain import explain as explain_thing
from ..build.exporting import make_rows
from ..build.linkfolder import find_links
from ..build.values import PathLike, checked_month, paths_of
from ..catalogue.publishing.explaining import Explanation
from ..catalogue.publishing.export import Selection
from ..catalogue.publishing.published import base_of
from ..core.languages import CHINESE_SCRIPTS, DERIVED_CHOICES
from ..core.namespaces import XSD
from ..core.settings import Settings
from ..core.tables import table_layouts, write_csv
from ..core.terms import PREFIXES, Iri, Literal, Term
from .checks import QualityScore, Report, score, validate
from .graphs import parse_triples

if TYPE_CHECKING:
    from rdflib import Graph

    from ..serving.stores.memory import MemoryStore

#: The words that a part of a catalogue can be chosen by, as `dcat-hk export` has them.
_CHOICES: Mapping[str, Collection[str]] = {
    "stage": ("planned", "released"),
    "script": CHINESE_SCRIPTS,
    "derived": DERIVED_CHOICES,
    "dates": ("month", "full"),
    "keywords": ("text", "tags"),
}
#: Where the datatypes of XML Schema are, and those of them that are other numbers than whole ones.
_XSD = XSD.integer.removesuffix("integer")
_NUMBERS = frozenset(f"{_XSD}{name}" for name in ("decimal", "double", "float"))
#: What begins a name with a prefix, and what declares one.
_USED = re.compile(r"(?<![\w<:/#])([A-Za-z][\w-]*):(?=[\w%])")
_DECLARED = re.compile(r"\bprefix\s+([\w-]*):", re.IGNORECASE)


class TableRow(dict[str, Any]):
    """
    A row of a table: a dictionary whose values can be had as attributes, too.

    >>> row = TableRow({"title_en": "Crime"})
    >>> row["title_en"] == row.title_en
    True
    """

    def __getattr__(self, name: str) -> Any:
        """Return the value of a column."""
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class TableRows(list[TableRow]):
    """Rows of a table, a list; `name` is the name of the table."""

    def __init__(self, name: str, rows: Iterable[TableRow]) -> None:
        """Keep the rows."""
        super().__init__(rows)
        self.name = name

    def to_csv(self, *, bom: bool = False) -> str:
        """
        Return what `dcat-hk export --format csv` prints of these rows.

        Args:
            bom: Whether the mark of UTF-8 comes first, by which Excel knows the encoding.
        """
        return "".join(write_csv(table_layouts()[self.name], self, bom=bom))


class PublishedCatalogue:
    """
    A published catalogue, as it is in its folder. Known to users as `dcat_hk.Catalogue`.

    >>> catalogue = open_catalogue("output")
    >>> catalogue.query("ASK { ?dataset a dcat:Dataset }"), len(catalogue.datasets())
    (True, 187)
    """

    def __init__(self, folder: Path) -> None:
        """
        Look into the folder; what is large is read when it is asked for.

        Args:
            folder: The output folder of a build.

        Raises:
            NotReadable: There is no published catalogue in it.
        """
        self.folder = folder
        #: The base IRI.
        self.base = base_of(folder)

    def datasets(self, **choice: str) -> TableRows:
        """
        Return the datasets as rows, with the columns of docs/reference/tables.md.

        Args:
            choice: What of the catalogue is wanted: plan, organisation, stage, script, derived, as `dcat-hk export`
                has them.

        Raises:
            UsageError: Nothing is left of the catalogue.
        """
        return TableRows("datasets", map(TableRow, make_rows(self.folder, "datasets", _selection_of(choice))))

    def records(self, **choice: str) -> TableRows:
        """
        Return the records as rows: what each row of each plan says.

        Args:
            choice: What of the catalogue is wanted, as for `datasets`.

        Raises:
            UsageError: Nothing is left of the catalogue.
        """
        return TableRows("records", map(TableRow, make_rows(self.folder, "records", _selection_of(choice))))

    def promises(self, month: str, **choice: str) -> TableRows:
        """
        Return what became of every promise as rows.

        Args:
            month: The month that the answer is for, as YYYY-MM.

            choice: What of the catalogue is wanted, as for `datasets`.

        Raises:
            UsageError: It is no month, or nothing is left of the catalogue.
        """
        rows = make_rows(self.folder, "promises", _selection_of(choice), checked_month(month))
        return TableRows("promises", map(TableRow, rows))

    def query(self, query: str, **parameters: str) -> Any:
        """
        Return the answer to a query, which is run in this process.

        Args:
            query: SPARQL, or the name of a named query, as `dcat-hk query --list` lists them. The usual prefixes need
                not be declared. The default graph is the union of all graphs.

            parameters: Values by name of parameter of a named query.

        Returns:
            Of SELECT a list of rows: dictionaries with texts, numbers, truth values and None. Of ASK a truth value. Of
            CONSTRUCT and DESCRIBE a graph of rdflib.

        Raises:
            UsageError: It is not a valid, read-only query, there is none of this name, or a parameter is not valid.
        """
        from ..serving.queries import bind_parameters, find_query, make_unknown_query_error
        from ..serving.stores.answers import AskResult, GraphResult

        found = find_query(checked_text(query, "query"))
        if found is None:
            raise make_unknown_query_error(query[:80])
        result = self._store.query(_with_prefixes(bind_parameters(found, parameters, self.base), self.base))
        if isinstance(result, AskResult):
            return result.value
        if isinstance(result, GraphResult):
            return parse_triples(result.triples)
        return [TableRow(zip(result.variables, map(_value_of, solution), strict=True)) for solution in result.rows]

    def explain(
        self, iri: str, sources: PathLike | Iterable[PathLike] = (), links: PathLike | None = None
    ) -> Explanation:
        """
        Return where a thing came from: files, places and words of the rows that state it.

        Args:
            iri: The IRI of a dataset, distribution, record or catalogue, whole or from the base IRI on.

            sources: Files and folders of plans, to show their lines.

            links: The folder of links; None for the folder links beside the plans, if there is one.

        Raises:
            UsageError: The catalogue has no such thing.
        """
        paths = paths_of(sources)
        checked_text(iri, "iri")
        return explain_thing(self.folder, iri, paths, find_links(paths, checked_folder(links, "links"), Settings()))

    def to_graph(self) -> Graph:
        """Return the whole catalogue as a graph of rdflib."""
        from .graphs import parse_turtle

        return parse_turtle((self.folder / "catalogue.ttl").read_text(encoding="utf-8"))

    def validate(self, profile: str = "", **options: Any) -> Report:
        """
        Return the report of validating the catalogue.

        Args:
            profile: The name of a profile; empty for that of a build.

            options: What `validate` takes.
        """
        return validate(self.folder, profile, **options)

    def score(self, **options: Any) -> QualityScore:
        """
        Return the score of the catalogue's metadata.

        Args:
            options: What `score` takes.
        """
        return score(self.folder, **options)

    @cached_property
    def _store(self) -> MemoryStore:
        """Return the store that answers queries, loaded when it is first needed."""
        from ..serving.stores.memory import MemoryStore

        return MemoryStore(self.folder)

    def __repr__(self) -> str:
        return f"<Catalogue {self.base} in {self.folder}>"


def open_catalogue(folder: PathLike) -> PublishedCatalogue:
    """
    Return the catalogue that a build has published in a folder.

    Args:
        folder: The output folder of a build.

    Raises:
        NotReadable: There is no published catalogue in it.

    >>> open_catalogue("output").base
    'https://example.org/dcat-hk/'
    """
    return PublishedCatalogue(checked_path(folder, "folder"))


# ---- steps


def _selection_of(choice: dict[str, str]) -> Selection:
    """Return what of a catalogue is wanted; words that `dcat-hk export` does not take are refused."""
    for name, value in choice.items():
        if value and name in _CHOICES:
            checked_choice(value, name, _CHOICES[name])
        else:
            checked_text(value, name)
    return Selection(**choice)


def _with_prefixes(text: str, base: Iri) -> str:
    """
    Return a query with declarations of the prefixes that it uses and does not declare, as far as they are known here.

    >>> _with_prefixes("ASK { ?s a dcat:Dataset }", "https://a.example/")
    'PREFIX dcat: <http://www.w3.org/ns/dcat#> ASK { ?s a dcat:Dataset }'
    """
    known = {**PREFIXES, "plan": f"{base}def/plan#"}
    missing = sorted((set(_USED.findall(text)) & set(known)) - set(_DECLARED.findall(text)))
    return "".join(f"PREFIX {prefix}: <{known[prefix]}> " for prefix in missing) + text


def _value_of(term: Term | None) -> str | int | float | bool | None:
    """Return a term of an answer as a value of Python: an IRI and a month are texts, numbers are numbers."""
    if not isinstance(term, Literal):
        return term
    if term.datatype in {XSD.integer, f"{_XSD}int"}:
        return int(term.value)
    if term.datatype in _NUMBERS:
        return float(term.value)
    if term.datatype == XSD.boolean:
        return term.value in {"true", "1"}
    return term.value
