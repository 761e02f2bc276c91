"""A plan in several editions: in Chinese and in English, which differ in a date and in rows."""

from support.plan_texts import PlanText, Row

CHINESE = PlanText(
    "香港天文台",
    2024,
    {
        ("A", "ii"): [Row("氣象", "潮汐預報", "03/2024", "每日", "各站潮汐 (JSON)")],
        ("D", "i"): [Row("氣象", "自動氣象站", "01/2020", "每15分鐘", "位置及讀數 (JSON, CSV)")],
        ("D", "ii"): [
            Row("氣象", "雨量", "02/2020", "每小時", "各區雨量 (CSV)"),
            Row("環境", "紫外線指數", "05/2021", "每日", "讀數 (CSV)"),
            Row("氣象", "熱帶氣旋警告", "06/2022", "有需要時", ""),
        ],
    },
    "2023年12月",
)
ENGLISH = """Hong Kong Observatory

Consolidated Annual Open Data Plan (Spatial Data Plan included) for 2024-2026

A. Departmental datasets to be released in 2024
i. Spatial data
No.\tData category\tDataset name\tGeneral description\tTarget release date (mm/yyyy)\tUpdate frequency
N/A
ii. Non-spatial data
No.\tData category\tDataset name\tGeneral description\tTarget release date (mm/yyyy)\tUpdate frequency
1\tClimate and Weather\tTide prediction\tTides at all stations (JSON)\t03/2024\tDaily

D. Progress: departmental datasets already uploaded to DATA.GOV.HK
i. Spatial data
No.\tData category\tDataset name\tGeneral description\tRelease date (mm/yyyy)\tUpdate frequency
1\tClimate and Weather\tAutomatic weather stations\tPositions and readings (JSON, CSV)\t01/2020\tEvery 15 minutes
ii. Non-spatial data
No.\tData category\tDataset name\tGeneral description\tRelease date (mm/yyyy)\tUpdate frequency
1\tClimate and Weather\tRainfall\tRainfall by district (CSV)\t03/2020\tHourly
2\tEnvironment\tUV index\tReadings (CSV)\t05/2021\tDaily
3\tClimate and Weather\tLightning\tStrikes (JSON)\t07/2022\tDaily
"""
