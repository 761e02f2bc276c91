"""
From files to plans: documents, parsing, editions. This room never sees RDF.

Importing this package loads and checks every data file of wordings that reading needs: a mistake in one stops the
program at its start, and not in the middle of a document.
"""

from ..core.wording.characters import load_characters
from ..core.wording.messages import load_finding_wordings
from ..core.wording.plans import load_plan_wording

load_characters()
load_finding_wordings()
load_plan_wording()
