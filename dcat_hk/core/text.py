"""
Characters: normalising, folding for comparison, telling scripts apart, changing script.

In: text as a document holds it. Out: text, or the name of a script. It knows nothing of plans or RDF.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from .wording.characters import IDEOGRAPH, load_characters

#: Ideographs and letters one after the other: counting them does not take them apart.
_HANS = re.compile(f"{IDEOGRAPH.pattern}+")
_LATIN = re.compile(r"[A-Za-z]+")
#: Control characters, ends of lines, and marks that turn the order of writing; not the full-width space.
_OBEYED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

#: Slashes that tools pull out of a PDF where a full-width one is printed.
_SLASHES = "\u2044\u2215"

#: Code points that fonts for symbols use for bullets and arrows (Wingdings, Symbol): never letters.
_SYMBOL_FONT = range(0xF000, 0xF100)

#: Characters that XML 1.0 does not allow, not even escaped.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

#: Many passes compare the same texts, so that the forms of shorter ones are remembered.
_LONGEST_REMEMBERED = 200

#: Characters that begin a formula in a spreadsheet, or hide that one follows.
_FORMULA_STARTS = frozenset("=+-@\t\r")


@cache
def _converter(configuration: str) -> object:
    """Return an OpenCC converter; each takes some 20 ms to load."""
    from opencc import OpenCC

    return OpenCC(configuration)


def _convert(text: str, configuration: str) -> str:
    """Return text as OpenCC converts it."""
    return str(_converter(configuration).convert(text))  # type: ignore[attr-defined]


def _unify(character: str) -> str:
    """Return the ordinary ideograph of a radical or compatibility ideograph, else the character."""
    if "\u2e80" <= character <= "\u2ef3":
        return load_characters().radicals.get(character, character)
    if "\u2f00" <= character <= "\u2fd5":
        return unicodedata.normalize("NFKC", character)
    composed = unicodedata.normalize("NFC", character)
    return composed if len(composed) == 1 else character


class _Unified(dict[int, str]):
    """Translation table: radicals and compatibility ideographs to ordinary ones, one for one."""

    def __missing__(self, code: int) -> str:
        self[code] = result = _unify(chr(code))
        return result


class _Plain(dict[int, str]):
    """Translation table: one character for one, so that positions stay valid."""

    def __missing__(self, code: int) -> str:
        character = _UNIFIED[code]
        wide = "/" if character in _SLASHES else unicodedata.normalize("NFKC", character)
        character = wide if len(wide) == 1 else character
        simple = _convert(character, "hk2s") if IDEOGRAPH.match(character) else character.lower()
        self[code] = result = simple if len(simple) == 1 else character
        return result


class _Folded(dict[int, str]):
    """Translation table: letters, digits and ideographs in one form, everything else dropped."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKC", _UNIFIED[code]).casefold()
        variants = load_characters().variants
        plain_letters = [_PLAIN[ord(letter)] for letter in letters if letter.isalnum()]
        self[code] = result = "".join(variants.get(letter, letter) for letter in plain_letters)
        return result


class _Widths(dict[str, int]):
    """How many columns each character takes."""

    def __missing__(self, character: str) -> int:
        self[character] = result = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        return result


_WIDTHS = _Widths()
_UNIFIED = _Unified()
_PLAIN = _Plain()
_FOLDED = _Folded()


def normalise(text: str) -> str:
    """
    Return text with radicals and compatibility ideographs as ordinary ideographs, in Unicode form NFC.

    Full-width punctuation stays as printed; NFKC would change it.

    >>> normalise("交通\\uf9ca量（\\u2f64⼾）") == "交通流量（用戶）"
    True
    """
    return unicodedata.normalize("NFC", text.translate(_UNIFIED))


def plain(text: str) -> str:
    """
    Return text in the one form that wordings are matched in, of the same length as what came in.

    Simplified characters, half-width punctuation, lower case: a pattern found at some position in the
    result stands at the same position in the text.

    >>> plain("更新頻率（月／年）：CSV")
    '更新频率(月/年):csv'
    """
    return _remember_plain(text) if len(text) <= _LONGEST_REMEMBERED else text.translate(_PLAIN)


@lru_cache(maxsize=1 << 14)
def _remember_plain(text: str) -> str:
    """Return a short text in the form that wordings are matched in."""
    return text.translate(_PLAIN)


def fold(text: str) -> str:
    """
    Return what is left of text when it is compared: letters, digits and ideographs in one form.

    Traditional and Simplified editions of one title fold to the same text, whatever their punctuation
    and white space.

    >>> fold("「Wi-Fi.HK」 品牌") == fold("「 Wi-Fi．HK 」品牌"), fold("醫務衞生局") == fold("医务卫生局")
    (True, True)
    """
    return _remember_fold(text) if len(text) <= _LONGEST_REMEMBERED else _fold(text)


def _fold(text: str) -> str:
    """Return the letters, digits and ideographs of a text in one form."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


_remember_fold = lru_cache(maxsize=1 << 14)(_fold)


def collapse(text: str) -> str:
    """
    Return text on one line with single spaces.

    >>> collapse("  CSV \\n 格式 ")
    'CSV 格式'
    """
    return " ".join(text.split())


def is_noise(character: str) -> bool:
    """
    Tell whether a character is no part of a text: a symbol-font glyph, a control or format character.

    >>> [is_noise(c) for c in "\\uf06c\\ufffd\\u200bA文"]
    [True, True, True, False, False]
    """
    if character.isalnum():
        return False
    if ord(character) in _SYMBOL_FONT or character == "\ufffd":
        return True
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character not in "\t\n\r\f\v"


def find_unreadable(text: str) -> list[str]:
    """
    Return the characters of a text, each once, that show that text was lost or that need a font of their own.

    >>> find_unreadable("a\\ufffdb\\ue123\\ue123"), find_unreadable("\\uf06c")
    (['�', '\\ue123'], [])
    """
    if text.isprintable() and "\ufffd" not in text:
        return []
    return list(dict.fromkeys(filter(_is_unreadable, text)))


def _is_unreadable(character: str) -> bool:
    """Tell whether a character shows that text was lost or needs a font of its own."""
    if character == "\ufffd":
        return True
    return unicodedata.category(character) == "Co" and ord(character) not in _SYMBOL_FONT


@cache
def _script_of_character(character: str) -> str | None:
    """Return the script that only this character's form belongs to: by the two old national code tables."""
    traditional = _encodes(character, "big5")
    simplified = _encodes(character, "gb2312")
    if traditional and not simplified:
        return "Hant" if _convert(character, "t2s") != character else None
    if simplified and not traditional:
        return None if character in load_characters().neutral else "Hans"
    return None


def _encodes(character: str, encoding: str) -> bool:
    """Tell whether a code table has the character."""
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def script_of(text: str, default: str = "Hant") -> str:
    """
    Return the ISO 15924 code of the script that text is in: Hant, Hans or Latn.

    Only characters that exist in one script alone are evidence; without any, and on a tie, Chinese text
    is in the default script (the document's). Text without ideographs is Latn if it has Latin letters. In an English
    document so is text that has more Latin letters than ideographs: it quotes a Chinese name.

    >>> script_of("有需要時", "Hans"), script_of("每周", "Hans"), script_of("Smart-Space"), script_of("12/2024")
    ('Hant', 'Hans', 'Latn', 'Hant')
    >>> script_of("Street names (街道名稱)", "Latn"), script_of("街道名稱 (CSV)", "Latn")
    ('Latn', 'Hant')
    """
    han = "".join(_HANS.findall(text))
    if not han or (default == "Latn" and count_letters(text)[1] > len(han)):
        return "Latn" if _LATIN.search(text) else default
    evidence = list(map(_script_of_character, han))
    traditional, simplified = evidence.count("Hant"), evidence.count("Hans")
    if traditional == simplified:
        return default if default != "Latn" else "Hant"
    return "Hant" if traditional > simplified else "Hans"


def count_letters(text: str) -> tuple[int, int]:
    """
    Return how many ideographs and how many Latin letters a text has.

    >>> count_letters("街道名稱 (CSV)")
    (4, 3)
    """
    return len("".join(_HANS.findall(text))), len("".join(_LATIN.findall(text)))


def printable(text: str) -> str:
    """
    Return text with the replacement character for what cannot be printed, for names and addresses of strangers.

    >>> printable("計劃\\t2024\\x1b[31m.pdf") == "計劃\ufffd2024\ufffd[31m.pdf"
    True
    """
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def harmless(line: str) -> str:
    """
    Return a line of a stranger's text without what a terminal obeys or what turns the order of writing.

    >>> harmless("a\\x1b[31m\\u202eb c") == "a\ufffd[31m\ufffdb c"
    True
    """
    return _OBEYED.sub("\ufffd", line)


def guard_formula(text: str) -> str:
    """
    Return a text as a cell of CSV that no spreadsheet takes for a formula: an apostrophe stands before it then.

    >>> guard_formula("=HYPERLINK(1)"), guard_formula("-"), guard_formula("罪案")
    ("'=HYPERLINK(1)", "'-", '罪案')

    One that has an apostrophe there already gets another one, so that `unguard_formula` gives it back.
    """
    return f"'{text}" if _is_formula(text) else text


def unguard_formula(cell: str) -> str:
    """
    Return the text that `guard_formula` made a cell of CSV of.

    >>> [unguard_formula(guard_formula(text)) for text in ("=1", "'=1", "'t Zand", "罪案")]
    ['=1', "'=1", "'t Zand", '罪案']
    """
    return cell[1:] if cell[:1] == "'" and _is_formula(cell) else cell


def _is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula, apostrophes before it aside."""
    start = text.lstrip("'")[:1]
    return bool(start) and start in _FORMULA_STARTS


def transform(text: str, script: str) -> str:
    """
    Return text of one Chinese script turned into the other.

    Args:
        text: Chinese text.

        script: The script it is in, Hant or Hans.

    >>> transform("香港警務處", "Hant"), transform("天文台发布", "Hans")
    ('香港警务处', '天文台發布')
    """
    if script == "Hant":
        return _convert(text, "hk2s")
    pattern, forms = _hong_kong()
    return pattern.sub(lambda match: forms[match[0]], _convert(text, "s2hk"))


@cache
def _hong_kong() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return what finds forms that Hong Kong does not print, the longest first, and what it prints."""
    forms = load_characters().hong_kong
    return re.compile("|".join(sorted(forms, key=len, reverse=True))), forms


def width(text: str) -> int:
    """
    Return how many columns text takes where an ideograph takes two.

    >>> width("數據 CSV")
    8
    """
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def join_lines(lines: Iterable[str]) -> str:
    """
    Return the text of lines that were wrapped to fit a cell.

    Nothing stands between two lines where either side is an ideograph or full-width sign, because
    Chinese is wrapped between any two of them; a space stands between two Latin words.

    >>> join_lines(["開放數據的", "數據集 (CSV,", "JSON)"]), join_lines(["next", "page"])
    ('開放數據的數據集 (CSV, JSON)', 'next page')
    """
    result = ""
    for line in lines:
        result = append_line(result, line)
    return result


def append_line(text: str, line: str) -> str:
    """
    Return the text of lines with the next one behind it, see `join_lines`.

    >>> append_line("開放數據的", "數據集"), append_line("next", "page")
    ('開放數據的數據集', 'next page')
    """
    line = collapse(line)
    if not text or not line:
        return text or line
    narrow = width(text[-1]) == 1 and width(line[0]) == 1
    hyphenated = text[-1] == "-" and text[-2:-1].isalpha()
    return f"{text} {line}" if line[0] in "([" or (narrow and not hyphenated) else text + line


def list_first(names: Sequence[str], most: int) -> str:
    """
    Return names as a list in a sentence, only the first few if there are many.

    Args:
        names: The names.

        most: How many are named at most.

    >>> list_first(["a", "b"], 2), list_first(["a", "b", "c"], 2)
    ('a, b', 'a, b and 1 more')
    """
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def list_some(names: Sequence[str], most: int) -> str:
    """
    Return names as a list in a text of any language, only the first few if there are many.

    Args:
        names: The names.

        most: How many are named at most.

    >>> list_some(["a", "b"], 2), list_some(["a", "b", "c"], 2)
    ('a, b', 'a, b, …')
    """
    return ", ".join([*names[:most], *(["…"] if len(names) > most else [])])


def name_count(number: int, thing: str) -> str:
    """
    Return a number of things.

    >>> name_count(1, "row"), name_count(2, "row")
    ('1 row', '2 rows')
    """
    return f"{number} {thing}{'' if number == 1 else 's'}"
