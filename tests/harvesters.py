"""
The software of others that reads our files, each in an environment of its own.

Environments are made once, in a folder for caches, and again when what they should hold changes. A test that needs one
that cannot be made is skipped with the reason; in CI it fails.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "harvest"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dcat-hk"
_PATIENCE = 900


class CannotMakeError(Exception):
    """An environment cannot be made here."""


def run(command, **options):
    """Run a command and return its output; what it says goes into the error if it fails."""
    done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False, **options)
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()[-500:]
        raise CannotMakeError(f"{Path(command[0]).name} ended with {done.returncode}: {words}")
    return done.stdout.decode()


def make_ckan(folder):
    """Make an environment with ckanext-dcat."""
    run([sys.executable, "-m", "venv", folder])
    options = ["--quiet", "--disable-pip-version-check", "--no-deps"]
    run([folder / "bin/python", "-m", "pip", "install", *options, "-r", HERE / "ckan.txt"])
    run([folder / "bin/python", "-c", "from ckanext.dcat.processors import RDFParser"])


def make_node(folder):
    """Make a folder with n3 and jsonld.js."""
    if not shutil.which("npm"):
        raise CannotMakeError("there is no npm")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    run(["npm", "ci", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"], cwd=folder)


_MAKERS = {"ckan": (make_ckan, ["ckan.txt"]), "node": (make_node, ["package.json", "package-lock.json"])}


def environment(name):
    """Return the folder of an environment, made if it is not there."""
    make, listed = _MAKERS[name]
    digest = hashlib.sha256(b"".join((HERE / file).read_bytes() for file in listed))
    digest.update(sys.version.encode())
    folder = CACHE / f"{name}-{digest.hexdigest()[:12]}"
    CACHE.mkdir(parents=True, exist_ok=True)
    # A virtual environment holds its own path, so it is made where it stays; the mark comes last.
    mark = CACHE / f"{folder.name}.made"
    with (CACHE / f"{name}.lock").open("w") as lock:
        # Several processes of one run may want it at once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if mark.exists() and folder.is_dir():
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        try:
            make(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        mark.touch()
    return folder


def need(name):
    """Return the folder of an environment, or skip the test; in CI it fails."""
    try:
        return environment(name)
    except (CannotMakeError, OSError, subprocess.SubprocessError) as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must have {name}: {error}")
        pytest.skip(f"{name} cannot be made here: {error}")


def ckan_datasets(profile, form, *sources):
    """Return what ckanext-dcat finds in files, or by following pages from an address: a list of pages."""
    python = need("ckan") / "bin/python"
    return json.loads(run([python, HERE / "read_ckan.py", profile, form, *map(str, sources)]))


def node_quads(syntax, path, base):
    """Return the N-Quads that n3 or jsonld.js reads in a file."""
    return run(["node", HERE / "read.mjs", syntax, path, base], cwd=need("node"))


if __name__ == "__main__":
    for each in sys.argv[1:] or _MAKERS:
        sys.stdout.write(f"{each}: {environment(each)}\n")
