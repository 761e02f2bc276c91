"""A server with documents that tests write, and the triples of sources."""

from __future__ import annotations

import json

from click.testing import CliRunner

from dcat_hk.checking.sources import Intake
from dcat_hk.checking.sources.syntaxes import statements
from dcat_hk.commands.cli import main
from support.stores import ScriptedServer

JSON, TTL = {"Content-Type": "application/ld+json"}, {"Content-Type": "text/turtle"}
TURTLE = '<urn:ex:a> <urn:ex:p> "1" .\n'
NAMES = """
@prefix ex: <urn:ex:> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
#: A shape that finds one thing wrong, and a context for data that it does find.
SHAPE = f"{NAMES} ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:maxCount 0 ] . "
OTHER = f"{NAMES} ex:t sh:targetNode ex:a ; sh:property [ sh:path ex:q ; sh:minCount 1 ] . "
CONTEXT = {"@context": {"ex": "urn:ex:", "p": "ex:p"}}
DATA = {"@context": "HOST/c", "@id": "urn:ex:a", "p": "1"}


def command(name, *arguments, **options):
    """Run a command in this process."""
    return CliRunner().invoke(main, [name, *map(str, arguments)], **options)


def triples(*sources, fetch=False):
    """Return what sources say, as lines of N-Triples."""
    with Intake(fetch) as intake:
        return sorted(str(q.triple) for f in intake.files(sources) for q in statements(f.path, f.kind, f.base))


class Web(ScriptedServer):
    """A server with documents by path; `HOST` in them is its address. What it has not is 404."""

    def __init__(self, documents):
        self.documents = {}
        super().__init__(lambda _method, path, _body: self.documents.get(path, (404, {}, b"nothing here")))
        self.host = self.address.removesuffix("/store")
        for path, document in documents.items():
            status, headers, body = document if isinstance(document, tuple) else (200, JSON, document)
            text = body if isinstance(body, bytes | str) else json.dumps(body)
            data = text if isinstance(text, bytes) else text.replace("HOST", self.host).encode()
            headers = {name: value.replace("HOST", self.host) for name, value in headers.items()}
            self.documents[path] = (status, headers, data)

    @property
    def paths(self):
        """Return the paths that were asked for."""
        return [path for _method, path, _headers, _body in self.asked]
