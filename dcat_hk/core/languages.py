"""
The three languages of the project, and what goes with a language tag: its script, its fallbacks, its spelling.

In: language tags. Out: language tags. It knows no text; which script a text is in is decided in `core.text`.

Spec: BCP 47 (RFC 5646, RFC 4647); extension T, RFC 6497.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: Tags of the languages of catalogues, pages and messages, in the order in which labels are written; the first is the
#: language of pages for readers who do not ask for one.
LANGUAGES = ("zh-Hant", "zh-Hans", "en")

#: The same tags in the order in which commands offer them, their default first.
COMMAND_LANGUAGES = ("en", "zh-Hant", "zh-Hans")

#: The language of a text by its script (ISO 15924).
LANGUAGE_OF_SCRIPT = {"Hant": "zh-Hant", "Hans": "zh-Hans", "Latn": "en"}

#: The other of the two Chinese scripts.
OTHER_SCRIPT = {"Hant": "Hans", "Hans": "Hant"}

#: The two Chinese scripts.
CHINESE_SCRIPTS = tuple(OTHER_SCRIPT)

#: How text that was converted to the other Chinese script is written: with a tag that says so, with the tag of printed
#: text, or not at all.
DERIVED_CHOICES = ("tagged", "plain", "none")

#: The tag of text that was converted from a script to the other (extension T).
DERIVED_LANGUAGE = {"Hant": "zh-Hans-t-zh-hant", "Hans": "zh-Hant-t-zh-hans"}

#: Every language tag that a text of a catalogue can have, in the order in which texts are written.
TEXT_LANGUAGES = (*LANGUAGES, DERIVED_LANGUAGE["Hans"], DERIVED_LANGUAGE["Hant"])

#: For each language, the tags of texts that can stand in for it, the best first.
FALLBACKS = {
    "zh-Hant": ("zh-Hant", "zh-Hant-t-zh-hans", "zh-Hans", "en"),
    "zh-Hans": ("zh-Hans", "zh-Hans-t-zh-hant", "zh-Hant", "en"),
    "en": ("en", "zh-Hant", "zh-Hans"),
}


def match_language(tag: str, available: Iterable[str]) -> str | None:
    """
    Return the available language that is closest to a language tag, or None if none is close.

    Args:
        tag: A BCP 47 tag or a common way to write one: zh-HK, zh_TW, zh-CN, en-GB.

        available: The tags to choose from.

    >>> [match_language(tag, LANGUAGES) for tag in ("zh-HK", "zh_CN", "en-GB", "fr")]
    ['zh-Hant', 'zh-Hans', 'en', None]
    """
    import langcodes

    if not langcodes.tag_is_valid(tag):
        return None
    tag = str(langcodes.Language.get(tag).maximize()) if tag.lower().startswith("zh") else tag
    best, _distance = langcodes.closest_match(tag, list(available), max_distance=20)
    return None if best == "und" else best


def language_of_locale(environment: Mapping[str, str]) -> str:
    """
    Return the language of messages that the locale of an environment asks for; English where there are no messages.

    Args:
        environment: The environment variables. Of LC_ALL, LC_MESSAGES and LANG the first that is not empty counts.

    >>> language_of_locale({"LANG": "zh_HK.UTF-8"}), language_of_locale({"LC_ALL": "C", "LANG": "zh_CN"})
    ('zh-Hant', 'en')

    Spec: POSIX.1-2024, 8.2 (internationalization variables).
    """
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    tag = locale.partition(".")[0].partition("@")[0]
    # The tables of languages are only loaded for those who may need them.
    if tag in {"", "C", "POSIX"} or tag.startswith("en"):
        return "en"
    return match_language(tag, COMMAND_LANGUAGES) or "en"


def canonical_tag(tag: str) -> str:
    """
    Return a language tag with the case that BCP 47 recommends.

    >>> canonical_tag("zh-hant-hk"), canonical_tag("zh-hans-t-zh-hant"), canonical_tag("EN-gb"), canonical_tag("")
    ('zh-Hant-HK', 'zh-Hans-t-zh-hant', 'en-GB', '')

    Spec: RFC 5646, section 2.1.1.
    """
    parts = tag.lower().split("-")
    for position, part in enumerate(parts):
        if len(part) == 1:
            break
        if position and len(part) == 4:
            parts[position] = part.title()
        elif position and len(part) == 2:
            parts[position] = part.upper()
    return "-".join(parts)
