"""Fragments as they are shown."""

from dcat_hk.reading.documents import Document, Fragment, Span
from dcat_hk.reading.tracing.values import join_fragments, name_places, trace_fragments, trace_span

DOCUMENT = Document("a", "", ("one two", "three"), ())


def test_a_stretch_is_counted_from_one():
    """The first line is line 1, the first character is character 1, the last one is meant with it."""
    assert trace_span(DOCUMENT, Span(0, 4, 7)) == {"text": "two", "line": 1, "characters": [5, 7]}


def test_how_a_fragment_goes_on_is_stated():
    """Paragraphs, torn words and text that several rows share are told; a wrapped line is the rule."""
    fragments = [
        Fragment(Span(0, 0, 3)),
        Fragment(Span(0, 4, 7), apart=True),
        Fragment(Span(1, 0, 2), torn=True),
        Fragment(Span(1, 2, 5)),
    ]
    traced = trace_fragments(DOCUMENT, fragments)
    assert [set(one) - {"text", "line", "characters"} for one in traced] == [set(), {"apart"}, {"torn"}, set()]
    assert join_fragments(traced) == "one ¶ two + th / ree"
    assert name_places(traced) == "1:1-3 1:5-7 2:1-2 2:3-5"
