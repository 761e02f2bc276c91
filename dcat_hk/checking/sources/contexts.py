"""
JSON-LD with contexts elsewhere -> JSON-LD with those contexts in it.

In: a file, and what fetches an address, if that is allowed. Out: the file itself if it needs no context from
elsewhere, else a copy. The file is never read as a whole: its contexts are looked for by their key, and all else is
copied as it is. So a JSON literal with the key `@context` would be taken for a node; no catalogue has one.

Spec: JSON-LD 1.1 Processing Algorithms and API, section 4.1 (context processing); JSON-LD 1.1, section 3.1.
"""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import url2pathname

from ...core.errors import NotRdf, NotReadable
from ...core.terms import Iri
from ...core.text import list_first, printable
from ...core.wording.refusals import Phrase, SystemReason
from .known_contexts import known_context
from .mapped import open_mapped

_KEY = b'"@context"'
_COLON = re.compile(rb"\s*:\s*")
#: A context in a file is read in growing stretches, up to so many bytes.
_FIRST_STRETCH, _LARGEST = 1 << 12, 1 << 24
#: A file may become larger by so many bytes, if it names contexts again and again.
_MOST_ADDED = 1 << 30
#: Contexts may name contexts so often.
_DEEPEST = 10
#: So many addresses are named in a message.
_NAMED = 5
_ACCEPT = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#context", application/ld+json, */*;q=0.1'
_JSON_TYPES = re.compile(r"application/(?:[\w.-]+\+)?json")


class FetchedDocument(Protocol):
    """What an address gives: where it was found in the end, its media type, its bytes, where its JSON-LD is."""

    address: Iri
    kind: str
    data: bytes
    alternate: Iri


class _StatedContext(NamedTuple):
    """A context in a file: the bytes from start to end, and what they say."""

    start: int
    end: int
    value: Any


class Contexts:
    """
    Puts contexts in the place of their addresses, each fetched once.

    Args:
        fetch: Gives what an address answers to a header Accept, told whether a file of the user names it; None if
            nothing may be fetched.

        given: Files with the contexts of some addresses, which are not fetched.
    """

    def __init__(
        self, fetch: Callable[[Iri, str, bool], FetchedDocument] | None, given: Mapping[Iri, Path] | None = None
    ) -> None:
        """Know no context yet."""
        self._fetch = fetch
        self._given = {urldefrag(address).url: path for address, path in (given or {}).items()}
        self._beside: set[Iri] = set()
        self._known: dict[Iri, list[str]] = {}

    def embedded(self, path: Path, base: Iri, name: str, place: Callable[[], Path]) -> Path:
        """
        Return a file of JSON-LD that needs no context from elsewhere: the same one if it needs none anyway.

        Args:
            path: The file.

            base: Its address, which those of its contexts are relative to.

            name: Its name for errors.

            place: Gives a path for a copy.

        Raises:
            NotRdf: A context is needed and may not be fetched, leads back to itself, or is none.

            NotReadable: A context cannot be fetched.

            OSError: The file cannot be read or the copy not written.
        """
        if not path.stat().st_size:
            return path
        with open_mapped(path) as data:
            addresses: dict[Iri, None] = {}
            for context in _contexts(data):
                addresses |= dict.fromkeys(_addresses(context.value, base))
                self._beside |= _files_beside(context.value, base)
            if not addresses:
                return path
            missing = [address for address in addresses if not self._has(address)]
            if self._fetch is None and missing:
                raise _not_asked(missing, name)
            copy = place()
            with copy.open("wb") as out:
                self._copy(data, base, name, out.write)
        return copy

    def _copy(self, data: mmap.mmap, base: Iri, name: str, write: Callable[[bytes], Any]) -> None:
        """Write a file with contexts in the place of addresses."""
        at, added = 0, 0
        for context in _contexts(data):
            if any(True for _address in _addresses(context.value, base)):
                for start in range(at, context.start, _LARGEST):
                    write(data[start : min(start + _LARGEST, context.start)])
                text = _array(self._texts(context.value, base, ()))
                write(text.encode())
                at, added = context.end, added + len(text)
                if added > _MOST_ADDED:
                    raise NotRdf.of("checking.contexts-often", name)
        for start in range(at, len(data), _LARGEST):
            write(data[start : start + _LARGEST])

    # ---- contexts as JSON; as text, because one that is named often would be kept as often otherwise

    def _texts(self, value: Any, base: Iri, chain: tuple[Iri, ...]) -> list[str]:
        """
        Return the contexts that one context stands for.

        Args:
            value: An address, a map, null, or an array of those.

            base: What addresses in it are relative to.

            chain: The addresses that led here; empty for contexts of the file itself.
        """
        if isinstance(value, str):
            return self._remote(_resolved(value, base), chain)
        if isinstance(value, list):
            texts, size = list[str](), 0
            for item in value:
                texts += (item_texts := self._texts(item, base, chain))
                size += sum(map(len, item_texts))
                _check_size(size, base)
            return texts
        return [_object(self._entries(value, base, chain)) if isinstance(value, dict) else json.dumps(value)]

    def _remote(self, address: Iri, chain: tuple[Iri, ...]) -> list[str]:
        """Return the contexts that an address stands for."""
        if address not in self._known:
            location, value = self._context_at(address, chain)
            self._known[address] = self._texts(value, location, (*chain, address))
        return self._known[address]

    def _context_at(self, address: Iri, chain: tuple[Iri, ...]) -> tuple[Iri, Any]:
        """Return the context that an address gives, and where it was found in the end."""
        if address in chain:
            way = " → ".join(map(printable, (*chain[chain.index(address) :], address)))
            raise NotRdf.of("checking.context-circle", printable(address), way=way)
        if len(chain) >= _DEEPEST:
            raise NotRdf.of("checking.contexts-deep", printable(address), most=_DEEPEST)
        if self._has(address):
            return address, self._context_at_hand(address)
        if self._fetch is None:
            raise _not_asked([address], printable(chain[-1]) if chain else "")
        answer = self._fetch(address, _ACCEPT, not chain)
        if answer.alternate and not _JSON_TYPES.fullmatch(answer.kind):
            answer = self._fetch(answer.alternate, _ACCEPT, False)
        try:
            document = json.loads(answer.data)
        except (ValueError, RecursionError) as error:
            raise NotReadable.of("checking.context-no-json", printable(address)) from error
        if not isinstance(document, dict) or "@context" not in document:
            raise NotReadable.of("checking.address-no-context", printable(address))
        return answer.address, document["@context"]

    def _has(self, address: Iri) -> bool:
        """Return whether a context need not be fetched."""
        return address in self._given or address in self._beside or known_context(address) is not None

    def _context_at_hand(self, address: Iri) -> Any:
        """Return a context that need not be fetched: what the user gave comes first."""
        path = self._given.get(address) or (_path_of(address) if address in self._beside else None)
        if path is None:
            return known_context(address)
        try:
            if path.stat().st_size > _LARGEST:
                raise NotReadable.of("checking.context-huge", str(path))
            document = json.loads(path.read_bytes().decode("utf-8-sig"))
        except OSError as error:
            raise NotReadable.of("checking.context-unreadable", str(path), reason=SystemReason.of(error)) from error
        except (ValueError, RecursionError) as error:
            raise NotReadable.of("checking.context-file-no-json", str(path)) from error
        if not isinstance(document, dict) or "@context" not in document:
            raise NotReadable.of("checking.file-no-context", str(path))
        return document["@context"]

    def _entries(self, context: Mapping[str, Any], base: Iri, chain: tuple[Iri, ...]) -> dict[str, str]:
        """Return the entries of a context that is a map, each as JSON."""
        entries: dict[str, str] = {}
        if "@import" in context:
            entries |= self._imported(context["@import"], base, chain)
        for key, entry in context.items():
            # What a context from elsewhere says is the base does not count, but would if it stood in the file.
            if key != "@import" and not (key == "@base" and chain):
                entries[key] = self._definition(entry, base, chain)
        return entries

    def _imported(self, value: Any, base: Iri, chain: tuple[Iri, ...]) -> dict[str, str]:
        """Return the entries that a context takes over from another, which must be a map and take over none."""
        address = _resolved(value, base) if isinstance(value, str) else ""
        location, context = self._context_at(address, chain) if address else ("", None)
        if not isinstance(context, dict) or "@import" in context:
            raise NotRdf.of("checking.context-import", printable(address))
        return self._entries(context, location, (*chain, address))

    def _definition(self, entry: Any, base: Iri, chain: tuple[Iri, ...]) -> str:
        """Return an entry of a context as JSON: the definition of a term may have a context of its own."""
        if not isinstance(entry, dict) or "@context" not in entry:
            return json.dumps(entry)
        parts = {key: json.dumps(value) for key, value in entry.items()}
        return _object(parts | {"@context": _array(self._texts(entry["@context"], base, chain))})


# ---- what a file says


def _contexts(data: mmap.mmap) -> Iterator[_StatedContext]:
    """Yield the contexts in a file, those within others not by themselves."""
    at = data.find(_KEY)
    while at >= 0:
        after = at + len(_KEY)
        colon = _COLON.match(data, after)
        # After a backslash the quotation mark does not begin a text but stands in one.
        if colon and data[at - 1 : at] != b"\\":
            context = _value_at(data, colon.end())
            if context:
                yield context
                after = context.end
        at = data.find(_KEY, after)


def _value_at(data: mmap.mmap, start: int) -> _StatedContext | None:
    """Return the JSON value that begins at a place; None if there is none: the parser will say so."""
    size = _FIRST_STRETCH
    while size <= _LARGEST:
        # So that the end is known in bytes even if a character is cut in two.
        text = data[start : start + size].decode("utf-8", errors="surrogateescape")
        try:
            value, end = json.JSONDecoder().raw_decode(text)
        except ValueError:
            if start + size >= len(data):
                return None
            size *= 4
        except RecursionError:
            return None
        else:
            return _StatedContext(start, start + len(text[:end].encode("utf-8", errors="surrogateescape")), value)
    return None


def _addresses(context: Any, base: Iri) -> Iterator[Iri]:
    """Yield the addresses that a context names, also within its terms."""
    queue = [context]
    while queue:
        one = queue.pop()
        if isinstance(one, str):
            yield _resolved(one, base)
        elif isinstance(one, list):
            queue += reversed(one)
        elif isinstance(one, dict):
            queue += [entry["@context"] for entry in one.values() if isinstance(entry, dict) and "@context" in entry]
            queue += [one["@import"]] if isinstance(one.get("@import"), str) else []


def _files_beside(context: Any, base: Iri) -> set[Iri]:
    """
    Return the addresses of files that a context in a file of this machine names by their place relative to it.

    Only such: what comes from elsewhere names no file here, and a whole `file:` address leads anywhere.
    """
    stated = context if isinstance(context, list) else [context]
    if not base.startswith("file:"):
        return set()
    relative = [one for one in stated if isinstance(one, str) and not one.startswith("/") and ":" not in one]
    return {address for one in relative if _path_of(address := _resolved(one, base)).is_file()}


def _path_of(address: Iri) -> Path:
    """Return the path of a `file:` address."""
    return Path(url2pathname(urlsplit(address).path))


def _resolved(address: str, base: Iri) -> Iri:
    """Return an address as a whole one, without what names a part of a document."""
    try:
        return urldefrag(urljoin(base, address)).url
    except ValueError as error:
        raise NotRdf.of("checking.context-address", printable(address)) from error


def _not_asked(addresses: list[Iri], name: str) -> NotRdf:
    """Return what to raise for contexts that are needed while nothing may be fetched."""
    listing = list_first(list(map(printable, addresses)), _NAMED)
    several = Phrase("rdf.some-contexts" if len(addresses) > 1 else "rdf.a-context")
    return NotRdf.of("rdf.contexts", name, several=several, listing=listing)


# ---- JSON


def _object(entries: Mapping[str, str]) -> str:
    """Return an object of JSON from entries of JSON."""
    _check_size(sum(map(len, entries.values())), "")
    return "{" + ", ".join(f"{json.dumps(key)}: {text}" for key, text in entries.items()) + "}"


def _array(texts: list[str]) -> str:
    """Return several texts of JSON as an array, one as it is."""
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _check_size(size: int, address: Iri) -> None:
    """Raise if a context with all that it names is too large: a few small ones can be made to name huge ones."""
    if size > _LARGEST:
        raise NotRdf.of("checking.contexts-huge", printable(address))
