"""
Measures the search of `dcat-hk serve`: how long questions take, one after the other and eight at a time.

Run ``python benchmarks/searching.py [--datasets 100000] [FOLDER]``. The datasets of an output folder are written again
and again under other identifiers until there are so many, so that every word is found as often as it can be. Questions
are asked over HTTP, pages of `/search` and `package_search` in turn: words in both scripts, common and rare, filters,
every order. Each is asked once before the clock runs. Server and client share the processors of one machine.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.web_servers import republish, serving  # noqa: E402 - what tests share is found beside them

WORDS = [
    "巴士",
    "醫院",
    "衞生",
    "统计",
    "數目",
    "急症",
    "hospital",
    "CSV",
    "waiting time",
    "香港警務處",
    "罪案數字比較",
    "",
]
FILTERS = ["", "&stage=planned", "&format=CSV&year=2024", "&body=hk-hkpf"]
ORDERS = ["relevance", "-month", "name"]


def list_questions() -> list[str]:
    """Return the addresses to ask for."""
    pages = [
        f"search?lang=en&q={quote(w)}{chosen}&sort={order}" for w in WORDS for chosen in FILTERS for order in ORDERS
    ]
    facets = quote('["organization","groups","res_format"]')
    actions = [f"api/3/action/package_search?q={quote(w)}&rows=20&facet.field={facets}" for w in WORDS]
    return [*pages, *actions]


def multiply(quads: str, datasets: int) -> str:
    """Return quads of so many datasets: each dataset with its records and promise again and again."""
    own = [line for line in quads.splitlines(keepends=True) if re.match(r"<[^>]*/(?:dataset|record|promise)/", line)]
    count = len(set(re.findall(r"^<([^>]*/dataset/[^>/]*)>", quads, re.MULTILINE)))
    pattern = re.compile(r"(/(?:dataset|promise)/)([a-z0-9-]+)|(/record/[^>]*)")

    def rename(number: int) -> str:
        def name(match: re.Match[str]) -> str:
            return f"{match[1]}{match[2]}-{number}" if match[1] else f"{match[3]}-{number}"

        return "".join(pattern.sub(name, line) for line in own)

    return quads + "".join(rename(number) for number in range(1, datasets // count + 1))


def ask(server: Any, address: str) -> float:
    """Ask for an address and return the seconds that it took."""
    began = time.perf_counter()
    assert server.ask(address, Accept_Encoding="gzip").status == 200, address
    return time.perf_counter() - began


def show(label: str, times: list[float]) -> None:
    """Print the median, the 99th percentile and the longest time."""
    ordered = sorted(times)
    figures = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.5, 0.99, 1.0)]
    print(f"{label:24} p50 {figures[0]:7.1f} ms   p99 {figures[1]:7.1f} ms   longest {figures[2]:7.1f} ms")


def main() -> None:
    """Make the catalogue, serve it, ask, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "output")
    parser.add_argument("--datasets", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        republish(options.folder, output, lambda quads: multiply(quads, options.datasets))
        began = time.perf_counter()
        with serving(output, Path(folder) / "log") as server:
            print(f"{server.ask('health').text.strip()} ready after {time.perf_counter() - began:.0f} s")
            questions = list_questions()
            show("the first time", [ask(server, one) for one in questions])
            show("one after the other", [ask(server, one) for one in questions * options.rounds])
            with ThreadPoolExecutor(8) as pool:
                show("eight at a time", list(pool.map(lambda one: ask(server, one), questions * options.rounds)))


if __name__ == "__main__":
    main()
