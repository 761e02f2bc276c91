"""The commands that change files, each with something to change: what `faults` lets fail."""

import csv
import io
import json
import tempfile
from pathlib import Path

from dcat_hk.core import vocabularies
from dcat_hk.portal.snapshots import write_snapshot
from support.commands import run
from support.faults import Trial, attempt
from support.linked_rows import make_portal, make_record
from support.plan_texts import PlanText, Row, as_tabs
from support.sailing_plans import write_sailing_plans


def write_plan(path: Path, first: int, count: int = 2) -> None:
    """Write a small plan."""
    rows = [Row("氣象", f"潮汐{number}", f"{number}/{first}", "每日", "讀數 (CSV)") for number in range(1, count + 1)]
    plan = PlanText("香港天文台", first, {("A", "ii"): rows}, f"{first - 1}年12月")
    path.write_text(as_tabs(plan), encoding="utf-8")


def _do(root: Path, *arguments: object) -> None:
    """Run a command that must succeed."""
    (root / "tmp").mkdir(exist_ok=True)
    done = attempt(root, arguments)
    assert done.code == 0, done.told


def keep_few_concepts() -> None:
    """
    Let this process, and those that are forked from it, know few bodies, categories and formats of ours.

    Each of them is a file of `feed`, written by the same lines: without most of them, every step can be tried.
    """
    read = vocabularies.read_vocabulary

    def read_some(name, base):
        for thing in read(name, base):
            scheme, _slash, code = thing.iri.removeprefix(base).rpartition("/")
            if code in _FEW.get(scheme, (code,)):
                yield thing

    vocabularies.read_vocabulary = read_some
    vocabularies._load.cache_clear()


#: What `keep_few_concepts` keeps: what the plans below name, and one of each kind that they do not.
_FEW = {
    "organisation": ("hk-hko", "hk-dpo", "operator"),
    "def/category": ("climate-and-weather", "environment", "transport", "recreation-and-culture", "food"),
    "def/format": ("API",),
}


def make_trials(folder: Path) -> dict[str, Trial]:
    """
    Return a trial for each command that changes files.

    Args:
        folder: Where their files are made.
    """
    warm_up(folder)
    trials = {}
    for name, maker in _MAKERS.items():
        root = folder / name
        root.mkdir()
        arguments, target, by_file = maker(root)
        trials[name] = Trial(root, tuple(map(str, arguments)), target, by_file)
    return trials


def warm_up(folder):
    """Run commands in this process first: those that are forked from it need not load everything anew."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        plans, output = Path(name) / "plans", Path(name) / "output"
        plans.mkdir()
        write_sailing_plans(plans)
        run("build", plans, "-o", output, "-q", "-j", 1, "--skip-validation")
        run("reconcile", plans, "--no-cache", "-j", 1, "-q", "--write", "--links", Path(name) / "links")
        run("review", plans, "--csv", Path(name) / "asked.csv", "-j", 1, "-q")
        run("feed", output, "-o", Path(name) / "site", "--format", "nt", "-j", 1, "-q")


def _make_build(root, count=2):
    """A build in the place of an older one."""
    (root / "plans").mkdir()
    write_plan(root / "plans" / "a.txt", 2024, count)
    _do(root, "build", root / "plans", "-o", root / "output", "-q", "-j", 1, "--skip-validation")
    write_plan(root / "plans" / "b.txt", 2025, count)
    return ("build", "ROOT/plans", "-o", "ROOT/output", "-q", "-j", 1, "--skip-validation"), "output", False


def _make_feed(root):
    """A website in the place of an older one."""
    _make_build(root, 1)
    options = ("--format", "nt", "-j", 1, "-q")
    _do(root, "feed", root / "output", "-o", root / "site", *options)
    _do(root, "build", root / "plans", "-o", root / "output", "-q", "-j", 1, "--skip-validation")
    return ("feed", "ROOT/output", "-o", "ROOT/site", *options), "site", False


def _make_reconcile(root):
    """Links of three plans beside those of two."""
    (root / "plans").mkdir()
    write_sailing_plans(root / "plans")
    options = ("--no-cache", "-j", 1, "-q", "--write", "--links", "ROOT/links")
    return ("reconcile", "ROOT/plans", *options), "links", True


def _make_review(root):
    """Answers that come back from a spreadsheet."""
    (root / "plans").mkdir()
    write_sailing_plans(root / "plans")
    (root / "links").mkdir()
    _do(root, "review", root / "plans", "--links", root / "links", "--csv", root / "asked.csv", "-j", 1, "-q")
    lines = list(csv.DictReader(io.StringIO((root / "asked.csv").read_text(encoding="utf-8-sig"), newline="")))
    with (root / "filled.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows([line | {"answer": "same"} for line in lines[:1]])
    options = ("--links", "ROOT/links", "--reviewer", "me", "-j", 1, "-q")
    return ("review", "ROOT/plans", "--from", "ROOT/filled.csv", *options), "links", True


def _make_portal(root):
    """A snapshot of the portal in the place of an older one, of whose eleven records one is gone."""
    (root / "pages").mkdir()
    options = ("-o", "ROOT/portal/2025-09", "-q")
    for page, slugs in (("a", "abcdefghijk"), ("b", "bcdefghijkl")):
        packages = [{"name": f"hk-hko-{slug}", "title": f"Tides {slug}"} for slug in slugs]
        answer = {"success": True, "result": {"count": len(packages), "results": packages}}
        (root / "pages" / f"{page}-en-2025-09.json").write_text(json.dumps(answer), encoding="utf-8")
    _do(root, "portal", "read", root / "pages" / "a-en-2025-09.json", "-o", root / "portal" / "2025-09", "-q")
    return ("portal", "read", "ROOT/pages/b-en-2025-09.json", *options), "portal", True


def _make_link(root):
    """Links of rows with the portal in the place of older ones."""
    (root / "plans").mkdir()
    write_sailing_plans(root / "plans")
    (root / "portal").mkdir()
    options = ("--links", root / "links", "--write", "--no-cache", "-j", 1, "-q")
    for name, titles in (("2022-12", ["Speed zones"]), ("2023-01", ["Number of yacht licences", "Sailing fairways"])):
        records = [make_record(f"hk-hsd-{number}", title) for number, title in enumerate(titles)]
        lines, _head = write_snapshot(make_portal(*records, date=name), root / "portal" / f"{name}.jsonl.gz")
        if name == "2022-12":
            _do(root, "link", root / "plans", "--portal", lines, *options)
    portal = "ROOT/portal/2023-01.jsonl.gz"
    return ("link", "ROOT/plans", "--portal", portal, "--links", "ROOT/links", *options[2:]), "links", True


_MAKERS = {
    "build": _make_build,
    "feed": _make_feed,
    "reconcile": _make_reconcile,
    "review": _make_review,
    "portal": _make_portal,
    "link": _make_link,
}
