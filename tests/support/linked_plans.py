"""Plans of a few letters, compared, and what the ledger of identities then keeps."""

from dcat_hk.core.plan import Plan
from dcat_hk.reconciliation.identities import read_identities
from dcat_hk.reconciliation.items import Item, ItemRow, PlanItems
from dcat_hk.reconciliation.linkfiles import IDENTITIES
from dcat_hk.reconciliation.outcomes import Outcome, PlanPair
from support.entries import make_entry

BASE = "https://example.org/dcat-hk/"


def make_plan(year, *names, kept=()):
    """Return a plan with an item for each name; a name with “s/” is spatial, one with “+” has a further part."""
    iri = f"{BASE}plan/hk-hko/{year}-{year + 2}"
    head = Plan("p.txt", "0" * 64, "香港天文台", "", (year, year + 2), "Hant", f"{year - 1}-12", ())
    items = []
    for place, name in enumerate(names):
        letter = name.removeprefix("s/").removesuffix("+")
        entry = make_entry(number=place + 1, title=f"雨量{letter}", spatial=name.startswith("s/"))
        record = f"{BASE}record/hk-hko/{year}-{year + 2}/D-ii-{place + 1}"
        rows = [ItemRow(entry, record, identifier(letter))]
        if name.endswith("+"):
            rows.append(ItemRow(entry._replace(part=1), f"{record}.1", identifier(letter.upper())))
        items.append(Item(place, "hk-hko", dict(kept).get(letter, identifier(letter)), tuple(rows)))
    return PlanItems(head, iri, "hk-hko", tuple(items))


def identifier(letter):
    """Return an identifier that a letter stands for."""
    return f"hk-hko-{'x' if letter.isupper() else 'k'}{letter.lower() * 9}"


def pair(before, after, *links, link_class="same", **fields):
    """Return a pair of plans with links between items, by their places."""
    outcomes = [
        Outcome(
            before.items[one],
            tuple(after.items[other] for other in others),
            "kept",
            link_class=link_class,
            confidence=0.997,
            evidence={"title": 6.0},
            **fields,
        )
        for one, others in links
    ]
    return PlanPair(before, after, tuple(outcomes))


def kept(folder):
    """Return the identifiers that others stand for, by letter."""
    resolved = read_identities(folder / IDENTITIES).resolved
    return {one[-1] + (one[7] == "x") * "'": other[-1] + (other[7] == "x") * "'" for one, other in resolved.items()}
