"""
SHACL compiled: shapes become functions, data goes past them one subject at a time.

    shapes --reading--> triples --shapes--> Shape --program--> functions --running--> results

What is not compiled is refused by name (`Unsupported`), so that another engine can be asked. Which terms those are,
and how results differ from those of pyshacl, is in docs/reference/shacl.md.

Spec: SHACL (W3C Recommendation of 20 July 2017), sections 2 to 4 (SHACL Core).
"""

from __future__ import annotations

from ...core.results import Result
from .engine import CompiledShapes, compile_shapes
from .shapes import Unsupported

__all__ = ["CompiledShapes", "Result", "Unsupported", "compile_shapes"]
