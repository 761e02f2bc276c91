"""Answers of a catalogue service become entries."""

import pytest
from support.csw_answers import NAMES, make_answer, make_iso_record

from dcat_hk.core.vocabularies import load
from dcat_hk.portal.contents import NotPortalData, read_contents
from dcat_hk.portal.csw import NotCsw, read_answer
from dcat_hk.portal.packages import read_package
from dcat_hk.portal.reading import PortalInput, read_portal

REFUSAL = (
    '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception><ows:ExceptionText>no rows'
    "</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
)
SLUG = "landsd_rcd_1637221775627_85634"


def record_of(record):
    """Return what one record becomes."""
    (package,), _stated = read_answer(make_answer([record]))
    return read_package(package, "", load())


def test_a_record_in_iso_is_read():
    """Texts by language, the body, the area, systems, and links with what they talk."""
    record = record_of(make_iso_record(SLUG, others={"HANT": "碼頭位置", "HANS": "码头位置"}))
    assert (record.slug, record.origin, record.provider) == (SLUG, "csdi", "hk-landsd")
    assert record.titles == {"en": "Piers", "zh-Hant": "碼頭位置", "zh-Hans": "码头位置"}
    assert (record.notes, record.frequency) == ({"en": "Where piers are"}, {"en": "annually"})
    assert (record.email, record.modified, record.created) == ("a@lands.example", "2025-03-04", "")
    assert (record.extent, record.systems) == ((113.8, 22.1, 114.5, 22.6), ("EPSG:2326",))
    assert record.formats == ("GML",)
    (resource,) = record.resources
    assert (resource.url, resource.protocol, resource.names) == ("https://a.example/wfs", "OGC:WFS", {"en": "Features"})
    assert record.has_api
    assert record.page("zh-Hant").startswith("https://portal.csdi.gov.hk/")


@pytest.mark.parametrize(
    ("title", "others", "expected"),
    [
        ("Piers", {"SC": "天文"}, {"en": "Piers", "zh-Hans": "天文"}),
        ("Piers", {"TC": "天文"}, {"en": "Piers", "zh-Hant": "天文"}),
        ("Piers", {"ZH": "碼頭位置"}, {"en": "Piers", "zh-Hant": "碼頭位置"}),
        ("Piers", {"X": "码头位置"}, {"en": "Piers", "zh-Hans": "码头位置"}),
        ("碼頭位置", {}, {}),
        ("", {}, {}),
    ],
)
def test_the_language_of_a_text(title, others, expected):
    """It is that of its locale and of its script; a Chinese text that is said to be English is left out."""
    assert record_of(make_iso_record(SLUG, title, others)).titles == expected


@pytest.mark.parametrize("box", [(114.5, 22.1, 113.8, 22.6), (113.8, 22.1, 114.5, 99), ("", 1, 2, 3), ("x", 1, 2, 3)])
def test_areas_that_are_none_are_left_out(box):
    """No area is made up."""
    assert record_of(make_iso_record(SLUG, box=box)).extent is None


def test_a_record_in_dublin_core_is_read():
    """Its one text is in the language of its script."""
    inner = (
        f"<csw:Record><dc:identifier>{SLUG}</dc:identifier><dc:title>碼頭位置</dc:title><dct:modified>2025-03-04"
        '</dct:modified><dct:references scheme="urn:x-esri:specification:ServiceType:ArcGIS:MapServer">'
        "https://a.example/MapServer</dct:references><dc:format>GML</dc:format></csw:Record>"
    )
    record = record_of(inner)
    assert (record.slug, record.titles, record.modified) == (SLUG, {"zh-Hant": "碼頭位置"}, "2025-03-04")
    assert (record.formats, record.resources[0].protocol) == (("GML",), "MapServer")


def test_an_answer_says_how_many_records_there_are():
    """Records of the portal and of CSDI are one snapshot."""
    answer = make_answer([make_iso_record(SLUG)], 2).encode()
    assert read_contents(answer, "a").stated == 2
    page = b'{"success": true, "result": {"count": 1, "results": [{"name": "hk-hkpf-a", "title": "Piers"}]}}'
    reading = read_portal([PortalInput("csdi-2025-09.xml", answer), PortalInput("en-2025-09.json", page)])
    assert [one.code for one in reading.findings] == ["portal-count-not-reached"]
    assert reading.snapshot.head.stated == {"csw": 2, "en": 1}
    assert reading.snapshot.slugs == ["hk-hkpf-a", SLUG]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<a>", "XML 1:"),
        ("<a/>", "a"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
        (REFUSAL, "no rows"),
        ("<a>" * 100_000, "XML 1:"),
        (make_answer([make_iso_record(SLUG)])[:-60], r"XML \d+:\d+"),
    ],
)
def test_what_is_no_answer_is_refused(text, reason):
    """Nothing is expanded or opened, and what the service says of its refusal is told."""
    with pytest.raises(NotCsw, match=reason):
        read_answer(text)
    with pytest.raises(NotPortalData) as caught:
        read_contents(text.encode(), "a.xml")
    assert caught.value.finding.code == "portal-not-xml"


def test_an_external_entity_is_not_opened(tmp_path):
    """A file of this machine never comes into a record."""
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    entity = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    with pytest.raises(NotCsw):
        read_answer(f"{entity}<csw:GetRecordsResponse {NAMES}>&b;</csw:GetRecordsResponse>")
