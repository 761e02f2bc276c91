"""
What `load` and `query` share: credentials for a SPARQL store.

In: an option, environment variables, a prompt. Out: `Access`.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from .options import choice_option
from .spoken import print_warning

if TYPE_CHECKING:
    from ..serving.stores.access import Credentials

auth_option = choice_option(
    "--auth",
    choices=("auto", "none", "basic", "digest", "bearer"),
    default="auto",
    help="Authentication method; auto uses what the store asks for. Credentials are read from the environment "
    "variables DCAT_HK_USER and DCAT_HK_PASSWORD, or DCAT_HK_TOKEN; on a terminal you are asked for missing ones.",
)


def access_for(kind: str, address: str) -> Credentials:
    """
    Return the credentials for a store; missing ones are asked for on a terminal.

    Args:
        kind: The authentication method.

        address: The address of the store, for a warning if the connection is not encrypted.
    """
    from ..serving.stores.access import is_unencrypted, read_credentials

    def prompt(label: str, hidden: bool) -> str:
        return str(click.prompt(label, hide_input=hidden, err=True))

    credentials = read_credentials(kind, os.environ, prompt if sys.stdin.isatty() else None)
    if credentials.scheme in {"basic", "bearer", "auto"} and is_unencrypted(address):
        print_warning("views.not-encrypted")
    return credentials
