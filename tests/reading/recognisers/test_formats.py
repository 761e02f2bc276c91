"""Which formats a remark names, in every form that departments write."""

from dataclasses import replace

import pytest

from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load, using_vocabularies
from dcat_hk.reading.recognisers.formats import names_only_formats
from dcat_hk.reading.recognisers.values import find_formats

FORMATS = {
    "CSV": ["CSV", "csv", "CSV檔案", "comma-separated values", "Comma Separated Values", "逗號分隔值", "CSV format",
        ".csv", "CSV (UTF-8)"],
    "JSON": ["JSON", "Json", "JSON 格式", "JavaScript Object Notation", ".json"],
    "XML": ["XML", "xml", "eXtensible Markup Language", "可擴展標記語言", "可延伸標記式語言"],
    "XLSX": ["XLSX", "Excel (XLSX)", "Excel XLSX", ".xlsx", "xlsx"],
    "XLS": ["XLS", "Excel", "MS Excel", "Microsoft Excel", "xls", "Excel file", "Excel 試算表", "Excel檔案",
        "MS-Excel"],
    "XLSM": ["XLSM", "xlsm"],
    "SHP": ["SHP", "Shapefile", "ESRI Shapefile", "Esri Shape File", "shape file", "ESRI Shapefiles", "Shape檔案",
        "SHP 檔"],
    "GEOJSON": ["GeoJSON", "GEOJSON", "Geo-JSON", "geo json", "geojson"],
    "GML": ["GML", "Geography Markup Language", "地理標記語言", "地理標示語言"],
    "KML": ["KML", "Keyhole Markup Language"],
    "KMZ": ["KMZ"],
    "GDB": ["FGDB", "File Geodatabase", "GDB", "Esri File Geodatabase", "ESRI File Geo-database", "檔案地理資料庫",
        "File GDB"],
    "GEOTIFF": ["GeoTIFF", "GEOTIFF", "Geo TIFF", "Geo-TIFF"],
    "GPKG": ["GeoPackage", "GPKG", "GEOPACKAGE", "Geo-Package"],
    "DWG": ["DWG", "AutoCAD DWG"],
    "DGN": ["DGN", "MicroStation DGN"],
    "GTFS": ["GTFS", "General Transit Feed Specification"],
    "API": ["API", "Application Programming Interface", "應用程式介面", "應用程式界面", "應用程式編程接口", "APIs",
        "RESTful API", "Web API", "API介面"],
    "RSS": ["RSS", "RSS feed", "簡易資訊聚合", "RSS feeds"],
    "PDF": ["PDF"],
    "ZIP": ["ZIP", "zip file"],
    "PNG": ["PNG"],
    "JPEG": ["JPEG", "JPG", "JPEG image"],
    "MDB": ["MDB", "Microsoft Access", "MS Access"],
    "DOC": ["DOC", "MS Word", "Microsoft Word"],
    "TXT": ["TXT", "plain text", "text file", "純文字檔", "文字檔"],
    "ICS": ["ICS", "iCalendar", "iCal"],
    "3DS": ["3DS"], "ASC": ["ASC"], "ASCII": ["ASCII"], "CESIUM3DTILES": ["Cesium 3D Tiles", "3D Tiles",
        "CESIUM3DTILES"], "DAE": ["DAE", "COLLADA"], "FBX": ["FBX"],
    "GFS": ["GFS"], "GLTF": ["glTF", "GLTF"], "MAX": ["MAX"], "OBJ": ["OBJ"], "OSGB": ["OSGB"], "RINEX": ["RINEX"],
        "RTCM": ["RTCM"], "VRML": ["VRML"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), [(text, code) for code, texts in FORMATS.items() for text in texts])
def test_a_format_is_known_by_its_names(text, code):
    """A format alone in its column, or in a bracket of a remark, is known by every common name."""
    for words in (text, transform(text, "Hant")):
        assert find_formats(f"({words})") == ((code,), ())


def test_every_format_of_the_portal_is_read():
    """Each name of the portal's list, stated in a list, gives the format."""
    names = "3DS API ASC ASCII CESIUM3DTILES CSV DAE DGN DWG FBX FGDB GEOPACKAGE GEOTIFF GFS GLTF GML GTFS GeoJSON ICS JPEG JSON KML KMZ MAX MDB OBJ OSGB PNG RINEX RSS RTCM SHP VRML XLS XLSM XLSX XML ZIP"  # noqa: E501
    codes, unknown = find_formats("(" + ", ".join(names.split()) + ")")
    assert (len(codes), unknown) == (38, ())
    renamed = {"FGDB": "GDB", "GEOPACKAGE": "GPKG", "GeoJSON": "GEOJSON"}
    assert list(codes) == [renamed.get(name, name) for name in names.split()]
    assert set(codes) <= set(load().formats)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Provided in CSV and JSON formats.", ["CSV", "JSON"]),
        ("Data format: CSV", ["CSV"]),
        ("開放格式： 1. JSON 2. XML 3. RSS", ["JSON", "XML", "RSS"]),
        ("Formats: (1) JSON (2) RSS", ["JSON", "RSS"]),
        ("Format: XLSX / CSV", ["XLSX", "CSV"]),
        ("The dataset will be released in machine-readable format (e.g. CSV).", ["CSV"]),
        ("Data will be provided via API", []),
        ("Data will be provided in API format", ["API"]),
        ("數據以應用程式介面（API）方式提供", ["API"]),
        ("數據集將以 JSON、XML 及 CSV 格式提供", ["JSON", "XML", "CSV"]),
        ("Location of facilities in GeoJSON, GML, KML and SHP", ["GEOJSON", "GML", "KML", "SHP"]),
        ("List of excellent schools", []),
        ("The word \"max\" and the word of the day", []),
        ("maximum temperature", []),
        ("以 CSV、XLSX 檔案格式發放", ["CSV", "XLSX"]),
        ("Zip code of offices", []),
        ("Access to information requests", []),
        ("Statistics on Excel Programme", []),
        ("Data in Excel format", ["XLS"]),
        ("students who excel in sports", []),
    ],
)  # fmt: skip
def test_formats_in_remarks(text, codes):
    """A remark's formats are those it plainly names."""
    assert list(find_formats(text)[0]) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("數據以 CSV 格式提供", ["CSV"]),
        ("數據集以 XLS 及 CSV 格式提供", ["XLS", "CSV"]),
        ("發放數據集的格式: JSON 及 XLSX", ["JSON", "XLSX"]),
        ("(JSON及 XML)", ["JSON", "XML"]),
        ("(CSV, JSON, XML) 及其後 (XML, CSV)", ["CSV", "JSON", "XML"]),
        ("以機器可讀格式(如：CSV) 開放數據", ["CSV"]),
        ("CSV及GEOJSON", ["CSV", "GEOJSON"]),
        ("Available in GeoJSON, KML and SHP formats", ["GEOJSON", "KML", "SHP"]),
        ("包括 ISO/IEC 10646码位 (JSON)", ["JSON"]),
        ("通过巴士的预计抵达时间 API 传回列表 (JSON)", ["JSON"]),
        ("以 API 提供", []),
        ("以 API 格式提供", ["API"]),
        ("(API)", ["API"]),
        ("API、JSON 格式", ["API", "JSON"]),
        ("最多 (MAX) 人數", ["MAX"]),
        ("最大 MAX 值", []),
        ("File Geodatabase (FGDB)", ["GDB"]),
        ("有關的數據集", []),
    ],
)
def test_formats_are_found_where_they_are_stated(text, codes):
    """Formats come in order of first mention; doubtful words count only in plain statements."""
    assert find_formats(text)[0] == tuple(codes)


def test_an_unknown_word_in_a_list_of_formats_is_told():
    """A word in capitals among formats in a bracket is an unknown format; elsewhere it is none."""
    assert find_formats("(JSON, QQQ)")[1] == ("QQQ",)
    assert find_formats("(HKSAR)")[1] == ()
    assert find_formats("由 QQQ 提供 (JSON)")[1] == ()


def test_added_words_count_only_where_a_format_is_plainly_stated():
    """A word that people add is a format in brackets, in a list, or before the word for it."""
    added = replace(load(), format_words=(("cvs", "CSV"), ("open table", "XLSX")))
    texts = ["以CVS格式列出", "(CVS, JSON)", "drugs at CVS", "(Open-Table)"]
    with using_vocabularies(added):
        assert [find_formats(text)[0] for text in texts] == [("CSV",), ("CSV", "JSON"), (), ("XLSX",)]
        assert names_only_formats("CVS, JSON")
    assert [find_formats(text)[0] for text in texts] == [(), ("JSON",), (), ()]
    assert not names_only_formats("CVS, JSON")


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("Not available in CSV", ()),
        ("CSV version is not offered", ()),
        ("No CSV or JSON", ()),
        ("不提供CSV及XML", ()),
        ("XML除外", ()),
        ("CSV; XML version to follow", ("CSV",)),
        ("PDF was replaced by CSV", ("CSV",)),
        ("以CSV取代原有XLS", ("CSV",)),
        ("CSV (no header row)", ("CSV",)),
        ("JSON格式尚待開發", ()),
        ("CSV格式未經整理", ("CSV",)),
        ("CSV files not including headers", ("CSV",)),
        ("提供原有CSV及新增JSON", ("CSV", "JSON")),
        ("Not only CSV but all data in JSON format", ("CSV", "JSON")),
        ("Notes in CSV", ("CSV",)),
    ],
)
def test_a_format_that_is_denied_is_none_of_the_dataset(text, formats):
    """What stands right before the list or right behind it counts; words for other things do not."""
    assert find_formats(text)[0] == formats
