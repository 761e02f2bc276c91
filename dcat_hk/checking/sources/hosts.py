"""
Hosts -> whether they are on the public internet, and the IP addresses that say so.

In: a host's name or IP address. Out: IP addresses. What a stranger's document or server names must not lead into the
network of whoever runs this program.

Spec: IANA special-purpose address registries (RFC 6890).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from typing import Any


def look_up(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    """
    Return the IP addresses of a host, as sockets take them.

    Args:
        host: A name or an IP address.

        port: The port to ask for.

    Raises:
        OSError: It has none.
    """
    return [entry[4] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """
    Return whether an IP address is on the public internet.

    Args:
        address: An IPv4 or IPv6 address, maybe with a zone.

    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    for inner in ("ipv4_mapped", "sixtofour"):
        mapped = getattr(ip, inner, None)
        if mapped is not None:
            return is_public(str(mapped))
    return ip.is_global and not ip.is_multicast
