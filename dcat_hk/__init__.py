"""
Hong Kong's annual open data plans as validated DCAT-AP 3 linked data.

Python programs use what this package exports: `read`, `read_many`, `lint`, `build`, `validate`, `score`,
`open_catalogue`, and the values that these take and return. See docs/reference/python.md.

The folders are the architecture. Data flows one way::

    file -> reading -> plan -> catalogue -> output folder -> serving
                                   |
                                checking

`core` is the ground floor that every room stands on. `reading` turns files into plans and never sees RDF; `catalogue`
turns plans into RDF and never sees documents; `checking` judges any RDF; `serving` works on what was published.
`build` is the only room that joins the halves, `api` is what Python programs call, and `commands` is the command line.
Who may import whom is a table in ``tests/project/test_architecture.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import (
        BuildResult,
        Catalogue,
        Entry,
        Finding,
        FindingList,
        Limits,
        Plan,
        PlanList,
        QualityScore,
        Report,
        Result,
        Settings,
        build,
        lint,
        open_catalogue,
        read,
        read_many,
        score,
        validate,
    )
    from .core.errors import (
        DcatHkError,
        InputError,
        NotAPlan,
        NotRdf,
        NotReadable,
        ReadingFault,
        StoreError,
        UsageError,
        WorkerLost,
    )

__version__ = "0.1.0"

__all__ = [
    "BuildResult",
    "Catalogue",
    "DcatHkError",
    "Entry",
    "Finding",
    "FindingList",
    "InputError",
    "Limits",
    "NotAPlan",
    "NotRdf",
    "NotReadable",
    "Plan",
    "PlanList",
    "QualityScore",
    "ReadingFault",
    "Report",
    "Result",
    "Settings",
    "StoreError",
    "UsageError",
    "WorkerLost",
    "build",
    "lint",
    "open_catalogue",
    "read",
    "read_many",
    "score",
    "validate",
]

#: What is exported from the module of errors; everything else is from the room `api`.
_ERRORS = frozenset(
    {
        "DcatHkError",
        "InputError",
        "NotAPlan",
        "NotRdf",
        "NotReadable",
        "ReadingFault",
        "StoreError",
        "UsageError",
        "WorkerLost",
    }
)


def __getattr__(name: str) -> Any:
    """Return what is exported when it is first asked for: importing this package alone costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name == "build":
        # The room has this name, too, and can be called; it is what stands here once it was imported.
        return import_module(".build", __name__)
    value = getattr(import_module(".core.errors" if name in _ERRORS else ".api", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the names that are exported."""
    return sorted({*globals(), *__all__})
