"""A plan with slips of the pen by a body that nobody knows, and what people decide about it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from support.plan_texts import PlanText, Row, as_tabs

BODY = "風箏事務處"
PLAN = as_tabs(
    PlanText(
        BODY,
        2024,
        {
            ("D", "ii"): [
                Row("法律及保安", "風箏數字比鉸", "13/2023", "逢季", "以CVS格式列出"),
                Row("天空事務", "線軸", "03/2022", "每年", "以JSON格式列出"),
                Row("運輸", "重複", "03/2022", "每年", "CSV"),
            ]
        },
        "2023年12月",
    )
)
SHA256 = hashlib.sha256(PLAN.encode()).hexdigest()

ORGANISATIONS = f"""
[[organisation]]
id = "hk-kite"
name = {{ en = "Kite Office", zh-Hant = "{BODY}" }}
short = {{ en = "KO" }}
aliases = ["風箏處"]
homepage = "https://kite.example/"
parent = "hk-hkpf"
from = "2024-07"
"""
CATEGORIES = """
[[category]]
id = "sky"
name = { zh-Hant = "天空", zh-Hans = "天空", en = "Sky" }
theme = "TRAN"
words = ["天空事務"]
"""
WORDING = """
[[frequency]]
id = "QUARTERLY"
words = ["逢季"]
[[format]]
id = "CSV"
words = ["CVS"]
"""


def correction(
    field: str, printed: str, meant: str | None, record: str = "D-ii-1", source: str = SHA256, who: str = "Chan Tai Man"
) -> str:
    """Return a correction as the file has it."""
    said = "" if meant is None else f'meant = "{meant}"\n'
    return (
        f'[[correction]]\nsource = "{source}"\nrecord = "{record}"\nfield = "{field}"\nprinted = "{printed}"\n{said}'
        f'who = "{who}"\nwhen = 2024-02-01\nwhy = "There is no such thing."\n'
    )


CORRECTIONS = (
    correction("date", "13/2023", "12/2023")
    + correction("title", "風箏數字比鉸", "風箏數字比較", who="orcid:0000-0002-1825-0097")
    + correction("row", "重複", None, "D-ii-3")
)


def write_decisions(folder: Path, **files: str) -> Path:
    """Write a folder of decisions: its files by name, without ending; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def write_decided_plan(folder: Path, **files: str) -> Path:
    """Write the plan into a folder, with the decisions beside it that are given, or all; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kite.txt").write_bytes(PLAN.encode())
    everything = {
        "organisations": ORGANISATIONS,
        "categories": CATEGORIES,
        "wording": WORDING,
        "corrections": CORRECTIONS,
    }
    write_decisions(folder / "decisions", **(files or everything))
    return folder
