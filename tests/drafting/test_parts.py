"""Parts of a package refer to one another by relative names, and new ones are stated."""

from dcat_hk.drafting.packages import CONTENT_TYPES, write_package
from dcat_hk.drafting.parts import EditedPackage

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_KIND}/officeDocument" Target="/word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_KIND}/hyperlink" Target="https://example.org" TargetMode="External"/>'
    "</Relationships>"
)


def package(**more):
    """Return a package with a main part."""
    parts = {CONTENT_TYPES: '<Types xmlns="urn:types"/>', "_rels/.rels": _ROOT, "Word/Document.xml": "<d/>"}
    return EditedPackage(write_package(parts | more))


def test_names_have_any_case_and_targets_any_form():
    """A target may be absolute; what lies outside of the file is no part."""
    edited = package()
    assert [(one.kind, one.target) for one in edited.relations("")] == [("officeDocument", "word/document.xml")]
    assert edited.read("word/document.xml").endswith(b"<d/>")


def test_a_new_part_is_related_and_stated():
    """Identifiers and names are free ones, and targets lead from the folder of the part."""
    edited = package(**{"word/comments.xml": "<c/>"})
    name = edited.free_name("word/comments{}.xml")
    assert name == "word/comments1.xml"
    edited.write(name, b"<c/>")
    assert [edited.relate("word/document.xml", "comments", one) for one in (name, "xl/a.xml")] == ["rId1", "rId2"]
    assert [one.target for one in edited.relations("word/document.xml")] == [name, "xl/a.xml"]
    edited.state_type(name, "text/x")
    assert b'<Override xmlns="urn:types" PartName="/word/comments1.xml" ContentType="text/x"/></Types>' in edited.read(
        CONTENT_TYPES
    )
    assert EditedPackage(edited.save()).read(name) == b"<c/>"
