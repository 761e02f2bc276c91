"""The worked example of the years as documents: a plan in the old template, the next one in the consolidated one."""

from support.plan_texts import PlanText, Row, as_layout, as_tabs

OLD_TEXT = as_layout(
    PlanText(
        "海港風帆署",
        2021,
        {
            ("A", ""): [
                Row("環境", "浮標位置", "06/2021", "每年", "浮標的位置 (CSV)"),
                Row("運輸", "風帆航道限速區", "10/2021", "每年", "限速區的範圍 (GeoJSON)"),
            ],
            ("B", ""): [
                Row("環境", "碼頭風速讀數", "2022年第三季", "每小時", "各碼頭的風速 (JSON)"),
                Row("康樂", "帆船學校名單", "待定", "每年", "認可學校的名稱及地址 (CSV)"),
            ],
            ("C", ""): [Row("康樂", "繩結比賽成績", "05/2021", "每年", "比賽成績 (CSV)", "繩結學會")],
            ("D", ""): [Row("運輸", "遊艇牌照數目", "12/2018", "每季", "牌照數目 (CSV)", "牌照")],
        },
        "2020年12月",
    )
)
NEW_TEXT = as_tabs(
    PlanText(
        "海港風帆署",
        2022,
        {
            ("A", "i"): [Row("環境", "浮標位置", "09/2022", "每年", "浮標的位置 (GeoJSON)")],
            ("A", "ii"): [
                Row("運輸", "風帆航道限速區", "03/2022", "每年", "限速區的範圍 (GeoJSON)"),
                Row("康樂", "認可帆船學校及教練一覽", "11/2022", "每年", "認可學校及教練的名稱 (CSV)"),
            ],
            ("B", "ii"): [Row("環境", "碼頭風速讀數", "9/2022", "每小時", "各碼頭的風速 (JSON)")],
            ("D", "ii"): [
                Row("環境", "浮標位置", "08/2021", "每年", "浮標的位置 (CSV)"),
                Row("運輸", "遊艇牌照數目", "12/2018", "每季", "牌照數目 (CSV)"),
            ],
        },
    )
)


def write_worked_plans(folder):
    """Write both plans into a folder and return their paths, the older one first."""
    folder.mkdir(exist_ok=True)
    paths = [folder / "old.txt", folder / "new.tsv"]
    for path, text in zip(paths, (OLD_TEXT, NEW_TEXT), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def write_judgement(folder, dated="2022-08-01", verdict="skos:exactMatch"):
    """Write a person's word into a folder of links, that the two rows that wait are one dataset, and return it."""
    folder.mkdir(exist_ok=True)
    record = "https://example.org/dcat-hk/record/x-oz2dndsypc/"
    (folder / "judgements.sssom.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_id\tmapping_date\n"
        f"{record}2021-2023/B-2\t{verdict}\t{record}2022-2024/A-ii-2\tsemapv:ManualMappingCuration\tann\t{dated}\n",
        encoding="utf-8",
    )
    return folder
