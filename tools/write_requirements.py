"""
Writes requirements/*.txt: the versions of constraints.txt with the hashes of all their files, for all platforms.

Run ``python tools/write_requirements.py`` after a change to constraints.txt or to a dependency in pyproject.toml. It
starts uv, which asks the package registry. ``--check`` asks nobody: it fails if a file lacks a package, has a version
that constraints.txt has not, or lacks a hash.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys

from locked_packages import OURSELVES, ROOT, LockedPackage, normal_name, read_constraints, read_locked, read_project

#: File: what is in it, and how uv is asked for it. The documentation's tools need a later Python than the rest does.
FILES = {
    "run-time.txt": ("what dcat-hk needs to run", ["pyproject.toml", "--python-version", "3.11"]),
    "development.txt": (
        "what dcat-hk needs to run, its tests and its documentation",
        ["pyproject.toml", "--all-extras", "--python-version", "3.11.5"],
    ),
    "build.txt": ("what makes packages", ["--group", "pyproject.toml:build", "--python-version", "3.11"]),
}
HEADER = """\
# Exact versions and the hashes of all their files: {about}.
# Written by tools/write_requirements.py from pyproject.toml and constraints.txt; do not edit.
"""
COMMAND = ["pip", "compile", "--universal", "--generate-hashes", "--no-header", "--quiet", "-c", "constraints.txt"]


def ask(arguments: list[str]) -> str:
    """Return what uv gives for a set of packages; end with a sentence if there is no uv, or if it fails."""
    program = shutil.which("uv")
    if program is None:
        raise SystemExit("this needs the program uv: install it, and run this again.")
    command = [program, *COMMAND, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - a list of words
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def declared_names(file: str) -> set[str]:
    """Return the packages that pyproject.toml names for a file, under their normal names."""
    tables = read_project()
    project = tables["project"]
    lists = {
        "run-time.txt": [project["dependencies"]],
        "development.txt": [project["dependencies"], *project["optional-dependencies"].values()],
        "build.txt": [tables["dependency-groups"]["build"]],
    }[file]
    return {normal_name(re.split(r"[\[<>=~! ;]", one)[0]) for some in lists for one in some} - {OURSELVES}


def find_problems(file: str, packages: list[LockedPackage], constraints: dict[str, str]) -> list[str]:
    """
    Compare a file with constraints.txt and pyproject.toml.

    Args:
        file: its name in requirements/.
        packages: what it has.
        constraints: the versions of constraints.txt.

    Returns:
        A sentence for each thing that is wrong; none if the file is current.
    """
    versions = {package.name: package.version for package in packages}
    missing = sorted(declared_names(file) - versions.keys())
    problems = [f"{file}: {name}, which pyproject.toml declares, is missing" for name in missing]
    for name, version in versions.items():
        if constraints.get(name) != version:
            problems.append(f"{file}: {name} is {version}, in constraints.txt it is {constraints.get(name, 'missing')}")
    needed = {user for package in packages for user in package.needed_by} - {OURSELVES, *versions}
    return problems + [f"{file}: {name} needs a package and is missing" for name in sorted(needed)]


def check() -> int:
    """Tell what is not current in requirements/, and return the exit code."""
    constraints = read_constraints((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    problems = []
    used: set[str] = set()
    for file in FILES:
        packages = read_locked((ROOT / "requirements" / file).read_text(encoding="utf-8"))
        used |= {package.name for package in packages}
        problems += find_problems(file, packages, constraints)
    problems += [f"constraints.txt: nothing needs {name}" for name in sorted(constraints.keys() - used)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("Correct constraints.txt and run tools/write_requirements.py.", file=sys.stderr)
    return 1 if problems else 0


def main() -> int:
    """Write the files, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if a file is not current")
    if parser.parse_args().check:
        return check()
    for file, (about, arguments) in FILES.items():
        (ROOT / "requirements" / file).write_text(HEADER.format(about=about) + ask(arguments), encoding="utf-8")
    return check()


if __name__ == "__main__":
    sys.exit(main())
