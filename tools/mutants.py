"""
Tries whether the tests notice small mistakes: each mutant of a module is tested, and must fail.

Run ``python tools/mutants.py [--jobs 2] [MODULE …]``. The modules and their tests stand in ``tools/mutants.toml``, and
there are the answers: why a mutant that no test notices does no harm. For each module are printed how many mutants
there are, how many were killed by a failing test or by running without end, and the survivors that have no answer.
Exit code 1 if there is one, if less than nine in ten of a module's mutants are killed, or if an answer is about a
mutant that is killed.

A first run of the tests notes which functions of the module each calls. A mutant of a function is put into the running
program and only those tests are run; one of the module itself is put in before anything imports it. Each runs in a
process of its own, whose time and memory the kernel limits.
"""

from __future__ import annotations

import argparse
import functools
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr, suppress
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple, cast

import pytest
from mutations import Mutant, make_mutants

ROOT = Path(__file__).parents[1]
ANSWERS = Path(__file__).with_suffix(".toml")
#: The least share of killed mutants.
LEAST = 0.9
#: A mutant gets so many times the processor time of the sound module, and so many seconds more.
PATIENCE, SECONDS_MORE = 5.0, 6
#: Bytes of memory of a mutant's process.
MEMORY = 4_000_000_000
KILLED, SURVIVED, UNTESTED = 0, 1, 2
#: Packages of others that tests import; none imports ours.
_SHARED = ("_pytest.doctest", "hypothesis.internal.conjecture", "jsonschema", "lxml.html", "pyoxigraph", "opencc")
#: What is remembered of these does not depend on the modules that are changed.
_KEPT = ("dcat_hk.core.wording", "dcat_hk.core.vocabularies", "re", "sre", "typing", "pytest", "_pytest", "hypothesis")


class Target(NamedTuple):
    """A module to change, its tests, words in the names of tests to leave out, and the answers about survivors."""

    module: str
    tests: tuple[str, ...]
    without: str
    answers: dict[str, str]

    @property
    def path(self) -> Path:
        """Return the file of the module."""
        return ROOT / f"{self.module.replace('.', '/')}.py"


class Verdict(NamedTuple):
    """What became of a mutant."""

    mutant: Mutant
    outcome: int

    @property
    def name(self) -> str:
        """Return what answers call the mutant."""
        return f"{self.mutant.function}: {self.mutant.change}" if self.mutant.function else self.mutant.change


class _Notes:
    """A plugin of pytest that runs the tests of the sound module, then those that call what a mutant changes."""

    def __init__(self, target: Target, mutants: Sequence[Mutant], jobs: int) -> None:
        """Begin with nothing noted."""
        self._target, self._mutants, self._jobs = target, mutants, jobs
        self._called: dict[str, set[str]] = {}
        self._seconds: dict[str, float] = {}
        self._failed = False
        self.sound = True
        self.verdicts: list[Verdict] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once as they are, and then for each mutant."""
        before = time.process_time()
        for number, item in enumerate(session.items):
            self._run_noting(item, session.items[number + 1] if number + 1 < len(session.items) else None)
        if self._failed:
            self.sound = False
            return True
        print(f"{self._target.module}: {len(session.items)} tests, {time.process_time() - before:.0f} s", flush=True)
        in_functions = [mutant for mutant in self._mutants if mutant.function]
        self.verdicts = list(
            run_in_processes(in_functions, lambda mutant: self._try(session, mutant), self._limit, self._jobs)
        )
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        self._failed |= report.failed

    def _run_noting(self, item: pytest.Item, following: pytest.Item | None) -> None:
        """Run a test and note which functions of the module it calls."""
        forget()
        called: set[str] = set()
        path = str(self._target.path)

        def note(frame: FrameType, event: str, _argument: object) -> None:
            if event == "call" and frame.f_code.co_filename == path:
                called.add(frame.f_code.co_qualname.partition(".<locals>")[0])

        before = time.process_time()
        sys.setprofile(note)
        try:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        finally:
            sys.setprofile(None)
        self._seconds[item.nodeid] = time.process_time() - before
        for function in called:
            self._called.setdefault(function, set()).add(item.nodeid)

    def _items(self, session: pytest.Session, mutant: Mutant) -> list[pytest.Item]:
        """Return the tests that call what is changed, the quick ones first."""
        names = self._called.get(mutant.function, set())
        found = [item for item in session.items if item.nodeid in names]
        return sorted(found, key=lambda item: self._seconds[item.nodeid])

    def _limit(self, mutant: Mutant) -> float:
        """Return how many seconds the tests of a mutant may take."""
        return PATIENCE * sum(self._seconds[name] for name in self._called.get(mutant.function, ())) + SECONDS_MORE

    def _try(self, session: pytest.Session, mutant: Mutant) -> int:
        """Put a mutant in, in this process, and return whether a test fails."""
        items = self._items(session, mutant)
        if not items:
            return UNTESTED
        put_in(mutant, self._target)
        forget()
        for number, item in enumerate(items):
            following = items[number + 1] if number + 1 < len(items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return KILLED
        return SURVIVED


def forget() -> None:
    """Let whatever remembers results forget them, except what cannot depend on the changed module."""
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and not str(thing.__module__).startswith(_KEPT):
            thing.cache_clear()


def put_in(mutant: Mutant, target: Target) -> None:
    """Give the live function the code of a mutant's."""
    code = compile(mutant.tree, str(target.path), "exec")
    found = next(each for each in find_codes(code) if each.co_qualname == mutant.function)
    function = find_function(sys.modules[target.module], mutant.function)
    function.__code__ = found


def find_codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of everything that is defined in a module."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from find_codes(constant)


def find_function(module: ModuleType, name: str) -> FunctionType:
    """Return the function of a name, as `Class.method`, whatever stands around it."""
    thing: Any = module
    for part in name.split("."):
        thing = vars(thing)[part]
    for attribute in ("fget", "func", "__func__", "__wrapped__", "__wrapped__"):
        thing = getattr(thing, attribute, thing)
    assert isinstance(thing, FunctionType), name
    return thing


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets an import find a mutant in place of its module."""

    def __init__(self, mutant: Mutant, target: Target) -> None:
        """Take a mutant."""
        self._mutant, self._target = mutant, target

    def find_spec(self, name: str, _path: object, _target: object = None) -> importlib.machinery.ModuleSpec | None:
        """Return where a module is."""
        if name != self._target.module:
            return None
        return importlib.util.spec_from_file_location(name, self._target.path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutant."""
        exec(compile(self._mutant.tree, str(self._target.path), "exec"), vars(module))  # nosec B102 # noqa: S102 - our own code


class _Stopper:
    """A plugin of pytest that lets a mutant be found, and ends the process with the first failure."""

    def __init__(self, finder: _Finder) -> None:
        """Take what finds the mutant."""
        self._finder = finder

    def pytest_configure(self) -> None:
        """Look for the mutant before pytest does, which reads modules with examples itself."""
        sys.meta_path.insert(0, self._finder)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """End with a failure."""
        if report.failed:
            os._exit(KILLED)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """End if the tests cannot even be collected."""
        if report.failed:
            os._exit(KILLED)


def try_in_module(mutant: Mutant, target: Target, folder: Path) -> int:
    """Let a mutant be imported, in this process, and return whether a test fails."""
    finder = _Finder(mutant, target)
    # What the tests have in common is imported before any plugin is asked.
    sys.meta_path.insert(0, finder)
    code = pytest.main([*arguments(target, folder), "-x"], plugins=[_Stopper(finder)])
    return SURVIVED if code == pytest.ExitCode.OK else KILLED


def arguments(target: Target, folder: Path) -> list[str]:
    """Return the arguments of pytest for a module's tests."""
    options = [
        "-q",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--no-header",
        "--no-summary",
        "-W",
        "ignore",
    ]
    selection = ["-k", f"not ({target.without})"] if target.without else []
    return [*options, *selection, f"--basetemp={folder}", *target.tests]


def run_in_processes(
    mutants: Iterable[Mutant], attempt: Callable[[Mutant], int], limit: Callable[[Mutant], float], jobs: int
) -> Iterator[Verdict]:
    """
    Yield what becomes of mutants, each tried in a process of its own.

    Args:
        mutants: What to try.

        attempt: Tries one in the process at hand and returns the outcome.

        limit: How many seconds of processor time one may take.

        jobs: How many run at a time.
    """
    running: dict[int, tuple[Mutant, float]] = {}
    waiting = iter(mutants)
    following = next(waiting, None)
    while running or following:
        while following and len(running) < jobs:
            running[_start(following, attempt, limit(following))] = (
                following,
                time.monotonic() + 10 * limit(following),
            )
            following = next(waiting, None)
        for process, (mutant, end) in list(running.items()):
            if time.monotonic() > end:
                os.killpg(process, signal.SIGKILL)
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                del running[process]
                # Whatever the process has started ends with it.
                _end_group(process)
                exited = os.WEXITSTATUS(status) if os.WIFEXITED(status) else KILLED
                yield Verdict(mutant, exited if exited in (SURVIVED, UNTESTED) else KILLED)
        time.sleep(0.005)


def _end_group(process: int) -> None:
    """End what a process has left behind."""
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def _start(mutant: Mutant, attempt: Callable[[Mutant], int], seconds: float) -> int:
    """Start a process that tries a mutant; return its number."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    outcome = KILLED
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 2))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        null = os.open(os.devnull, os.O_RDWR)
        for number in (1, 2):
            os.dup2(null, number)
        outcome = attempt(mutant)
    finally:
        os._exit(outcome)


def load_targets(names: Sequence[str]) -> list[Target]:
    """Return the modules of the table, or those that are named."""
    table = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
    targets = [
        Target(
            each["module"],
            tuple(each["tests"]),
            each.get("without", ""),
            {answer["mutant"]: answer["why"] for answer in each.get("answers", ())},
        )
        for each in table["modules"]
    ]
    return [target for target in targets if not names or any(target.module.endswith(name) for name in names)]


def try_target(target: Target, jobs: int, folder: Path) -> list[Verdict]:
    """Return what becomes of the mutants of a module; the process must not have imported it."""
    # What is imported now need not be imported by each process.
    for name in _SHARED:
        with suppress(ImportError):
            importlib.import_module(name)
    mutants = list(make_mutants(target.path.read_text(encoding="utf-8")))
    in_functions = try_functions(target, mutants, jobs, folder / "functions")
    # What no test calls may run when the module is imported.
    rest = [mutant for mutant in mutants if in_functions.get(_key(mutant), UNTESTED) == UNTESTED]
    verdicts = {
        _key(verdict.mutant): verdict.outcome
        for verdict in run_in_processes(
            rest, lambda mutant: try_in_module(mutant, target, folder / "module"), lambda _mutant: 600, jobs
        )
    }
    outcomes = in_functions | verdicts
    return [Verdict(mutant, outcomes[_key(mutant)]) for mutant in sorted(mutants, key=lambda mutant: mutant.line)]


def _key(mutant: Mutant) -> str:
    """Return what tells a mutant from the others of its module."""
    return f"{mutant.function}: {mutant.change}"


def try_functions(target: Target, mutants: Sequence[Mutant], jobs: int, folder: Path) -> dict[str, int]:
    """Return what becomes of the mutants of functions, tried in a process that imports the module."""
    receiver, sender = os.pipe()
    process = os.fork()
    if not process:
        notes = _Notes(target, mutants, jobs)
        with redirect_stderr(io.StringIO()):
            pytest.main(arguments(target, folder), plugins=[notes])
        outcomes = {_key(verdict.mutant): verdict.outcome for verdict in notes.verdicts} if notes.sound else None
        with os.fdopen(sender, "w") as pipe:
            json.dump(outcomes, pipe)
        sys.stdout.flush()
        os._exit(0)
    os.close(sender)
    with os.fdopen(receiver) as pipe:
        outcomes = json.load(pipe)
    os.waitpid(process, 0)
    if outcomes is None:
        raise SystemExit(f"{target.module}: the tests fail without any mutant")
    return cast(dict[str, int], outcomes)


def report(target: Target, verdicts: Sequence[Verdict]) -> bool:
    """Print what became of a module's mutants; return whether all is well."""
    survivors = [verdict for verdict in verdicts if verdict.outcome != KILLED]
    open_ones = [verdict for verdict in survivors if verdict.name not in target.answers]
    names = {verdict.name for verdict in survivors}
    stale = [name for name in target.answers if name not in names]
    killed = len(verdicts) - len(survivors)
    share = killed / max(1, len(verdicts))
    print(f"{target.module}: {len(verdicts)} mutants, {killed} killed ({share:.1%}), {len(open_ones)} without answer")
    for verdict in open_ones:
        print(
            f"  line {verdict.mutant.line}: {verdict.name}"
            + ("  (no test calls it)" if verdict.outcome == UNTESTED else "")
        )
    for name in stale:
        print(f"  an answer is about a mutant that is killed, or is none: {name}")
    sys.stdout.flush()
    return share >= LEAST and not open_ones and not stale


def main() -> int:
    """Try the mutants and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="only these, by the ends of their names")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    options = parser.parse_args()
    os.chdir(ROOT)
    well = True
    for target in load_targets(options.modules):
        # Each module is tried in a process that has imported none.
        process = os.fork()
        if not process:
            folder = Path(tempfile.mkdtemp(prefix="mutants-"))
            try:
                code = not report(target, try_target(target, options.jobs, folder))
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            sys.stdout.flush()
            os._exit(code)
        well &= os.waitpid(process, 0)[1] == 0
    return int(not well)


if __name__ == "__main__":
    sys.exit(main())
