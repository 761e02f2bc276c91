"""What requirements/*.txt say: packages with their exact versions, the hashes of their files, and what needs them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: The licences of what is in run-time.txt.
LICENCES = ROOT / "tools/licences.toml"
RUN_TIME = ROOT / "requirements/run-time.txt"
#: How the files call the project itself where they say what needs a package.
OURSELVES = "dcat-hk"

_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?")
_HASH = re.compile(r" {4}--hash=sha256:([0-9a-f]{64})(?: \\)?")
_NEEDED = re.compile(r" {4}#(?: via)? +([A-Za-z0-9._-]+)(?: \(.*\))?")
#: A requirement of pyproject.toml, with the comment that says what it is for.
_DECLARED = re.compile(r'^ {4}"([A-Za-z0-9._-]+)(?:\[[a-z,-]+\])?([^"]*)", +# (.+)$', re.MULTILINE)


@dataclass(frozen=True)
class LockedPackage:
    """A package of one exact version, and the SHA-256 of each of its files that is accepted."""

    name: str
    version: str
    #: Where it is installed, in the words of pip: `python_full_version < '3.12'`; empty: everywhere.
    marker: str
    hashes: tuple[str, ...]
    #: Packages that need it; the project itself is called as OURSELVES says.
    needed_by: tuple[str, ...]


@dataclass(frozen=True)
class DeclaredPackage:
    """A package that pyproject.toml names: which versions may be used, and what for."""

    bound: str
    job: str


def normal_name(name: str) -> str:
    """
    Return the name of a package as registries compare it.

    Spec: PyPA name normalization

    >>> normal_name("Jinja2"), normal_name("jsonschema_rs")
    ('jinja2', 'jsonschema-rs')
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def read_locked(text: str) -> list[LockedPackage]:
    r"""
    Read a file of exact versions with hashes.

    Args:
        text: the text of a file in requirements/.

    Returns:
        Its packages, in their order.

    Raises:
        ValueError: a line is none that pip's hash-checking mode knows, or a package has no hash.

    >>> text = "click==8.5.1 \\\n    --hash=sha256:" + 64 * "0" + "\n    # via dcat-hk (pyproject.toml)\n"
    >>> read_locked(text)[0].needed_by
    ('dcat-hk',)
    """
    packages: list[tuple[re.Match[str], list[str], list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#") or re.fullmatch(r" {4}#(?: via| +-c .*)", line):
            continue
        if pin := _PIN.fullmatch(line):
            packages.append((pin, [], []))
        elif packages and (digest := _HASH.fullmatch(line)):
            packages[-1][1].append(digest[1])
        elif packages and (user := _NEEDED.fullmatch(line)):
            packages[-1][2].append(normal_name(user[1]))
        else:
            raise ValueError(f"line {number}: this is no exact version, hash or comment: {line}")
    if bare := [pin["name"] for pin, hashes, _ in packages if not hashes]:
        raise ValueError(f"no hash: {', '.join(bare)}")
    return [
        LockedPackage(normal_name(pin["name"]), pin["version"], pin["marker"] or "", tuple(hashes), tuple(users))
        for pin, hashes, users in packages
    ]


def read_constraints(text: str) -> dict[str, str]:
    """
    Return the version of every package in constraints.txt.

    >>> read_constraints("# why\\nJinja2==3.1.6\\n")
    {'jinja2': '3.1.6'}
    """
    pins = (line.split("==") for line in text.splitlines() if line and not line.startswith("#"))
    return {normal_name(name): version for name, version in pins}


def read_project(root: Path = ROOT) -> dict[str, Any]:
    """Return the tables of pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def read_declared(root: Path = ROOT) -> dict[str, DeclaredPackage]:
    """Return the packages that pyproject.toml declares with a job, under their normal names."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    return {normal_name(name): DeclaredPackage(bound, job) for name, bound, job in _DECLARED.findall(text)}
