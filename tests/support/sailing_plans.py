"""Two plans of a department that does not exist, in both templates, whose rows have most of the fates."""

from __future__ import annotations

from support.plan_texts import PlanText, Row, as_tabs
from support.word_and_web_files import as_page, as_word

_HEADER = "#\t數據種類／數據集名稱\t{}(月/年)\t更新頻率\t備註"
_PLANNED, _RELEASED = _HEADER.format("目標發放日期 "), _HEADER.format("發放日期 ")

OLD = f"""海港風帆署

2021至2023年的開放數據計劃

A. 在 2021 年發放的局／部門數據集

{_PLANNED}
1\t環境／浮標位置\t06/2021\t每年\t各浮標的編號及座標 (CSV)
2\t運輸／風帆航道限速區\t10/2021\t有需要時\t航道範圍及限速 (CSV)

B. 在 2022 年及 2023 年發放的局／部門數據集

{_PLANNED}
1\t環境／碼頭風速讀數\t2022年第三季\t每小時\t各碼頭的風速及風向 (JSON)
2\t康樂／帆船學校名單\t待定\t每年\t帆船學校的名稱、地址及電話 (CSV)

C. 其他機構計劃開放的數據集

(1) 繩結學會

{_PLANNED}
1\t康樂／繩結比賽成績\t05/2021\t每年\t歷屆比賽的名次 (CSV)

D. 進度：局／部門及其他機構已經上載至「開放數據平台」網站的數據集

{_RELEASED}
牌照\t\t\t\t
1\t運輸／遊艇牌照數目\t12/2018\t每季\t按船隻長度劃分的牌照 (CSV)

海港風帆署
2020年12月
"""

NEW = PlanText(
    "海港風帆署",
    2022,
    {
        ("A", "i"): [Row("環境", "浮標位置", "09/2022", "每年", "各浮標的座標 (GeoJSON)")],
        ("A", "ii"): [
            Row("運輸", "風帆航道限速區", "03/2022", "有需要時", "航道範圍及限速 (CSV)"),
            Row("康樂", "認可帆船學校及教練一覽", "11/2022", "每年", "認可帆船學校及教練的名稱及電話 (CSV)"),
        ],
        ("B", "ii"): [Row("環境", "碼頭風速讀數", "9/2022", "每小時", "各碼頭的風速及風向 (JSON)")],
        ("D", "ii"): [
            Row("環境", "浮標位置", "08/2021", "每年", "各浮標的編號及座標 (CSV)"),
            Row("運輸", "遊艇牌照數目", "12/2018", "每季", "按船隻長度劃分的牌照 (CSV)"),
        ],
    },
)


def write_sailing_plans(folder):
    """Write the older plan as a Word file and the newer one as a web page; return the two paths."""
    old, new = folder / "old.docx", folder / "new.html"
    old.write_bytes(as_word(OLD))
    new.write_bytes(as_page(as_tabs(NEW)))
    return old, new
