"""
The software of others that reads our files, each in an environment of its own.

Environments are made once, in a folder for caches, and again when what they should hold changes. A test that needs one
that cannot be made is skipped with the reason; in CI it fails.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest

from support.paths import TESTS
from support.stores import ScriptedServer, free_port, missing

HERE = TESTS / "harvest"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dcat-hk"
_PATIENCE = 900
#: Profiles of ckanext-dcat.
PROFILES = ["euro_dcat_ap_3", "euro_dcat_ap_2"]
#: Our syntax, the ending of its files, and its name in rdflib, which CKAN reads with.
FORMS = [("turtle", "ttl", "turtle"), ("jsonld", "jsonld", "json-ld"), ("rdfxml", "rdf", "xml")]


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
    """Make an environment with CKAN, ckanext-dcat and ckanext-harvest."""
    run([sys.executable, "-m", "venv", folder])
    options = ["--quiet", "--disable-pip-version-check", "--no-deps"]
    run([folder / "bin/python", "-m", "pip", "install", *options, "-r", HERE / "ckan.txt"])
    run([folder / "bin/python", "-c", "from ckanext.dcat.processors import RDFParser"])


def make_node(folder, listed=HERE):
    """Make a folder with n3, jsonld.js and ldes-client, or with what another folder lists."""
    if not shutil.which("npm"):
        raise CannotMakeError("there is no npm")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(listed / name, folder)
    run(["npm", "ci", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"], cwd=folder)


def make_clients(folder):
    """Make a folder with Comunica and Trifid."""
    make_node(folder, HERE / "clients")


def make_sssom(folder):
    """Make an environment with the reference implementation of SSSOM."""
    run([sys.executable, "-m", "venv", folder])
    options = ["--quiet", "--disable-pip-version-check", "--no-deps"]
    run([folder / "bin/python", "-m", "pip", "install", *options, "-r", HERE / "sssom.txt"])
    run([folder / "bin/python", "-c", "import sssom.validators"])


_MAKERS = {
    "ckan": (make_ckan, ["ckan.txt"]),
    "node": (make_node, ["package.json", "package-lock.json"]),
    "clients": (make_clients, ["clients/package.json", "clients/package-lock.json"]),
    "sssom": (make_sssom, ["sssom.txt"]),
}


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


def ckan_datasets(profile, form, *sources, most=1000):
    """Return what ckanext-dcat finds in files, or by following pages from an address: a list of pages."""
    python = need("ckan") / "bin/python"
    return json.loads(run([python, HERE / "read_ckan.py", profile, form, str(most), *map(str, sources)]))


def sssom_mappings(*paths):
    """Return the columns, subjects and objects that the reference implementation of SSSOM finds in valid files."""
    return json.loads(run([need("sssom") / "bin/python", HERE / "read_sssom.py", *map(str, paths)]))


def node_quads(syntax, path, base):
    """Return the N-Quads that n3 or jsonld.js reads in a file."""
    return run(["node", HERE / "read.mjs", syntax, path, base], cwd=need("node"))


def node_framed(path, frame):
    """Return what jsonld.js makes of a file with a frame."""
    return json.loads(run(["node", HERE / "read.mjs", "frame", path, frame], cwd=need("node")))


def ldes_members(address, memory):
    """Return what ldes-client finds in a feed that it has not found before, as its folder remembers."""
    return json.loads(run(["node", HERE / "follow_ldes.mjs", address, str(memory)], cwd=need("node")))


def comunica_results(address, *queries):
    """Return what the query engine Comunica finds at an endpoint or in a document, for each query."""
    return json.loads(run(["node", HERE / "clients" / "ask.mjs", address, *queries], cwd=need("clients")))


@contextmanager
def trifid(endpoint, base):
    """Start Trifid on top of an endpoint, and give its address; it ends with the block."""
    command = ["node", HERE / "clients" / "trifid.mjs", endpoint, base]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=need("clients"), text=True, **pipes) as process:
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/"
        finally:
            process.stdin.close()
            process.wait(_PATIENCE)


# ---- what they read from


class _Handler(http.server.SimpleHTTPRequestHandler):
    """A static host: files by their endings, nothing negotiated."""

    extensions_map: ClassVar = {
        ".ttl": "text/turtle",
        ".jsonld": "application/ld+json",
        ".rdf": "application/rdf+xml",
        ".trig": "application/trig",
    }

    def guess_type(self, path):
        """Return the media type of a file."""
        return self.extensions_map.get(Path(path).suffix, "application/octet-stream")

    def log_message(self, *_args):
        """Say nothing."""


@contextmanager
def static_host(folder, port):
    """Serve a folder while the block runs."""
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# ---- a whole CKAN

_INI = """\
[app:main]
use = egg:ckan
SECRET_KEY = of-this-test-only
sqlalchemy.url = postgresql://ckan@127.0.0.1:{port}/postgres
solr_url = {solr}
ckan.redis.url = redis://127.0.0.1:1/0
ckan.site_url = http://127.0.0.1:1
ckan.storage_path = {folder}/storage
ckan.plugins = harvest dcat dcat_rdf_harvester ckan_harvester
ckan.harvest.mq.type = redis
ckan.locale_default = zh_Hant_TW
ckanext.dcat.rdf.profiles = euro_dcat_ap_3
[loggers]
keys = root
[handlers]
keys =
[formatters]
keys =
[logger_root]
level = CRITICAL
handlers =
"""


@contextmanager
def postgresql():
    """Run a PostgreSQL that holds nothing yet, and give its port; user and database are there, no password is asked."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        missing("PostgreSQL (Debian: postgresql)")
    programs, port = found[-1].parent, free_port()
    # It refuses to run as root.
    other = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="dcat-hk-postgresql-") as folder:
        if other:
            shutil.chown(folder, "postgres", "postgres")
        data = Path(folder) / "data"
        options = ["--username=ckan", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        run([programs / "initdb", "-D", data, *options], cwd=folder, **other)
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = [programs / "pg_ctl", "-D", data, "-w", "-l", Path(folder) / "log"]
        run([*control, "-o", settings, "start"], cwd=folder, **other)
        try:
            yield port
        finally:
            run([*control, "-m", "fast", "stop"], cwd=folder, **other)


class WholeCkan:
    """
    A CKAN with a database of its own; see `whole_ckan`.

    Args:
        settings: The file of its settings.
    """

    def __init__(self, settings):
        """Make its tables."""
        self._settings, self._programs = settings, need("ckan") / "bin"
        for command in (["init"], ["pending-migrations", "--apply"]):
            run([self._programs / "ckan", "-c", settings, "db", *command], cwd=settings.parent)

    def harvest(self, address, kind="dcat_rdf", **configuration):
        """Harvest an address once and return the outcome, what was refused and all datasets."""
        arguments = [self._settings, address, kind, json.dumps(configuration)]
        return json.loads(run([self._programs / "python", HERE / "whole_ckan.py", *arguments]))


@contextmanager
def whole_ckan(folder):
    """Run all of CKAN but Solr and Redis: what answers instead of Solr takes everything and finds nothing."""
    schema = next(need("ckan").glob("lib/python*/site-packages/ckan/config/solr/schema.xml")).read_bytes()
    nothing = b'{"response": {"numFound": 0, "start": 0, "docs": []}, "facet_counts": {"facet_fields": {}}}'

    def solr(_method, path, _body):
        asked = (schema, "application/xml") if "/schema" in path else (nothing, "application/json")
        return 200, {"Content-Type": asked[1]}, asked[0]

    with postgresql() as port, ScriptedServer(solr) as fake:
        settings = folder / "ckan.ini"
        settings.write_text(_INI.format(port=port, solr=fake.address, folder=folder), encoding="utf-8")
        yield WholeCkan(settings)


if __name__ == "__main__":
    for each in sys.argv[1:] or _MAKERS:
        sys.stdout.write(f"{each}: {environment(each)}\n")
