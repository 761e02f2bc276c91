"""
Queries that ask for the language of texts -> queries that find it in a store which keeps tags in lower case.

In: the text of a query. Out: the text to run instead, and the function that it calls. pyoxigraph keeps `zh-Hant` as
`zh-hant`, but results and files have the case of BCP 47, and `LANG(?title) = "zh-Hant"` has to find what they show.

Spec: RFC 5646, section 2.1.1 (case has no meaning); SPARQL 1.1 Query Language, section 17.4.2.2 (LANG).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pyoxigraph

from ...core.languages import CHINESE_SCRIPTS, DERIVED_LANGUAGE, LANGUAGE_OF_SCRIPT, OTHER_SCRIPT, canonical_tag

#: The function that stands for LANG where its value is shown or compared with what is not a text of the query.
LANG_FUNCTION = "urn:dcat-hk:lang"
#: Texts; one that does not end counts to the end of its line or of the query, so that nothing is read twice.
_STRING = "|".join(
    (
        r"\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*+(?:\"\"\"|\\?\Z)",
        r"'''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\\?\Z)",
        r"\"(?:[^\"\\\n]|\\.)*+(?:\"|(?=\n)|\\?\Z)",
        r"'(?:[^'\\\n]|\\.)*+(?:'|(?=\n)|\\?\Z)",
    )
)
#: What is passed over: texts, IRIs and comments, in which LANG is no keyword.
_OTHER = rf"{_STRING}|<[^<>\"{{}}|^`\\\s]*>|#[^\n]*"
_LANG = r"(?<![\w:?$@.%\\-])LANG\s*\(\s*[?$]\w+\s*\)"
_OPERATOR = r"(?:=|!=|(?:NOT\s+)?IN\s*\(|[<>]=?)"
_TEXTS = rf"(?:{_STRING})(?:\s*,\s*(?:{_STRING}))*"
#: The longest comparisons come first: a comparison with texts, LANG where case means nothing, LANG alone.
_FOUND = re.compile(
    rf"(?P<compared>{_LANG}\s*{_OPERATOR}\s*{_TEXTS}|(?:{_STRING})\s*(?:!?=|[<>]=?)\s*{_LANG})"
    rf"|(?P<matched>(?<![\w:?$@.%\\-])LANGMATCHES\s*\(\s*LANG)"
    rf"|(?P<alone>(?<![\w:?$@.%\\-])LANG(?=\s*\())"
    rf"|{_OTHER}",
    re.IGNORECASE | re.DOTALL,
)
_TEXT = re.compile(_STRING, re.DOTALL)
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
#: A text with its tag, as the serialisers of pyoxigraph write it; a text that only holds such signs has escapes.
_TAGGED = {
    "Turtle": re.compile(r"(?P<before>\"(?:[^\"\\]|\\.)*+\"@?|<[^>\s]*>)(?P<tag>[a-z0-9-]*)"),
    "JSON-LD": re.compile(r"(?P<before>\"@language\":\")(?P<tag>[a-z0-9-]*)"),
    "RDF/XML": re.compile(r"(?P<before><[^<>]* xml:lang=\")(?P<tag>[a-z0-9-]*)"),
}


def run_query(store: Any, text: str, **options: Any) -> Any:
    """
    Return the result of a query on a store; language tags are compared and returned in the case of BCP 47.

    Args:
        store: A store of pyoxigraph.

        text: The query.

        options: The other arguments of the store's own function.

    Raises:
        SyntaxError: The query is not valid.

    >>> store = pyoxigraph.Store()
    >>> name, title = pyoxigraph.NamedNode("urn:a"), pyoxigraph.Literal("海", language="zh-Hant")
    >>> store.add(pyoxigraph.Quad(name, name, title))
    >>> bool(run_query(store, 'ASK { ?s ?p ?o FILTER(LANG(?o) = "zh-Hant") }'))
    True
    """
    changed = _keep_case(text)
    if changed != text:
        try:
            return store.query(changed, custom_functions={pyoxigraph.NamedNode(LANG_FUNCTION): _lang}, **options)
        except SyntaxError:
            # What is wrong is told at its place in the text that was given.
            pass
    return store.query(text, **options)


def find_printed_tag(text: str) -> str:
    """
    Return the script whose exact tag a query asks for, so that it finds printed texts only; else an empty text.

    Texts converted from the other script have a tag of their own, which LANGMATCHES finds.

    Args:
        text: The query.

    >>> find_printed_tag('ASK { ?s ?p ?o FILTER(LANG(?o) = "zh-hant") }')
    'zh-Hant'
    >>> find_printed_tag('ASK { ?s ?p ?o FILTER(LANG(?o) IN ("zh-Hant", "zh-Hant-t-zh-hans")) }')
    ''
    """
    asked = {
        found[0].strip("\"'").lower()
        for one in _FOUND.finditer(text)
        if one["compared"]
        for found in _TEXT.finditer(one[0])
    }
    for script in CHINESE_SCRIPTS:
        tag, converted = LANGUAGE_OF_SCRIPT[script], DERIVED_LANGUAGE[OTHER_SCRIPT[script]]
        if tag.lower() in asked and converted.lower() not in asked:
            return tag
    return ""


def restore_tags(text: str, syntax: str) -> str:
    r"""
    Return what pyoxigraph has serialised with the language tags in the case of BCP 47.

    Args:
        text: A graph.

        syntax: The name of the format, as pyoxigraph calls it.

    >>> restore_tags('<urn:a> <urn:b> "\\"@zh-hant"@zh-hant .', "N-Triples")
    '<urn:a> <urn:b> "\\"@zh-hant"@zh-Hant .'
    """
    pattern = _TAGGED.get(syntax, _TAGGED["Turtle"])
    return pattern.sub(lambda found: found["before"] + _canonical(found["tag"]), text)


def _keep_case(text: str) -> str:
    """Return a query in which texts that LANG is compared with are in lower case, and LANG stands for our function."""
    return _FOUND.sub(_replace, text) if "lang" in text.lower() else text


def _replace(found: re.Match[str]) -> str:
    """Return what stands for a part of a query."""
    if found["compared"]:
        return _TEXT.sub(lambda one: one[0].lower() if _TAG.fullmatch(one[0].strip("\"'")) else one[0], found[0])
    return f"<{LANG_FUNCTION}>" if found["alone"] else found[0]


def _lang(term: Any) -> Any:
    """Return the language tag of a literal; None, which is an error in SPARQL, for other terms."""
    return pyoxigraph.Literal(_canonical(term.language or "")) if isinstance(term, pyoxigraph.Literal) else None


_canonical = lru_cache(maxsize=1 << 8)(canonical_tag)
