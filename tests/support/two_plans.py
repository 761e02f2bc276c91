"""Two plans of one department in both templates, and the files of links between them."""

from __future__ import annotations

import json

from dcat_hk.build import build
from dcat_hk.build.linkfolder import kept_links
from dcat_hk.build.timeline import read_timeline
from dcat_hk.core.settings import Settings
from dcat_hk.reconciliation.deciding import decide
from dcat_hk.reconciliation.linkfiles import read_links
from dcat_hk.reconciliation.linkwriting import write_links
from dcat_hk.reconciliation.reconcile import reconcile
from support.plan_texts import PlanText, Row, as_layout, as_tabs

BASE = "https://example.org/dcat-hk/"
BODY = "香港天文台"
OLD = as_layout(
    PlanText(
        BODY,
        2021,
        {
            ("A", ""): [
                Row("氣象", "浮標位置", "06/2021", "每年", "各浮標位置"),
                Row("氣象", "風速分區讀數", "10/2021", "每日", "各區風速"),
            ],
            ("B", ""): [Row("氣象", "觀測員名單", "05/2022", "每年", "名單")],
            ("D", ""): [
                Row("氣象", "雷達圖像紀錄", "12/2018", "每小時", "雷達圖像", "觀測網絡"),
                Row("氣象", "潮汐高度統計", "12/2017", "每日", "各站潮汐高度"),
            ],
        },
        "2020年12月",
    ),
    remark_width=60,
)
NEW = as_tabs(
    PlanText(
        BODY,
        2022,
        {
            ("A", "ii"): [Row("氣象", "認可觀測員及導師一覽", "11/2022", "每年", "名單")],
            ("D", "i"): [Row("氣象", "潮汐高度統計", "12/2017", "每日", "各站潮汐高度")],
            ("D", "ii"): [
                Row("氣象", "浮標位置", "08/2021", "每年", "各浮標位置"),
                Row("氣象", "雷達圖像紀錄", "12/2018", "每小時", "雷達圖像"),
            ],
        },
        "2021年12月",
    )
)
NEWEST = as_tabs(
    PlanText(
        BODY,
        2023,
        {
            ("D", "i"): [Row("氣象", "浮標位置", "08/2021", "每年", "各浮標位置")],
            ("D", "ii"): [
                Row("氣象", "潮汐高度統計", "12/2017", "每日", "各站潮汐高度"),
                Row("氣象", "雷達圖像紀錄", "12/2018", "每小時", "雷達圖像"),
            ],
        },
        "2022年12月",
    )
)
TEXTS = {"old": OLD, "new": NEW, "newest": NEWEST}


def write_plans(folder):
    """Write the plans into a folder and return their paths by name."""
    folder.mkdir(exist_ok=True)
    paths = {name: folder / f"{name}.txt" for name in TEXTS}
    for name, path in paths.items():
        path.write_text(TEXTS[name], encoding="utf-8")
    return paths


def reconcile_files(paths, links, write=True):
    """Compare plans as the command does, write what follows, and return the pairs and what was written."""
    settings = Settings(base_iri=BASE)
    files = read_links(links if links.is_dir() else None, BASE)
    timeline = read_timeline(paths, settings, kept_links(files), jobs=1)
    pairs = reconcile(timeline.plans, timeline.successors, decide(files, timeline.plans, with_written=False))
    written = write_links(timeline.plans, pairs, files.judgements, links, BASE) if write else None
    return pairs, written


def datasets(paths, output, links=None):
    """Build plans and return the dataset of each record, by the ends of their IRIs."""
    result = build(paths, output, Settings(base_iri=BASE), jobs=1, validated=False, links=links)
    assert result.published
    topics = {}
    for line in (output / "catalogue.nq").read_text(encoding="utf-8").splitlines():
        if "<http://xmlns.com/foaf/0.1/primaryTopic>" in line and "/record/" in line:
            subject, _predicate, topic, *_graph = line.split(" ")
            topics[subject.strip("<>").partition("/record/")[2]] = topic.strip("<>").rpartition("/")[2]
    return topics


def manifest(output):
    """Return the manifest of a build."""
    return json.loads((output / "manifest.json").read_text(encoding="utf-8"))
