"""Nothing is lost in silence: the ledger balances for every input."""

import json
import random
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.paths import SEEDS, TESTS

from dcat_hk.commands.plan_views import ledgers_as_json
from dcat_hk.core.errors import DcatHkError
from dcat_hk.core.plan_values import plan_as_json
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Span, read_bytes, read_file
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reading.parsing.ledger import KINDS, Claims

SCHEMAS = files("dcat_hk.core") / "schemas"
LINES = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n")]


#: Lines of plans whose words are known by where they stand, and words that are claimed before a row is looked for.
LAID_OUT = [path.read_text(encoding="utf-8").split("\n") for path in sorted((TESTS / "documents/layout").glob("*.txt"))]
CLAIMED_EARLY = ["    不適用", "    N/A", "-", "   Notes: none", "註：沒有", "1", "", "\f", "     12/2020      每月"]
HEADS = [lines[: next(i for i, line in enumerate(lines) if line.startswith("A")) + 1] for lines in LAID_OUT]


def balanced(reading):
    """Tell whether every non-blank character is accounted for, and left-over text is what is left over."""
    ledger = reading.ledger
    blank_free = sum(not c.isspace() for line in reading.document.lines for c in line)
    left = sum(not c.isspace() for leftover in ledger.leftovers for c in leftover.text)
    return ledger.characters == blank_free == sum(ledger.accounted.values()) and left == ledger.accounted["leftover"]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=40))
def test_any_text_is_accounted_for(lines):
    """Lines of plans in any order, among any other text, balance."""
    try:
        document = read_bytes("\n".join(lines).encode("utf-8", "surrogatepass"), "plan.txt")
    except DcatHkError:
        return
    assert balanced(read_plan(document, load()))


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(HEADS),
    st.lists(
        st.one_of(st.sampled_from([line for lines in LAID_OUT for line in lines]), st.sampled_from(CLAIMED_EARLY)),
        max_size=60,
    ),
)
def test_laid_out_lines_in_any_order_are_accounted_for(head, lines):
    """Below the head of a plan, lines of tables in any order balance, whichever rules in turn want them."""
    assert balanced(read_plan(read_bytes("\n".join([*head, *lines]).encode(), "plan.txt"), load()))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_a_damaged_seed_is_accounted_for(path):
    """A seed with lines lost, doubled, interchanged, cut or joined balances, whatever is read from it."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for seed in range(40):
        chance = random.Random(seed)
        damaged = list(lines)
        for _ in range(12):
            i, j = chance.randrange(len(damaged)), chance.randrange(len(damaged))
            what = chance.randrange(5)
            if what == 0:
                del damaged[i]
            elif what == 1:
                damaged.insert(i, damaged[j])
            elif what == 2:
                damaged[i], damaged[j] = damaged[j], damaged[i]
            elif what == 3:
                damaged[i] = damaged[i][: len(damaged[i]) // 2]
            else:
                damaged[i] += damaged[j]
                damaged[j] = ""
        assert balanced(read_plan(read_bytes("\n".join(damaged).encode(), path.name), load())), seed


def test_a_document_that_is_no_plan_is_all_left_over():
    """Text without a plan has no kind but left over, each line with its place."""
    reading = read_plan(read_bytes("第一行\n\n第二行".encode(), "x.txt"), load())
    assert reading.plan is None
    assert reading.ledger.accounted == {kind: 6 if kind == "leftover" else 0 for kind in KINDS}
    assert [(left.place.first, left.text) for left in reading.ledger.leftovers] == [(1, "第一行"), (3, "第二行")]
    assert [finding.code for finding in reading.findings] == ["unassigned-text"] * 2


def test_nothing_can_be_claimed_twice():
    """A rule that reads a character twice is found out."""
    claims = Claims(read_bytes(b"abc", "x.txt"))
    claims.add([Span(0, 0, 2)], "field")
    with pytest.raises(ValueError, match="claimed twice: 'b'"):
        claims.add([Span(0, 1, 3)], "note")


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_what_is_printed_keeps_its_schema(path):
    """Plans and ledgers are as the published JSON Schemas say, and the schemas are not empty words."""
    reading = read_plan(read_file(path), load())
    plan_schema, ledger_schema = (json.loads((SCHEMAS / f"{n}.schema.json").read_text()) for n in ("plan", "ledger"))
    plan = plan_as_json(reading.plan)
    jsonschema.Draft202012Validator.check_schema(plan_schema)
    jsonschema.Draft202012Validator.check_schema(ledger_schema)
    jsonschema.validate([plan], plan_schema)
    jsonschema.validate(ledgers_as_json([(path.name, reading.ledger)]), ledger_schema)
    for name in plan["entries"][0]:
        broken = {**plan, "entries": [{k: v for k, v in plan["entries"][0].items() if k != name}]}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([broken], plan_schema)
