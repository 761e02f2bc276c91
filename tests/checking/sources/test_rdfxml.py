"""RDF/XML with values that a parser refuses, and RDF in other XML."""

import io

import pyoxigraph
import pytest
from support.web_documents import command, triples

from dcat_hk.checking.sources.iris import TermFixer
from dcat_hk.checking.sources.rdfxml import RdfXmlRewriter
from dcat_hk.core.errors import NotRdf

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DOCUMENT = f'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="urn:ex:">\n{{}}\n</rdf:RDF>'


def rewritten(path, is_within=False):
    """Return what a file says after it was rewritten, in canonical form, and the places of findings."""
    out, fixer = io.StringIO(), TermFixer("a.rdf", "http://a.example/")
    RdfXmlRewriter(out, fixer, is_within).rewrite(path)
    return canonical(out.getvalue()), [(finding.line, finding.rule) for finding in fixer.findings]


def canonical(text):
    """Return the statements of RDF/XML in canonical form."""
    quads = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.RDF_XML, base_iri="http://a.example/")
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, dataset))


RIGHT = [
    '<e:A rdf:about="x"><e:p xml:lang="en">t &amp; &lt;u&gt;</e:p><e:q rdf:resource="#y"/></e:A>',
    '<e:A rdf:nodeID="n1"><e:p rdf:parseType="Literal"><b xmlns="urn:n" k="a&quot; ">x<!-- c --> <c/></b></e:p></e:A>',
    '<rdf:Description rdf:ID="i" e:p="a&#10;b&#9;c"/>',
    '<e:A xml:base="http://b.example/c/"><e:p rdf:parseType="Resource"><e:q>1</e:q></e:p></e:A>',
    '<e:A><e:p rdf:parseType="Collection"><e:B/><e:C/></e:p><rdf:li>x</rdf:li><rdf:_3>y</rdf:_3></e:A>',
    '<A xmlns="urn:other:"><p><![CDATA[<x> & y]]></p></A>',
    '<e:A rdf:about="香港"><e:p rdf:datatype="http://www.w3.org/2001/XMLSchema#int">1</e:p></e:A>',
    '<e:A\n rdf:about="x"\n>\n<e:p>  a\n b &#13;</e:p></e:A>',
]


@pytest.mark.parametrize("inner", RIGHT)
def test_what_is_right_says_the_same(make_file, inner):
    """Prefixes, literals, bases, blanks and comments come through."""
    text = DOCUMENT.format(inner)
    assert rewritten(make_file("a.rdf", text)) == (canonical(text), [])


WRONG = [
    ('<e:A rdf:about="http://b.example/x y"/>', (3, "invalid-iri"), "http://b.example/x%20y"),
    ('\n<e:A rdf:about=" http://b.example/x\n"/>', (4, "blanks-around-iri"), "<http://b.example/x>"),
    ('<e:A rdf:about="a"><e:p\n rdf:datatype="b c">1</e:p></e:A>', (3, "invalid-iri"), "http://a.example/b%20c"),
    ('<e:A rdf:about="a">\n<e:p xml:lang="zh_Hant">x</e:p></e:A>', (4, "invalid-language-tag"), '"x"@zh-hant'),
    ('<e:A rdf:nodeID="1 b"><e:p rdf:nodeID="1 b"/></e:A>', (3, "invalid-node-id"), "_:c14n0 <urn:ex:p> _:c14n0"),
    ('<e:A rdf:nodeID="urn:x:1"/>', (3, "invalid-node-id"), "<urn:ex:A>"),
    ('<e:A rdf:nodeID=""/>', (3, "invalid-node-id"), "<urn:ex:A>"),
    ('<e:A rdf:ID="1 b"/>', (3, "invalid-id"), "<http://a.example/#1%20b>"),
    ('<e:A rdf:ID="b"/>\n<e:B rdf:ID="b"/>', (4, "repeated-id"), "<http://a.example/#b> "),
    ('<e:A rdf:about="_:x"><e:p rdf:resource="_:x"/></e:A>', (3, "blank-node-as-iri"), "_:c14n0 <urn:ex:p> _:c14n0"),
    ('<f:A xmlns:f="urn:a b:" rdf:about="a"/>', (3, "invalid-iri"), "<urn:a%20b:A>"),
    ('<e:A xml:base="http://b.example/{x}/" rdf:about="a"/>', (3, "invalid-iri"), "<http://b.example/%7Bx%7D/a>"),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "finding", "seen"), WRONG)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_is_read(make_file, inner, finding, seen):
    """Each is a violation in a report, beside the results of the rest; no value ends the reading."""
    path = make_file("a.rdf", DOCUMENT.format(inner))
    statements, findings = rewritten(path)
    assert finding in findings
    assert any(seen in statement for statement in statements)
    done = command("validate", "--profile", "dcat-ap", path)
    assert (done.exit_code, f"a.rdf:{finding[0]}" in done.stdout) == (4, True)


@pytest.mark.parametrize(
    ("inner", "line", "reason"),
    [
        ("<e:A>\n<e:p>x</e:A>", 4, "mismatched tag"),
        ("<f:A/>", 3, "unbound prefix"),
        ("<e:A>\n\n<e:p>x<e:B/></e:p></e:A>", 5, "text value is already present"),
        ("<rdf:li/>", 3, "rdf-syntax-ns#li"),
        ("<e:A rdf:aboutEach='x'/>", 3, "aboutEach"),
        ("<e:A>&nbsp;</e:A>", 3, "undefined entity"),
        ("\x00", 3, ""),
    ],
)
def test_what_has_no_syntax_is_refused_with_the_line(make_file, inner, line, reason):
    """Only single values are changed."""
    done = command("validate", make_file("a.rdf", DOCUMENT.format(inner)))
    assert (done.exit_code, done.stdout) == (3, "")
    assert reason in done.stderr
    assert f"a.rdf:{line}: " in done.stderr or not reason


def test_rdf_in_other_xml_is_read_with_its_namespaces_and_its_own_blank_nodes(make_file):
    """Every rdf:RDF in an answer counts; equal labels of two are different nodes; declarations around it count."""
    record = (
        '<r xml:base="http://b.example/{0}/"><rdf:RDF xml:lang="en"><e:A rdf:about="d"><e:p rdf:nodeID="n"/>'
        '<e:q>t</e:q></e:A><e:B rdf:nodeID="n"/></rdf:RDF></r>'
    )
    text = f'<all xmlns:rdf="{RDF}"><x>no RDF</x><y xmlns:e="urn:ex:">{record.format(1)}{record.format(2)}</y></all>'
    statements, findings = rewritten(make_file("a.xml", text), is_within=True)
    assert (len(statements), findings) == (8, [])
    assert sum('"t"@en' in statement for statement in statements) == 2
    assert any(statement.startswith("<http://b.example/2/d> <urn:ex:q>") for statement in statements)
    assert len(triples(make_file("b.xml", text))) == 8


def test_xml_that_ends_too_soon_is_refused(make_file):
    """An answer that was cut off is no answer."""
    with pytest.raises(NotRdf, match="no element found") as caught:
        rewritten(make_file("a.rdf", "<a>\n<b>"))
    assert caught.value.where == "a.rdf:2"


def test_text_that_is_no_utf_8_is_called_so(make_file):
    """XML without a declaration is UTF-8; what is not is refused with its line."""
    done = command("validate", make_file("a.rdf", DOCUMENT.format("<e:A>\né</e:A>").encode("latin-1")))
    assert (done.exit_code, "a.rdf:4: The file is not in UTF-8, and names no other encoding." in done.stderr) == (
        3,
        True,
    )
