"""`dcat-hk explain`: what is printed about a thing."""

from support.commands import run
from support.decided_plans import write_decided_plan
from support.paths import SEEDS


def test_an_unknown_iri_is_told(catalogue):
    """An IRI that the catalogue lacks is wrong usage."""
    done = run("explain", "dataset/nothing", "--from", catalogue)
    assert done.exit_code == 2
    assert "has no <https://example.org/dcat-hk/dataset/nothing>" in done.stderr


def test_the_command_prints_origin_words_and_lines(catalogue, golden):
    """What explain prints is golden."""
    golden(
        "explain.txt", run("explain", "record/hk-itc/2023-2025/D-22", "--from", catalogue, "--sources", SEEDS).stdout
    )


def test_things_without_rows_have_a_note(catalogue):
    """A body is printed with its name, its IRI and where it comes from, without lines of a plan."""
    done = run("explain", "organisation/hk-hkpf", "--from", catalogue)
    assert done.exit_code == 0
    assert "<https://example.org/dcat-hk/organisation/hk-hkpf>" in done.stdout
    assert "From the vocabularies" in done.stdout
    assert "  | " not in done.stdout


def test_lines_are_printed_only_with_sources(catalogue):
    """Without the plans at hand, file, place and words are still printed."""
    arguments = ["explain", "record/hk-hkpf/2024-2026/D-ii-7.1", "--from", catalogue]
    without, with_lines = run(*arguments).stdout, run(*arguments, "--sources", SEEDS).stdout
    assert "line 74" in without
    assert "  | " not in without
    assert "  | " in with_lines


def test_corrections_are_explained(tmp_path):
    """A row, its dataset and a row that is withdrawn say what a person corrected, who, when and why."""
    plans = write_decided_plan(tmp_path / "plans")
    output = tmp_path / "output"
    assert run("build", plans, "-o", output, "-q").exit_code == 0
    record = run("explain", "record/hk-kite/2024-2026/D-ii-1", "--from", output).stdout
    assert (
        "  date: “13/2023” is printed, “12/2023” is meant (Chan Tai Man, 2024-02-01): There is no such thing." in record
    )
    gone = run("explain", "record/hk-kite/2024-2026/D-ii-3", "--from", output).stdout
    assert "A person withdrew this row: it is not published." in gone
    assert "“重複” is printed, the row is withdrawn" in gone
    alone = run("explain", "record/hk-kite/2024-2026/D-ii-1#corrected-date", "--from", output).stdout
    assert "Said by a person in the folder of decisions." in alone
