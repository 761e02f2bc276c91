"""
Addresses -> what they answer, fetched because the user asked for it.

In: addresses of http and https. Out: bytes, with limits on size, time and redirections; every failure is an error of
ours that names the address. Each address is asked once. It knows nothing of what the bytes mean. Only hosts that the
user's own files name may be outside the public internet: neither a redirection nor a fetched document leads there.

Spec: JSON-LD 1.1 Processing Algorithms and API, section 9.4 (LoadDocumentCallback).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx

from ... import __version__
from ...core.answers import AnswerTooLarge, join_blocks, work_within
from ...core.errors import NotReadable
from ...core.terms import Iri
from ...core.text import printable
from ...core.wording.refusals import EnglishReason
from .hosts import is_public, look_up

_AGENT = f"dcat-hk/{__version__} (fetches contexts and imports for its user, each once)"
_REDIRECTIONS = {301, 302, 303, 307, 308}
_MOST_REDIRECTIONS = 5
#: Seconds that an address may take, with all redirections, and that a server may be silent.
TIME = 30.0
_SILENCE = 10.0
#: Bytes that an answer may have.
SIZE = 50_000_000
#: Where a page says that JSON-LD stands that says the same.
_ALTERNATE = re.compile(r'<([^>]*)>((?:\s*;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^\s;,"]*))*)')


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: where it was found in the end, its media type, its bytes, the address of JSON-LD that it names."""

    address: Iri
    kind: str
    data: bytes
    alternate: Iri = ""


class Fetcher:
    """
    Fetches addresses. Use it in a `with` block.

    Args:
        limit: Seconds that an address may take.

        size: Bytes that an answer may have.
    """

    def __init__(self, limit: float = TIME, size: int = SIZE) -> None:
        """Open no connection yet."""
        self._limit, self._size = limit, size
        self._answers: dict[tuple[Iri, str], Fetched | Iri] = {}
        self._named: set[str] = set()
        # No compression: some bytes could become any number of them before they can be counted.
        headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
        self._http = httpx.Client(headers=headers, timeout=min(_SILENCE, limit), follow_redirects=False)

    def __enter__(self) -> Fetcher:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Close connections."""
        self._http.close()

    def fetch(self, address: Iri, accept: str, is_named: bool = True) -> Fetched:
        """
        Return what an address answers, as it did the first time.

        Args:
            address: Of http or https.

            accept: Media types that are wanted, as HTTP has them.

            is_named: Whether a file of the user names it: then its host may be a private one from now on.

        Raises:
            NotReadable: There is no good answer, or it is too large or too slow.
        """
        if is_named:
            self._named.add(_host(address))
        return _in_time(lambda: self._follow(address, accept), address, self._limit)

    def _follow(self, address: Iri, accept: str) -> Fetched:
        """Return what stands at the end of the redirections."""
        at = urldefrag(address).url
        for _step in range(_MOST_REDIRECTIONS + 1):
            if (at, accept) not in self._answers:
                self._answers[at, accept] = self._ask(at, accept, address)
            answer = self._answers[at, accept]
            if isinstance(answer, Fetched):
                return answer
            at = answer
        raise _failed(address, f"there are more than {_MOST_REDIRECTIONS} redirections")

    def _ask(self, at: Iri, accept: str, address: Iri) -> Fetched | Iri:
        """Return an answer, or where it sends us."""
        if not at.lower().startswith(("http://", "https://")):
            raise _failed(address, "only http and https are" if at == address else f"it leads to {printable(at)}")
        try:
            request = self._request(at, accept, address)
            with contextlib.closing(self._http.send(request, stream=True)) as response:
                if response.status_code in _REDIRECTIONS and "location" in response.headers:
                    return urldefrag(urljoin(at, response.headers["location"])).url
                if response.status_code != 200:
                    raise _failed(address, f"the server answers {response.status_code}")
                return Fetched(at, _kind(response), self._read(response, address), _alternate(response, at))
        except httpx.TimeoutException as error:
            raise _failed(address, "the server does not answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise _failed(address, printable(str(error)) or type(error).__name__) from error

    def _request(self, at: Iri, accept: str, address: Iri) -> httpx.Request:
        """Return a request; to a host that only strangers name, to the very IP address that was found to be public."""
        request = self._http.build_request("GET", at, headers={"Accept": accept})
        host = request.url.host
        if _host(at) in self._named:
            return request
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        endpoints = look_up(host, port)
        if not endpoints or not all(is_public(endpoint[0]) for endpoint in endpoints):
            raise _failed(address, f"it leads to {printable(at)}, which is not on the public internet")
        # Asked again, the name could lead elsewhere.
        request.url = request.url.copy_with(host=endpoints[0][0])
        request.extensions["sni_hostname"] = host
        return request

    def _read(self, response: httpx.Response, address: Iri) -> bytes:
        """Return a body that is not too large."""
        try:
            return join_blocks(response.iter_bytes(), self._size)
        except AnswerTooLarge as error:
            raise _failed(address, f"the answer is larger than {self._size:,} bytes") from error


def _kind(response: httpx.Response) -> str:
    """Return the media type of an answer, without its parameters."""
    content_type: str = response.headers.get("content-type", "")
    return content_type.partition(";")[0].strip().lower()


def _host(address: Iri) -> str:
    """Return the host of an address."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _alternate(response: httpx.Response, at: Iri) -> Iri:
    """Return the address of JSON-LD that says the same, if the answer names one."""
    for target, parameters in _ALTERNATE.findall(response.headers.get("link", "")):
        attributes = parameters.lower().replace('"', "").replace(" ", "").split(";")
        if "rel=alternate" in attributes and "type=application/ld+json" in attributes:
            return urljoin(at, str(target))
    return ""


def _in_time(work: Callable[[], Fetched], address: Iri, limit: float) -> Fetched:
    """Return what work gives within a time."""
    try:
        return work_within(work, limit)
    except TimeoutError as error:
        raise _failed(address, f"it takes longer than {limit:g} seconds") from error


def _failed(address: Iri, why: str) -> NotReadable:
    """Return what to raise for an address that gives nothing."""
    return NotReadable.of("checking.not-fetched", printable(address), reason=EnglishReason(why))
