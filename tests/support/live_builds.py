"""What tests of harvests from the running server share: a build for an address of this machine, and changed ones."""

from __future__ import annotations

import pyoxigraph

from dcat_hk.build import build
from dcat_hk.core.settings import Settings
from support.paths import SEEDS
from support.stores import free_port
from support.web_servers import republish, serving, wait

#: Small pages, so that there are many.
SIZE = 20
DATASET, DISTRIBUTION, CATALOG = (
    f"http://www.w3.org/ns/dcat#{name}" for name in ("Dataset", "Distribution", "Catalog")
)


def make_origin(folder):
    """Build the seeds for an address of this machine; return its port, the base IRI and the folder of the build."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/plans/"
    assert build([SEEDS], folder / "output", Settings(base_iri=base), jobs=1).published
    return port, base, folder / "output"


def copy(origin, target):
    """Put a copy of the build where a server serves it from."""
    republish(origin[2], target, lambda quads: quads)
    return target


def served(origin, folder, log, *options):
    """Serve a folder at the address that the build was made for."""
    fixed = ["--port", str(origin[0]), "--page-size", str(SIZE), "--watch", "0.1"]
    return serving(folder, log, *fixed, *options)


def typed(folder, kind):
    """Return the IRIs of the things of a class in a build."""
    quads = pyoxigraph.parse(path=folder / "catalogue.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    return {quad.subject.value for quad in quads if quad.object.value == kind}


def extras(dataset):
    """Return the extras of a dataset of CKAN by key."""
    return {extra["key"]: extra["value"] for extra in dataset["extras"]}


def change(origin, gone):
    """Return a change of quads: some datasets are gone, with all that is said of them; one has another title."""

    def edit(quads):
        kept = [line for line in quads.splitlines(keepends=True) if not any(f"{iri}>" in line for iri in gone)]
        return "".join(kept).replace("罪案數字比較", "罪案")

    republish(origin[2], origin[2].with_name("next"), edit)
    return origin[2].with_name("next")


def taken_up(server, count):
    """Wait until the server answers from a build with so many datasets."""
    wait(lambda: f'"datasets": {count}' in server.ask("health").text)
