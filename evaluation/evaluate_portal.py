"""
Measures how well rows of plans are linked with the records of the portal.

In: the seeds, two plans of own making and rows of others (portal/*.tsv) with the records that their rows are, and the
recorded records of the portal in the shared folder. Out: a table of figures for each model: all records there, a fifth
and two fifths of the true ones taken away, and with Chinese titles; exit code 1 if a threshold is missed. With
--write-readme the table also goes into README.md. Without the recorded records nothing is measured.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from dcat_hk.build.timeline import find_successors
from dcat_hk.core.caching import open_cache
from dcat_hk.core.errors import UsageError
from dcat_hk.core.plan import Plan
from dcat_hk.core.vocabularies import load
from dcat_hk.linking.matching import LinkingTask, link_rows
from dcat_hk.linking.models import LanguageModels, open_models
from dcat_hk.linking.outcomes import RowLink
from dcat_hk.linking.weights import MODELS, Model
from dcat_hk.portal.reading import PortalInput, read_portal
from dcat_hk.portal.snapshots import PortalSnapshot, make_snapshot

sys.path.insert(0, str(Path(__file__).parent))

from evaluate_timeline import as_items, read_seeds, write_readme
from nextplans import PREFIXES, SYNONYMS
from rowtables import Truth, make_plan, read_rows, split_records
from unseen import read_unseen

HERE = Path(__file__).parent
TRUTH = HERE / "portal"
#: The records of the portal that were recorded; they are no part of the project.
RECORDED = HERE.parents[1] / "shared/reference/portal/derived_catalogue_en_2025-09.tsv"
RECORDED_DATE = "2025-09-13"
#: The plans of own making.
OWN_PLANS = ("fire", "parks")
#: Which shares of the true records are taken away, and how often.
REMOVED, DRAWS = (0.2, 0.4), 2
#: Which share of the Chinese titles that are simulated are reworded.
REWORDED = 0.5

_COLUMNS = (
    "rows, records of the portal",
    "model",
    "links that are right",
    "rows with a record that are linked",
    "record among five for the others",
)


@dataclass(frozen=True)
class Required:
    """The least that is required of a model on the seeds: of rows that are linked, of candidates, of right links."""

    recall: float
    among_five: float
    precision: tuple[float, float]


REQUIRED: Mapping[Model, Required] = {
    "none": Required(0.18, 0.85, (0.995, 0.99)),
    "use": Required(0.3, 0.93, (0.99, 0.985)),
    "use+e5": Required(0.45, 0.93, (0.99, 0.985)),
}
#: The least with Chinese titles: of right links, and of rows that are linked.
REQUIRED_CHINESE = (0.995, 0.85)


@dataclass
class LinkTally:
    """What was said of rows, as counts, and each link that was wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Return the share of written links that are right."""
        return self.counts["right"] / self.counts["written"] if self.counts["written"] else 1.0

    @property
    def recall(self) -> float:
        """Return the share of rows that have a record and are linked with it."""
        return self.counts["right"] / self.counts["there"] if self.counts["there"] else 1.0

    @property
    def among_five(self) -> float:
        """Return the share of rows that are not linked, but have a record, whose record is among the candidates."""
        return self.counts["found"] / self.counts["asked"] if self.counts["asked"] else 1.0

    def join(self, other: LinkTally) -> None:
        """Add the counts of another."""
        self.counts += other.counts
        self.wrong += other.wrong

    def add(self, links: Sequence[RowLink], truth: Truth, there: Collection[str]) -> None:
        """
        Count what is said of rows.

        Args:
            links: What is said.

            truth: The records that rows are.

            there: The records that the snapshot has.
        """
        for link in links:
            records = truth[name_document(link.plan.head.doc), link.row.entry.row_name] & set(there)
            self.counts["there"] += bool(records)
            if link.slug:
                self.counts["written"] += 1
                self.counts["right"] += link.slug in records
                if link.slug not in records:
                    self.wrong.append(f"{link.plan.head.doc} {link.row.entry.row_name}: {link.slug}")
            elif records:
                self.counts["asked"] += 1
                self.counts["found"] += bool(records & {one.slug for one in link.candidates})


def name_document(doc: str) -> str:
    """
    Return what the truth calls a document: the number of a seed, the name of a plan of own making.

    >>> name_document("000_d84cc4dd47a9b165.txt"), name_document("fire.tsv")
    ('000', 'fire')
    """
    return Path(doc).stem.partition("_")[0]


# ---- what is read


def read_recorded() -> PortalSnapshot:
    """Return the recorded records as a snapshot."""
    return read_portal([PortalInput(RECORDED.name, RECORDED.read_bytes(), "en")], date=RECORDED_DATE).snapshot


def read_own_plan(name: str) -> tuple[Plan, Truth]:
    """
    Return a plan of own making, and the records that its rows are.

    Args:
        name: The name of its file, without ending.
    """
    first, head, *lines = (TRUTH / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    bureau, begin, end, dated = first.removeprefix("# ").split("\t")
    return make_plan(name, bureau, (int(begin), int(end)), "Hant", dated, read_rows(head, lines))


def read_seed_truth() -> Truth:
    """Return the records that the rows of the seeds are, by the number of the seed."""
    lines = (TRUTH / "seeds.tsv").read_text(encoding="utf-8").splitlines()[2:]
    cells = (line.split("\t") for line in lines)
    return {(seed, row): split_records(records) for seed, row, records in cells}


# ---- what is changed


def without(snapshot: PortalSnapshot, slugs: Collection[str]) -> PortalSnapshot:
    """Return a snapshot without some of its records."""
    return make_snapshot(snapshot.head, [one for slug, one in snapshot.records.items() if slug not in slugs])


def draw_removed(truth: Truth, share: float, seed: int) -> set[str]:
    """Return a share of the records that rows are: those that are taken away."""
    records = sorted(frozenset().union(*truth.values()))
    return set(random.Random(seed).sample(records, round(share * len(records))))  # noqa: S311 - nothing is secret


def with_chinese(snapshot: PortalSnapshot, plans: Sequence[Plan], truth: Truth, seed: int) -> PortalSnapshot:
    """Return a snapshot whose linked records have the titles of their rows, some of them reworded."""
    choose = random.Random(seed)  # noqa: S311 - nothing is secret
    records = dict(snapshot.records)
    for plan in plans:
        for entry in plan.entries:
            own = truth[name_document(plan.doc), entry.row_name]
            slug = min(own, default="")
            if len(own) == 1 and slug in records and "zh-Hant" not in records[slug].titles:
                titles = {**records[slug].titles, "zh-Hant": _reword(entry.title, choose)}
                records[slug] = msgspec.structs.replace(records[slug], titles=titles)
    return make_snapshot(snapshot.head, records.values())


def _reword(title: str, choose: random.Random) -> str:
    """Return a title, as it is or with another word in it."""
    if choose.random() > REWORDED:
        return title
    for words in SYNONYMS:
        found = next((word for word in words if word in title), "")
        if found:
            return title.replace(found, choose.choice([word for word in words if word != found]))
    return choose.choice(PREFIXES["zh"]) + title


# ---- measuring


def measure(
    plans: Sequence[Plan], truth: Truth, snapshots: Sequence[PortalSnapshot], models: LanguageModels, model: Model
) -> LinkTally:
    """
    Return what is said of the rows of plans, over several snapshots.

    Args:
        plans: The plans.

        truth: The records that their rows are.

        snapshots: The records of the portal, one set after the other.

        models: The models that compare titles.

        model: Which they are.
    """
    vocabularies, items, tally = load(), [as_items(plan) for plan in plans], LinkTally()
    for snapshot in snapshots:
        embed = models.embed if models.names else None
        task = LinkingTask(items, snapshot, vocabularies, find_successors(vocabularies), model, embed)
        tally.add(link_rows(task), truth, snapshot.records)
    return tally


def find_models() -> Iterator[tuple[Model, LanguageModels]]:
    """Yield the models that are installed."""
    for model in MODELS:
        try:
            yield model, open_models(model, open_cache())
        except UsageError as error:
            print(f"{model}: {error}", file=sys.stderr)


def measure_all(draws: int = DRAWS) -> Iterator[tuple[str, Model, LinkTally]]:
    """
    Yield what is said in each case: its name, the model, and the counts.

    Args:
        draws: How often records are taken away.
    """
    snapshot = read_recorded()
    sets: list[tuple[str, list[Plan], Truth]] = [("seeds", read_seeds(), read_seed_truth())]
    for name in OWN_PLANS:
        plan, truth = read_own_plan(name)
        sets.append((name, [plan], truth))
    for model, models in find_models():
        for name, plans, truth in sets:
            cases = {"all records": [snapshot]}
            for share in REMOVED:
                gone = [draw_removed(truth, share, seed) for seed in range(draws)]
                cases[f"{share:.0%} taken away"] = [without(snapshot, slugs) for slugs in gone]
            if model == "none":
                cases["Chinese titles"] = [with_chinese(snapshot, plans, truth, seed) for seed in range(2)]
            for case, snapshots in cases.items():
                yield f"{name}, {case}", model, measure(plans, truth, snapshots, models, model)
        for name, tally in measure_unseen(snapshot, models, model).items():
            yield name, model, tally


def measure_unseen(snapshot: PortalSnapshot, models: LanguageModels, model: Model) -> dict[str, LinkTally]:
    """
    Return what is said of the rows of others, each plan alone: those read for mending, and two hold-outs.

    Args:
        snapshot: The records.

        models: The models that compare titles.

        model: Which they are.
    """
    tallies: dict[str, LinkTally] = {}
    for one in read_unseen():
        tally = measure([one.plan], one.truth, [snapshot], models, model)
        tallies.setdefault(f"others, {one.group}", LinkTally()).join(tally)
    return tallies


def find_missed(case: str, model: Model, tally: LinkTally) -> list[str]:
    """Return what is not as required on the seeds."""
    required = REQUIRED[model]
    if case.startswith("others"):
        # No link may be wrong, however rows are worded.
        return [] if tally.precision == 1 else [f"{case}, {model}: right {tally.precision:.4f} < 1"]
    least = {
        "seeds, all records": (1.0, required.recall, required.among_five),
        f"seeds, {REMOVED[0]:.0%} taken away": (required.precision[0], 0.0, 0.0),
        f"seeds, {REMOVED[1]:.0%} taken away": (required.precision[1], 0.0, 0.0),
        "seeds, Chinese titles": (*REQUIRED_CHINESE, 0.0),
    }.get(case, (0.0, 0.0, 0.0))
    shares = {"right": tally.precision, "linked": tally.recall, "among five": tally.among_five}
    return [
        f"{case}, {model}: {name} {share:.4f} < {bound:g}"
        for (name, share), bound in zip(shares.items(), least, strict=True)
        if share < bound
    ]


def as_table(tallies: Sequence[tuple[str, Model, LinkTally]]) -> str:
    """Return the figures as a table in Markdown."""
    lines = [
        f"| {' | '.join(_COLUMNS)} |",
        "|---" * len(_COLUMNS) + "|",
    ]
    for case, model, tally in tallies:
        counts = tally.counts
        cells = (
            f"{tally.precision:.4f} ({counts['right']} of {counts['written']})",
            f"{tally.recall:.3f} ({counts['right']} of {counts['there']})",
            f"{tally.among_five:.3f} ({counts['found']} of {counts['asked']})",
        )
        lines.append(f"| {case} | `{model}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Print the figures and return the exit code.

    Args:
        arguments: As on the command line.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", "-v", action="store_true", help="list every link that is wrong")
    parser.add_argument("--write-readme", action="store_true", help="write the table into README.md")
    options = parser.parse_args(arguments)
    if not RECORDED.is_file():
        print(f"Links with the portal are not measured: there is no {RECORDED}.", file=sys.stderr)
        return 0
    tallies = list(measure_all())
    table = as_table(tallies)
    if options.verbose:
        print(*(f"{case}, {model}: {line}" for case, model, tally in tallies for line in tally.wrong), sep="\n")
    if options.write_readme and {model for _case, model, _tally in tallies} == set(MODELS):
        write_readme(table, "portal")
    print(table, end="")
    missed = [line for case, model, tally in tallies for line in find_missed(case, model, tally)]
    print(*(f"MISSED {one}" for one in missed), sep="\n", end="\n" if missed else "")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
