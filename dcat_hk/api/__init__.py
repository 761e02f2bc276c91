"""
What Python programs use: a few functions that do what the commands do, by the same functions of the other rooms.

`plans` reads plans and lints them, `checks` validates and scores RDF, `catalogues` opens what a build published, and
`graphs` takes RDF in the forms that programs have it in. `dcat_hk` exports everything here, and promises to keep it.
"""

from ..build.catalogue import build_catalogue as build
from ..build.publish import BuildResult
from ..core.errors import DcatHkError, Finding
from ..core.limits import Limits
from ..core.plan import Entry
from ..core.results import Result
from ..core.settings import Settings
from .catalogues import PublishedCatalogue as Catalogue
from .catalogues import open_catalogue
from .checks import QualityScore, Report, score, validate
from .plans import FindingList, PlanList, lint, read, read_many
from .plans import ReadPlan as Plan

__all__ = [
    "BuildResult",
    "Catalogue",
    "DcatHkError",
    "Entry",
    "Finding",
    "FindingList",
    "Limits",
    "Plan",
    "PlanList",
    "QualityScore",
    "Report",
    "Result",
    "Settings",
    "build",
    "lint",
    "open_catalogue",
    "read",
    "read_many",
    "score",
    "validate",
]
