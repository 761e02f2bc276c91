"""The page on decisions shows what the program says: its example is run, and its generated parts are current."""

import re

import pytest
from support.commands import run
from support.decided_plans import CATEGORIES, CORRECTIONS, ORGANISATIONS, WORDING, write_decided_plan
from support.paths import ROOT

PAGE = "docs/reference/decisions.md"
_BLOCK = re.compile(r"(<!-- begin: (\w+) -->\n)(.*?)(<!-- end: \2 -->)", re.DOTALL)


def fenced(text, language="text"):
    """Return text as a block of code."""
    return f"```{language}\n{text.strip()}\n```\n"


@pytest.fixture
def parts(tmp_path, monkeypatch):
    """Return the generated parts of the page by name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    plans = write_decided_plan(tmp_path / "plans", wording="")
    suggestions = run("lint", "--suggest", "plans").stdout
    write_decided_plan(plans)
    built = run("build", "plans", "-o", "output", "-v", "--base-iri", "https://data.example.hk/plans/")
    assert built.exit_code == 0, built.stderr
    explained = run("explain", "record/hk-kite/2024-2026/D-ii-1", "--from", "output").stdout
    files = {
        "organisations": ORGANISATIONS,
        "categories": CATEGORIES,
        "wording": WORDING,
        "corrections": CORRECTIONS,
    }
    return {
        "suggestions": fenced(suggestions),
        "files": "\n".join(fenced(f"# {name}.toml\n{text.strip()}", "toml") for name, text in files.items()),
        "build": fenced(built.stderr),
        "explain": fenced(explained),
    }


def test_the_example_is_what_the_program_says(parts, golden):
    """Suggestions, files, the build and the explanation are those of a run now."""
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert len(_BLOCK.findall(page)) == len(parts)
    golden(PAGE, _BLOCK.sub(lambda match: match[1] + parts[match[2]] + match[4], page), ROOT)
