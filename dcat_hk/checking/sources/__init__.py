"""
What a user names -> RDF files: one way to read any RDF, for validation, score and shapes.

    paths, folders, - --files--> files --syntaxes--> syntax --contexts--> RdfFile

Nothing is fetched from the network unless `Intake` is told so; only then `fetching` is imported.
"""

from __future__ import annotations

from .files import Intake, RdfFile

__all__ = ["Intake", "RdfFile"]
