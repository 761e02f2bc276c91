"""`dcat-hk reconcile`: what became of every dataset, as people and programs read it."""

import json

import pytest
from support.commands import run
from support.paths import SEEDS
from support.rival_plans import write_rival_plans
from support.sailing_plans import write_sailing_plans


def key(section, spatial, number, organisation=None):
    """Return the key of an item as JSON has it."""
    return {"section": section, "spatial": spatial, "organisation": organisation, "number": number}


def item(before, after, fate, *, months=None, differs=(), kind="same", confidence=0.99, candidates=()):
    """Return an item as JSON has it, but for its evidence."""
    return {
        "before": before,
        "after": list(after),
        "fate": fate,
        "months": months,
        "differs": list(differs),
        "class": kind,
        "confidence": confidence,
        "candidates": list(candidates),
    }


WAITING = key("A", False, 2)
EXPECTED = [
    item(
        key("A", None, 1),
        [key("D", False, 1), key("A", True, 1)],
        "released-late",
        months=2,
        differs=["spatial-version-added"],
    ),
    item(key("A", None, 2), [key("A", False, 1)], "slipped", months=5),
    item(key("B", None, 1), [key("B", False, 1)], "unchanged"),
    item(key("B", None, 2), [], "open", kind="candidate", confidence=None, candidates=[{"after": WAITING}]),
    item(key("C", None, 1, "繩結學會"), [], "no-longer-listed", kind="none", confidence=None),
    item(key("D", None, 1), [key("D", False, 2)], "kept"),
    item(None, [WAITING], "open", kind="none", confidence=None),
]


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """Return the paths of the two plans."""
    return write_sailing_plans(tmp_path_factory.mktemp("plans"))


def as_json(*arguments):
    """Return what the command prints as JSON."""
    done = run("reconcile", *arguments, "--format", "json", "-j", "1")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_json_is_as_documented(plans):
    """A Word file in the old template and a page in the new one give every item once, in order, with its keys."""
    (pair,) = as_json(*plans)
    assert list(pair) == ["body", "before", "after", "items"]
    body = pair["body"]
    base = f"https://example.org/dcat-hk/plan/{body}"
    assert pair["before"] == {"plan": f"{base}/2021-2023", "doc": "old.docx"}
    assert pair["after"] == {"plan": f"{base}/2022-2024", "doc": "new.html"}
    for one in pair["items"]:
        linked = one["class"] in {"same", "candidate"}
        assert bool(one.pop("evidence")) == linked
        for candidate in one["candidates"]:
            assert candidate.pop("score") >= 3.9
    assert pair["items"] == EXPECTED
    assert [list(one) for one in pair["items"]] == [list(one) for one in EXPECTED]


def test_the_order_of_files_changes_nothing(plans):
    """The newer plan may be named first."""
    assert as_json(*plans) == as_json(*plans[::-1])


def test_the_table_has_one_line_for_each_fate(plans):
    """Each line has both places, the title, the fate and what differs; a summary counts the fates."""
    lines = run("reconcile", *plans, "-j", "1").stdout.splitlines()
    first = next(line for line in lines if "浮標位置" in line)
    assert first.split() == [
        *("A.1", "→", "D.ii.1", "+", "A.i.1", "浮標位置", "released", "late", "+2", "same", "title"),
        *("spatial", "version", "added"),
    ]
    assert any("C.1 (繩結學會)" in line for line in lines)
    assert ["open", "2"] in [line.split() for line in lines]


def test_only_some_fates_are_shown(plans):
    """With --only every format has the datasets with these fates; an unknown fate is wrong usage."""
    (pair,) = as_json(*plans, "--only", "slipped,open")
    assert [one["fate"] for one in pair["items"]] == ["slipped", "open", "open"]
    done = run("reconcile", *plans, "--only", "lost")
    assert done.exit_code == 2
    assert "There is no fate “lost”." in done.output


def test_a_page_and_csv_have_the_same_rows(plans):
    """A page in another language, and CSV with codes, list every item."""
    page = run("reconcile", *plans, "--format", "html", "--lang", "zh-HK", "-j", "1").stdout
    assert page.count("<bdi>A.1 → D.ii.1 + A.i.1</bdi>") == 1
    assert "逾期發放" in page
    lines = run("reconcile", *plans, "--format", "csv", "-j", "1").stdout.splitlines()
    assert len(lines) == 1 + len(EXPECTED)
    assert ",A.2,A.ii.1,風帆航道限速區,風帆航道限速區,slipped,5,,same,0.99," in lines[2]


def test_what_limits_the_comparison_is_told(plans, tmp_path):
    """An undated plan, a file that is no plan and a single plan are named; the others are compared."""
    broken = tmp_path / "broken.txt"
    broken.write_text("no plan", encoding="utf-8")
    done = run("reconcile", *plans, broken, "-j", "1")
    assert done.exit_code == 3
    assert "broken.txt" in done.stderr
    assert "[undated-plan]" in done.stderr
    alone = run("reconcile", max(SEEDS.glob("*.txt")), "--format", "json", "-j", "1")
    assert (alone.exit_code, alone.stdout) == (0, "[]\n")
    assert "No two plans of one body were read" in alone.stderr


def identifiers(folder, *plans, links=None):
    """Build plans, and return the dataset of each record by the ends of their IRIs."""
    options = ["--links", links] if links else []
    done = run("build", *plans, "-o", folder, "-j", "1", "--skip-validation", *options)
    assert done.exit_code == 0, done.output
    lines = (folder / "catalogue.nq").read_text(encoding="utf-8").splitlines()
    triples = [line.split(" ")[:3] for line in lines if "/primaryTopic> " in line and "/record/" in line]
    return {record.rpartition("/record/")[2]: topic for record, _predicate, topic in triples}


def of_record(topics, ending):
    """Return the dataset of the only record whose IRI ends so."""
    (topic,) = [topic for record, topic in topics.items() if record.endswith(f"/{ending}>")]
    return topic


def test_what_is_written_keeps_identifiers(plans, tmp_path):
    """After --write the newer plan, built alone, has the identifiers of the older one, heading or not."""
    links = tmp_path / "links"
    done = run("reconcile", *plans, "--write", "--links", links, "-j", "1")
    assert done.exit_code == 0, done.output
    assert f"{links}: " in done.stderr
    assert sorted(path.name for path in links.iterdir()) == [
        "candidates.sssom.tsv",
        "identities.tsv",
        "plans.sssom.tsv",
    ]
    old = identifiers(tmp_path / "old", plans[0])
    new = identifiers(tmp_path / "new", plans[1], links=links)
    without = identifiers(tmp_path / "without", plans[1])
    assert of_record(new, "2022-2024/D-ii-2") == of_record(old, "2021-2023/D-1")
    assert of_record(new, "2022-2024/D-ii-2") != of_record(without, "2022-2024/D-ii-2")
    assert identifiers(tmp_path / "again", plans[0], links=links) == old


def test_judgements_in_the_folder_of_links_win(plans, tmp_path):
    """A row that a person judges the same is linked, class judged; what it was renamed to is told."""
    record = as_records(plans)
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "judgements.sssom.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_id\tmapping_date\n"
        f"{record}2021-2023/B-2\tskos:exactMatch\t{record}2022-2024/A-ii-2\tsemapv:ManualMappingCuration\tann\t2022-01-01\n",
        encoding="utf-8",
    )
    (pair,) = as_json(*plans, "--links", tmp_path / "links")
    judged = next(one for one in pair["items"] if one["class"] == "judged")
    assert (judged["before"], judged["after"]) == (key("B", None, 2), [WAITING])
    assert (judged["fate"], judged["differs"], judged["candidates"]) == ("dated", ["renamed"], [])


def as_records(plans):
    """Return how the IRIs of records of the plans' body begin."""
    (pair,) = as_json(*plans)
    return pair["before"]["plan"].replace("/plan/", "/record/").rpartition("/")[0] + "/"


def test_nothing_is_written_if_a_file_or_the_ledger_cannot_be_used(plans, tmp_path):
    """A plan that cannot be read, and a ledger that leads in a circle, end with 3 and change no file."""
    links = tmp_path / "links"
    (tmp_path / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    done = run("reconcile", *plans, tmp_path / "letter.txt", "--write", "--links", links, "-j", "1")
    assert (done.exit_code, links.exists()) == (3, False)
    links.mkdir()
    ledger = links / "identities.tsv"
    ledger.write_text("hk-a-aaaaaaaaaa\thk-a-bbbbbbbbbb\nhk-a-bbbbbbbbbb\thk-a-aaaaaaaaaa\n", encoding="utf-8")
    done = run("reconcile", *plans, "--write", "--links", links, "-j", "1")
    assert (done.exit_code, f"Error: {ledger}: lines 1 and 2: " in done.stderr) == (3, True)
    ledger.write_text("hk-a-aaaaaaaaaa\thk-a-bbbbbbbbbb\n", encoding="utf-8")
    done = run("reconcile", *plans, "--write", "--links", links, "-j", "1")
    assert (done.exit_code, f"Error: {ledger}: line 1: " in done.stderr) == (3, True)
    assert [path.name for path in links.iterdir()] == ["identities.tsv"]
    assert run("reconcile", *plans, "--links", tmp_path / "gone").exit_code == 3


@pytest.mark.parametrize("word", ["no-longer-listed", "No longer listed", "不再列出"])
def test_what_the_table_prints_is_understood(plans, word):
    """A fate can be named by its code and by its name in any language."""
    (pair,) = as_json(*plans, "--only", word)
    assert [one["fate"] for one in pair["items"]] == ["no-longer-listed"]


def test_nothing_is_shown_of_nothing(plans):
    """With one plan there is no table, only the remark that there is nothing to compare."""
    done = run("reconcile", plans[0], "-j", "1")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing to compare" in done.stderr
    assert "<table" not in run("reconcile", plans[0], "-j", "1", "--format", "html").stdout


def test_a_file_that_is_named_twice_is_told(plans):
    """In another spelling too, and as part of a folder; it is read once."""
    told = "This file is named more than once; it is read once."
    again = plans[0].parent / ".." / plans[0].parent.name / plans[0].name
    done = run("reconcile", *plans, again, plans[0].parent, "-j", "1")
    assert (done.exit_code, done.stderr.count(told)) == (0, 3)
    assert f"{again}: {told}" in done.stderr
    assert told not in run("reconcile", *plans, "-j", "1").stderr


def test_an_emptied_file_of_links_is_refused_and_stays_so(plans, tmp_path):
    """A ledger that lost its lines says nothing by mistake: nobody takes it for a new one."""
    for name in ("identities.tsv", "judgements.sssom.tsv", "plans.sssom.tsv"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_text("\n", encoding="utf-8")
        done = run("reconcile", *plans, "-j", "1", "--write", "--links", folder)
        assert (done.exit_code, done.stderr.count(f"{name}: The file is empty. Restore it")) == (3, 1)
        assert [path.read_bytes() for path in folder.iterdir()] == [b"\n"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "if one no longer counts, remove it"), ("zh-Hant", "請移除該檔案"), ("zh-Hans", "请移除该文件")],
)
def test_a_second_plan_of_the_same_years_is_told_and_nothing_is_written(tmp_path, language, words):
    """Which file is left out, why and what to do is told, even quietly; the exit code is 4 and no link is written."""
    paths, links = write_rival_plans(tmp_path), tmp_path / "links"
    done = run("reconcile", *paths, "--write", "--links", links, "-j", "1", "--quiet", "--lang", language)
    assert (done.exit_code, links.exists()) == (4, False)
    (line,) = done.stderr.splitlines()
    assert all(text in line for text in ("parks.txt", "units.txt", words, "[other-plan]"))
    assert run("reconcile", paths[0], "--write", "--links", links, "-j", "1").exit_code == 0
