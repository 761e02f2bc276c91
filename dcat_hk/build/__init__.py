"""
From files to an output folder: the only room that sees both reading and catalogue.

`read` reads inputs into plans that wait on disk, `editions` finds the files that are one plan, `index` gathers what all
plans share, `write` writes plans, and `publish` is the flow of a build. `explain` goes the other way: from a published
thing to the lines it was read from.
"""

from ..reading.documents import find_inputs
from .publish import BuildResult, build
from .read import limits_of, read_input

__all__ = ["BuildResult", "build", "find_inputs", "limits_of", "read_input"]
