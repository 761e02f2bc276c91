"""
What a user names -> RDF files: one way to read any RDF, for validation, score and shapes.

    paths, folders, - --files--> files --preparing--> RdfFile --mending--> RdfFile that can be read, and findings

Nothing is fetched from the network unless `Intake` is told so; only then `fetching` is imported.
"""

from __future__ import annotations

from .files import Intake
from .findings import SourceFinding, as_results
from .rdffiles import NamedFile, RdfFile

__all__ = ["Intake", "NamedFile", "RdfFile", "SourceFinding", "as_results"]
