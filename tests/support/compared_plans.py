"""Plans as items without documents, and what comparing them says, in short."""

from __future__ import annotations

from dcat_hk.core.plan import Edition, Plan
from dcat_hk.core.text import fold
from dcat_hk.reconciliation.items import Item, ItemRow, PlanItems
from dcat_hk.reconciliation.reconcile import reconcile
from support.entries import make_entry


def make_plan(year, *rows, body="hk-xyz", dated=None, script="Hant", editions=()):
    """Return a plan of entries; one with a part belongs to the item before it."""
    head = Plan(f"{body}-{year}.txt", f"{year:064}", "", "", (year, year + 2), script, dated, (), tuple(editions))
    items: list[list] = []
    for place, entry in enumerate(rows):
        record = f"record/{body}/{year}/{place}"
        owner = entry.organisation or entry.publisher
        publisher = f"x-{fold(owner)}" if owner else body
        row = ItemRow(entry, record, f"{publisher} {fold(entry.title)} {entry.spatial}")
        if entry.part and items:
            items[-1][1].append(row)
        else:
            items.append([publisher, [row]])
    made = [Item(place, owner, own[0].identifier, tuple(own)) for place, (owner, own) in enumerate(items)]
    return PlanItems(head, f"plan/{body}/{year}", body, tuple(made))


def edition(script):
    """Return another edition of a plan."""
    return Edition("other.txt", "1" * 64, "", "", script, None)


def planned(title, date=None, **fields):
    """Return a row of a plan that promises a dataset."""
    usual = {"section": "A", "date_role": "target", "date": date, "spatial": None, "description": f"{title}的詳情"}
    return make_entry(title=title, **usual | fields)


def released(title, date="2019-05", **fields):
    """Return a row of a plan that lists a released dataset."""
    usual = {"section": "D", "date": date, "spatial": None, "description": f"{title}的詳情"}
    return make_entry(title=title, **usual | fields)


def compare(*plans, successors=None, **options):
    """Return the pairs of plans."""
    return reconcile(plans, successors or {}, **options)


def fates(pair):
    """Return what became of the items of the older plan, by title, and of those only the newer one has."""
    return {
        outcome.before.entry.title if outcome.before else f"+{outcome.after[0].entry.title}": outcome.fate
        for outcome in pair.outcomes
    }


def outcome_of(pair, title):
    """Return the outcome of the item with a title in the older plan."""
    return next(one for one in pair.outcomes if one.before and one.before.entry.title == title)
