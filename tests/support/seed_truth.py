"""What people wrote down of the seeds, and whether a document says the same."""

from __future__ import annotations

import json
import re

from dcat_hk.core.plan_values import plan_as_json
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from support.paths import TESTS

#: Latin letters and digits: a blank between two of them parts words.
_LATIN = r"[0-9A-Za-z\u00c0-\u024f]"


def spaced(value: object) -> object:
    """Return a text with one blank for white space between Latin letters and none elsewhere, anything else as it is."""
    if not isinstance(value, str):
        return value
    return re.sub(rf"(?<!{_LATIN}) | (?!{_LATIN})", "", re.sub(r"\s+", " ", value))


def says_what_is_true(data: bytes, name: str, seed: str) -> None:
    """Check that a document says what was written down of a seed, in every row and field, with nothing left over."""
    truth = json.loads((TESTS / "truth" / f"{seed}.json").read_text(encoding="utf-8"))
    reading = read_plan(read_bytes(data, name), load())
    plan = plan_as_json(reading.require())
    for field in ("bureau", "plan_title", "years", "dated"):
        assert spaced(plan[field]) == spaced(truth[field])
    assert len(plan["entries"]) == len(truth["entries"])
    for entry, stated in zip(plan["entries"], truth["entries"], strict=True):
        for field in stated.keys() - {"first_line", "last_line"}:
            assert spaced(entry[field]) == spaced(stated[field]), (stated["section"], stated["number"], field)
    assert reading.ledger.leftovers == ()
    assert reading.ledger.characters == sum(reading.ledger.accounted.values())
    assert reading.ledger.accounted["leftover"] == 0
