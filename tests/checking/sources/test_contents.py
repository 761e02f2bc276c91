"""What holds no RDF is called by its name, with what to do instead."""

import io
import re
import zipfile

import pytest
from support.commands import run
from support.web_documents import command, triples


def zipped(*names):
    """Return a ZIP file with empty members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return out.getvalue()


ISO = '<?xml version="1.0"?><gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"/>'
CSW = '<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"/>'
OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords/></OAI-PMH>'
OTHERS = [
    (b"%PDF-1.7\n", "a PDF"),
    (zipped("a.ttl"), "a ZIP file"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old Office document"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"BZh91AY", "compressed in a way"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x01\x02\x00\x03" * 50, "no text"),
    ("<!DOCTYPE html>\n<html><body>404</body></html>", "a web page"),
    ("<html>\n<p>x", "a web page"),
    ('<?xml version="1.0"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "a web page"),
    ('{"help": "https://a.example/api/3/action/help_show?name=package_list", "success": true, "result": ["a"]}',
     "CKAN's interface (package_list)"),
    ('{"success": true, "result": {"count": 1, "results": [{"title": "x"}]}}', "CKAN's interface (package_search)"),
    ('{"result": {"title": {"de": "X"}, "keywords": [{"id": "a"}]}}', "CKAN's interface (package_show)"),
    ('{"name": "a", "resources": [], "owner_org": "b"}', "CKAN's interface (a dataset)"),
    ('{"type": "FeatureCollection", "features": []}', "GeoJSON"),
    ('{"$schema": "http://json-schema.org/schema#", "properties": {"@id": {"@type": "@id"}}}', "a JSON Schema"),
    ('{"$schema": "http://json-schema.org/schema#", "properties": {"@context": {"@type": 1}}}', "a JSON Schema"),
    ('{"openapi": "3.1.0", "info": {}}', "OpenAPI"),
    ('[{"a": 1}]', "plain JSON"),
    ('{"title": "x: y", "dataset": [{"title": "http://a.example/"}]}', "plain JSON"),
    ("id,title,url\n1,A,http://a.example/1\n2,B,http://a.example/2\n", "a table (CSV)"),
    ('id;title\n1;"A; B"\n2;C\n', "a table (CSV)"),
    ("a\tb\n1\t2\n", "a table (CSV)"),
    ("Dear all,\nplease find the catalogue attached.\n", "plain text"),
    ("PREFIX e: <urn:e:>\nSELECT ?a WHERE { ?a e:p ?b }", "a query in SPARQL"),
    (ISO, "ISO 19139"),
    (CSW, "a CSW catalogue"),
    (OAI, "OAI-PMH"),
    ('<rss version="2.0"><channel/></rss>', "a feed (RSS)"),
    ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "a feed (Atom)"),
    ('<?xml version="1.0"?><catalogue><dataset/></catalogue>', "XML that is no RDF/XML: its root is <catalogue>"),
    ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "a sitemap"),
]  # fmt: skip


@pytest.mark.parametrize("ending", ["", ".ttl", ".rdf", ".json", ".nq"])
@pytest.mark.parametrize(("data", "called"), OTHERS, ids=[called for _data, called in OTHERS])
def test_what_is_no_rdf_is_called_by_its_name(make_file, data, called, ending):
    """Whatever the file is named, what it holds counts: exit code 3, what it is, and advice."""
    done = command("validate", make_file(f"x{ending}", data))
    assert (done.exit_code, done.stdout) == (3, "")
    assert f"The file holds no RDF: it is {called}" in done.stderr.replace("an answer of ", "").replace(
        "metadata in ", ""
    ).replace("without RDF in it", "").replace("a description of an interface (", "").replace("(OpenAPI", "OpenAPI")
    assert len(done.stderr.split(". ")) > 1


def test_a_score_calls_them_so_too(make_file):
    """What is no RDF has no score."""
    for name, (data, called) in enumerate(OTHERS[:3]):
        done = command("score", make_file(str(name), data))
        assert (done.exit_code, called in done.stderr) == (3, True)


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["", ".ttl", ".rdf", ".json"])
def test_an_empty_file_is_told(make_file, data, ending):
    """An empty file is no error among others, but it is told."""
    path = make_file(f"x{ending}", data)
    other = make_file("y.ttl", "<urn:a> a <http://www.w3.org/ns/dcat#Dataset> .")
    done = command("validate", "--profile", "dcat-ap", path, other)
    assert "The file is empty." in done.stdout
    assert command("score", path).exit_code == 3


XML = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='urn:ex:'>"
    "<rdf:Description rdf:about='urn:ex:a' e:p='1'/></rdf:RDF>"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rdf", "@prefix : <urn:ex:> . :a :p '1' ."),
        ("a.json", "<urn:ex:a> <urn:ex:p> '1' ."),
        ("a.ttl", '{"@id": "urn:ex:a", "urn:ex:p": "1"}'),
        ("a.jsonld", XML),
        ("a.ttl", XML),
    ],
)
def test_rdf_under_a_false_name_is_read(make_file, name, text):
    """Turtle is often saved with the ending of another syntax."""
    assert triples(make_file(name, text)) == ['<urn:ex:a> <urn:ex:p> "1"']


@pytest.mark.parametrize(
    "text",
    [
        "# a comment, and no more\n",
        "( 1 2 ) <urn:ex:p> 1 .",
        "{ <urn:ex:a> <urn:ex:p> 1 }",
        "# a, b\n" * 20_000 + "<urn:ex:a> <urn:ex:p> 1 .",
    ],
)
def test_what_begins_oddly_and_is_rdf_is_read(make_file, text):
    """Long comments, lists and graphs at the beginning are no plain text."""
    assert len(triples(make_file("x", text))) == (0 if "no more" in text else 5 if text.startswith("(") else 1)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7\n", "檔案沒有 RDF：這是PDF。請向發布者索取 RDF，例如 catalog.ttl 或 catalog.rdf。"),
        (b'{"name": "a", "resources": [], "owner_org": "b"}', "這是CKAN 介面的回應（一個數據集）。"),
        (b"<catalogue/>", "這是其他 XML（根元素為 <catalogue>），並非 RDF/XML。請指明含有 RDF 的檔案。"),
        (b'{"@graph": ' + b"[" * 1000 + b"]" * 1000 + b"}", "JSON 的巢狀層數超過500。"),
        (b'{"@context": "https://a.example/c", "@id": "urn:a"}', "檔案需要別處的語境，而未經要求不會擷取任何檔案："),
        (b"\xff\xfe" + '<?xml version="1.0"?><a/>'.encode("utf-16-le") + b"x", "檔案並非其所稱的編碼"),
    ],
)
def test_refusals_are_told_in_the_language_asked_for(tmp_path, content, told):
    """In Chinese, what the file is and what to do are Chinese."""
    path = tmp_path / "a.file"
    path.write_bytes(content)
    done = run("validate", "--lang", "zh-HK", path)
    assert done.exit_code == 3
    assert told in done.stderr
    assert not re.search(r"[a-z]{4,} [a-z]{2,} [a-z]{2,}", done.stderr.replace(str(path), ""))
