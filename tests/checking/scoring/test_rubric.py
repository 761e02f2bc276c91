"""The rubric and its tables: points, bands, lists, causes, and wording in three languages."""

import re
import tomllib

import pytest
from support.paths import ROOT
from support.scored_catalogues import LANGUAGES

from dcat_hk.checking.scoring.rubric import find_cause, key_of, load_lists, load_rubric

FOLDER = ROOT / "dcat_hk/checking/scoring"


def test_dimensions_have_their_points():
    """The points of the five dimensions are those of the rubric."""
    sums = {}
    for metric in load_rubric().metrics.values():
        sums[metric.dimension] = sums.get(metric.dimension, 0) + metric.points
    assert list(sums.values()) == [100, 100, 110, 75, 20]
    assert len(load_rubric().metrics) == 23


@pytest.mark.parametrize(("total", "band"), [(351, "excellent"), (350, "good"), (221, "good"), (220, "enough")])
def test_bands(total, band):
    """Oracle 6: 350 is Good and 351 Excellent, 220 is Sufficient and 221 Good."""
    assert load_rubric().band(total).code == band


def test_lists_have_the_lengths_of_the_rubric():
    """There are 29 open formats, 20 that machines read, all of them EU file types, and 7 access rights."""
    data = load_lists().data
    codes = {name: data[name]["codes"].split() for name in ("format", "non-proprietary", "machine-readable")}
    assert [len(codes["non-proprietary"]), len(codes["machine-readable"])] == [29, 20]
    assert set(codes["non-proprietary"] + codes["machine-readable"]) <= set(codes["format"])
    assert set(data["media-types"]) <= set(codes["non-proprietary"] + codes["machine-readable"])
    assert len(data["access-right"]["codes"].split()) == 7
    assert all(key_of(iri) == iri for iri in data["licence"]["same"])
    assert not any("gov.hk" in iri for iri in data["licence"]["same"])


def test_everything_is_said_in_three_languages():
    """Every wording of the tables is there in three languages, with the same fields to fill in."""
    words = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
    rows = [texts for group in words.values() for texts in group.values()]
    rows += [row["why"] for row in tomllib.loads((FOLDER / "causes.toml").read_text(encoding="utf-8"))["row"]]
    rows += [metric.name for metric in load_rubric().metrics.values()]
    rows += [group.name for group in (*load_rubric().dimensions, *load_rubric().bands)]
    assert len(rows) > 100
    for texts in rows:
        assert set(texts) == LANGUAGES
        assert len({frozenset(re.findall(r"\{\w+\}", text)) for text in texts.values()}) == 1


def test_rows_of_causes_name_what_there_is():
    """The table of causes names indicators and reasons that exist, and every row is the first that fits something."""
    reasons = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))["reason"]
    rows = tomllib.loads((FOLDER / "causes.toml").read_text(encoding="utf-8"))["row"]
    for row in rows:
        assert set(row.get("metrics", [])) <= set(load_rubric().metrics)
        assert set(row.get("reasons", [])) <= set(reasons)
    causes = [
        find_cause(metric, reason, stage)
        for metric in load_rubric().metrics
        for reason in reasons
        for stage in ("released", "planned")
    ]
    wanted = {(row["cause"], tuple(sorted(row["why"].items()))) for row in rows}
    assert {(cause.code, tuple(sorted(cause.why.items()))) for cause in causes} == wanted


def test_only_iris_of_the_tables_are_looked_up():
    """An IRI that ends as one of a table, or that lies below one, is none of the table."""
    lists = load_lists()
    table = "http://publications.europa.eu/resource/authority/"
    assert lists.file_type(f"{table}file-type/CSV") == "CSV"
    assert [lists.file_type(iri) for iri in ("http://CSV", f"{table}licence/CSV", f"{table}file-type/NONE")] == [""] * 3
    assert lists.is_access_right(f"{table}access-right/PUBLIC")
    assert not lists.is_access_right("http://PUBLIC")
    assert not lists.is_licence("http://CC_BY_4_0")
    assert lists.media_type("https://www.iana.org/assignments/media-types/text/csv/x") == ""


def test_a_cause_is_given_for_any_loss():
    """A metric and a reason that no row names fall to the last row of the table."""
    assert find_cause("noSuchMetric", "no-such-reason", "released").code
