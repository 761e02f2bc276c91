"""
RDF files + shapes -> a report: results by cause and by thing, with where each thing comes from.

In: files in any syntax. Out: an `Outcome`, and its forms. Nothing is ever fetched from the network.
"""

from __future__ import annotations

from .reports import FORMS
from .validation import Options, Outcome, run

__all__ = ["FORMS", "Options", "Outcome", "run"]
