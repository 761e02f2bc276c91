"""Which module may import which, as a table and a check."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "dcat_hk"
SOURCES = sorted(PACKAGE.rglob("*.py"))

#: Lowest first: a part imports only from layers before its own, or from itself.
LAYERS = [
    {"place", "terms"},
    {"errors", "text"},
    {"sources"},
    {"plan", "queries", "shacl", "vocabularies"},
    {"documents", "editions"},
    {"settings"},
    {"parsing", "rdf"},
    {"publication"},
    {"scoring", "stores"},
    {"web"},
    {"pipeline"},
    {"options", "presentation", "sarif"},
    {"validating"},
    {"cli_stores", "cli_validate", "cli_web"},
    {"cli"},
    {"__main__", "__init__"},
]
LAYER = {name: depth for depth, names in enumerate(LAYERS) for name in names}

#: The two halves never meet below the pipeline, but that explaining shows a source file's lines.
FORBIDDEN = {
    "documents": {"rdf", "publication", "sources", "terms"},
    "parsing": {"rdf", "publication", "sources", "terms"},
    "plan": {"terms"},
    "rdf": {"documents", "parsing", "publication"},
    "publication": {"parsing"},
    "scoring": {"documents", "parsing"},
    "stores": {"documents", "parsing", "plan", "editions"},
    "web": {"documents", "parsing"},
}

#: Packages from outside and the only modules that may know them.
HOME = {
    "click": {"cli", "cli_stores", "cli_validate", "cli_web", "options"},
    "httpx": {"sources/fetching", "stores/client"},
    "jinja2": {"web/pages"},
    "langcodes": {"text"},
    "lxml": {"documents/word", "documents/html"},
    "opencc": {"text"},
    "pypdfium2": {
        "documents/pdf",
        "documents/pdf/fonts",
        "documents/pdf/glyphs",
        "documents/pdf/rules",
        "documents/pdf/trial",
    },
    "pyoxigraph": {
        "vocabularies",
        "publication/reading",
        "scoring/catalogue",
        "shacl/reading",
        "sources/files",
        "sources/syntaxes",
        "stores/asking",
        "stores/results",
        "web/filling",
        "web/library",
        "web/worker",
    },
    "pyparsing": {"queries"},
    "pyshacl": {"rdf/validation"},
    "rdflib": {"rdf/validation", "pipeline", "queries", "scoring/compliance"},
    "rich": {"options", "presentation", "scoring/text", "stores/results", "stores/showing"},
    "starlette": {"web/app", "web/endpoint", "web/shell"},
    "uvicorn": {"web/server"},
}


def part_of(path: Path) -> str:
    """Return the layer's name of a source file."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def module_of(path: Path) -> str:
    """Return a source file's name as the table of homes has it."""
    name = path.relative_to(PACKAGE).with_suffix("").as_posix()
    return name.removesuffix("/__init__")


def imports(path: Path) -> tuple[set[str], set[str]]:
    """Return the parts of ours and the outside packages that a source file imports."""
    ours, outside = set(), set()
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            outside |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == depth:
            names = [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
            ours |= {name for name in names if not name.startswith("__")}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            outside.add(node.module.split(".")[0])
    return ours - {part_of(path)}, outside - set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_imports_point_down(path):
    """A module imports only lower layers, its own half, and packages at home in it."""
    ours, outside = imports(path)
    assert all(LAYER[name] < LAYER[part_of(path)] for name in ours)
    assert not ours & FORBIDDEN.get(part_of(path), set())
    assert all(module_of(path) in HOME.get(package, set()) for package in outside)


def test_every_module_has_a_layer():
    """A new module is placed before it is used, and the table names no module that is gone."""
    assert {part_of(path) for path in SOURCES} == set(LAYER)


def test_every_package_from_outside_is_declared():
    """What is imported is what pyproject.toml declares, each with a bound."""
    import tomllib

    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {line.split(">")[0].lower() for line in project["dependencies"]}
    assert declared == set(HOME)
    assert all(">=" in line and "<" in line for line in project["dependencies"])
