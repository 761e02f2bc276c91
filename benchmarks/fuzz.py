"""
Reads thousands of damaged documents of every kind: nothing may crash or hang, and every ledger must balance.

Run ``python benchmarks/fuzz.py [--count 5000] [--seed 0] [--jobs 2] [--seconds 300]``. Each trial takes a document of
the evaluation set or of the further kinds among the tests' documents, and damages it by a generator with a seed of its
own; ``--repeat FILE SEED`` does one trial again, in this process, and shows where it fails. Counted for each kind: read
as plan, read without a plan, refused with an error that says why, crashed (any other exception, or the end of the
process), too slow, out of balance. Exit code 1 if there is any of the last three.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import math
import multiprocessing
import random
import re
import resource
import signal
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from dcat_hk.core.errors import DcatHkError
from dcat_hk.core.limits import Budget
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Limits, read_bytes
from dcat_hk.reading.parsing import read_plan

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "evaluation" / "documents", ROOT / "tests" / "documents" / "kinds")
KINDS = ("docx", "html", "xlsx", "csv", "tsv", "pdf", "txt", "odt", "ods", "fods", "md", "mht", "xls")
OUTCOMES = ("plan", "no plan", "refused", "crashed", "too slow", "imbalance")
FAILURES = frozenset(OUTCOMES[3:])

#: So many documents of each kind, the smallest, are damaged.
SMALLEST = 12
#: Seconds that reading is given, and seconds of processor time after which its process is ended.
SECONDS, HARD = 5.0, 20.0
#: Seconds after which a process is ended whatever it has used: others may keep the processors from it.
PATIENCE = 300.0
#: Bytes of memory that a process may take.
MEMORY = 3_000_000_000

#: What is put into texts: controls, what turns the direction, marks of order, lone surrogates, noncharacters.
_SIGNS = tuple(
    sign.encode("utf-8", "surrogatepass")
    for sign in (
        *("\0", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\r", "\n", "\t", '"', "<", "&#0;", "&x;"),
        *("\u202e", "\u2066", "\u2069", "\u200b", "\u200f", "\u2028", "\ufeff", "\ufffd", "\ufffe", "\U000e0041"),
        *("\ud800", "\u0300" * 50, "\u2f00", "\ue000", "\U0010ffff"),
    )
)
_NOT_XML = ("\ufffe".encode(), "\ud800".encode("utf-8", "surrogatepass"))
#: Those of them that XML allows.
_LETTERS = tuple(sign for sign in _SIGNS if re.fullmatch(rb"[\t\r\n]|[\xc2\xe1-\xf4].*", sign) and sign not in _NOT_XML)
_NUMBERS = (
    b"0",
    b"1",
    b"-1",
    b"2",
    b"65536",
    b"999999999",
    b"4294967296",
    b"9" * 400,
    b"1e9",
    b"\xd9\xa3",
    b"\xc2\xb2",
)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TAG = re.compile(rb"<(/?)([A-Za-z][\w:.-]*)([^<>]*?)(/?)>")


class Trial(NamedTuple):
    """A document and the seed of what is done to it."""

    path: Path
    seed: int


class Result(NamedTuple):
    """What came of a trial: one of `OUTCOMES`, and what is to be said of it."""

    outcome: str
    about: str = ""


# ---- damage


def mutate(data: bytes, name: str, seed: int) -> bytes:
    """
    Return a damaged document, the same for the same name and seed.

    Args:
        data: A sound document.

        name: Its name, whose end says of which kind it is.

        seed: Of the generator that draws what is done.
    """
    chance = random.Random(f"{name} {seed}")  # noqa: S311 - damage, not secrets
    if name.endswith((".docx", ".xlsx", ".odt", ".ods")) and chance.random() < 0.8:
        return _in_package(data, chance)
    if name.endswith(".pdf") and chance.random() < 0.6:
        return _in_stream(data, chance)
    damaged = _damaged(data, chance)
    # Most texts stay decodable: a text that is none is refused at the door.
    if _is_utf8(data) and chance.random() < 0.8:
        return damaged.decode("utf-8", "ignore").encode()
    return damaged


def _is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8; old pages and tables are in other encodings."""
    with contextlib.suppress(UnicodeDecodeError):
        return bool(data.decode("utf-8"))
    return False


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with one to five faults."""
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        if data:
            data = chance.choice(_FAULTS)(data, chance)
    return data


def _deformed(data: bytes, chance: random.Random) -> bytes:
    """Return XML with one to five faults that mostly leave it well formed."""
    for _ in range(chance.choice((1, 2, 3, 5))):
        if data:
            data = chance.choice((_element, _element, _into_text, _number))(data, chance)
    return data


def _in_package(data: bytes, chance: random.Random) -> bytes:
    """Return a package with faults inside a part or two, or with parts lost, doubled or interchanged."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    main = [
        name
        for name in parts
        if re.search(r"document\.xml$|sheet\d*\.xml$|sharedStrings|workbook\.xml$|^content\.xml$", name)
    ]
    for _ in range(chance.choice((1, 1, 2))):
        name = chance.choice(main if chance.random() < 0.7 else list(parts))
        parts[name] = (_deformed if chance.random() < 0.7 else _damaged)(parts[name], chance)
    if chance.random() < 0.1:
        one, other = chance.sample(list(parts), 2)
        parts[one], parts[other] = parts[other], parts[one]
    if chance.random() < 0.1:
        del parts[chance.choice(list(parts))]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _in_stream(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF with faults inside a compressed stream."""
    streams = list(_STREAM.finditer(data))
    for match in chance.sample(streams, min(2, len(streams))):
        try:
            content = zlib.decompress(match[1])
        except zlib.error:
            continue
        packed = zlib.compress(_damaged(content, chance))
        # The streams stay where they are, if they can: the table of places stays right.
        data = data[: match.start(1)] + packed.ljust(len(match[1]), b"\0") + data[match.end(1) :]
        break
    return data


def _block(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Return where a stretch begins and ends, mostly a short one."""
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 4, 16, 64, 1024, 8192)))


def _flip(data: bytes, chance: random.Random) -> bytes:
    """Change some bits."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 30))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    """Take a stretch out."""
    start, end = _block(data, chance)
    return data[:start] + data[end:]


def _end(data: bytes, chance: random.Random) -> bytes:
    """Take the end off."""
    return data[: chance.randrange(len(data))]


def _double(data: bytes, chance: random.Random) -> bytes:
    """Write a stretch several times."""
    start, end = _block(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 10, 60)) + data[end:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    """Interchange two stretches."""
    (a, b), (c, d) = sorted((_block(data, chance), _block(data, chance)))
    b = min(b, c)
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _zeros(data: bytes, chance: random.Random) -> bytes:
    """Overwrite a stretch with zeros."""
    start, end = _block(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    """Put signs in that no plan has."""
    for _ in range(chance.choice((1, 3, 20))):
        start = chance.randrange(len(data))
        data = data[:start] + chance.choice(_SIGNS) + data[start:]
    return data


def _into_text(data: bytes, chance: random.Random) -> bytes:
    """Put signs between tags or after words, where they break no markup."""
    places = [match.end() for match in re.finditer(rb">(?=[^<\s])|[\xe4-\xe9][\x80-\xbf]{2}|[a-z] ", data)]
    for start in sorted(chance.choices(places, k=chance.choice((1, 5, 40))), reverse=True) if places else ():
        data = data[:start] + chance.choice(_LETTERS) + data[start:]
    return data


def _number(data: bytes, chance: random.Random) -> bytes:
    """Write other numbers for some."""
    found = list(re.finditer(rb"\d+", data))
    for match in sorted(chance.sample(found, min(len(found), chance.choice((1, 3, 10)))), key=re.Match.start)[::-1]:
        data = data[: match.start()] + chance.choice(_NUMBERS) + data[match.end() :]
    return data


def _lines(data: bytes, chance: random.Random) -> bytes:
    """Lose, double, move or join lines."""
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 4, 20))):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        done = chance.randrange(4)
        if done == 0 and len(lines) > 1:
            del lines[one]
        elif done == 1:
            lines.insert(other, lines[one])
        elif done == 2:
            lines[one], lines[other] = lines[other], lines[one]
        else:
            lines[one] = lines[one] + lines[other]
    return b"\n".join(lines)


def _element(data: bytes, chance: random.Random) -> bytes:
    """Lose, double, nest or move a whole element, so that what is left is well formed."""
    tags = [match for match in _TAG.finditer(data) if not match[4]]
    opening = [number for number, match in enumerate(tags) if not match[1]]
    if not opening:
        return _cut(data, chance)
    number = chance.choice(opening)
    depth, end = 0, len(data)
    for match in tags[number:]:
        if match[2] == tags[number][2]:
            depth += -1 if match[1] else 1
            if not depth:
                end = match.end()
                break
    start, inside = tags[number].span()
    element = data[start:end]
    if len(element) > 200_000:
        return data
    done = chance.randrange(4)
    if done == 0:
        return data[:start] + data[end:]
    if done == 1:
        return data[:end] + element * chance.choice((1, 3, 20)) + data[end:]
    if done == 2:
        return data[:inside] + element + data[inside:]
    opener, closer = data[start:inside], b"</" + tags[number][2] + b">"
    deep = chance.choice((1, 10, 150, 300))
    return data[:start] + opener * deep + element + closer * deep + data[end:]


_FAULTS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _cut, _end, _double, _swap, _zeros, _insert),
    *(_into_text, _into_text, _number, _number, _lines, _element, _element, _element),
)


# ---- trials


def trials(count: int, seed: int = 0, kinds: Sequence[str] = KINDS) -> Iterator[Trial]:
    """
    Yield so many trials, the kinds taking turns.

    Args:
        count: How many.

        seed: Of the first trial; each further one counts up.

        kinds: Ends of names of documents.
    """
    smallest = {
        kind: sorted(_documents(kind), key=lambda path: (path.stat().st_size, path.name))[:SMALLEST] for kind in kinds
    }
    for number in range(count):
        paths = smallest[kinds[number % len(kinds)]]
        yield Trial(paths[number // len(kinds) % len(paths)], seed + number)


def _documents(kind: str) -> Iterator[Path]:
    """Yield the documents of a kind."""
    for folder in FOLDERS:
        yield from (path for path in folder.glob(f"*.{kind}") if path.name != "README.md")


def read(data: bytes, name: str) -> Result:
    """
    Return what comes of reading bytes; what is no refusal goes through.

    Args:
        data: A document, damaged or not.

        name: What it is called.
    """
    try:
        limits = Limits(seconds=SECONDS)
        reading = read_plan(read_bytes(data, name, limits), load(), Budget(name, limits))
    except DcatHkError as error:
        return Result("refused", str(error))
    ledger = reading.ledger
    there = sum(not character.isspace() for line in reading.document.lines for character in line)
    if not there == ledger.characters == sum(ledger.accounted.values()):
        return Result("imbalance", f"{there} characters, {ledger.characters} in the ledger, {ledger.accounted}")
    return Result("plan" if reading.plan else "no plan")


def attempt(trial: Trial) -> Result:
    """
    Return what comes of a trial, a crash included.

    Args:
        trial: A document and a seed.
    """
    data = mutate(trial.path.read_bytes(), trial.path.name, trial.seed)
    try:
        return read(data, trial.path.name)
    except Exception as error:  # noqa: BLE001 - whatever a bug may raise is what is looked for
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        return Result("crashed", f"{type(error).__name__} at {place}: {str(error)[:100]}")


def _serve(connection: Connection) -> None:
    """Do the trials that come in, in a process that may be ended at any time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    load()
    connection.send(Result("no plan"))
    with contextlib.suppress(EOFError):
        while True:
            trial = connection.recv()
            # When the processor time is up the system ends the process, whatever it is in.
            signal.setitimer(signal.ITIMER_PROF, HARD)
            result = attempt(trial)
            signal.setitimer(signal.ITIMER_PROF, 0)
            connection.send(result)


class Worker:
    """A process that does one trial after the other, and is ended and started anew if one takes too long."""

    def __init__(self) -> None:
        """Start the process."""
        self._start()

    def _start(self) -> None:
        """Start a process that loads what every trial needs."""
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True)
        self._process.start()
        other.close()
        self._connection.recv()

    def run(self, trial: Trial) -> Result:
        """
        Return what comes of a trial, whatever becomes of its process.

        Args:
            trial: A document and a seed.
        """
        self._connection.send(trial)
        try:
            if self._connection.poll(PATIENCE):
                return Result(*self._connection.recv())
            result = Result("too slow", f"no end after {PATIENCE:g} seconds")
        except (EOFError, ConnectionError):
            self._process.join(5)
            code = self._process.exitcode
            result = Result("crashed", f"the process ended with {code}")
            if code == -signal.SIGPROF:
                result = Result("too slow", f"no end after {HARD:g} seconds of processor time")
        self.close()
        self._start()
        return result

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()


def run(count: int, seed: int, jobs: int, kinds: Sequence[str], seconds: float) -> dict[str, Counter[str]]:
    """
    Do trials, tell failures as they come, and return how many had which outcome, by kind.

    Args:
        count: How many trials.

        seed: Of the first one.

        jobs: How many processes do them.

        kinds: Ends of names of documents.

        seconds: After so many no further trial begins.
    """
    end = time.monotonic() + seconds
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    todo = list(trials(count, seed, kinds))

    def work(share: Sequence[Trial]) -> None:
        worker = Worker()
        for trial in share:
            if time.monotonic() > end:
                break
            result = worker.run(trial)
            counts[trial.path.suffix[1:]][result.outcome] += 1
            if result.outcome in FAILURES:
                print(f"{result.outcome}: --repeat {trial.path.name} {trial.seed}: {result.about}", flush=True)
        worker.close()

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(work, [todo[number::jobs] for number in range(jobs)]))
    return counts


def main() -> int:
    """Do the trials and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5_000, help="how many trials")
    parser.add_argument("--seed", type=int, default=0, help="of the first trial")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    parser.add_argument("--seconds", type=float, default=math.inf, help="after so many no further trial begins")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--repeat", nargs=2, metavar=("FILE", "SEED"), help="one trial again")
    parser.add_argument("--keep", type=Path, help="with --repeat: write the damaged document here")
    arguments = parser.parse_args()
    if arguments.repeat:
        name, seed = arguments.repeat
        path = next(folder / name for folder in FOLDERS if (folder / name).exists())
        data = mutate(path.read_bytes(), name, int(seed))
        if arguments.keep:
            arguments.keep.write_bytes(data)
        result = read(data, name)
        print(*result)
        return int(result.outcome in FAILURES)
    counts = run(arguments.count, arguments.seed, arguments.jobs, arguments.kinds, arguments.seconds)
    print(f"{'kind':6}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES))
    for kind, outcomes in counts.items():
        print(f"{kind:6}" + "".join(f"{outcomes[outcome]:>10}" for outcome in OUTCOMES))
    return int(any(outcomes[outcome] for outcomes in counts.values() for outcome in FAILURES))


if __name__ == "__main__":
    sys.exit(main())
