"""
Credentials for a store: from environment variables or a prompt, never from the command line.

In: the environment. Out: `Credentials`. They are never printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ...core.errors import UsageError

USER, PASSWORD, TOKEN = "DCAT_HK_USER", "DCAT_HK_PASSWORD", "DCAT_HK_TOKEN"
SCHEMES = ("auto", "none", "basic", "digest", "bearer")


@dataclass(frozen=True, slots=True)
class Credentials:
    """
    Credentials and the authentication scheme; with `auto`, the scheme is the one that the store asks for.

    >>> Credentials("basic", "dba", "secret")
    Credentials(scheme='basic')
    """

    scheme: str = "none"
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def read_credentials(
    scheme: str, environment: Mapping[str, str], prompt: Callable[[str, bool], str] | None
) -> Credentials:
    """
    Return the credentials for a store.

    Args:
        scheme: One of `SCHEMES`; with `auto`, the user is prompted only for a missing password.

        environment: Environment variables.

        prompt: Prompts the user for a value; it takes the label of the value, and whether the input is hidden. None if
            there is no terminal.

    Raises:
        UsageError: Credentials are missing and there is no terminal.

    >>> read_credentials("auto", {"DCAT_HK_TOKEN": "abc"}, None).scheme
    'bearer'
    """
    if scheme == "auto":
        scheme = "bearer" if environment.get(TOKEN) else "auto" if environment.get(USER) else "none"
    if scheme == "none":
        return Credentials()
    if scheme == "bearer":
        return Credentials(scheme, token=_read_value(TOKEN, "Token", environment, prompt, True))
    user = _read_value(USER, "User name", environment, prompt, False)
    return Credentials(scheme, user, _read_value(PASSWORD, "Password", environment, prompt, True))


def _read_value(
    name: str, label: str, environment: Mapping[str, str], prompt: Callable[[str, bool], str] | None, hidden: bool
) -> str:
    """Return the value of an environment variable, or else what the user enters."""
    if environment.get(name):
        return environment[name]
    if prompt is None:
        if name == TOKEN:
            raise UsageError.of("stores.no-token", name=name)
        if name == USER:
            raise UsageError.of("stores.no-user", name=name)
        raise UsageError.of("stores.no-password", name=name)
    return prompt(label, hidden)


def check_address(address: str, option: str) -> str:
    """
    Return an address if it is a valid address for a store.

    Args:
        address: The address.

        option: The name of the option it was given with, for the error message.

    Raises:
        UsageError: It is not an HTTP or HTTPS address, or it contains a user name or password.

    >>> check_address("http://localhost:7878/store", "--endpoint")
    'http://localhost:7878/store'
    """
    try:
        parts = urlsplit(address)
        is_valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_valid, parts = False, urlsplit("")
    if not is_valid or not address.isascii() or not address.isprintable() or " " in address or parts.fragment:
        raise UsageError.of("stores.address", option)
    if parts.username is not None or parts.password is not None:
        raise UsageError.of("stores.password-seen", option, user=USER, password=PASSWORD)
    return address


def is_unencrypted(address: str) -> bool:
    """
    Return whether others can read what is sent to an address: it is on another machine and uses HTTP without TLS.

    >>> is_unencrypted("http://store.example/"), is_unencrypted("http://127.0.0.1:7878/"), is_unencrypted("https://store.example/")
    (True, False, False)
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme == "http" and not (host in {"localhost", "::1"} or host.startswith("127."))
