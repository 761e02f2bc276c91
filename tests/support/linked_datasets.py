"""A plan of the Observatory whose datasets are linked with records of the portal, and the catalogue built of it."""

from __future__ import annotations

import json

import msgspec

from dcat_hk.build import build
from dcat_hk.catalogue.mapping.identities import Links
from dcat_hk.catalogue.mapping.iris import dataset_id
from dcat_hk.catalogue.mapping.linkedrecords import LinkedRecord, PortalLinks, SnapshotFacts
from dcat_hk.core.settings import Settings
from dcat_hk.portal.records import PortalRecord, PortalResource
from dcat_hk.portal.snapshots import SnapshotHead, make_snapshot, write_snapshot
from dcat_hk.reconciliation.evidence import PortalEvidence, Sighting
from dcat_hk.reconciliation.judgements import Judgement
from dcat_hk.reconciliation.linkfiles import CANDIDATES, LIKELY, append_judgement
from dcat_hk.reconciliation.sssom import BROAD, CLOSE, EXACT, LEXICAL, NARROW, SssomMapping, write_mappings
from support.mappings import BASE, TABS
from support.plan_texts import as_tabs

RAIN = dataset_id("hk-hko", "", False, "雨量")
STATIONS = dataset_id("hk-hko", "", True, "自動氣象站")
TIDES = dataset_id("hk-hko", "", False, "潮汐預報")
STARS = dataset_id("hk-hko", "", False, "星座")
PAGES = "https://data.gov.hk/en-data/dataset/"
FILES = "https://data.weather.example/"
RECORDS = (
    PortalRecord(
        "hk-hko-rain",
        "hk-hko",
        {"en": "Rainfall", "zh-Hant": "雨量（各區）", "zh-Hans": "雨量（各区）"},
        {"en": "Rain in each district.", "zh-Hant": "各區的雨量。"},
        "climate-and-weather",
        ("CSV", "JSON"),
        (
            PortalResource(
                f"{FILES}rain_雨.csv",
                "1f2e",
                {"en": "Rainfall of the last hour"},
                format="CSV",
                issued="2020-02-14",
                modified="2025-08-30",
                size=1234,
                languages=("en",),
                schema=f"{FILES}rain.json",
            ),
            PortalResource(f"{FILES}rain-en.json", "3a", {"en": "Rain (JSON)"}, format="JSON"),
            PortalResource(f"{FILES}rain-tc.json", "3b", {"zh-Hant": "雨量 (JSON)"}, format="JSON"),
            PortalResource("ftp files on request", "3c", {"en": "Archive"}, format="ZIP"),
        ),
        "2021-07-02",
        "2025-09-01",
        dictionary={"en": f"{FILES}dictionary.pdf", "zh-Hant": f"{FILES}dictionary.pdf"},
        email="data@weather.example",
    ),
    PortalRecord(
        "hk-hko-stations",
        "hk-hko",
        {"en": "Automatic weather stations"},
        formats=("API",),
        resources=(PortalResource(f"{FILES}geo?service=WFS", "4", {"en": "Stations"}, format="API", is_api=True),),
        systems=("EPSG:2326",),
        extent=(113.8, 22.1, 114.5, 22.6),
    ),
    PortalRecord("hk-hko-tide", "hk-hko", {"en": "Tides"}, formats=("CSV",), created="2024-05-06"),
)


def link(identifier, slug, predicate=EXACT, dated="2025-09-13", **fields):
    """Return a written link from a dataset to a record."""
    subject = f"{BASE}dataset/{identifier}"
    return SssomMapping(
        subject, predicate, f"{PAGES}{slug}", LEXICAL, confidence=0.99, dated=dated, tool_version="1", **fields
    )


LINKS = (link(RAIN, "hk-hko-rain"), link(STATIONS, "hk-hko-stations"), link(TIDES, "hk-hko-tide"))


def linked_links(*links):
    """Return what the mapping of plans has of links: identifiers, names of records, perhaps relations."""
    records = {record.slug: record for record in RECORDS}
    wanted = links or [(RAIN, "hk-hko-rain"), (STATIONS, "hk-hko-stations"), (TIDES, "hk-hko-tide")]
    evidence = {"hk-hko-tide": PortalEvidence(f"{PAGES}hk-hko-tide", (Sighting("2025-09", "2024-05", "2024-05"),))}
    by_dataset = {
        one[0]: (LinkedRecord(link(*one), records[one[1]], ("2025-09-13",), evidence.get(one[1])),) for one in wanted
    }
    return Links({}, PortalLinks(by_dataset, {"2025-09-13": SnapshotFacts("2025-09-13", ("00",))}))


def write_links(folder, links=LINKS, snapshots=(("2025-09-13", RECORDS, True),)):
    """Write a folder of links with snapshots: their dates, records, and whether they are complete."""
    folder.mkdir(exist_ok=True)
    (folder / "portal.sssom.tsv").write_text(write_mappings("portal", links, BASE), encoding="utf-8")
    for date, records, is_complete in snapshots:
        write_snapshot(make_snapshot(SnapshotHead(date=date, complete=is_complete), records), folder / "portal" / date)
    return folder


def write_every_link(folder):
    """Write a folder of links of every kind, by the machine and by a person, with snapshots of two days."""
    late = msgspec.structs.replace(
        RECORDS[2], created="2021-07-02", resources=(PortalResource(FILES, issued="2024-05-06"),)
    )
    snapshots = (("2023-12", RECORDS[:2], True), ("2025-09-13", (*RECORDS[:2], late), True))
    others = [
        link(RAIN, f"hk-hko-{name}", predicate) for name, predicate in (("a", CLOSE), ("b", BROAD), ("c", NARROW))
    ]
    write_links(folder, [*LINKS, *others], snapshots)
    judgement = Judgement(f"{BASE}dataset/{STARS}", "part-of", f"{PAGES}hk-hko-rain", "me", "2025-10-01", "As it says.")
    append_judgement(folder, judgement, BASE)
    return folder


def write_asked(folder):
    """Write a folder of links in which a promised dataset is likely a record, of which a person has to say so."""
    write_links(folder, ())
    asked = [link(TIDES, "hk-hko-tide", evidence={LIKELY: 1.0})]
    (folder / CANDIDATES).write_text(write_mappings("candidates", asked, BASE), encoding="utf-8")
    return folder


def build_linked(folder, links=None, plan=TABS, settings=None):
    """Build a plan with a folder of links; return what the build did, and where it went."""
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    (folder / "plans" / "plan.txt").write_text(as_tabs(plan), encoding="utf-8")
    output = folder / "output"
    result = build([folder / "plans"], output, settings or Settings(), jobs=1, links=links)
    return result, output


def codes_of(output):
    """Return the codes of the remarks on the links of a build."""
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    return [remark["code"] for remark in report["remarks"]]
