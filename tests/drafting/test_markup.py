"""Where elements of XML begin and end, whatever their encoding, prefixes and signs in attributes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcat_hk.drafting.markup import Insertion, append, as_utf8, find_elements, find_filled, insert

_names = st.sampled_from(["a", "x:b", "c"])


@st.composite
def _elements(draw, depth=0):
    """Return XML as text."""
    name = draw(_names)
    stated = draw(st.sampled_from(["", ' t="&gt;"', " t='a>b'", ' t="x/"']))
    inner = (
        []
        if depth > 3
        else draw(st.lists(st.one_of(st.sampled_from(["中", "&amp;", "<!-- > -->"]), _elements(depth + 1))))
    )
    return f"<{name}{stated}>{''.join(inner)}</{name}>" if inner else f"<{name}{stated}/>"


@given(_elements())
@pytest.mark.exhaustive
def test_elements_are_where_they_are(text):
    """Start tags, contents and ends are found, and what is put there stands there."""
    data = f'<root xmlns:x="urn:x">{text}</root>'.encode()
    elements = find_elements(data)
    assert elements[0].name == "root"
    for element in elements:
        tag = f"<{element.name}".encode()
        assert data[element.start :].startswith(tag)
        assert (
            data[element.end - 2 : element.end] == b"/>"
            if element.is_empty
            else data[element.end :].startswith(f"</{element.name}>".encode())
        )
        changed = append(data, element, "<new/>")
        assert sum(one.name == "new" for one in find_elements(changed)) == 1


def test_only_so_deep_elements_are_given():
    """Deeper ones are passed over."""
    names = [one.name for one in find_elements(b"<a><b><c><d/></c></b><e/></a>", 1)]
    assert names == ["a", "b", "e"]


def test_namespaces_are_told_apart():
    """The same name in another namespace is another element, under whatever prefix."""
    elements = find_elements(b'<p xmlns="urn:1" xmlns:q="urn:2"><q:p q:id="7"/></p>')
    assert [(one.namespace, one.local, one.name) for one in elements] == [("urn:1", "p", "p"), ("urn:2", "p", "q:p")]
    assert elements[1].attributes == {"id": "7"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_becomes_utf_8(encoding):
    """Places are counted in bytes of UTF-8."""
    text = '<?xml version="1.0" encoding="UTF-16"?><a>中</a>'
    data = text.encode(encoding) if encoding == "utf-16" else b"\xfe\xff" + text.encode(encoding)
    assert as_utf8(data).decode() == '<?xml version="1.0"?><a>中</a>'


def test_insertions_at_one_place_keep_their_order():
    """The first one comes first."""
    assert insert(b"ab", [Insertion(1, "1"), Insertion(1, "2"), Insertion(2, "3")]) == b"a12b3"


def test_empty_cells_are_passed_over():
    """The first cell of a row that holds anything is found."""
    rows = b'<row r="1"><c r="A1"/></row>', b'<row r="3"><c r="A3"/><c r="C3"><is/></c><c r="D3"><v>1</v></c></row>'
    data = b"<s>" + b"".join(rows) + b"</s>"
    assert find_filled(data, "c", "row") == {"3": "C3"}
