"""
Parameters of the action API of CKAN -> a question to the index.

In: parameters as they came, from an address, a form or JSON. Out: names, numbers, lists, words, filters, an order.
What CKAN refuses is refused; a part of a question that cannot be asked is never passed over, because more would be
found than was asked for.

Spec: CKAN API guide (Action API); of the query syntax of Solr what `q` and `fq` need.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...core.errors import UsageError
from ..search.searching import FacetCondition

#: What CKAN calls the facets, and facets that it has not.
KINDS = {
    "organization": "body",
    "owner_org": "body",
    "groups": "category",
    "tags": "keyword",
    "res_format": "format",
    "stage": "stage",
    "frequency": "frequency",
    "year": "year",
}
_FILTER = re.compile(
    r"\+?(?<!\w)(\w{1,40}+)\s{0,3}:\s{0,3}"
    r"(?:\"([^\"]{0,200})\"|\(([^()]{0,500})\)|(\[[^\[\]]{1,80}\])|([^\s\"()\[\]]{1,200}+))(?:\s{1,3}AND\b)?"
)
_RANGE = re.compile(r"\[\s{0,3}([^\s\]]{1,40})\s{1,3}TO\s{1,3}([^\s\]]{1,40})\s{0,3}\]")
#: What stands before a filter: how it goes with the one before, what forbids it, the beginning of a group.
_BEFORE = re.compile(r"(?:(?<!\S)(OR|\|\||AND|&&)\s{0,3})?([+!-]|NOT\s{1,3})?(\(\s{0,3})?$")
#: What may stand between filters besides filters.
_BETWEEN = re.compile(r"(?:[\s()]|AND\b|&&|\*:\*)+")
#: Longer questions are cut.
_MAX_QUERY = 2000
#: What holds for every dataset, which clients of CKAN often ask for.
_ALWAYS = {"dataset_type": "dataset", "type": "dataset", "state": "active", "private": "false", "capacity": "public"}
#: Fields that are the same for every dataset: when the build was published.
_TIMES = frozenset(["metadata_modified", "metadata_created"])
_VALUE = re.compile(r"\"([^\"]*)\"|([^\s\"]+)")
#: Orders of the index by field and direction of Solr; the times of all datasets are the same.
_ORDERS = {
    ("score", "desc"): "relevance",
    ("relevance", "asc"): "relevance",
    ("id", "asc"): "identifier",
    ("name", "asc"): "identifier",
    ("title", "asc"): "name",
    ("title_string", "asc"): "name",
    ("title", "desc"): "-name",
    ("title_string", "desc"): "-name",
    ("metadata_modified", "desc"): "-month",
    ("metadata_modified", "asc"): "month",
    ("metadata_created", "desc"): "-month",
    ("metadata_created", "asc"): "month",
    ("id", "desc"): "-identifier",
    ("name", "desc"): "-identifier",
}
#: The order where none is asked for, as CKAN says it.
DEFAULT_SORT = "score desc, metadata_modified desc"


class InvalidParameter(Exception):
    """A parameter has a value that cannot be used; the arguments are its name and what is wrong, in every language."""

    def __init__(self, name: str, code: str, /, **values: object) -> None:
        """Keep the name of the parameter, and tell what is wrong with it."""
        super().__init__(name, UsageError.of(code, **values))


class InvalidQuery(Exception):
    """The question is none that a search engine would take; the argument says why, in every language."""


class CkanQuestion(NamedTuple):
    """The words that are searched for, the conditions that all must be kept, and whether nothing can be found."""

    words: str
    conditions: tuple[FacetCondition, ...]
    is_empty: bool = False


def read_name(parameters: Mapping[str, Any], name: str = "id") -> str:
    """
    Return the name of a thing that is asked for.

    Args:
        parameters: The parameters.

        name: What the parameter is called.

    Raises:
        InvalidParameter: There is none.

    >>> read_name({"id": "a"})
    'a'
    """
    value = parameters.get(name) or (parameters.get("name_or_id") if name == "id" else "") or ""
    if not isinstance(value, str) or not value:
        raise InvalidParameter(name, "ckan.missing")
    return value


def read_number(parameters: Mapping[str, Any], name: str, default: int, most: int) -> int:
    """
    Return a whole number that is not negative; a greater one than allowed is the greatest allowed.

    Args:
        parameters: The parameters.

        name: What the parameter is called.

        default: What it is if it is not given.

        most: The greatest allowed.

    Raises:
        InvalidParameter: It is no such number.

    >>> read_number({"rows": "5000"}, "rows", 10, 1000), read_number({}, "rows", 10, 1000)
    (1000, 10)
    """
    given = parameters.get(name)
    text = "" if given is None else str(given).strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise InvalidParameter(name, "ckan.number")
    return min(int(text), most)


def read_flag(parameters: Mapping[str, Any], name: str, *, default: bool = False) -> bool:
    """
    Return a parameter that is true or false.

    Args:
        parameters: The parameters.

        name: What the parameter is called.

        default: What it is if it is not given.

    >>> read_flag({"all_fields": "True"}, "all_fields"), read_flag({}, "facet", default=True)
    (True, True)
    """
    given = parameters.get(name)
    return default if given in (None, "") else str(given).lower() in {"true", "1", "yes", "t", "y", "on"}


def read_list(value: Any) -> list[str]:
    """
    Return names: a JSON list, a list, one parameter several times, or with commas or blanks between them.

    Args:
        value: The parameter.

    >>> read_list('["organization", "tags"]'), read_list(["organization", "tags"]), read_list("organization,tags")
    (['organization', 'tags'], ['organization', 'tags'], ['organization', 'tags'])
    """
    if isinstance(value, list | tuple):
        return [name for one in value for name in read_list(one)]
    text = str(value or "").strip()
    if text.startswith("["):
        try:
            listed = json.loads(text)
        except (ValueError, RecursionError):
            listed = None
        if isinstance(listed, list):
            return [str(one) for one in listed if isinstance(one, str)]
    return [name for name in re.split(r"[\s,;\[\]'\"]+", text) if name]


def read_order(parameters: Mapping[str, Any]) -> tuple[str, str]:
    """
    Return the order of the index that is asked for, and how CKAN says it.

    Args:
        parameters: The parameters.

    Raises:
        InvalidQuery: There is no such field to sort by, or no such direction.

    >>> read_order({"sort": "title_string desc"}), read_order({})[0]
    (('-name', 'title_string desc'), 'relevance')
    """
    text = str(parameters.get("sort") or DEFAULT_SORT)[:_MAX_QUERY]
    parts = [part.lower().split() for part in text.split(",")]
    keys = [(part[0], part[1] if len(part) > 1 else "asc") for part in parts if part and len(part) < 3]
    if len(keys) < len(parts) or any(key not in _ORDERS for key in keys):
        raise InvalidQuery(UsageError.of("ckan.sort"))
    return _ORDERS[keys[0]], ", ".join(" ".join(key) for key in keys)


def read_question(parameters: Mapping[str, Any], published: str) -> CkanQuestion:
    """
    Return the words of `q`, and the filters in all `fq`, `fq_list` and in `q`; each of them must be kept.

    Args:
        parameters: The parameters.

        published: When the build was published, which is when every dataset was changed.

    Raises:
        InvalidParameter: A filter cannot be asked for.

    >>> found = read_question({"q": "bus res_format:CSV", "fq": ["-organization:hk-td"]}, "2026-01-01T00:00:00")
    >>> found.words, [tuple(one) for one in found.conditions]
    ('bus', [('format', ('CSV',), True), ('body', ('hk-td',), False)])
    """
    reader = _FilterReader(published)
    words = " ".join(reader.read(text, is_words=True) for text in _as_texts(parameters.get("q")))
    for name in ("fq", "fq_list"):
        for text in _as_texts(parameters.get(name)):
            rest = _BETWEEN.sub("", reader.read(text, is_words=False))
            if rest:
                raise InvalidParameter("fq", "ckan.filter", text=rest[:80])
    words = words.strip()
    return CkanQuestion("" if words in {"*:*", "*"} else words, tuple(reader.conditions), reader.is_empty)


class _FilterReader:
    """Reads filters as Solr writes them."""

    def __init__(self, published: str) -> None:
        """Keep when the build was published."""
        self._published = published
        self.conditions: list[FacetCondition] = []
        self.is_empty = False

    def read(self, text: str, *, is_words: bool) -> str:
        """Add the filters in a text, and return the words between them; only `q` has words that are no filter."""
        rest, position = [], 0
        for found in _FILTER.finditer(text[:_MAX_QUERY]):
            kind, between = KINDS.get(found[1]), text[position : found.start()]
            is_known = kind is not None or found[1] in _ALWAYS or found[1] in _TIMES
            if not is_known and is_words:
                continue
            before = _BEFORE.search(between)
            # The pattern finds at least the end of the text.
            joined, sign, group = before.groups() if before else (None, None, None)
            if sign not in {None, "+"} and group:
                raise InvalidParameter("fq", "ckan.group")
            rest.append(between[: before.start()] if before else between)
            position = found.end()
            self._add(kind, found, is_wanted=sign in {None, "+"}, is_other=joined in {"OR", "||"})
        return " ".join([*rest, text[position:_MAX_QUERY]])

    def _add(self, kind: str | None, found: re.Match[str], *, is_wanted: bool, is_other: bool) -> None:
        """Add one filter, which must be kept as well as those before, or instead of the one before (`is_other`)."""
        plain = found[2] or found[5] or ""
        if kind is not None and plain != "*":
            if found[4]:
                raise InvalidParameter("fq", "ckan.range", name=found[1])
            self._add_values(kind, [[plain]] if found[3] is None else _read_values(found[3]), is_wanted, is_other)
        elif is_other:
            raise InvalidParameter("fq", "ckan.instead", name=found[1])
        elif found[1] in _TIMES:
            if not is_wanted:
                raise InvalidParameter("fq", "ckan.without", name=found[1])
            self._compare_time(found[4] or plain)
        elif plain == "*":
            self.is_empty = self.is_empty or not is_wanted
        elif found[1] not in _ALWAYS:
            raise InvalidParameter("fq", "ckan.unknown", name=found[1], filters=", ".join(KINDS))
        else:
            self.is_empty = self.is_empty or (_ALWAYS[found[1]] == plain) != is_wanted

    def _add_values(self, kind: str, listed: list[list[str]], is_wanted: bool, is_other: bool) -> None:
        """Add conditions for lists of values: of each list a dataset must have one value."""
        groups = [tuple(values) for values in listed]
        if is_other:
            last = self.conditions.pop() if self.conditions else None
            if last is None or last.kind != kind or len(groups) > 1 or not (is_wanted and last.is_wanted):
                raise InvalidParameter("fq", "ckan.values")
            groups = [last.values + groups[0]]
        if not is_wanted and len(groups) > 1:
            raise InvalidParameter("fq", "ckan.one-by-one")
        self.conditions += [FacetCondition(kind, group, is_wanted) for group in groups]

    def _compare_time(self, text: str) -> None:
        """Find nothing if the time of the build is not in a range."""
        match = _RANGE.fullmatch(text)
        if match is None or not all(one == "*" or one[:4].isdigit() for one in match.groups()):
            raise InvalidParameter("fq", "ckan.times")
        first, last = (one.removesuffix("Z") for one in match.groups())
        is_within = first == "*" or first <= self._published
        is_within = is_within and (last == "*" or self._published <= last)
        self.is_empty = self.is_empty or not is_within


def _read_values(text: str) -> list[list[str]]:
    """Return the values in brackets: lists of values all of which must be kept, each by one of its values."""
    groups: list[list[str]] = []
    is_other = False
    for quoted, plain in _VALUE.findall(text):
        if plain in {"OR", "||"}:
            is_other = True
        elif plain not in {"AND", "&&"}:
            if is_other and groups:
                groups[-1].append(quoted or plain)
            else:
                groups.append([quoted or plain])
            is_other = False
    return groups


def _as_texts(value: Any) -> Sequence[str]:
    """Return a parameter as texts: it may be a list."""
    if isinstance(value, list | tuple):
        return [str(one) for one in value if one is not None]
    return [] if value is None else [str(value)]
