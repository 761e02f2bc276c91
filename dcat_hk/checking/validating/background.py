"""
Validation beside background data: code lists and other things that are known, but are not themselves validated.

In: files to validate and files to know. Out: the results that the files to validate are to blame for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ...core.results import Result, name_of
from ..shacl.triples import blocks, divide
from ..sources import RdfFile

if TYPE_CHECKING:
    from .validator import Validator

#: What tells results apart, without values, which may be blank nodes with other labels.
_Key = tuple[str, str, str, str, str]


def validate_beside(validator: Validator, sources: Sequence[RdfFile], background: Sequence[RdfFile]) -> list[Result]:
    """
    Return the results of validating files with others known beside them, sorted.

    All files are one data graph, so that shapes find what the background says of a code. A result is left out if the
    background alone has it as well, on a thing that it speaks of and that the files do not describe.

    Args:
        validator: The shapes.

        sources: The files to validate.

        background: The files that are known.

    Raises:
        NotRdf: A file holds no RDF that can be read.
    """
    # The whole is validated last: what the validator knows of its last run is then about the whole.
    own = {_key(result): result.focus_node for result in validator.validate(list(background))} if background else {}
    results = validator.validate([*sources, *background])
    if not background:
        return results
    marks = tuple({f"_:{piece.mark}" for piece in divide(background, len(sources))})
    suspects = {result.focus_node for result in results if _key(result) in own}
    suspects &= _nodes(background, suspects, objects=True)
    suspects -= _nodes(sources, suspects, objects=False)
    return [
        result
        for result in results
        if not result.focus_node.startswith(marks) and not (_key(result) in own and result.focus_node in suspects)
    ]


def _key(result: Result) -> _Key:
    """Return what tells a result apart."""
    value = "" if result.value.startswith("_:") else result.value
    return result.focus_node, result.path, result.component, result.source_shape, value


def _nodes(sources: Sequence[RdfFile], wanted: Iterable[str], *, objects: bool) -> set[str]:
    """Return which of some nodes are subjects, or if asked subjects or objects, in files."""
    left, found = set(wanted), set[str]()
    for piece in divide(sources) if left else ():
        for subject, block in blocks(piece):
            here = {name_of(subject)}
            if objects:
                here.update(name_of(value) for values in block.values() for value in values)
            found |= here & left
    return found
