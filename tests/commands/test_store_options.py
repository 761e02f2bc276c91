"""Credentials for a store."""

import pytest

from dcat_hk.commands.store_options import access_for
from dcat_hk.core.errors import UsageError

VARIABLES = ("DCAT_HK_USER", "DCAT_HK_PASSWORD", "DCAT_HK_TOKEN")
OPEN, CLOSED = "http://store.example/", "https://store.example/"


@pytest.fixture
def environment(monkeypatch):
    """Set only the given variables."""

    def set_variables(**values):
        for name in VARIABLES:
            monkeypatch.delenv(name, raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    set_variables()
    return set_variables


def test_credentials_are_those_of_the_environment(environment):
    """User and password, or a token, are read from variables and never from the command line."""
    environment(DCAT_HK_USER="me", DCAT_HK_PASSWORD="secret")  # noqa: S106 - a word for a test
    access = access_for("basic", CLOSED)
    assert (access.scheme, access.user, access.password) == ("basic", "me", "secret")
    environment(DCAT_HK_TOKEN="abc")  # noqa: S106 - a word for a test
    assert access_for("auto", CLOSED).scheme == "bearer"


def test_without_credentials_a_store_is_asked_without(environment, capsys):
    """Nothing is sent, so nothing is warned of."""
    environment()
    assert access_for("auto", OPEN).scheme == "none"
    assert capsys.readouterr().err == ""


def test_missing_credentials_are_wrong_usage_where_nobody_can_be_asked(environment):
    """Without a terminal the missing variable is named."""
    environment(DCAT_HK_USER="me")
    with pytest.raises(UsageError, match="DCAT_HK_PASSWORD"):
        access_for("basic", CLOSED)


@pytest.mark.parametrize(
    ("kind", "address", "is_warned"),
    [("basic", OPEN, True), ("basic", CLOSED, False), ("basic", "http://127.0.0.1/", False), ("digest", OPEN, False)],
)
def test_a_password_that_others_can_read_is_warned_of(environment, capsys, kind, address, is_warned):
    """A password goes in the clear over plain http to another machine, but for digest, which does not send it."""
    environment(DCAT_HK_USER="me", DCAT_HK_PASSWORD="secret")  # noqa: S106 - a word for a test
    access_for(kind, address)
    error = capsys.readouterr().err
    assert ("not encrypted" in error) is is_warned
    assert "secret" not in error
