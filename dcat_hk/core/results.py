"""
A validation result as a value, with the words of SHACL.

Terms are written as N-Triples has them; blank nodes keep the label they were read with.

Spec: SHACL, section 3.6.2 (validation result).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from .languages import LANGUAGES, canonical_tag, match_language
from .terms import PREFIXES


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """
    One validation result.

    `messages` are pairs of language and text; `value` is a term as N-Triples has it, or empty. `parameters` say what
    the shape requires, as pairs of a parameter of SHACL and its value: `("datatype", "<…#date>")`; of a list, a pair
    for each member. Results that differ in their parameters alone are equal.

    >>> Result("Warning", "a", "", "", "MinCountConstraintComponent", "s", (("en", "Say it."),)).message("zh")
    'Say it.'
    """

    severity: str
    focus_node: str
    path: str
    value: str
    component: str
    source_shape: str
    messages: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def message(self, lang: str = "en") -> str:
        """
        Return the message in a language, else the first there is.

        Args:
            lang: A language tag, as people write them.
        """
        texts = dict(self.messages)
        # Tags of ours are not compared with others: of a million results that would take long.
        known = isinstance(lang, str) and (lang in texts or lang in LANGUAGES)
        language = lang if known else match_language(str(lang), filter(None, texts)) or ""
        return texts.get(language) or (self.messages[0][1] if self.messages else self.component)


#: How results are sorted: by what makes them equal, as they are compared themselves, but in a third of the time.
RESULT_ORDER = attrgetter("severity", "focus_node", "path", "value", "component", "source_shape", "messages")


def violations(results: Sequence[Result]) -> list[Result]:
    """
    Return the results that stop publication.

    >>> violations([Result("Warning", "a", "", "", "", "", ())])
    []
    """
    return [result for result in results if result.severity == "Violation"]


def name_of(term: str) -> str:
    """
    Return an IRI without its brackets; any other term as it is.

    >>> name_of("<http://example.org/a>"), name_of("_:b1")
    ('http://example.org/a', '_:b1')
    """
    return term[1:-1] if term.startswith("<") and not term.startswith("<<") else term


def shacl_name(term: str) -> str:
    """
    Return the local name of a term of SHACL; the IRI of any other.

    >>> shacl_name("<http://www.w3.org/ns/shacl#Warning>"), shacl_name("<http://example.org/Grave>")
    ('Warning', 'http://example.org/Grave')
    """
    return name_of(term).removeprefix(PREFIXES["sh"])


def with_canonical_tag(term: str) -> str:
    """
    Return a literal with its language tag in the case that BCP 47 recommends; any other term as it is.

    Readers give all tags in lower case, since they are compared without regard to case.

    >>> with_canonical_tag('"x"@zh-hant-hk')
    '"x"@zh-Hant-HK'
    """
    if not term.startswith('"') or term.endswith((">", '"')):
        return term
    text, tag = term.rsplit("@", 1)
    return f"{text}@{canonical_tag(tag)}"
