"""Plans of one dataset after another, made without documents, with the steps that are true between them."""

from dataclasses import dataclass, field

from dcat_hk.core.plan import Plan
from dcat_hk.reconciliation.items import ItemRow, PlanItems, gather_items
from dcat_hk.reconciliation.outcomes import Candidate, Outcome, PlanPair
from support.entries import make_entry

BASE = "https://example.org/dcat-hk/"


@dataclass(frozen=True)
class PlanRow:
    """A row: its place (A.1, D.ii.3, "C 學會 1"), title, month or interval, and identifier if it has one."""

    place: str
    title: str
    month: str | tuple[str, str] | None = None
    identifier: str = ""
    category: str = "環境"


def make_plan(first, rows, dated=None, body="hk-hsd"):
    """Return a plan of three years as items, and give each row the entry that its place tells of."""
    head = Plan(f"{body}-{first}.txt", "0" * 64, "海港風帆署", "", (first, first + 2), "Hant", dated, ())
    entries = [_entry(row) for row in rows]
    stem = f"{BASE}record/{body}/{first}-{first + 2}/"
    kept = [f"{body}-{row.identifier or row.title}" for row in rows]
    item_rows = [
        ItemRow(entry, f"{stem}{row.place.replace(' ', '-').replace('.', '-')}", identifier)
        for entry, row, identifier in zip(entries, rows, kept, strict=True)
    ]
    iri = f"{BASE}plan/{body}/{first}-{first + 2}"
    return PlanItems(head, iri, body, gather_items(item_rows, [body] * len(rows), kept))


def _entry(row):
    """Return the entry of a row."""
    organisation = None
    place = row.place
    if " " in place:
        section, organisation, number = place.split()
        place = f"{section}.{number}"
    part = 0
    if place.count(".") == 2 and place.split(".")[1].isdigit():
        place, _dot, part = place.rpartition(".")
    section, *subsection, number = place.split(".")
    month, period = (row.month, None) if not isinstance(row.month, tuple) else (None, row.month)
    return make_entry(
        section=section,
        spatial={"i": True, "ii": False}[subsection[0]] if subsection else None,
        organisation=organisation,
        number=int(number),
        part=int(part),
        title=row.title,
        category=row.category,
        date=month,
        period=period,
        date_role="released" if section == "D" else "target",
    )


@dataclass
class PairWriter:
    """Says what became of the rows of a plan, by their names."""

    before: PlanItems
    after: PlanItems
    outcomes: list[Outcome] = field(default_factory=list)

    def item(self, plan, place):
        """Return the item at a place."""
        ending = f"/{place.replace(' ', '-').replace('.', '-')}"
        return next(item for item in plan.items if item.record.endswith(ending))

    def say(self, before, after, fate, candidates=()):
        """Add an outcome; rows are named by their places."""
        self.outcomes.append(
            Outcome(
                self.item(self.before, before) if before else None,
                tuple(self.item(self.after, place) for place in after),
                fate,
                candidates=tuple(Candidate(self.item(self.after, place), 4.6) for place in candidates),
            )
        )
        return self

    @property
    def pair(self):
        """Return the pair."""
        return PlanPair(self.before, self.after, tuple(self.outcomes))


#: The worked example of the design: an old plan, and a newer one without a date that counts from January 2022.
OLD = make_plan(
    2021,
    [
        PlanRow("A.1", "浮標位置", "2021-06"),
        PlanRow("A.2", "風帆航道限速區", "2021-10", category="運輸"),
        PlanRow("B.1", "碼頭風速讀數", ("2022-07", "2022-09")),
        PlanRow("B.2", "帆船學校名單", category="康樂"),
        PlanRow("C 繩結學會 1", "繩結比賽成績", "2021-05", category="康樂"),
        PlanRow("D.1", "遊艇牌照數目", "2018-12", category="運輸"),
    ],
    "2020-12",
)
NEW = make_plan(
    2022,
    [
        PlanRow("A.i.1", "浮標位置", "2022-09", "浮標位置-spatial"),
        PlanRow("A.ii.1", "風帆航道限速區", "2022-03", category="運輸"),
        PlanRow("A.ii.2", "認可帆船學校及教練一覽", "2022-11", category="康樂"),
        PlanRow("B.ii.1", "碼頭風速讀數", "2022-09"),
        PlanRow("D.ii.1", "浮標位置", "2021-08"),
        PlanRow("D.ii.2", "遊艇牌照數目", "2018-12", "遊艇牌照數目-無標題", "運輸"),
    ],
)
WORKED = (
    PairWriter(OLD, NEW)
    .say("A.1", ["D.ii.1", "A.i.1"], "released-late")
    .say("A.2", ["A.ii.1"], "slipped")
    .say("B.1", ["B.ii.1"], "unchanged")
    .say("B.2", [], "open", ["A.ii.2"])
    .say("C 繩結學會 1", [], "no-longer-listed")
    .say("D.1", ["D.ii.2"], "kept")
    .say(None, ["A.ii.2"], "open")
    .pair
)
