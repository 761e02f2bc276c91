"""
Credentials for a store: from environment variables or a prompt, never from the command line.

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
    Credentials and the method: `auto` sends them in the way that the store asks for.

    >>> Access("basic", "dba", "secret")
    Access(kind='basic')
    """

    kind: str = "none"
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def access_from(kind: str, environment: Mapping[str, str], ask: Callable[[str, bool], str] | None) -> Access:
    """
    Return the credentials for a store.

    Args:
        kind: One of `KINDS`; with `auto`, a person is asked only for a missing password.

        environment: Environment variables.

        ask: Asks the person for a value by name, hidden or not; None if there is no terminal.

    Raises:
        UsageError: Credentials are missing and there is no terminal.

    >>> access_from("auto", {"DCAT_HK_TOKEN": "abc"}, None).kind
    'bearer'
    """
    if kind == "auto":
        kind = "bearer" if environment.get(TOKEN) else "auto" if environment.get(USER) else "none"
    if kind == "none":
        return Access()
    if kind == "bearer":
        return Access(kind, token=_given(TOKEN, "Token", environment, ask, True))
    user = _given(USER, "User name", environment, ask, False)
    return Access(kind, user, _given(PASSWORD, "Password", environment, ask, True))


def _given(
    name: str, label: str, environment: Mapping[str, str], ask: Callable[[str, bool], str] | None, hidden: bool
) -> str:
    """Return the value of a variable, or the person's answer."""
    if environment.get(name):
        return environment[name]
    if ask is None:
        raise UsageError(f"The {label.lower()} for the store is missing.", "", f"Set the environment variable {name}.")
    return ask(label, hidden)


def check_address(address: str, option: str) -> str:
    """
    Return an address if it can be the address of a store.

    Raises:
        UsageError: It is not an http(s) address, or contains a user name or password.

    >>> check_address("http://localhost:7878/store", "--endpoint")
    'http://localhost:7878/store'
    """
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        known, parts = False, urlsplit("")
    if not known or not address.isascii() or not address.isprintable() or " " in address or parts.fragment:
        raise UsageError("This is not a valid address of a store.", option, "Give http(s)://host/path.")
    if parts.username is not None or parts.password is not None:
        advice = f"Set the environment variables {USER} and {PASSWORD} instead."
        raise UsageError("A user name or password in an address can be seen by others.", option, advice)
    return address


def is_open(address: str) -> bool:
    """
    Return whether others can read what is sent to an address: plain http to another machine.

    >>> is_open("http://store.example/"), is_open("http://127.0.0.1:7878/"), is_open("https://store.example/")
    (True, False, False)
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme == "http" and not (host in {"localhost", "::1"} or host.startswith("127."))
