"""
The protocol of a service: which standard it follows, by what a record calls it or by its address.

In: the words of a record. Out: a `Protocol`, none where nothing tells. The table is `protocols.toml`.

Spec: GeoDCAT-AP 3.0.0, service types; OGC service types.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ...core.terms import Iri
from ...core.wording.records import read_toml


class Protocol(NamedTuple):
    """A protocol: what records call it, what addresses have, and the IRI of its standard."""

    name: str
    address: re.Pattern[str]
    standard: Iri


@cache
def load_protocols() -> Sequence[Protocol]:
    """
    Return the protocols, in the order in which they are looked for.

    >>> load_protocols()[0].name
    'WFS'
    """
    rows = read_toml(__package__, "protocols.toml")["protocol"]
    return [Protocol(r["name"], re.compile(r["address"], re.IGNORECASE), r["standard"]) for r in rows]


def find_protocol(stated: str, address: str) -> Protocol | None:
    """
    Return the protocol of a service; None if nothing tells it.

    Args:
        stated: What a record calls it, which counts first.

        address: The address of the service.

    >>> find_protocol("OGC:WMS", "https://maps.example/a").name
    'WMS'
    >>> find_protocol("", "https://maps.example/a?service=WFS&request=GetCapabilities").name
    'WFS'
    >>> find_protocol("", "https://maps.example/news") is None
    True
    """
    words = re.split(r"[^A-Za-z]+", stated.upper())
    by_name = (one for one in load_protocols() if one.name in words)
    return next(by_name, None) or next((one for one in load_protocols() if one.address.search(address)), None)
