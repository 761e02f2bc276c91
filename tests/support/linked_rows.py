"""Plans and snapshots of a department of tests, and what each row is on the portal."""

from __future__ import annotations

from dcat_hk.build.timeline import find_successors, plan_items
from dcat_hk.catalogue.mapping.identities import Bodies, Links, identify
from dcat_hk.catalogue.mapping.iris import Iris
from dcat_hk.core.plan import Plan
from dcat_hk.core.vocabularies import load
from dcat_hk.linking.matching import LinkingTask, link_rows
from dcat_hk.linking.outcomes import PortalDecisions
from dcat_hk.portal.records import PortalRecord
from dcat_hk.portal.snapshots import SnapshotHead, make_snapshot
from support.entries import make_entry

HARBOUR = "海港風帆署"
PROVIDERS = {"hk-hsd": {"en": "Harbour Sailing Department", "zh-Hant": HARBOUR}}


def make_row(title, **fields):
    """Return a row, released in 2020 without remarks if nothing else is said."""
    planned = fields.get("section", "D") != "D"
    role = "target" if planned else "released"
    date = fields.get("date", "2020-02")
    usual = {"description": "", "date_raw": date or "", "category": "運輸", "frequency": None, "frequency_raw": ""}
    return make_entry(**{**usual, "title": title, "date_role": role, **fields})


def make_plan(*entries, bureau=HARBOUR, years=(2022, 2024), dated="2021-12"):
    """Return a plan as items; entries without a number of their own are counted."""
    numbered = [one if one.part or one.number != 1 else one._replace(number=n) for n, one in enumerate(entries, 1)]
    plan = Plan(f"{years[0]}.html", f"{years[0]}" * 16, bureau, "", years, "Hant", dated, tuple(numbered))
    vocabularies = load()
    return plan_items(identify(plan, Bodies(vocabularies), Links()), Iris(vocabularies.base))


def make_record(slug, title="", chinese="", provider="hk-hsd", **fields):
    """Return a record of the department."""
    titles = {tag: text for tag, text in (("en", title), ("zh-Hant", chinese)) if text}
    usual = {"category": "transport", "created": "2021-07-02"}
    return PortalRecord(slug, provider, titles, **{**usual, **fields})


def make_portal(*records, date="2023-01", providers=PROVIDERS):
    """Return a snapshot."""
    return make_snapshot(SnapshotHead(date=date, complete=True, providers=providers), records)


def make_task(plans, snapshot, **options):
    """Return what is linked with what."""
    vocabularies = load()
    return LinkingTask(plans, snapshot, vocabularies, find_successors(vocabularies), **options)


def find_links(plans, snapshot, **options):
    """Return what each row is, by the name of its row: the record, the relation, and the candidates."""
    links = link_rows(make_task(plans, snapshot, **options))
    return {
        one.row.entry.row_name: (one.slug, one.relation, [candidate.slug for candidate in one.candidates])
        for one in links
    }


def decisions(linked=(), denied=(), undecided=()):
    """Return what people say, by the titles' identifiers."""
    by_dataset: dict[str, dict[str, str]] = {}
    for dataset, slug, relation in linked:
        by_dataset.setdefault(dataset, {})[slug] = relation
    return PortalDecisions(by_dataset, frozenset(denied), frozenset(undecided))
