"""
Reads thousands of damaged inputs of every kind: nothing may crash or hang, and every ledger must balance.

Run ``python benchmarks/fuzz.py [--count 10000] [--seed 0] [--jobs 2] [--seconds 300]``. Each trial takes a document of
the evaluation set, of the further kinds among the tests' documents, or a file of RDF, shapes, settings or SPARQL in
``tests/documents/fuzz``, and damages it by a generator with a seed of its own. Documents are read as plans; RDF is
validated and scored, and shapes are used to validate, with every kind of report. ``--repeat FILE SEED`` does one trial
again, in this process, and shows where it fails. Counted for each kind: read, read without a plan, refused with an
error that says why, crashed (any other exception, or the end of the process), too slow, out of balance. Exit code 1 if
there is any of the last three.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import multiprocessing
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from dcat_hk.checking.scoring.report_json import as_json as score_as_json
from dcat_hk.checking.scoring.run import ScoringOptions, score_catalogue
from dcat_hk.checking.validating import FORMATS, ValidationOptions, validate_files
from dcat_hk.checking.validating.report_text import as_text, as_text_by_thing
from dcat_hk.core.errors import DcatHkError
from dcat_hk.core.limits import Budget
from dcat_hk.core.settings import load_settings
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Limits, read_bytes
from dcat_hk.reading.parsing import read_plan
from dcat_hk.serving.queries import bind_parameters, read_query
from dcat_hk.serving.stores.answers import WRITERS, GraphResult
from dcat_hk.serving.stores.querying import query_folder

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.damaged_texts import damage_rdf, damage_text  # noqa: E402 - what tests share is found beside them
from support.damaging import damage_document  # noqa: E402

FOLDERS = (ROOT / "evaluation" / "documents", ROOT / "tests" / "documents" / "kinds")
#: The kept files that are no documents: a folder for each kind.
CORPUS = ROOT / "tests" / "documents" / "fuzz"
DOCUMENTS = ("docx", "html", "xlsx", "csv", "tsv", "pdf", "txt", "odt", "ods", "fods", "md", "mht", "xls")
TEXTS = ("rdf", "shapes", "settings", "queries")
KINDS = (*DOCUMENTS, *TEXTS)
OUTCOMES = ("read", "no plan", "refused", "crashed", "too slow", "imbalance")
FAILURES = frozenset(OUTCOMES[3:])

#: So many documents of each kind, the smallest, are damaged.
SMALLEST = 12
#: Seconds that reading is given, and seconds of processor time after which its process is ended.
SECONDS, HARD = 5.0, 20.0
#: Seconds after which a process is ended whatever it has used: others may keep the processors from it.
PATIENCE = 300.0
#: Bytes of memory that a process may take.
MEMORY = 3_000_000_000


class Trial(NamedTuple):
    """A document and the seed of what is done to it."""

    path: Path
    seed: int


class Result(NamedTuple):
    """What came of a trial: one of `OUTCOMES`, and what is to be said of it."""

    outcome: str
    about: str = ""


# ---- trials


def trials(count: int, seed: int = 0, kinds: Sequence[str] = KINDS) -> Iterator[Trial]:
    """
    Yield so many trials, the kinds taking turns.

    Args:
        count: How many.

        seed: Of the first trial; each further one counts up.

        kinds: Some of `KINDS`.
    """
    smallest = {
        kind: sorted(_documents(kind), key=lambda path: (path.stat().st_size, path.name))[:SMALLEST] for kind in kinds
    }
    for number in range(count):
        paths = smallest[kinds[number % len(kinds)]]
        yield Trial(paths[number // len(kinds) % len(paths)], seed + number)


def _documents(kind: str) -> Iterator[Path]:
    """Yield the sound files of a kind."""
    if kind in TEXTS:
        yield from (CORPUS / kind).iterdir()
        return
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
    return Result("read" if reading.plan else "no plan")


def kind_of(path: Path) -> str:
    """Return of which of `KINDS` a sound file is."""
    return path.parent.name if path.parent.parent == CORPUS else path.suffix[1:]


def check_rdf(path: Path) -> None:
    """Validate and score a file with shapes of every component, and write every kind of report."""
    options = ValidationOptions(shapes=(CORPUS / "shapes" / "components.ttl",), allow_empty=True)
    write_reports(path, options)
    assessment = score_catalogue([path], ScoringOptions())
    "".join(score_as_json(assessment))


def check_shapes(path: Path) -> None:
    """Validate sound data with a file of shapes."""
    write_reports(CORPUS / "rdf" / "catalogue.ttl", ValidationOptions(shapes=(path,), allow_empty=True))


def write_reports(path: Path, options: ValidationOptions) -> None:
    """Validate a file and write every kind of report."""
    outcome = validate_files([path], options)
    for write in (as_text, as_text_by_thing, *FORMATS.values()):
        write(outcome)


def check_settings(path: Path) -> None:
    """Load settings."""
    load_settings(path, {})


def check_query(path: Path) -> None:
    """Ask a query of the kept data."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "catalogue.nq").write_bytes((CORPUS / "rdf" / "catalogue.nq").read_bytes())
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return
        with query_folder(folder, bind_parameters(read_query(path.name, text), {}), SECONDS) as result:
            writer = WRITERS["turtle" if isinstance(result, GraphResult) else "json"]
            "".join(writer(result, "https://example.org/", None))


CHECKS: dict[str, Callable[[Path], None]] = {
    "rdf": check_rdf,
    "shapes": check_shapes,
    "settings": check_settings,
    "queries": check_query,
}


def damage(path: Path, seed: int) -> tuple[bytes, str]:
    """
    Return a damaged file and its name.

    Args:
        path: A sound file.

        seed: Of the generator that draws what is done.
    """
    data, kind = path.read_bytes(), kind_of(path)
    if kind in ("rdf", "shapes"):
        damaged, name = damage_rdf(data, path.name, seed)
        return damaged, name
    if kind in TEXTS:
        return damage_text(data, path.name, seed), path.name
    return damage_document(data, path.name, seed), path.name


def examine(kind: str, data: bytes, name: str) -> Result:
    """
    Return what comes of a file of a kind; what is no refusal goes through.

    Args:
        kind: One of `KINDS`.

        data: What is in it.

        name: What it is called.
    """
    if kind not in CHECKS:
        return read(data, name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            CHECKS[kind](path)
        except DcatHkError as error:
            return Result("refused", str(error))
    return Result("read")


def attempt(trial: Trial) -> Result:
    """
    Return what comes of a trial, a crash included.

    Args:
        trial: A document and a seed.
    """
    data, name = damage(trial.path, trial.seed)
    try:
        return examine(kind_of(trial.path), data, name)
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
    connection.send(Result("read"))
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
        self._process = context.Process(target=_serve, args=(other,))
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
            counts[kind_of(trial.path)][result.outcome] += 1
            if result.outcome in FAILURES:
                print(
                    f"{result.outcome}: --repeat {trial.path.relative_to(ROOT)} {trial.seed}: {result.about}",
                    flush=True,
                )
        worker.close()

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(work, [todo[number::jobs] for number in range(jobs)]))
    return counts


def main() -> int:
    """Do the trials and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="how many trials")
    parser.add_argument("--seed", type=int, default=0, help="of the first trial")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    parser.add_argument("--seconds", type=float, default=math.inf, help="after so many no further trial begins")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--repeat", nargs=2, metavar=("FILE", "SEED"), help="one trial again")
    parser.add_argument("--keep", type=Path, help="with --repeat: write the damaged document here")
    arguments = parser.parse_args()
    if arguments.repeat:
        name, seed = arguments.repeat
        path = ROOT / name
        data, name = damage(path, int(seed))
        if arguments.keep:
            arguments.keep.write_bytes(data)
        result = examine(kind_of(path), data, name)
        print(*result)
        return int(result.outcome in FAILURES)
    counts = run(arguments.count, arguments.seed, arguments.jobs, arguments.kinds, arguments.seconds)
    print(f"{'kind':9}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES))
    for kind, outcomes in counts.items():
        print(f"{kind:9}" + "".join(f"{outcomes[outcome]:>10}" for outcome in OUTCOMES))
    return int(any(outcomes[outcome] for outcomes in counts.values() for outcome in FAILURES))


if __name__ == "__main__":
    sys.exit(main())
