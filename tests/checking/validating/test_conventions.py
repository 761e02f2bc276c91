"""The conventions' page: every convention has a reason, and examples that do what the page says of them."""

import doctest
import re
import subprocess
import sys

import pytest
from rdflib import RDFS, SH
from support.paths import ROOT

from dcat_hk.checking.shacl import compile_shapes
from dcat_hk.checking.validating.profiles import load_shapes
from dcat_hk.checking.validating.pyshacl_adapter import as_graph
from dcat_hk.checking.validating.validator import profile_validator
from dcat_hk.core.results import violations
from dcat_hk.core.terms import expand
from dcat_hk.core.vocabularies import DEFAULT_BASE as BASE

sys.path.insert(0, str(ROOT / "tools"))
import write_conventions as writer

CONVENTIONS = {convention["code"]: convention for convention in writer.conventions()}
WHOLE = writer.triples(writer.catalogue())
PAGE = (ROOT / "docs/reference/conventions.md").read_text(encoding="utf-8")
by_code = pytest.mark.parametrize("code", CONVENTIONS)


def spoilt(code):
    """Return the catalogue of the examples with one convention broken as its example breaks it."""
    return writer.broken(CONVENTIONS[code], WHOLE)


def said(results):
    """Return what counts of results, whatever engine gave them."""
    return {(r.focus_node, r.path, r.source_shape, r.messages) for r in results}


def with_lines(text, *without):
    """Return the codes that the catalogue breaks with more text, and without lines that hold something."""
    lines = [line for line in writer.catalogue().splitlines() if not any(part in line for part in without)]
    return {writer.code_of(result) for result in writer.answers(writer.triples("\n".join([*lines, text])))}


# ---- the page


def test_the_page_is_current():
    """docs/reference/conventions.md is what the tables give."""
    command = [sys.executable, "tools/write_conventions.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert doctest.testmod(writer).failed == 0


def test_every_convention_of_the_shapes_is_on_the_page():
    """The shapes have 35 conventions; each has an anchor, a line in the table and a heading with its title."""
    shapes = (ROOT / "shapes/dcat-ap-hk.ttl").read_text(encoding="utf-8")
    titles = dict(re.findall(r"^# ---- (HK\d\d): (.+)$", shapes, re.MULTILINE))
    assert list(titles) == list(CONVENTIONS)
    assert len(titles) == 35
    for code, title in titles.items():
        assert f'<a id="{code.lower()}"></a>\n\n## {code} {title}\n' in PAGE
        assert f"| [{code}](#{code.lower()}) | {title} |" in PAGE


def test_every_shape_leads_to_its_convention():
    """Each shape of the profile that can answer names the section of the page, and the section is there."""
    shapes = as_graph(load_shapes("dcat-ap-hk", BASE))
    nodes = [node for node in set(shapes.subjects(SH.severity)) if "/dcat-ap-hk#HK" in node]
    assert len(nodes) > 80
    for node in nodes:
        anchor = re.search(r"#(HK\d\d)-", node)[1].lower()
        # A text and no IRI: under the base IRI of a catalogue the page is not to be had.
        assert [str(o) for o in shapes.objects(node, RDFS.comment)] == [
            f"{anchor.upper()}: docs/reference/conventions.md#{anchor}"
        ]
        assert f'<a id="{anchor}"></a>' in PAGE


def test_links_within_the_page_lead_somewhere():
    """Whatever a link on the page points at within it is an anchor or a heading."""
    headings = {re.sub(r"\W+", "-", title.lower()) for title in re.findall(r"^## (.+)$", PAGE, re.MULTILINE)}
    targets = set(re.findall(r"\]\(#([^)]+)\)", PAGE))
    assert len(targets) >= len(CONVENTIONS)
    assert targets <= headings | set(re.findall(r'<a id="([^"]+)">', PAGE))


# ---- the examples


def test_the_catalogue_of_the_examples_conforms():
    """It has no violation, and a thing of every class that a convention is about."""
    assert writer.answers(WHOLE) == []
    things = {o for _s, p, o in WHOLE if p == f"<{expand('rdf:type')}>"}
    for name in {name for convention in CONVENTIONS.values() for name in convention["on"]}:
        iri = f"{BASE}def/plan#{name[5:]}" if name.startswith("plan:") else expand(name)
        assert f"<{iri}>" in things, name


@by_code
def test_an_example_breaks_its_own_convention_only(code):
    """The good example is part of the catalogue; the bad one in its place makes the shapes of one convention answer."""
    assert writer.triples(CONVENTIONS[code]["good"]) <= WHOLE
    found = writer.answers(spoilt(code))
    assert {writer.code_of(result) for result in found} == {code}
    assert writer.answers(spoilt(code), "dcat-ap") == []
    for result in found:
        assert f"> {result.message('en')}<br>\n> {result.message('zh-Hant')}\n" in PAGE


@pytest.mark.parametrize(
    "code", ["HK01", "HK04", "HK06", "HK07", "HK09", "HK13", "HK16", "HK18", "HK20", "HK23", "HK25", "HK27"]
)
def test_pyshacl_says_the_same_of_an_example(code):
    """Each kind of constraint gives the same results by pyshacl, on the good and on the bad example."""
    pyshacl = profile_validator("dcat-ap-hk", BASE, writer.DAY, "pyshacl")
    assert violations(pyshacl.validate(WHOLE)) == []
    data = spoilt(code)
    assert said(violations(pyshacl.validate(data))) == said(writer.answers(data))


@pytest.fixture(scope="module")
def official(shared):
    """Return the official files that have violations to give, compiled, with what they find in the good catalogue."""
    folder = shared / "reference/dcat-ap-3.0.1"
    programs = [compile_shapes(folder / name) for name in ("shapes.ttl", "range.ttl", "dcat-ap-SHACL.ttl")]
    return [(program, said(violations(program.validate(WHOLE, 1)))) for program in programs]


@by_code
def test_the_official_files_let_an_example_pass(code, official):
    """What breaks a convention is valid by the official files: they find nothing that the good one has not."""
    for program, before in official:
        assert said(violations(program.validate(spoilt(code), 1))) <= before


# ---- a convention without a part


@pytest.mark.parametrize("part", writer.PARTS)
def test_a_convention_without_a_part_is_refused(part):
    """A convention is not documented without reason, examples and messages."""
    convention = CONVENTIONS["HK01"]
    for lacking in ({k: v for k, v in convention.items() if k != part}, {**convention, part: ""}):
        with pytest.raises(writer.NotReady, match="HK01"):
            writer.complete([lacking])


def test_codes_are_numbers_without_gaps():
    """A number is neither left out nor used twice."""
    first, second, third = list(CONVENTIONS.values())[:3]
    for wrong in ([first, third], [first, first], [second]):
        with pytest.raises(writer.NotReady, match="is the next code"):
            writer.complete(wrong)


@pytest.mark.parametrize(
    ("change", "said_of_it"),
    [
        ({"good": '<dataset/other> dct:title "x"@en .'}, "no excerpt"),
        ({"bad": CONVENTIONS["HK01"]["good"]}, r"breaks \[\]"),
        ({"bad": CONVENTIONS["HK03"]["bad"]}, "breaks .*HK03"),
        ({"bad": "<dataset/hk-demo-stops> dct:title <urn:x> ."}, "dcat-ap#Dataset-dct-title"),
    ],
)
def test_an_example_that_does_nothing_or_too_much_is_refused(change, said_of_it):
    """The page is not written with an example that is none."""
    with pytest.raises(writer.NotReady, match=said_of_it):
        writer.page([{**CONVENTIONS["HK01"], **change}], writer.catalogue())


def test_a_catalogue_that_does_not_conform_is_refused():
    """Examples are shown in a catalogue that is right in itself."""
    with pytest.raises(writer.NotReady, match="does not conform"):
        writer.page([], writer.catalogue() + "<dataset/x> a dcat:Dataset .")


# ---- what examples leave out


@pytest.mark.parametrize("space", ["", " ", "\\t", "\\u3000", "\\u00A0", " \\u3000 "])
def test_a_text_of_spaces_is_empty(space):
    """HK03 finds spaces of any width, also the ideographic one, and in the names of contacts."""
    assert with_lines(f'<organisation/hk-demo#contact> vcard:fn "{space}"@en .') == {"HK03"}
    assert with_lines(f'<organisation/hk-demo#contact> vcard:fn "{space}x"@en .') == set()


def test_contacts_and_schemes_have_one_name_for_each_language():
    """HK02 counts the names of contacts and the titles of schemes too."""
    assert with_lines('<organisation/hk-demo#contact> vcard:fn "x"@zh-Hant .') == {"HK02"}
    assert with_lines('<def/category> dct:title "x"@zh-Hant .') == {"HK02"}


@pytest.mark.parametrize(
    ("row", "own", "other"),
    [("D-1", "release", "target"), ("A-1", "target", "release")],
)
@pytest.mark.parametrize("end", ["Date", "Start", "End"])
def test_no_end_of_a_period_stands_on_the_wrong_side(row, own, other, end):
    """HK18 finds each property of the other kind of date, alone and beside the right one."""
    wrong = f'<record/hk-demo/2024-2026/{row}> plan:{other}{end} "2023-06"^^xsd:gYearMonth .'
    assert with_lines(wrong) == {"HK18"}
    right = f'<record/hk-demo/2024-2026/{row}> plan:{own}{end} "2023-06"^^xsd:gYearMonth .'
    assert end == "Date" or with_lines(right) == set()


def test_one_mistake_in_a_section_has_one_answer():
    """A section that is none, or is not there, is said once: HK18 speaks of rows whose section is known."""
    record = "<record/hk-demo/2024-2026/A-1> "
    assert with_lines(f'{record} plan:section "E" .', 'plan:section "A"') == {"HK16"}
    assert with_lines("", 'plan:section "A"') == {"HK14"}
