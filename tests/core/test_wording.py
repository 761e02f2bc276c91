"""The data files of wordings are checked when they are loaded: a mistake in one is named, by file and key."""

import copy
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest
from support.paths import ROOT

from dcat_hk.core.wording.characters import load_characters, read_characters
from dcat_hk.core.wording.messages import (
    load_composed_texts,
    load_finding_wordings,
    read_composed_texts,
    read_finding_wordings,
)
from dcat_hk.core.wording.plans import load_plan_wording, read_plan_wording
from dcat_hk.core.wording.records import WordingError
from dcat_hk.reading.documents.brokenwords import read_word_parts
from dcat_hk.reading.documents.numbering import load_numerals, read_numerals
from dcat_hk.reading.documents.webelements import load_page_elements, read_page_elements

WORDING, DOCUMENTS = "dcat_hk.core.wording", "dcat_hk.reading.documents"
#: Each file, its package, and what reads its tables.
READERS = {
    "plans.toml": (WORDING, read_plan_wording),
    "findings.toml": (WORDING, read_finding_wordings),
    "labels.toml": (WORDING, read_composed_texts),
    "characters.toml": (WORDING, read_characters),
    "html.toml": (DOCUMENTS, read_page_elements),
    "numbering.toml": (DOCUMENTS, read_numerals),
    "brokenwords.toml": (DOCUMENTS, read_word_parts),
}
TABLES = {
    name: tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    for name, (package, _read) in READERS.items()
}
#: Tables whose keys are words of the data and not known beforehand.
OPEN = {
    "plans.toml": {
        ("numbers",),
        ("months",),
        ("ordinals",),
        ("adverbs",),
        ("units",),
        ("times",),
        ("dates", "digits"),
        ("section_signs", "letters"),
        ("label_words",),
    },
    "findings.toml": {()},
    "characters.toml": {("radicals",), ("variants",), ("hong_kong",)},
    "html.toml": {("encodings",)},
    "numbering.toml": {("cycles",), ("series",), ("figures",), ("counts",), ("formal",), ("web",)},
}
#: Texts of plans.toml that are no patterns, besides lists of labels.
PLAIN = {"goes_on", "slash", "code"}
# Only rules that suggest what is nearest have another advice where nothing is.
OPTIONAL = {"without_nearest"}


def walk(value, path=()):
    """Yield the path and value of everything in parsed TOML, tables and lists included."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from walk(inner, (*path, key))


def is_open(name, path):
    """Tell whether a path is a table whose keys are words of the data."""
    return path in OPEN.get(name, ())


def at(tables, path):
    """Return what stands at a path."""
    for key in path:
        tables = tables[key]
    return tables


def shown(path):
    """Return a path as errors write it."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")


CLOSED = [
    (name, path)
    for name, tables in TABLES.items()
    for path, value in walk(tables)
    if isinstance(value, dict) and not is_open(name, path)
]
KEYS = [(name, (*path, key)) for name, path in CLOSED for key in at(TABLES[name], path)]
# Any words can be in this table, but each of them is in a label: none may be missing.
KEYS += [("plans.toml", ("label_words", key)) for key in TABLES["plans.toml"]["label_words"]]
PATTERNS = [
    path
    for path, value in walk(TABLES["plans.toml"])
    if isinstance(value, str)
    and path[0] not in {"columns", "cell_columns", "label_words", "adverbs", "units"}
    and not {"digits", "group_words", "everyday", "codes", "usual", "letters", "numbers"} & set(path)
    and path[:2] not in {("section_signs", "spatial"), ("section_signs", "nonspatial")}
    and path[-1] not in PLAIN
    and path != ("marks", "footnote")
]


def ids(value):
    """Return the name of a case."""
    return shown(value) or "file" if isinstance(value, tuple) else None


def refuse(name, tables):
    """Return the message with which tables are refused."""
    with pytest.raises(WordingError) as caught:
        READERS[name][1](tables)
    return str(caught.value)


@pytest.mark.parametrize(("name", "path"), [one for one in KEYS if one[1][-1] not in OPTIONAL], ids=ids)
def test_a_missing_key_is_named(name, path):
    """A file that lacks any of its keys is refused with the file and the key."""
    tables = copy.deepcopy(TABLES[name])
    del at(tables, path[:-1])[path[-1]]
    message = refuse(name, tables)
    assert message.startswith(f"{name}: {shown(path)}: ")
    assert "missing" in message


@pytest.mark.parametrize(("name", "path"), CLOSED, ids=ids)
def test_an_unknown_key_is_named(name, path):
    """A file with a key that nothing reads, in any of its tables, is refused with the file and the key."""
    tables = copy.deepcopy(TABLES[name])
    at(tables, path)["colour"] = "red"
    message = refuse(name, tables)
    assert message.startswith(f"{name}: {shown((*path, 'colour'))}: ")
    assert "not known" in message


@pytest.mark.parametrize(("name", "path"), KEYS, ids=ids)
def test_a_value_of_another_type_is_named(name, path):
    """A date where any key's value should be is refused with the file and the key."""
    tables = copy.deepcopy(TABLES[name])
    at(tables, path[:-1])[path[-1]] = tomllib.loads("value = 2024-01-01")["value"]
    assert refuse(name, tables).startswith(f"{name}: {shown(path)}: Expected ")


@pytest.mark.parametrize("path", PATTERNS, ids=ids)
def test_a_bad_pattern_is_named(path):
    """A pattern that does not compile is refused with the key when the file is loaded, wherever it stands."""
    tables = copy.deepcopy(TABLES["plans.toml"])
    at(tables, path[:-1])[path[-1]] += "("
    message = refuse("plans.toml", tables)
    assert message.startswith("plans.toml: ")
    if path not in {("title", "years"), ("headings", "years"), ("headings", "leader"), ("headings", "tail")} | {
        ("frequency", "words", "weekday"),
        ("section_signs", "releasing"),
        ("statements", "releaser"),
        *(("acts", name) for name in ("opened", "opening", "dropped")),
    }:
        assert message.startswith(f"plans.toml: {shown(path)}: Expected a regular expression: ")


@pytest.mark.parametrize("path", PATTERNS, ids=ids)
def test_an_unknown_placeholder_is_named(path):
    """A pattern with a placeholder that nothing fills in would never match; it is refused with the key."""
    tables = copy.deepcopy(TABLES["plans.toml"])
    at(tables, path[:-1])[path[-1]] += "{wekday}"
    message = refuse("plans.toml", tables)
    assert "{wekday}" in message


@pytest.mark.parametrize(
    ("value", "key", "message"),
    [
        (["red"], "colour", "not known"),
        ("red", "colour", "Expected a list"),
        ([], "time", "at least one item"),
        ({"en": ["date"]}, "time", "Expected a list"),
        (["date", 3], "time", "Expected a text, not 3"),
        (["date", "{month}"], "time", "Expected braces around names of label_words only"),
    ],
)
def test_wrong_words_of_labels_are_named(value, key, message):
    """Words of labels that no label has, that are no list of texts, or that have braces themselves are refused."""
    tables = copy.deepcopy(TABLES["plans.toml"])
    tables["label_words"][key] = value
    place = "[1]" if isinstance(value, list) and len(value) > 1 else ""
    refusal = refuse("plans.toml", tables)
    assert refusal.startswith(f"plans.toml: label_words.{key}{place}: ")
    assert message in refusal


@pytest.mark.parametrize("value", [{}, [], "time", 3])
def test_words_of_labels_that_are_no_table_are_named(value):
    """The words of labels are a table that is not empty."""
    tables = copy.deepcopy(TABLES["plans.toml"])
    tables["label_words"] = value
    assert refuse("plans.toml", tables).startswith("plans.toml: label_words: Expected a table")


@pytest.mark.parametrize("label", ["{time", "time}", "{}", "{zh time}", "{{time}}", "{time} {"])
@pytest.mark.parametrize("labels", ["labels", "cell_labels"])
def test_a_label_with_a_stray_brace_is_named(label, labels):
    """A brace in a label that encloses no name would never fit; the label is named by its place."""
    tables = copy.deepcopy(TABLES["plans.toml"])
    tables["columns"][1][labels].append(label)
    place = f"columns[1].{labels}[{len(tables['columns'][1][labels]) - 1}]"
    assert refuse("plans.toml", tables).startswith(f"plans.toml: {place}: Expected braces ")


def test_a_text_whose_languages_differ_in_fields_is_named():
    """A message that one language fills in with another field is refused with the language."""
    tables = copy.deepcopy(TABLES["findings.toml"])
    tables["unknown-category"]["message"]["zh-Hant"] = "「{name}」"
    assert refuse("findings.toml", tables).startswith("findings.toml: unknown-category.message.zh-Hant: ")
    labels = copy.deepcopy(TABLES["labels.toml"])
    labels["part-title"]["zh-Hans"] = "{title"
    assert refuse("labels.toml", labels).startswith("labels.toml: part-title.zh-Hans: ")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("plans.toml", "goes_on =", "goes_onn ="),
        ("findings.toml", "advice.en", "advise.en"),
        ("plans.toml", "\n[a", "[["),
    ],
)
def test_a_mistake_stops_the_program_before_it_reads(tmp_path, name, old, new):
    """Importing what reads documents fails with the file and the key if a data file has a mistake."""
    shutil.copytree(ROOT / "dcat_hk", tmp_path / "dcat_hk", ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "dcat_hk" / "core" / "wording" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    command = [sys.executable, "-c", "import dcat_hk.reading.parsing"]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"WordingError: {name}: " in done.stderr


def test_an_empty_list_or_table_is_refused():
    """A list without items and an open table without keys are refused: something was lost."""
    tables = copy.deepcopy(TABLES["plans.toml"])
    tables["dates"]["patterns"] = []
    assert refuse("plans.toml", tables).startswith("plans.toml: dates.patterns: ")
    tables = copy.deepcopy(TABLES["plans.toml"])
    tables["ordinals"] = {}
    assert refuse("plans.toml", tables).startswith("plans.toml: ordinals: ")


def test_the_files_as_they_are_load():
    """Every data file loads, and patterns of several lines hold together inside others."""
    assert load_plan_wording().dates.open.fullmatch("to be confirmed")
    assert load_finding_wordings()
    assert load_composed_texts()
    assert load_characters().radicals
    assert load_numerals().web
    assert load_page_elements().encodings


def test_blanks_of_a_pattern_in_verbose_form_do_not_count():
    """A pattern of several lines matches as its alternatives say, without the blanks between them."""
    page = load_plan_wording().cells.page
    assert "\n" in page.pattern
    assert [bool(page.fullmatch(text)) for text in ("- 3 -", "page 3 of 7", "第 3 页", "", " ")] == [True] * 3 + [
        False
    ] * 2
