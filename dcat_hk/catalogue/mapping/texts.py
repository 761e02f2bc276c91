"""
Text literals: which languages a text is said in, and in which order.

In: printed text, labels, names of composed texts. Out: literals with language tags, printed before derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ...core.languages import DERIVED_LANGUAGE, LANGUAGE_OF_SCRIPT, LANGUAGES, OTHER_SCRIPT, TEXT_LANGUAGES
from ...core.settings import Settings
from ...core.terms import Literal
from ...core.text import script_of, transform
from ...core.wording.messages import load_composed_texts


def composed_texts() -> Mapping[str, Mapping[str, str]]:
    """
    Return the texts that the catalogue composes, by name and language: `labels.toml`.

    >>> sorted(composed_texts()["part-title"])
    ['en', 'zh-Hans', 'zh-Hant']
    """
    return load_composed_texts()


@lru_cache(maxsize=1 << 14)
def say(text: str, default: str, derived: str, only: str) -> tuple[Literal, ...]:
    """
    Return a printed text as literals: as printed and, for Chinese, turned into the other script.

    Args:
        text: The text.

        default: The script of the document, for text that does not show its own.

        derived: Whether derived text is tagged as such, tagged plain or left out.

        only: The one Chinese script to write, or nothing for both.

    >>> [literal.language for literal in say("罪案數字", "Hant", "tagged", "")]
    ['zh-Hant', 'zh-Hans-t-zh-hant']

    Spec: RFC 6497, BCP 47 extension T: content that has been transformed.
    """
    script = script_of(text, default)
    printed = Literal(text, LANGUAGE_OF_SCRIPT[script])
    if script == "Latn":
        return (printed,)
    other = OTHER_SCRIPT[script]
    keep_printed = only in ("", script)
    keep_derived = derived != "none" and only in ("", other)
    literals = [printed] if keep_printed else []
    if keep_derived or not literals:
        tag = LANGUAGE_OF_SCRIPT[other] if derived == "plain" else DERIVED_LANGUAGE[script]
        literals.append(Literal(transform(text, script), tag))
    return tuple(literals)


def unite(editions: Iterable[Sequence[Literal]]) -> Sequence[Literal]:
    """
    Return what several editions say of one thing: one literal for each language, printed before derived.

    Args:
        editions: The literals of each edition; the first one that says it in a language counts.

    >>> editions = [say("統計", "Hant", "tagged", ""), say("Figures", "Latn", "tagged", "")]
    >>> [literal.language for literal in unite(editions)]
    ['zh-Hant', 'en', 'zh-Hans-t-zh-hant']
    >>> [literal.language for literal in unite([*editions, say("统计", "Hans", "tagged", "")])]
    ['zh-Hant', 'zh-Hans', 'en']
    """
    by_language: dict[str, Literal] = {}
    groups = list(editions)
    # What is printed in a language comes before what was turned into it.
    for literal in (*(each[0] for each in groups if each), *(other for each in groups for other in each[1:])):
        by_language.setdefault(literal.language, literal)
    return tuple(
        by_language[tag]
        for tag in TEXT_LANGUAGES
        if tag in by_language and ("-t-" not in tag or tag.partition("-t-")[0] not in by_language)
    )


class LabelTexts:
    """Says texts in the languages that the settings ask for."""

    def __init__(self, settings: Settings, script: str = "Hant") -> None:
        """Keep what the settings say and the script of the document at hand."""
        self._derived, self._only, self._script = settings.derived, settings.script, script

    def say(self, text: str) -> Sequence[Literal]:
        """Return a printed text as literals; nothing for an empty one."""
        return say(text, self._script, self._derived, self._only) if text else ()

    def labels(self, labels: Mapping[str, str]) -> list[Literal]:
        """Return labels that are real in each language."""
        hidden = LANGUAGE_OF_SCRIPT[OTHER_SCRIPT[self._only]] if self._only else ""
        return [
            Literal(labels[language], language) for language in LANGUAGES if labels.get(language) and language != hidden
        ]

    def names(self, labels: Mapping[str, str]) -> list[Literal]:
        """Return labels that are real, and what is converted from one Chinese script where the other has none."""
        lacking = [script for script in OTHER_SCRIPT if not labels.get(LANGUAGE_OF_SCRIPT[script])]
        if len(lacking) != 1:
            return self.labels(labels)
        printed = OTHER_SCRIPT[lacking[0]]
        chinese = say(labels[LANGUAGE_OF_SCRIPT[printed]], printed, self._derived, self._only)
        literals = {literal.language: literal for literal in (*chinese, *self.labels({"en": labels.get("en", "")}))}
        return [literals[tag] for tag in TEXT_LANGUAGES if tag in literals]

    def quote(self, text: str) -> dict[str, str]:
        """
        Return printed words as a text in each language quotes them: Chinese ones in the script of that text.

        Args:
            text: The words, which stand in quotation marks in what is composed.
        """
        script = script_of(text, self._script)
        quoted = dict.fromkeys(LANGUAGES, text)
        if script != "Latn":
            quoted[LANGUAGE_OF_SCRIPT[OTHER_SCRIPT[script]]] = transform(text, script)
        return quoted

    def compose(self, name: str, values: Mapping[str, Mapping[str, str] | str]) -> list[Literal]:
        """
        Return a composed text in three languages.

        Args:
            name: Its name in `labels.toml`.

            values: What fills its fields: a text, or labels by language.
        """
        texts = composed_texts()[name]
        return self.labels(
            {
                language: text.format_map({k: v if isinstance(v, str) else v[language] for k, v in values.items()})
                for language, text in texts.items()
            }
        )
