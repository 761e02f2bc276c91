"""
Measures the search index of `dcat-hk serve`: how long questions take, one after the other and eight at a time.

Run ``python benchmarks/searching.py [--datasets 100000] [FOLDER]``. The rows of the index of an output folder are
written again and again until there are so many datasets, so that every word is found as often as it can be. Questions
are words in both scripts, common and rare, with filters, in several orders; all facets are counted. The first part asks
an index that keeps nothing of what it found, as if all words were new; the second one that keeps it, as `serve` does.
Each question is asked once before the clock runs, which shows in *the first time*. Threads ask the index itself: HTTP
and the page come to it.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from dcat_hk.serving.search.indexing import FIELDS
from dcat_hk.serving.search.matching import MAX_KEPT
from dcat_hk.serving.search.searching import SearchIndex, SearchQuestion
from dcat_hk.serving.web.library import fill_store
from dcat_hk.serving.web.snapshot import take_snapshot

ROOT = Path(__file__).parents[1]
CHINESE = ["巴士", "醫院", "衞生", "统计", "數目", "急症", "香港警務處", "罪案數字比較"]
WORDS = [*CHINESE, "hospital", "CSV", "waiting time", ""]
FILTERS: list[dict[str, tuple[str, ...]]] = [{}, {"stage": ("planned",)}, {"format": ("CSV",), "body": ("hk-hkpf",)}]
ORDERS = ["relevance", "-month", "name"]


def multiply(path: Path, datasets: int) -> None:
    """Write the rows of an index again and again, under other identifiers, until there are so many datasets."""
    with sqlite3.connect(path, isolation_level=None) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        (size,) = database.execute("SELECT COUNT(*) FROM dataset").fetchone()
        database.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'words', 'instance')")
        texts: dict[int, dict[str, list[str]]] = {}
        for term, doc, column in database.execute("SELECT term, doc, col FROM temp.terms ORDER BY doc, col, offset"):
            texts.setdefault(doc, {}).setdefault(column, []).append(term)
        rows: list[tuple[Any, ...]] = [
            (int(doc), *(" ".join(said.get(name, ())) for name in FIELDS)) for doc, said in sorted(texts.items())
        ]
        marks = ", ".join("?" * (1 + len(FIELDS)))
        for step in range(size, datasets, size):
            database.execute(
                "INSERT INTO dataset SELECT id + ?1, name || '-' || ?1, iri || '-' || ?1, month, late, "
                '"title-zh-Hant", "title-zh-Hans", "title-en" FROM dataset WHERE id <= ?2',
                (step, size),
            )
            database.execute(
                "INSERT INTO facet SELECT kind, value, dataset + ? FROM facet WHERE dataset <= ?", (step, size)
            )
            insert = f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES ({marks})"  # noqa: S608 - our own names
            database.executemany(insert, ((row[0] + step, *row[1:]) for row in rows))
        database.execute("INSERT INTO words(words) VALUES ('optimize')")
        database.execute("COMMIT")
        database.execute("ANALYZE")


def show(label: str, times: list[float]) -> None:
    """Print the median, the 99th percentile and the longest time."""
    ordered = sorted(times)
    figures = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.5, 0.99, 1.0)]
    print(f"{label:24} p50 {figures[0]:7.1f} ms   p99 {figures[1]:7.1f} ms   longest {figures[2]:7.1f} ms")


def measure(index: SearchIndex, questions: list[SearchQuestion], rounds: int) -> None:
    """Ask an index everything, one question after the other and eight at a time, and print the times."""

    def ask(question: SearchQuestion) -> float:
        began = time.perf_counter()
        index.search(question)
        return time.perf_counter() - began

    show("the first time", [ask(one) for one in questions])
    show("one after the other", [ask(one) for one in questions * rounds])
    began = time.process_time()
    with ThreadPoolExecutor(8) as pool:
        show("eight at a time", list(pool.map(ask, questions * rounds)))
    worked = time.process_time() - began
    print(f"processor time of a question: {worked / (len(questions) * rounds) * 1000:.1f} ms")


def main() -> None:
    """Make the index, ask, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "output")
    parser.add_argument("--datasets", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    questions = [SearchQuestion(w, f, o, language="en") for w in WORDS for f in FILTERS for o in ORDERS]
    with tempfile.TemporaryDirectory() as folder:
        snapshot = take_snapshot(options.folder, Path(folder))
        fill_store(snapshot)
        multiply(snapshot.index, options.datasets)
        print(f"{options.datasets:,} datasets, {snapshot.index.stat().st_size / 1e6:.0f} MB")
        for label, room in (("words that are new", 0), ("words that are kept", MAX_KEPT)):
            print(label)
            index = SearchIndex(snapshot.index, room)
            measure(index, questions, options.rounds)
            index.close()
        snapshot.discard()


if __name__ == "__main__":
    main()
