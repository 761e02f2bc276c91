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
from dcat_hk.core.place import Place
from dcat_hk.core.plan_values import plan_as_json
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Fragment, Row, Span, read_bytes, read_file
from dcat_hk.reading.parsing import ledger as ledger_module
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reading.parsing.ledger import KINDS, Claims, clean_text, signs, text_of, texts_of

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
@pytest.mark.exhaustive
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


def account(text, *claimed):
    """Return the claims on a text, each a line, where it starts and ends, and a kind."""
    claims = Claims(read_bytes(text.encode(), "x.txt"))
    for line, start, end, kind in claimed:
        claims.add([Span(line, start, end)], kind)
    return claims


def kinds_of(claims):
    """Return how many characters are of each kind, without kinds that have none."""
    return {kind: count for kind, count in claims.balance().accounted.items() if count}


def test_every_kind_is_counted_and_blanks_are_not():
    """Each kind has its own count; what nobody claimed and what was claimed as left over are left over."""
    claims = account("ab cd ef\nghi", *((0, number, number + 1, kind) for number, kind in enumerate(KINDS)))
    ledger = claims.balance()
    # The third is a blank, and so is the sixth.
    assert ledger.accounted == {"field": 1, "heading": 1, "header": 0, "note": 1, "furniture": 1, "leftover": 5}
    assert ledger.characters == 9
    assert [(left.place.first, left.text) for left in ledger.leftovers] == [(1, "ef"), (2, "ghi")]


def test_left_over_pieces_of_a_line_are_one_text():
    """What is left of a line is told together, with its place; a line of which nothing is left is not told."""
    claims = account("ab  cd ef\n\ngh", (0, 4, 6, "field"), (2, 0, 2, "note"))
    assert [(left.place.first, left.place.last, left.text) for left in claims.balance().leftovers] == [(1, 1, "ab ef")]


def test_blanks_can_be_claimed_twice():
    """Two rules may both take the blanks between what they read; a text may not be taken twice."""
    claims = account("ab  cd", (0, 0, 4, "field"), (0, 2, 6, "note"))
    assert kinds_of(claims) == {"field": 2, "note": 2}
    with pytest.raises(ValueError, match=r"^claimed twice: 'cd' in line 1$"):
        claims.add([Span(0, 2, 6)], "field")


def test_signs_in_a_claim_are_furniture():
    """Bullets and markup that a claim takes in count as page furniture, those before and after it do not."""
    claims = account("• ab <ul>• cd • ef", (0, 0, 18, "field"))
    assert kinds_of(claims) == {"field": 7, "furniture": 6}
    assert signs("• ab <ul>• cd • ef") == ((5, 9), (0, 2), (9, 11))
    assert signs("ab • cd") == signs("") == ()
    assert signs("a\ufffdb") == ((1, 2),)
    assert signs("\x07a\x07") == ((0, 1), (2, 3))
    assert kinds_of(account("ab•", (0, 0, 1, "note"))) == {"note": 1, "leftover": 2}


def test_what_is_set_aside_is_left_out_of_later_claims():
    """A stretch that is set aside is claimed once, and whoever claims what stands around it leaves it out."""
    document = read_bytes(b"abcdefghij\nklm", "x.txt")
    claims = Claims(document)
    claims.set_aside([Span(0, 6, 8), Span(0, 2, 4)], "note")
    claims.add([Span(0, 0, 10), Span(1, 0, 3)], "field")
    assert kinds_of(claims) == {"field": 9, "note": 4}
    claims = Claims(document)
    claims.set_aside([Span(0, 2, 4)], "note")
    claims.add([Span(0, 4, 6), Span(0, 0, 2), Span(0, 3, 4)], "field")
    assert kinds_of(claims) == {"field": 4, "note": 2, "leftover": 7}
    claims = Claims(document)
    claims.set_aside([Span(0, 2, 4)], "note")
    claims.add([Span(0, 3, 7)], "field")
    assert kinds_of(claims) == {"field": 3, "note": 2, "leftover": 8}


@pytest.mark.parametrize(("start", "end"), [(5, 7), (0, 1), (8, 10)])
def test_what_is_set_aside_elsewhere_changes_no_claim(start, end):
    """A claim before or behind stretches that are set aside, with signs between, takes what it names and no more."""
    claims = Claims(read_bytes(b"abcdefghij", "x.txt"))
    claims.set_aside([Span(0, 2, 4)], "note")
    claims.add([Span(0, start, end)], "field")
    assert not claims.is_free(Span(0, start, start + 1))
    assert not claims.is_free(Span(0, end - 1, end))
    assert kinds_of(claims) == {"field": end - start, "note": 2, "leftover": 8 - (end - start)}


def test_signs_are_looked_for_in_the_claim_alone():
    """A bullet that opens a claim is one, wherever the claim begins; a noise behind a claim is nobody's."""
    assert kinds_of(account("ab • cd", (0, 3, 7, "field"))) == {"field": 2, "furniture": 1, "leftover": 2}
    assert kinds_of(account("ab\ufffd", (0, 0, 1, "field"))) == {"field": 1, "leftover": 2}


def test_a_line_of_one_character():
    """It is a stretch like any other, claimed or not."""
    assert kinds_of(account("a\nb", (0, 0, 1, "field"))) == {"field": 1, "leftover": 1}


def test_text_that_rows_share_is_told_once_with_all_its_rows():
    """A text that holds for several rows is told in the order of the document, with the place of each row."""
    claims = account("ab cd\nef\ngh")
    spans = [Span(0, 0, 2), Span(1, 0, 2), Span(0, 3, 5)]
    claims.share(spans, Place(3, 3))
    claims.share(spans[:1], Place(2, 2))
    claims.share([spans[0], spans[2]], Place(4, 4))
    shared = claims.balance().shared
    assert [(each.place.first, each.text, each.rows) for each in shared] == [
        (1, "ab", (Place(2, 2),)),
        (1, "ab cd", (Place(3, 3), Place(4, 4))),
        (2, "ef", (Place(3, 3),)),
    ]
    assert claims.balance().characters == 8


def test_two_readings_are_united_where_the_first_claimed_nothing():
    """The claims of another reading fill the gaps of the first, and change nothing that it has."""
    claims, other = (
        account("abcd\nef", (0, 0, 2, "field")),
        account("abcd\nef", (0, 1, 4, "note"), (1, 0, 1, "heading")),
    )
    claims.unite(other)
    assert kinds_of(claims) == {"field": 2, "note": 2, "heading": 1, "leftover": 1}
    with pytest.raises(ValueError, match="shorter"):
        claims.unite(account("ab"))


def test_what_is_free():
    """A span is free as long as no character of it was claimed."""
    claims = account("abcd\nef", (0, 1, 2, "field"))
    assert [claims.is_free(Span(*span)) for span in ((0, 0, 1), (0, 2, 4), (1, 0, 2), (0, 1, 1))] == [True] * 4
    assert [claims.is_free(Span(*span)) for span in ((0, 0, 2), (0, 1, 4))] == [False] * 2


def test_texts_are_cleaned():
    """Markup becomes a blank, a bullet or a noise nothing, and blanks are one."""
    assert clean_text("• 名單  (CSV)") == "名單 (CSV)"
    assert clean_text("a<br>b") == "a b"
    assert clean_text("a\ufffdb  c") == "ab c"
    assert clean_text("<ul>• a") == "a"
    assert clean_text("  a  ") == "a"


def fragments(*texts):
    """Return a document of lines, and the fragments that they are, each a text, whether apart, and whether torn."""
    lines = [text for text, _apart, _torn in texts]
    document = read_bytes("\n".join(lines).encode(), "x.txt")
    spans = [Span(number, 0, len(line)) for number, line in enumerate(lines)]
    parts = [Fragment(span, apart, torn) for span, (_text, apart, torn) in zip(spans, texts, strict=True)]
    return document, parts


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        ([("• ab", False, False)], "ab"),
        ([("雨", False, False), ("量", False, False)], "雨量"),
        ([("rain", False, False), ("fall", False, False)], "rain fall"),
        ([("rain", False, False), ("fall", False, True)], "rainfall"),
        ([("雨", False, False), ("量", True, False)], "雨 量"),
        ([("rain", False, False), ("fall", True, True)], "rain fall"),
        ([("rain", False, True), ("fall", False, False)], "rain fall"),
        ([("a" * 1990, False, False), ("b" * 20, False, True)], "a" * 1990 + "b" * 20),
    ],
)
def test_fragments_are_joined(texts, joined):
    """Lines are joined as their letters want, paragraphs with a blank, torn words without, however long they are."""
    document, parts = fragments(*texts)
    assert text_of(document, parts) == joined
    row = Row((tuple(parts), (), tuple(parts[:1])), False)
    assert texts_of(document, row) == [joined, "", clean_text(texts[0][0])]


def test_the_text_of_a_cell_is_that_of_its_part_of_the_line():
    """A cell may lie between others on one line."""
    document = read_bytes(b"abcdef", "x.txt")
    row = Row(tuple((Fragment(Span(0, *ends)),) for ends in ((0, 2), (2, 4), (4, 6))), False)
    assert texts_of(document, row) == ["ab", "cd", "ef"]


def test_only_short_texts_are_remembered():
    """What pieces join to is remembered up to a length, from which on texts are rare."""
    for length, remembered in ((1000, 1), (1001, 0)):
        ledger_module._join_pieces.cache_clear()
        document, parts = fragments(("a" * 1000, False, False), ("b" * length, False, False))
        text_of(document, parts)
        assert ledger_module._join_pieces.cache_info().currsize == remembered
