r"""
Patterns of XPath -> trees of sets of characters, choices and repetitions, or an error that names what is wrong.

Read as XPath defines them, `\w`, `\d` and `.` included. Beyond XPath, what shapes in use are written with is read as
other dialects mean it: an escaped mark that needs no escape (`\/`), a brace or bracket that closes nothing,
look-around, and `(?i)` at the beginning. Nothing is matched here.

Spec: XPath and XQuery functions 3.1, section 5.6 (regular expressions); XML Schema 1.1, appendix G.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .charsets import ALL, CharSet, escape_set, joined, others, property_set, with_variants, without

#: Marks that stand for something else unless they are escaped.
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
#: What looks like a quantifier and is none in XPath; other dialects give it two different meanings.
_NO_QUANTITY = re.compile(r"\{\s*(?:\d+\s*(?:,\s*\d*\s*)?|,\s*\d+\s*)\}")
_QUANTITY = re.compile(r"\{(\d{1,9})(?:(,)(\d{1,9})?)?\}")
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_NEWLINES: CharSet = ((10, 10), (13, 13))
#: So deep may groups lie inside each other.
_DEEPEST = 60


class MalformedPattern(ValueError):
    """A text that is no pattern; says what is wrong, and at which character."""


@dataclass(frozen=True, slots=True)
class PatternNode:
    """
    A part of a pattern.

    `kind` is `set` (one character of `chars`), `seq`, `alt`, `group` (that can be referred to), `repeat` (from `least`
    to `most` times, no matter how often if `most` is None), `at` (a place: `^`, `$`, `b`, `B`), `look` (around, with
    `text` as its opening) or `ref` (the text of the group numbered `least`).
    """

    kind: str
    parts: tuple[PatternNode, ...] = ()
    chars: CharSet = ()
    least: int = 0
    most: int | None = None
    text: str = ""


def read_pattern(pattern: str, flags: str = "") -> PatternNode:
    r"""
    Return the tree of a pattern.

    Args:
        pattern: The pattern.

        flags: Letters out of `i`, `m`, `q`, `s` and `x`.

    Raises:
        MalformedPattern: It is no pattern, or refers to what does not exist.

    >>> read_pattern(r"\d{4}").parts[0].least
    4
    >>> read_pattern("(a")
    Traceback (most recent call last):
    dcat_hk.checking.shacl.patterns.MalformedPattern: “(” is never closed, at character 1
    """
    unknown = sorted(set(flags) - set("imqsx"))
    if unknown:
        raise MalformedPattern(f"there is no flag “{unknown[0]}”")
    if "q" in flags:
        reader = _PatternReader("", flags)
        return PatternNode("seq", tuple(reader.literal(char) for char in pattern))
    if "x" in flags:
        pattern = _without_blanks(pattern)
    if pattern.startswith("(?i)"):
        pattern, flags = pattern[4:], flags + "i"
    return _PatternReader(pattern, flags).read()


def _without_blanks(pattern: str) -> str:
    """Return a pattern without the blanks that are not inside a class of characters."""
    parts, depth = [], 0
    for part in re.findall(r"\\.|.", pattern, re.DOTALL):
        depth += (part == "[") - (part == "]" and depth > 0)
        if depth or part not in " \t\n\r":
            parts.append(part)
    return "".join(parts)


class _PatternReader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern, self.position, self.depth = pattern, 0, 0
        self.any_case, self.dots, self.lines = "i" in flags, "s" in flags, "m" in flags
        self.opened, self.closed = 0, set[int]()

    def read(self) -> PatternNode:
        """Return the tree of the whole pattern."""
        node = self.choice()
        if self.position < len(self.pattern):
            raise self.wrong("“)” closes nothing")
        return node

    # ---- the text

    def at(self, text: str) -> bool:
        """Return whether a text comes next."""
        return self.pattern.startswith(text, self.position)

    def take(self) -> str:
        """Return the next character and go on."""
        if self.position >= len(self.pattern):
            raise self.wrong("the pattern ends too early")
        self.position += 1
        return self.pattern[self.position - 1]

    def wrong(self, what: str, position: int | None = None) -> MalformedPattern:
        """Return an error with its place."""
        place = self.position if position is None else position
        return MalformedPattern(f"{what}, at character {min(place + 1, max(len(self.pattern), 1))}")

    # ---- choices, sequences, repetitions

    def choice(self) -> PatternNode:
        """Return alternatives; one alone stands for itself."""
        branches = [self.sequence()]
        while self.at("|"):
            self.position += 1
            branches.append(self.sequence())
        if len(branches) == 1:
            return branches[0]
        sets = [branch.parts[0].chars for branch in branches if _is_set(branch)]
        if len(sets) == len(branches):
            return PatternNode("seq", (PatternNode("set", chars=joined(*sets)),))
        return PatternNode("alt", tuple(branches))

    def sequence(self) -> PatternNode:
        """Return parts one after another."""
        parts: list[PatternNode] = []
        while self.position < len(self.pattern) and not self.at("|") and not self.at(")"):
            parts.append(self.repeated(self.atom()))
        return PatternNode("seq", tuple(parts))

    def repeated(self, node: PatternNode) -> PatternNode:
        """Return a part with its quantifier, if one follows."""
        least, most = self.quantifier()
        if (least, most) == (1, 1):
            return node
        if self.at("?"):
            self.position += 1  # that a shorter text is tried first changes no answer
        if self.at("?") or self.at("*") or self.at("+") or _QUANTITY.match(self.pattern, self.position):
            raise self.wrong("a quantifier follows another")
        return PatternNode("repeat", (node,), least=least, most=most)

    def quantifier(self) -> tuple[int, int | None]:
        """Return how often a part may come."""
        for mark, bounds in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self.at(mark):
                self.position += 1
                return bounds
        match = _QUANTITY.match(self.pattern, self.position)
        if match is None:
            return 1, 1
        start, self.position = self.position, match.end()
        least = int(match[1])
        most = int(match[3]) if match[3] else None if match[2] else least
        if most is not None and most < least:
            raise self.wrong("a quantifier ends before it begins", start)
        return least, most

    # ---- atoms

    def atom(self) -> PatternNode:
        """Return one part without its quantifier."""
        start = self.position
        if self.at("("):
            return self.bracketed()
        char = self.take()
        if char == "[":
            return PatternNode("set", chars=self.char_class(start))
        if char == "\\":
            return self.escape()
        if char == ".":
            return PatternNode("set", chars=ALL if self.dots else others(_NEWLINES))
        if char in "^$":
            return PatternNode("at", text=char + ("m" if self.lines else ""))
        if char in "?*+" or _QUANTITY.match(self.pattern, start):
            raise self.wrong("there is nothing to repeat", start)
        if _NO_QUANTITY.match(self.pattern, start):
            raise self.wrong("braces that are no quantifier of XPath, such as {0,3}", start)
        return self.literal(char)

    def literal(self, char: str) -> PatternNode:
        """Return one character, with its case variants if they count as equal."""
        chars: CharSet = ((ord(char), ord(char)),)
        return PatternNode("set", chars=with_variants(chars) if self.any_case else chars)

    def bracketed(self) -> PatternNode:
        """Return what stands in round brackets."""
        start = self.position
        look = next((look for look in _LOOKS if self.at(look)), "")
        opening = look or ("(?:" if self.at("(?:") else "(")
        if opening == "(" and self.at("(?"):
            raise self.wrong("“(?” begins nothing that XPath knows")
        self.position += len(opening)
        number = 0
        if opening == "(":
            self.opened += 1
            number = self.opened
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.wrong(f"brackets lie more than {_DEEPEST} deep", start)
        inner = self.choice()
        self.depth -= 1
        if not self.at(")"):
            raise self.wrong("“(” is never closed", start)
        self.position += 1
        self.closed.add(number)
        if look:
            return PatternNode("look", (inner,), text=look)
        if _is_set(inner) and not number:
            return inner.parts[0]
        return PatternNode("group", (inner,), least=number) if number else inner

    def escape(self) -> PatternNode:
        """Return what follows a backslash outside a class."""
        start = self.position - 1
        char = self.pattern[self.position : self.position + 1]
        if char in {"b", "B"}:
            self.position += 1
            return PatternNode("at", text=char)
        if char.isdigit() and char.isascii():
            return self.reference(start)
        single, chars = self.escaped(start)
        return self.literal(single) if single else PatternNode("set", chars=chars)

    def reference(self, start: int) -> PatternNode:
        """Return a reference to a group, with as many digits as there are groups for."""
        number = int(self.take())
        while self.pattern[self.position : self.position + 1].isdigit():
            longer = number * 10 + int(self.pattern[self.position])
            if longer > self.opened:
                break
            number = longer
            self.position += 1
        if number not in self.closed or not number:
            raise self.wrong(f"“\\{number}” refers to no group before it", start)
        return PatternNode("ref", least=number)

    def escaped(self, start: int) -> tuple[str, CharSet]:
        """Return the one character that an escape stands for, or a set of them."""
        char = self.take()
        if char in "pP":
            return "", self.property(char == "P", start)
        if (chars := escape_set(char)) is not None:
            return "", chars
        if char in _CONTROLS:
            return _CONTROLS[char], ()
        if char.isalnum():
            raise self.wrong(f"there is no escape “\\{char}”", start)
        return char, ()

    def property(self, negated: bool, start: int) -> CharSet:
        """Return the characters of a category or block."""
        match = re.compile(r"\{([A-Za-z0-9-]+)\}").match(self.pattern, self.position)
        chars = property_set(match[1]) if match else None
        if match is None or chars is None:
            name = match[1] if match else ""
            what = f"there is no category or block “{name}”" if name else "“\\p” names no category"
            raise self.wrong(what, start)
        self.position = match.end()
        return others(chars) if negated else chars

    # ---- classes

    def char_class(self, start: int) -> CharSet:
        """Return the characters of a class, whose bracket has been read."""
        negated = self.at("^")
        self.position += negated
        chars: list[CharSet] = []
        taken: CharSet = ()
        first = True
        while first or not self.at("]"):
            if self.position >= len(self.pattern):
                raise self.wrong("“[” is never closed", start)
            if self.at("-[") and not first:
                self.position += 2
                taken = self.char_class(self.position - 1)
                if not self.at("]"):
                    raise self.wrong("a subtraction is not the end of its class")
                break
            if first and self.at("]"):
                raise self.wrong("a class is empty", start)
            chars.append(self.class_part())
            first = False
        self.position += 1
        whole = joined(*chars)
        return without(others(whole) if negated else whole, taken)

    def class_part(self) -> CharSet:
        """Return one character, range or escape of a class."""
        start = self.position
        single, chars = self.class_atom()
        if not single:
            return chars
        low = high = ord(single)
        if self.at("-") and not self.at("-]") and not self.at("-["):
            self.position += 1
            end, _set = self.class_atom()
            if not end:
                raise self.wrong("a range has no end", start)
            high = ord(end)
        if high < low:
            raise self.wrong("a range ends before it begins", start)
        chars = ((low, high),)
        return with_variants(chars) if self.any_case else chars

    def class_atom(self) -> tuple[str, CharSet]:
        """Return one character of a class, or the set of an escape."""
        start = self.position
        char = self.take()
        return self.escaped(start) if char == "\\" else (char, ())


def _is_set(node: PatternNode) -> bool:
    """Return whether a part is exactly one character of a set."""
    return node.kind == "seq" and len(node.parts) == 1 and node.parts[0].kind == "set"
