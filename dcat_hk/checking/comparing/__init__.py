"""
Two builds -> what changed: IRIs that are gone or new, facts before and after, and whether plans or the program are why.

    names --builds, revisions--> files --reading--> facts of each build --differences--> what differs
    what differs --causes, labels--> Comparison --report_text, report_json, report_html--> a report

Facts are compared as digests on disk, so that memory grows with what differs and not with the builds.
"""

from __future__ import annotations

from .compare import compare
from .model import Comparison

__all__ = ["Comparison", "compare"]
