"""RDF in web pages and in answers of catalogues."""

import json
import time

import pytest
from support.bounds import is_within
from support.web_documents import command, triples

from dcat_hk.checking.sources.embedded import extract_jsonld

DATASET = {"@id": "urn:ex:a", "@type": "http://www.w3.org/ns/dcat#Dataset", "urn:ex:p": "1"}
PAGE = """<!DOCTYPE html>
<html><head><title>&lt;script type="application/ld+json"&gt;</title>
<script>var x = '<b>';</script>
<!-- <script type="application/ld+json">{{"urn:ex:q": "no"}}</script> -->
<SCRIPT data-x='1' TYPE = application/ld+json>
{0}
</SCRIPT >
<script type="application/ld+json;profile=x"><!--
[{1}]
--></script></head><body></body></html>"""
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RECORD = (
    f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:d="http://www.w3.org/ns/dcat#"><d:Dataset rdf:about="urn:ex:{{}}"/></rdf:RDF>'
)
CSW = (
    '<?xml version="1.0"?>\n<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
    f"<csw:SearchResults>{RECORD.format(1)}\n{RECORD.format('b c')}</csw:SearchResults></csw:GetRecordsResponse>"
)
OAI = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
    + "".join(f"<record><metadata>{RECORD.format(n)}</metadata></record>" for n in (1, 2, 3))
    + "</ListRecords></OAI-PMH>"
)


@pytest.mark.parametrize("name", ["a.html", "a.ttl", "a"])
def test_json_ld_in_a_web_page_is_read(make_file, name):
    """All scripts of JSON-LD count, in any way of writing; what is commented out does not."""
    page = PAGE.format(json.dumps(DATASET, indent=1), json.dumps({"@id": "urn:ex:b", "urn:ex:p": "2"}))
    seen = triples(make_file(name, page))
    assert [triple for triple in seen if "urn:ex:p" in triple] == [
        '<urn:ex:a> <urn:ex:p> "1"',
        '<urn:ex:b> <urn:ex:p> "2"',
    ]
    assert len(seen) == 3


def test_lines_are_those_of_the_page(make_file):
    """A wrong IRI in a script is told with its line in the page."""
    page = PAGE.format(json.dumps(DATASET | {"urn:ex:q": {"@id": "http://a.example/b c"}}, indent=1), "{}")
    path = make_file("a.html", page)
    done = command("validate", "--profile", "dcat-ap", path)
    line = next(number for number, text in enumerate(page.splitlines(), 1) if "b c" in text)
    assert f"a.html:{line}" in done.stdout


@pytest.mark.parametrize(("text", "count"), [(CSW, 2), (OAI, 3)])
@pytest.mark.parametrize("name", ["a.xml", "a.rdf", "a"])
def test_every_rdf_of_an_answer_is_read(make_file, text, count, name):
    """CSW and OAI-PMH give a rdf:RDF for each record; what is wrong in one is told with its line."""
    path = make_file(name, text)
    assert len(triples(path)) == count
    done = command("validate", "--profile", "dcat-ap", path)
    assert (f"{name}:3" in done.stdout) == (text == CSW)
    assert command("score", path).exit_code == 0


@pytest.mark.parametrize(
    "piece", ["<script>", '<script "', "<!--", "<script type='application/ld+json'>", "</script", "<"]
)
def test_pages_made_to_be_slow_are_not(tmp_path, piece):
    """No run of tags makes it slow."""
    (tmp_path / "a").write_text(piece * 200_000, encoding="utf-8")
    started = time.process_time()
    extract_jsonld(tmp_path / "a", tmp_path / "b")
    assert is_within(time.process_time() - started, 5)


@pytest.mark.parametrize(
    ("element", "base"),
    [
        ('<base href="http://b.example/x/">', "http://b.example/x/"),
        ("<BASE target=_top HREF='http://b.example/x/?a&amp;b'>", "http://b.example/x/"),
        ("<base href=//b.example/>", "file://b.example/"),
        ('<!-- <base href="http://b.example/"> -->', None),
        ('<base target="_blank">', None),
        ('<base href="http://b example/">', None),
    ],
)
def test_the_base_of_a_page_is_that_of_its_data(make_file, element, base):
    """JSON-LD in HTML resolves relative IRIs as the page's links are resolved."""
    page = f"""<!doctype html><head>{element}<script type="application/ld+json">
    {{"@id": "d", "urn:ex:p": "1"}}</script></head>"""
    path = make_file("a.html", page)
    [seen] = triples(path)
    assert seen.split()[0] == f"<{base or path.parent.as_uri() + '/'}d>"
