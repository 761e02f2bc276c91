"""`dcat-hk diff`: formats, exit codes and inputs that are refused."""

import json

import pytest
from support.commands import run
from support.compared_builds import PREFIXES, TWO_PLANS, copy_build

from dcat_hk.checking.comparing.model import FAIL_ON
from dcat_hk.commands.cli import main


@pytest.fixture
def files(tmp_path):
    """Return a function that writes a build of two plans with something replaced, and returns its path."""

    def write(name, *replaced):
        text = TWO_PLANS
        for before, after in replaced:
            text = text.replace(before, after)
        path = tmp_path / name
        path.write_text(PREFIXES + text, encoding="utf-8")
        return path

    return write


def test_equal_builds_succeed_whatever_must_not_differ(catalogue):
    """A build does not differ from itself, with any --fail-on."""
    for level in FAIL_ON:
        done = run("diff", catalogue, catalogue, "--fail-on", level)
        assert (done.exit_code, done.stderr) == (0, "")
        assert "The two builds say the same." in done.stdout


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        (("roads-c", "roads-d"), (4, 4, 4)),
        (("2024-01", "2024-02"), (0, 4, 4)),
        (("@prefix", "@prefix"), (0, 0, 0)),
    ],
)
def test_the_exit_code_tells_what_must_not_differ(edit, codes, files):
    """Without --fail-on the exit code is 0; with it, 4 if there is such a difference."""
    old, new = files("old.ttl"), files("new.ttl", edit)
    assert run("diff", old, new).exit_code == 0
    assert tuple(run("diff", old, new, "--fail-on", level).exit_code for level in FAIL_ON) == codes


def test_new_iris_alone_fail_only_as_any_difference(files, tmp_path):
    """A thing that comes without changing another breaks nobody's IRI or fact."""
    old, new = files("old.ttl"), tmp_path / "more.ttl"
    new.write_text(old.read_text(encoding="utf-8") + '<https://plans.example/dataset/z> dct:title "z" .')
    assert [run("diff", old, new, "--fail-on", level).exit_code for level in FAIL_ON] == [0, 0, 4]


def test_the_choices_of_fail_on_are_the_levels():
    """The command offers the levels that comparisons know."""
    (option,) = [p for p in main.commands["diff"].params if p.name == "fail_on"]
    assert tuple(option.type.choices) == FAIL_ON


def test_a_report_goes_to_a_file(files, tmp_path):
    """-o writes the report to a file; the exit code is the same."""
    old, new = files("old.ttl"), files("new.ttl", ("roads-c", "roads-d"))
    done = run("diff", old, new, "--format", "json", "--fail-on", "any", "-o", tmp_path / "diff.json", "-q")
    assert (done.exit_code, done.output) == (4, "")
    assert json.loads((tmp_path / "diff.json").read_text(encoding="utf-8"))["gone"] == [
        "https://plans.example/dataset/roads-c"
    ]


@pytest.mark.parametrize(("language", "words"), [("en", "New IRIs"), ("zh-HK", "新增"), ("zh-CN", "新增")])
def test_a_page_is_written_in_the_language_asked_for(language, words, files):
    """--format html gives a page in the language of --lang."""
    done = run(
        "diff", files("old.ttl"), files("new.ttl", ("roads-c", "roads-d")), "--format", "html", "--lang", language
    )
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert words in done.stdout


@pytest.mark.parametrize("first", [True, False])
def test_inputs_that_are_no_build_are_named(first, files, tmp_path):
    """A file that is missing, broken or no build, and a folder without a build, end with exit code 3 and their name."""
    good = files("good.ttl")
    (tmp_path / "broken.nq").write_text("<urn:a> <urn:b> .\n", encoding="utf-8")
    (tmp_path / "other.ttl").write_text('<urn:a> <urn:b> "c" .', encoding="utf-8")
    (tmp_path / "empty.nq").touch()
    (tmp_path / "packed.nq.gz").write_bytes(b"\x1f\x8bno gzip")
    (tmp_path / "folder").mkdir()
    for name in ("missing.nq", "broken.nq", "other.ttl", "empty.nq", "packed.nq.gz", "folder"):
        pair = (tmp_path / name, good) if first else (good, tmp_path / name)
        done = run("diff", *pair)
        assert (done.exit_code, done.stdout) == (3, ""), name
        assert name in done.stderr


def test_one_build_alone_is_wrong_usage(catalogue):
    """The command needs two builds, and a language that it has."""
    assert run("diff", catalogue).exit_code == 2
    assert run("diff", catalogue, catalogue, "--lang", "fr").exit_code == 2
    assert run("diff", "-", "-").exit_code == 2


def test_an_edited_catalogue_is_warned_of(catalogue, tmp_path):
    """A catalogue that is not the one in its manifest is compared, with a warning that --quiet leaves out."""
    edited = copy_build(catalogue, tmp_path / "edited", ("D.ii.7 ", "D.ii.7: "))
    done = run("diff", catalogue, edited)
    assert done.exit_code == 0
    assert "not the one that its manifest lists" in done.stderr
    assert run("diff", catalogue, edited, "-q").stderr == ""
