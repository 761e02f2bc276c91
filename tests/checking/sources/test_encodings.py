"""Encodings: byte order marks in any syntax, and what XML declares."""

import gzip

import pyoxigraph
import pytest
from support.web_documents import TURTLE, command, triples

from dcat_hk.checking.sources.encodings import find_encoding
from dcat_hk.core.errors import NotRdf

NAMES = ["TURTLE", "N_TRIPLES", "N_QUADS", "TRIG", "JSON_LD", "RDF_XML"]
XML = (
    '<?xml version="1.0" encoding="{}"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:e="urn:ex:"><rdf:Description rdf:about="urn:ex:a"><e:p>{}</e:p></rdf:Description></rdf:RDF>'
)
SEEN = '<urn:ex:a> <urn:ex:p> "{}"'


def serialized(name, text="1"):
    """Return a statement in a syntax."""
    triple = pyoxigraph.Triple(*map(pyoxigraph.NamedNode, ["urn:ex:a", "urn:ex:p"]), pyoxigraph.Literal(text))
    return pyoxigraph.serialize([triple], format=getattr(pyoxigraph.RdfFormat, name)).decode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
@pytest.mark.parametrize("named", [True, False])
def test_a_byte_order_mark_is_no_part_of_the_data(make_file, name, encoding, named):
    """Each syntax is read in each Unicode encoding, with and without a telling name, also gzipped."""
    data = serialized(name, "香港").encode(encoding)
    ending = getattr(pyoxigraph.RdfFormat, name).file_extension if named else "x"
    assert triples(make_file(f"a.{ending}", data)) == [SEEN.format("香港")]
    assert triples(make_file(f"b.{ending}.gz", gzip.compress(data))) == [SEEN.format("香港")]


@pytest.mark.parametrize("jobs", ["one piece", "pieces"])
def test_a_large_file_with_a_mark_is_read_in_one_and_in_pieces(make_file, jobs):
    """What is cut into pieces for several processes has no mark in its first piece."""
    count = 40_000 if jobs == "pieces" else 3
    lines = "".join(f'<urn:ex:{n}> <http://www.w3.org/2000/01/rdf-schema#label> "x" .\n' for n in range(count))
    path = make_file("a.nt", lines.encode("utf-8-sig"))
    shapes = make_file(
        "s.ttl",
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        "<urn:s> sh:targetSubjectsOf rdfs:label ; sh:property [ sh:path <urn:p> ; sh:minCount 1 ; sh:message 'm' ] .",
    )
    done = command("validate", "--shapes", shapes, "--summary", path)
    assert f"Violation × {count}: m" in done.stdout


@pytest.mark.parametrize(
    ("encoding", "codec", "text"),
    [
        ("Big5", "big5", "年度開放數據計劃"),
        ("Big5", "cp950", "計劃碁銹"),
        ("Big5-HKSCS", "big5hkscs", "深水埗㗎喎"),
        ("GB18030", "gb18030", "开放数据㐀"),
        ("GBK", "gbk", "开放數據"),
        ("gb2312", "gb2312", "开放数据"),
        ("GB2312", "gbk", "開放數據"),
        ("Shift_JIS", "shift_jis", "データ"),
        ("Shift_JIS", "cp932", "①データ"),
        ("EUC-JP", "euc_jp", "データ"),
        ("EUC-KR", "euc_kr", "데이터"),
        ("ISO-8859-1", "latin-1", "données"),
        ("iso-8859-15", "iso8859-15", "10 €"),
        ("windows-1252", "cp1252", "“données” – €"),
        ("windows-1251", "cp1251", "данные"),
        ("KOI8-R", "koi8-r", "данные"),
        ("UTF-16", "utf-16", "數據"),
        ("UTF-16LE", "utf-16-le", "數據"),
        ("us-ascii", "ascii", "data"),
        ("utf-8", "utf-8", "數據"),
        ("IBM037", "cp037", "data"),
    ],
)
def test_rdf_xml_is_read_in_the_encoding_that_it_declares(make_file, encoding, codec, text):
    """The declaration counts, whatever the encoding is; programs' supersets of Big5 and the like are read too."""
    assert triples(make_file("a.rdf", XML.format(encoding, text).encode(codec))) == [SEEN.format(text)]
    assert triples(make_file("b", XML.replace('"1.0"', "'1.0'").format(encoding, text).encode(codec))) == [
        SEEN.format(text)
    ]


def test_a_false_declaration_of_utf_16_is_a_finding(make_file):
    """Programs of Windows write utf-16 into files of UTF-8: they are read, and it is told."""
    path = make_file("a.rdf", XML.format("utf-16", "數據"))
    assert triples(path) == [SEEN.format("數據")]
    done = command("validate", "--allow-empty", "--profile", "dcat-ap", path)
    assert "not in the encoding that it states" in done.stdout


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "base64", "unicode_escape", "idna", "x" * 500, "\x00"])
def test_encodings_that_are_none_are_refused(encoding):
    """Neither unknown names nor what Python transforms text with is an encoding."""
    with pytest.raises(NotRdf, match="is not known"):
        find_encoding(f'<?xml version="1.0" encoding="{encoding}"?>'.encode(), "a.rdf")


def test_what_is_not_in_its_encoding_is_refused_with_the_line(make_file):
    """Text cut off in the middle of a character, or in another encoding than declared."""
    data = XML.format("Big5", "x\n\nx").encode() + "\n數".encode("utf-16-le")[:1] + b"\xff\xff"
    done = command("validate", make_file("a.rdf", data))
    assert (done.exit_code, "a.rdf:5: The file is not in the encoding Big5" in done.stderr) == (3, True)
    assert command("validate", make_file("b.ttl", TURTLE.encode("utf-16")[:-1])).exit_code == 3


META = [
    "<meta charset={}>",
    '<meta http-equiv="Content-Type" content="text/html; charset={}">',
    '<META CHARSET = "{}" />',
]


@pytest.mark.parametrize("meta", META)
@pytest.mark.parametrize("encoding", ["big5", "gb18030", "BIG5-HKSCS", "utf-8"])
def test_a_web_page_names_its_encoding(make_file, meta, encoding):
    """Pages in Chinese encodings hold JSON-LD as well; one that is in UTF-8 is read so, whatever it says."""
    script = '<script type="application/ld+json">{"@id": "urn:ex:a", "urn:ex:p": "資料"}</script>'
    page = f"<!doctype html><html><head>{meta.format(encoding)}{script}</head></html>"
    assert triples(make_file("a.html", page.encode(encoding))) == [SEEN.format("資料")]
    assert triples(make_file("b.html", page.encode())) == [SEEN.format("資料")]
