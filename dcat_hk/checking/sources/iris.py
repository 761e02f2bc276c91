"""
IRIs and language tags as files state them -> such that RDF can have, with a finding for each that had to change.

In: values with their lines. Out: values that every RDF library takes. Blanks around an IRI go, characters that it
cannot have are percent-encoded, so that equal values stay equal and the rest of a file can be validated.

Spec: RFC 3987, section 2.2 (syntax); RFC 3986, section 2.1 (percent-encoding); RDF 1.1 Concepts, sections 3.2 and 3.3.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import quote, urljoin

from pyoxigraph import Literal, NamedNode

from ...core.terms import Iri
from ...core.wording.records import read_toml
from .findings import SourceFinding

_BLANKS = " \t\r\n\f\v\u00a0\u200b\u2028\u2029\u3000\ufeff"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
#: What no IRI may have anywhere, and a percent sign that encodes nothing.
_FORBIDDEN = re.compile(
    r'[\x00-\x20\x7f-\xa0<>"{}|\\^`\u2028\u2029\ud800-\udfff\ufeff\ufff9-\uffff]|%(?![0-9A-Fa-f]{2})'
)
_FIRST_SEGMENT = re.compile(r"[^/?#]*")
_BRACKETS = re.compile(r"[\[\]]")
#: What cannot be read as any address is told as one that means nothing.
_NOWHERE = "about:invalid#"
_DIRECTION = re.compile(r"--(?:ltr|rtl)$")
_UNDETERMINED = "und"


class TermFixer:
    """
    Checks the terms of one file, and notes what it had to change.

    Args:
        name: The file's name, for findings.

        base: What relative IRIs are relative to; empty where the syntax has none.

    >>> fixer = TermFixer("a.nt")
    >>> fixer.iri("http://a.example/100 %", 7), fixer.tag("zh_Hant", 8)
    ('http://a.example/100%20%25', 'zh-Hant')
    >>> [(finding.line, finding.rule) for finding in fixer.findings]
    [(7, 'invalid-iri'), (8, 'invalid-language-tag')]
    """

    def __init__(self, name: str, base: Iri = "") -> None:
        """Begin without findings."""
        self.name, self.base = name, base
        self.findings: list[SourceFinding] = []
        self._known: dict[Iri, tuple[Iri, str]] = {}

    def iri(self, value: str, line: int) -> Iri:
        """
        Return an IRI as it can be read, the same one if it is right.

        Args:
            value: What the file states.

            line: Where.
        """
        if value not in self._known:
            self._known[value] = _fixed(value, self.base)
        fixed, rule = self._known[value]
        if rule:
            self.note(line, value, rule, fixed)
        return fixed

    def tag(self, value: str, line: int) -> str:
        """
        Return a language tag as it can be read, the same one if it is right.

        Args:
            value: What the file states; empty is no tag.

            line: Where.
        """
        if not value or is_tag(value):
            return value
        fixed = value.strip(_BLANKS).replace("_", "-")
        fixed = fixed if is_tag(fixed) else _UNDETERMINED
        self.note(line, value, "invalid-language-tag", fixed)
        return fixed

    def note(self, line: int, value: str, rule: str, read: str = "") -> None:
        """
        Note a finding.

        Args:
            line: Where, or 0.

            value: What the file states.

            rule: A name in `findings.toml`.

            read: What is read in its place.
        """
        # An escape may stand for half a character, which no text can have.
        shown = value.encode("utf-8", errors="replace").decode()
        self.findings.append(SourceFinding(self.name, line, shown, rule, read))


def is_iri(value: str) -> bool:
    """
    Return whether a text is an absolute IRI that RDF can have.

    >>> is_iri("http://a.example/b"), is_iri("http://a.example/%zz"), is_iri("b")
    (True, False, False)
    """
    try:
        NamedNode(value)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=256)
def is_tag(value: str) -> bool:
    """
    Return whether a text is a language tag, maybe with a direction as RDF 1.2 has it.

    >>> is_tag("zh-Hant-HK"), is_tag("en--ltr"), is_tag("zh_Hant")
    (True, True, False)
    """
    try:
        Literal("", language=_DIRECTION.sub("", value))
    except ValueError:
        return False
    return True


def scheme_of(value: str) -> str:
    """
    Return the scheme of an IRI; empty for a relative one.

    >>> scheme_of("mailto:a@b.example"), scheme_of("a/b")
    ('mailto', '')
    """
    match = _SCHEME.match(value)
    return match[1].lower() if match else ""


@cache
def registered_schemes() -> frozenset[str]:
    """Return the schemes that IANA lists."""
    return frozenset(read_toml(__package__, "schemes.toml")["names"])


def is_registered(scheme: str) -> bool:
    """
    Return whether IANA lists a scheme, or it is one of a program's settings, of which there are too many to list.

    >>> is_registered("http"), is_registered("htp"), is_registered("ms-settings-wifi")
    (True, False, True)
    """
    return scheme in registered_schemes() or scheme.startswith("ms-settings")


def _fixed(value: str, base: Iri) -> tuple[Iri, str]:
    """Return an IRI as it can be read, and the rule that it breaks, if any."""
    if _is_right(value, base):
        return value, ""
    stripped = value.strip(_BLANKS)
    if stripped != value and _is_right(stripped, base):
        return stripped, "blanks-around-iri"
    fixed = _FORBIDDEN.sub(lambda match: quote(match[0], safe="", errors="replace"), stripped)
    if not base and not scheme_of(fixed):
        if not _FORBIDDEN.search(stripped):
            return urljoin("file:///", fixed) if stripped else _NOWHERE, "relative-iri"
        fixed = urljoin("file:///", fixed)
    if base and not scheme_of(fixed):
        fixed = _FIRST_SEGMENT.sub(lambda match: match[0].replace(":", "%3A"), fixed, count=1)
    if not _is_right(fixed, base):
        fixed = _BRACKETS.sub(lambda match: quote(match[0]), fixed)
    return (fixed if _is_right(fixed, base) else _NOWHERE + quote(stripped, safe=":/", errors="replace")), "invalid-iri"


def _is_right(value: str, base: Iri) -> bool:
    """Return whether a text is an IRI, absolute or, if there is a base, relative."""
    if scheme_of(value) or not base:
        return is_iri(value)
    if ":" in _FIRST_SEGMENT.match(value)[0]:  # type: ignore[index]
        return False
    # What matters is whether it can be resolved: any base shows that.
    return is_iri(f"http:{value}" if value.startswith("//") else f"http://a/{value.removeprefix('/')}")
