"""
Makes the plans in this folder, but for the Word processor's (see README.md): a seed and an English plan in each kind.

Run it with the folder `tests` and the root of the project on the path.
"""

import tempfile
from pathlib import Path

from support.kinds import as_markdown, as_ods, as_saved_page, as_xls
from support.paths import SEEDS
from support.plan_texts import english_plan
from support.sheet_files import rows_of

HERE = Path(__file__).parent
ROWS = "\n".join(
    f"{n}\tEnvironment\tAir quality {n}\tReadings by district (CSV)\t{n}/2024\tMonthly" for n in range(1, 9)
)
FOOT = "\nEnvironmental Protection Department\nDecember 2023\n"


def main() -> None:
    """Write both plans in each kind."""
    for name, text in (
        ("seed", next(SEEDS.glob("002*")).read_text("utf-8")),
        ("english", english_plan(rows=ROWS, foot=FOOT)),
    ):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "plan.txt")
            path.write_text(text, encoding="utf-8")
            rows = rows_of(path)
        made = {
            "md": as_markdown(text, in_html=name == "seed"),
            "mht": as_saved_page(text, transfer="base64" if name == "seed" else "quoted-printable"),
            "ods": as_ods(rows),
            "fods": as_ods(rows, flat=True),
            "xls": as_xls({"S": rows}),
        }
        for kind, data in made.items():
            (HERE / f"{name}.{kind}").write_bytes(data)


if __name__ == "__main__":
    main()
