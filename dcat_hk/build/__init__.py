"""
From files to an output folder: the only room that sees both reading and catalogue.

`read` reads inputs into plans that wait on disk, `editions` finds the files that are one plan, `index` gathers what all
plans share, `write` writes plans, and `publish` is the flow of a build. `explain` goes the other way: from a published
thing to the lines it was read from. `catalogue` is a build as one call.

The package has the name of that call in Python, `dcat_hk.build(sources, output)`: it can be called itself.
"""

import sys
from types import ModuleType
from typing import Any

from ..reading.documents import find_inputs
from .catalogue import build_catalogue
from .publish import BuildResult, build
from .read import limits_of, read_input

__all__ = ["BuildResult", "build", "build_catalogue", "find_inputs", "limits_of", "read_input"]


class CallableRoom(ModuleType):
    """This package as a function: calling it is calling `build_catalogue`."""

    __signature__: Any

    def __call__(self, *arguments: Any, **options: Any) -> BuildResult:
        """Build a catalogue, as `build_catalogue` does."""
        return build_catalogue(*arguments, **options)


def _make_callable() -> None:
    """Let this package be called."""
    import inspect

    room = sys.modules[__name__]
    room.__class__ = CallableRoom
    room.__signature__ = inspect.signature(build_catalogue)  # type: ignore[attr-defined]


_make_callable()
