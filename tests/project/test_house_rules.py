"""Rules that every source file keeps."""

import ast
import re
from collections import Counter

import pytest
from support.paths import ROOT, TESTS

SOURCES = sorted((ROOT / "dcat_hk").rglob("*.py"))
by_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())


def code_without_docstrings(path):
    """Return a source file without docstrings and comments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body[0] = ast.Pass()
    return ast.unparse(tree)


@by_source
def test_vocabulary_lives_in_data_not_in_code(path):
    """No Chinese wording appears in code: it belongs in data files."""
    assert not re.search(r"[\u3400-\u9fff]", code_without_docstrings(path))


@by_source
def test_functions_stay_small(path):
    """No function is longer than 60 lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 60, node.name


@by_source
def test_files_stay_small(path):
    """No file is longer than 600 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600


@by_source
def test_public_things_have_docstrings(path):
    """Every public function, class and method says what it is."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    for node in [*module.body, *(inner for outer in classes for inner in outer.body)]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def test_class_names_are_unique():
    """No two classes have the same name, a leading underscore aside: a name leads to one thing."""
    names = Counter(
        node.name.lstrip("_")
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []


def has_code(path):
    """Tell whether a source file defines a function or a class."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in body)


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if has_code(path)], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_module_has_tests_named_after_it(path):
    """The tests of a module stand in the folder of its name, in a file of its name; a package's beside or in it."""
    folder = path.relative_to(ROOT / "dcat_hk").parent
    name = (folder.name or "dcat_hk") if path.stem == "__init__" else path.stem
    assert any((TESTS / place / f"test_{name}.py").is_file() for place in {folder, folder.parent})


def test_no_rule_names_a_seed_or_a_department():
    """No code names a document, and no pattern of wordings names an organisation."""
    from dcat_hk.core.text import plain
    from dcat_hk.core.vocabularies import load

    for path in SOURCES:
        assert not re.search(
            r"\b00[0-4]_|d84cc4dd|a0582e02|f2f1e164|0863684b|0a61bf39", path.read_text(encoding="utf-8")
        )
    wording = plain((ROOT / "dcat_hk" / "core" / "wording" / "plans.toml").read_text(encoding="utf-8"))
    names = [plain(name) for body in load().organisations.values() for name in body.labels.values()]
    assert [name for name in names if len(name) > 3 and name in wording] == []


def test_the_entry_point_is_there():
    """The console script of pyproject.toml loads."""
    from importlib.metadata import entry_points

    (script,) = entry_points(group="console_scripts", name="dcat-hk")
    assert callable(script.load())


def test_the_lint_settings_are_in_force(tmp_path):
    """A seeded mistake fails the linter, so its settings are read."""
    import subprocess
    import sys

    bad = tmp_path / "bad.py"
    bad.write_text("def f(list):\n    print(list)\n", encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml"), str(bad)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert {"A002", "T201", "D103"} <= set(re.findall(r"\b[A-Z]+\d{3}\b", done.stdout))
