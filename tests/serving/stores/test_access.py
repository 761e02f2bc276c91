"""Credentials come from the environment or a prompt, never from an address."""

from __future__ import annotations

import pytest

from dcat_hk.core.errors import UsageError
from dcat_hk.serving.stores.access import Credentials, check_address, is_unencrypted, read_credentials

DBA = {"DCAT_HK_USER": "dba", "DCAT_HK_PASSWORD": "dba"}


def test_passwords_come_from_the_environment_or_a_prompt():
    """Nothing is asked for that the environment gives; without a terminal the missing variable is named."""
    assert read_credentials("auto", {}, None) == Credentials()
    assert read_credentials("auto", DBA, None) == Credentials("auto", "dba", "dba")
    assert read_credentials("digest", DBA, None).scheme == "digest"
    asked = []
    assert read_credentials("basic", {}, lambda label, hidden: asked.append((label, hidden)) or "x") == Credentials(
        "basic", "x", "x"
    )
    assert asked == [("User name", False), ("Password", True)]
    with pytest.raises(UsageError, match="DCAT_HK_TOKEN"):
        read_credentials("bearer", {}, None)


@pytest.mark.parametrize(
    "address", ["ftp://a/", "a", "http://", "http://a b/", "http://a:x/", "http://a/#b", "http://[/"]
)
def test_invalid_addresses_are_refused(address):
    """An address that is not HTTP, or has a fragment, a space or an invalid port, is refused."""
    with pytest.raises(UsageError, match="not a valid address"):
        check_address(address, "--endpoint")


def test_passwords_in_addresses_are_refused():
    """An address with a user name or password is refused, and the message does not repeat the password."""
    with pytest.raises(UsageError, match="can be seen by others") as caught:
        check_address("http://me:s3cret@localhost/", "--endpoint")
    assert "s3cret" not in str(caught.value)


def test_credentials_are_not_in_the_representation():
    """A representation of credentials, as in a traceback, has the scheme only."""
    text = repr(Credentials("bearer", "me", "s3cret", "t0ken"))
    assert "bearer" in text
    assert not any(secret in text for secret in ("s3cret", "t0ken", "me'"))


def test_a_token_takes_precedence_over_a_user():
    """With auto, a token in the environment selects bearer authentication; an empty variable counts as missing."""
    assert read_credentials("auto", DBA | {"DCAT_HK_TOKEN": "abc"}, None) == Credentials("bearer", "", "", "abc")
    assert read_credentials("auto", DBA | {"DCAT_HK_TOKEN": ""}, None).scheme == "auto"
    assert read_credentials("none", DBA, None) == Credentials()


def test_only_plain_http_to_another_machine_is_unencrypted():
    """Addresses of this machine need no TLS; a host name that only begins like one does."""
    assert not is_unencrypted("http://[::1]:7878/store")
    assert not is_unencrypted("http://localhost/store")
    assert is_unencrypted("http://localhost.example/store")
    assert is_unencrypted("http://192.0.2.1/store")
