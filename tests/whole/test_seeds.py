"""The five seeds come out right in every row and field."""

import json
import re

import pytest
from support.paths import SEEDS, TESTS
from support.seed_truth import spaced

from dcat_hk.commands.remarks import finding_line
from dcat_hk.core.plan_values import plan_as_json
from dcat_hk.core.reporting import format_json
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_file
from dcat_hk.reading.parsing import read_plan

PATHS = sorted(SEEDS.glob("*.txt"))
by_seed = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name[:3])
ROWS = {"000": 35, "001": 56, "002": 16, "003": 53, "004": 33}


def reading_of(path):
    """Return the reading of a seed."""
    return read_plan(read_file(path), load())


def test_all_seeds_are_there():
    """There are five seeds, under their own names, with 193 rows in all."""
    assert [path.name[:3] for path in PATHS] == list(ROWS)
    assert {path.name[:3]: len(reading_of(path).plan.entries) for path in PATHS} == ROWS


@by_seed
def test_a_seed_says_what_a_reader_wrote_down(path):
    """Every field of every row is what a person who saw only the document transcribed (tests/truth)."""
    truth = json.loads((TESTS / "truth" / f"{path.name[:3]}.json").read_text(encoding="utf-8"))
    plan = plan_as_json(reading_of(path).plan)
    for name in ("bureau", "plan_title", "years", "dated"):
        assert spaced(plan[name]) == spaced(truth[name])
    assert len(plan["entries"]) == len(truth["entries"])
    for entry, stated in zip(plan["entries"], truth["entries"], strict=True):
        lines = dict(zip(("first_line", "last_line"), entry["place"]["lines"], strict=True))
        for name, value in stated.items():
            assert spaced((entry | lines)[name]) == spaced(value), (stated["section"], stated["number"], name)


@by_seed
def test_a_seed_reads_as_before(path, golden):
    """The plan and the findings of a seed are the golden ones, white space included."""
    reading = reading_of(path)
    golden(f"plan/{path.name[:3]}.json", format_json(plan_as_json(reading.plan)))
    golden(f"findings/{path.name[:3]}.txt", "".join(f"{finding_line(f)}\n" for f in reading.findings))


@by_seed
def test_nothing_of_a_seed_is_left_over(path):
    """Every character of a seed is part of a row, heading, header, note or page."""
    ledger = reading_of(path).ledger
    text = path.read_text(encoding="utf-8")
    assert ledger.leftovers == ()
    assert ledger.accounted["leftover"] == 0
    assert ledger.characters == sum(not c.isspace() for c in text) == sum(ledger.accounted.values())


@by_seed
def test_what_a_seed_lost_to_furniture_is_no_text(path):
    """Page furniture of a seed is markup, bullets and unreadable glyphs: no letter of a row is among it."""
    text = path.read_text(encoding="utf-8")
    markup = "".join(re.findall(r"<ul style=\"list-style-type: none\">", text))
    glyphs = re.findall("[\uf06c\ufffd]", text)
    assert reading_of(path).ledger.accounted["furniture"] == len(re.sub(r"\s", "", markup)) + len(glyphs)


@by_seed
def test_the_place_of_a_row_holds_its_words(path):
    """The lines an entry names hold its title and its number."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for entry in reading_of(path).plan.entries:
        there = re.sub(r"\s", "", "".join(lines[entry.place.first - 1 : entry.place.last]))
        if not entry.part:
            assert re.sub(r"\s", "", entry.title) in there.replace("\uf9ca", "流").replace("\t", "")
            assert str(entry.number) in there
