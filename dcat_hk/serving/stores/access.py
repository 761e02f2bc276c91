"""
Who we are to a store: from environment variables or a prompt, never from the command line.

In: the environment. Out: an `Access`. Nothing here is ever printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ...core.errors import UsageError

USER, PASSWORD, TOKEN = "DCAT_HK_USER", "DCAT_HK_PASSWORD", "DCAT_HK_TOKEN"
KINDS = ("auto", "none", "basic", "digest", "bearer")


@dataclass(frozen=True, slots=True)
class Access:
    """
    A way to be let in: `auto` shows what the store asks for, when it asks.

    >>> Access("basic", "dba", "secret")
    Access(kind='basic')
    """

    kind: str = "none"
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def access_from(kind: str, environment: Mapping[str, str], ask: Callable[[str, bool], str] | None) -> Access:
    """
    Return how to be let in.

    Args:
        kind: One of `KINDS`; with `auto` nothing is asked for that the environment does not give.

        environment: Environment variables.

        ask: Asks the person for something by name, hidden or not; None where nobody can be asked.

    Raises:
        UsageError: Something is missing and nobody can be asked.

    >>> access_from("auto", {"DCAT_HK_TOKEN": "abc"}, None).kind
    'bearer'
    """
    if kind == "auto":
        kind = "bearer" if environment.get(TOKEN) else "auto" if environment.get(USER) else "none"
    if kind == "none":
        return Access()
    if kind == "bearer":
        return Access(kind, token=_given(TOKEN, "Token", environment, ask, True))
    user = _given(USER, "User", environment, ask, False)
    return Access(kind, user, _given(PASSWORD, "Password", environment, ask, True))


def _given(
    name: str, label: str, environment: Mapping[str, str], ask: Callable[[str, bool], str] | None, hidden: bool
) -> str:
    """Return a variable's value, or what the person answers."""
    if environment.get(name):
        return environment[name]
    if ask is None:
        raise UsageError(f"The store wants a {label.lower()}.", "", f"Put it into the environment variable {name}.")
    return ask(label, hidden)


def check_address(address: str, option: str) -> str:
    """
    Return an address if it can be the address of a store.

    Raises:
        UsageError: It is no http(s) address, or has a user or password in it.

    >>> check_address("http://localhost:7878/store", "--endpoint")
    'http://localhost:7878/store'
    """
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        known, parts = False, urlsplit("")
    if not known or not address.isascii() or not address.isprintable() or " " in address or parts.fragment:
        raise UsageError("This is no address of a store.", option, "Give http(s)://host/path.")
    if parts.username is not None or parts.password is not None:
        advice = f"Put them into the environment variables {USER} and {PASSWORD}."
        raise UsageError("Others can see a password on the command line.", option, advice)
    return address


def is_open(address: str) -> bool:
    """
    Tell whether what is sent to an address can be read on the way: plain http to another machine.

    >>> is_open("http://store.example/"), is_open("http://127.0.0.1:7878/"), is_open("https://store.example/")
    (True, False, False)
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme == "http" and not (host in {"localhost", "::1"} or host.startswith("127."))
