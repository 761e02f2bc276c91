"""
The index of a build -> files in which a page of a static host finds datasets by words, without a server.

In: the index. Out: terms in some files by their first character, datasets in groups, and what questions are read with:
characters in one form, the glossary, words that say nothing. `assets/search.js` reads as much as a question needs.

Terms are those of the server's index, so that both find the same, but for the places of words: here, all pieces of a
word of a question may stand apart.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

from ...core.languages import LANGUAGES
from ...core.pages import page_templates
from ...core.text import fold
from ...core.wording.characters import IDEOGRAPH
from ..search.indexing import FIELDS, choose_label
from ..search.searching import SEARCH_COLUMNS
from ..search.stems import read_spellings
from ..search.words import IDLE_WORDS, list_particles, load_glossary
from .addresses import get_page_suffix
from .library import Library
from .pages import make_frame
from .wording import get_label

#: The folder of the files, and the path of the page without the suffix for the language.
FOLDER, STEM = "search", "search"
SCRIPT = "assets/search.js"
#: Postings of all terms in a file, about, and datasets in a file.
_SHARD, _GROUP = 20_000, 500
#: The code of the character for no field: those behind it need no escape in JSON, but for one.
_FIRST = 0x30
#: Where there is an ideograph: planes of Unicode.
_PLANES = (range(0x3400, 0xA000), range(0xF900, 0xFB00))
_LISTS = ("bodies", "categories", "months", "overdue")


def read_script() -> bytes:
    """Return the script that finds datasets."""
    return files(__package__).joinpath("assets", "search.js").read_bytes()


def write_static_search_page(language: str, languages: Sequence[str] = LANGUAGES) -> bytes:
    """
    Return the page of a static host that finds datasets, and says what there is without a script.

    Args:
        language: The language of the page.

        languages: The languages that the site has pages in.
    """
    frame = make_frame(STEM, STEM, language, False, languages)
    lists = [(get_label(name, language), f"{name}{get_page_suffix(language)}") for name in _LISTS]
    values = {**frame, "title": get_label("search-title", language), "lists": lists}
    return page_templates(__package__).get_template("static_search.html").render(values).encode()


def write_static_index(library: Library, folder: Path) -> tuple[int, int]:
    """
    Write the files of the index, and return how many they are and their bytes.

    Args:
        library: The library, with its index.

        folder: The folder of the site.
    """
    goal = folder / FOLDER
    goal.mkdir(parents=True, exist_ok=True)
    count = size = 0
    with closing(sqlite3.connect(f"{library.snapshot.index.resolve().as_uri()}?mode=ro", uri=True)) as database:
        database.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'words', 'instance')")
        for name, value in (*_list_shards(database), *_list_groups(database, library.base)):
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            size += (goal / f"{name}.json").write_bytes(text.encode())
            count += 1
    return count, size


def _list_shards(database: sqlite3.Connection) -> Iterator[tuple[str, Any]]:
    """Yield the files of terms, and the one with what questions are understood with."""
    (postings,) = database.execute("SELECT COUNT(*) FROM (SELECT DISTINCT term, doc FROM temp.terms)").fetchone()
    (datasets,) = database.execute("SELECT COUNT(*) FROM dataset").fetchone()
    shards = postings // _SHARD + 1
    tables: dict[int, dict[str, tuple[list[int], str]]] = {number: {} for number in range(shards)}
    # The fields in which a dataset has a term are the bits of a character.
    bits = " ".join(f"WHEN '{name}' THEN {1 << number}" for number, name in enumerate(FIELDS))
    rows = database.execute(
        f"SELECT term, doc, SUM(DISTINCT CASE col {bits} END) FROM temp.terms GROUP BY term, doc ORDER BY term, doc"  # noqa: S608 - our own names
    )
    last: tuple[str, int] = ("", 0)
    for term, doc, fields in rows:
        table = tables[ord(term[0]) % shards]
        before = last[1] if last[0] == term else 0
        numbers, places = table.get(term, ([], ""))
        numbers.append(doc - 1 - before)
        table[term] = (numbers, places + chr(_FIRST + fields))
        last = (term, doc - 1)
    yield from ((f"t{number}", table) for number, table in tables.items())
    yield (
        "facts",
        {
            "shards": shards,
            "group": _GROUP,
            "datasets": datasets,
            "first": _FIRST,
            "weights": list(FIELDS.values()),
            "labels": _mark_fields(SEARCH_COLUMNS.labels),
            "named": _mark_fields(SEARCH_COLUMNS.named),
            "names": [name for (name,) in database.execute("SELECT term FROM name ORDER BY term")],
            "spellings": dict(read_spellings()),
            "folded": _list_folded(),
            "glossary": {" ".join(key): list(meanings) for key, meanings in load_glossary().items()},
            "idle": sorted(IDLE_WORDS),
            "particles": sorted(list_particles()),
            "said": _list_labels(database),
        },
    )


def _mark_fields(names: Sequence[str]) -> int:
    """Return the bits of some fields."""
    return sum(1 << number for number, name in enumerate(FIELDS) if name in names)


def _list_groups(database: sqlite3.Connection, base: str) -> Iterator[tuple[str, Any]]:
    """Yield the files of datasets: path, titles by language, body, stage, month."""
    names = ", ".join(f'"title-{tag}"' for tag in LANGUAGES)
    facets = ", ".join(
        f"(SELECT value FROM facet WHERE dataset = id AND kind = '{kind}' ORDER BY value LIMIT 1)"  # noqa: S608 - ours
        for kind in ("body", "stage")
    )
    group: list[Any] = []
    number = 0
    for iri, month, body, stage, *titles in database.execute(
        f"SELECT iri, month, {facets}, {names} FROM dataset ORDER BY id"  # noqa: S608 - our own names
    ):
        said: dict[str, str] = {}
        for tag, title in zip(LANGUAGES, titles, strict=True):
            if title and title not in said.values():
                said[tag] = title
        group.append([iri.removeprefix(base), said, f"body/{body}", f"stage/{stage}", month])
        if len(group) == _GROUP:
            yield f"d{number}", group
            group, number = [], number + 1
    if group:
        yield f"d{number}", group


def _list_labels(database: sqlite3.Connection) -> Mapping[str, Mapping[str, str]]:
    """Return the names of bodies and stages by kind and code."""
    names = ", ".join(choose_label(tag) for tag in LANGUAGES)
    rows = database.execute(f"SELECT kind, value, {names} FROM label WHERE kind IN ('body', 'stage')")  # noqa: S608 - ours
    return {f"{kind}/{code}": dict(zip(LANGUAGES, labels, strict=True)) for kind, code, *labels in rows}


def _list_folded() -> Mapping[str, str]:
    """Return the one form of each ideograph that has another."""
    signs = (chr(number) for plane in _PLANES for number in plane)
    return {sign: one for sign in signs if IDEOGRAPH.match(sign) and (one := fold(sign)) != sign}
