"""What errors and commands say: every text is asked for somewhere, and every field is filled in."""

import ast
import re
import tomllib
from string import Formatter

import pytest
from support.paths import ROOT

from dcat_hk.core.languages import COMMAND_LANGUAGES
from dcat_hk.core.wording.records import WordingError
from dcat_hk.core.wording.refusals import (
    EnglishReason,
    Phrase,
    SystemReason,
    join_advice,
    join_items,
    load_wording,
    read_error_wordings,
    say,
    tell,
)

WORDING = ROOT / "dcat_hk" / "core" / "wording"
FILES = sorted(path.stem for folder in ("errors", "commands") for path in (WORDING / folder).glob("*.toml"))
CODES = {f"{file}.{name}" for file in FILES for name in load_wording(file)}
#: The functions that take a code, and how many arguments stand before what is filled in.
TAKE_CODES = {"of", "bad_line", "_bad", "say", "tell", "Phrase", "unknown_setting"}


def calls():
    """Return every call of the sources whose first argument is a code, with its file and line."""
    for path in sorted((ROOT / "dcat_hk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name, first = getattr(node.func, "id", getattr(node.func, "attr", "")), node.args[0]
            code = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
            if name in TAKE_CODES and code.partition(".")[0] in FILES and re.fullmatch(r"[a-z-]+\.[\w-]+", code):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", name, code, node


def fields_of(code):
    """Return the fields that the texts of a code have."""
    file, _dot, name = code.partition(".")
    wording = load_wording(file)[name]
    texts = [wording.message["en"], *([wording.advice["en"]] if wording.advice else [])]
    return {field for text in texts for _text, field, _format, _conversion in Formatter().parse(text) if field}


def test_every_code_that_is_used_is_there():
    """No error fails because its text is missing."""
    used = list(calls())
    assert len(used) > 10
    assert [f"{where} {code}" for where, _name, code, _node in used if code not in CODES] == []


def test_every_field_is_filled_in():
    """An error gives each field of its text, and none that the text lacks."""
    wrong = []
    for where, name, code, node in calls():
        given = {keyword.arg for keyword in node.keywords}
        if name == "of" and None not in given and code in CODES and given != fields_of(code):
            wrong.append(f"{where} {code}: {sorted(given ^ fields_of(code))}")
    assert wrong == []


def is_used(code, texts):
    """Tell whether a source names a code, or its name beside the file, or makes it from the beginning of its name."""
    file, _dot, name = code.partition(".")
    made = [match[1] for text in texts for match in re.finditer(rf"[\"']{file}\.([a-z-]*){{", text)]
    named = any(f"{file}.{{" in text for text in texts) and any(f'"{name}"' in text for text in texts)
    literal = any(f"{quote}{code}{quote}" in text for text in texts for quote in "\"'")
    return literal or named or any(start and name.startswith(start) for start in made)


@pytest.mark.exhaustive
def test_every_text_is_used():
    """No text is left over."""
    paths = [path for end in ("py", "html") for path in sorted((ROOT / "dcat_hk").rglob(f"*.{end}"))]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    suffixes = {name for name in CODES if name.startswith("settings.") and name.endswith("-near")}
    # What the system refuses is named by its number.
    of_system = {code for code in CODES if code.startswith("system.")}
    sources = {code for code in CODES if code.startswith(("settings-views.", "usage."))}
    # What files are that hold no RDF is in a table, by how they begin.
    table = tomllib.loads((ROOT / "dcat_hk/checking/sources/contents.toml").read_text(encoding="utf-8"))
    contents = {f"contents.{kind}" for kind in table["kinds"]}
    contents |= {f"contents.advice-{advice}" for advice in table["kinds"].values()}
    assert contents <= set(CODES)
    assert set(table["xml"].values()) <= set(table["kinds"])
    made = suffixes | of_system | sources | contents | {code for code in CODES if code.startswith("settings.expected-")}
    assert [code for code in sorted(CODES - made) if not is_used(code, texts)] == []


def chinese_texts():
    """Return every Chinese text with its code and language."""
    for file in FILES:
        for name, wording in load_wording(file).items():
            for part in filter(None, wording):
                for language in ("zh-Hant", "zh-Hans"):
                    yield f"{file}.{name}", language, part[language]


def test_chinese_texts_are_in_their_script():
    """Each ideograph is one that the script has: no Simplified one stands in a Traditional text, nor vice versa."""
    encodings = {"zh-Hant": "big5hkscs", "zh-Hans": "gb2312"}
    for code, language, text in chinese_texts():
        ideographs = "".join(re.findall(r"[\u4e00-\u9fff]", text))
        assert ideographs.encode(encodings[language], "ignore").decode(encodings[language]) == ideographs, (code, text)


def test_chinese_texts_have_the_marks_of_their_script():
    """Quotation marks are those of Hong Kong and of the Mainland; no Latin comma stands between ideographs."""
    for code, language, text in chinese_texts():
        strange = "“”" if language == "zh-Hant" else "「」『』"
        assert not set(strange) & set(text), (code, text)
        assert not re.search(r"[\u4e00-\u9fff][,;:?!] ?[\u4e00-\u9fff]", text), (code, text)


@pytest.mark.parametrize("language", COMMAND_LANGUAGES)
def test_what_is_filled_in_is_in_the_language(language):
    """Pieces of wording, reasons of the system and lists follow the language; names stay."""
    found = Phrase("settings.found-text", {"text": "x"})
    values = {"key": "jobs", "found": found, "expected": Phrase("settings.expected-jobs")}
    line = join_advice(*tell("settings.invalid", values, language), language)
    assert say("settings.expected-jobs", language) in line
    assert say("settings.found-text", language, text="x") in line
    reason = SystemReason.of(PermissionError(13, "Permission denied"))
    assert ("Permission denied" in tell("settings.unreadable", {"reason": reason}, language)[0]) == (language == "en")
    said = tell("settings.no-toml", {"line": 3, "reason": EnglishReason("Invalid value")}, language)[0]
    assert ("Invalid value" in said) == (language == "en")
    assert join_items(["a", "b"], language) in tell("settings.unknown", {"name": "x", "names": ("a", "b")}, language)[1]


def test_a_reason_that_is_not_known_is_told_as_it_is():
    """A number without a text in the language keeps what the system says."""
    assert say("settings.unreadable", "zh-Hant", reason=SystemReason(99999, "out of paper")).count("out of paper") == 1
    assert SystemReason.of(OSError("no number")) == (0, "no number")
    assert SystemReason.of_number(2).number == 2


@pytest.mark.parametrize(
    "tables",
    [
        {"a": {"en": "x", "zh-Hant": "x"}},
        {"a": {"en": "{x}", "zh-Hant": "x", "zh-Hans": "{x}"}},
        {"a": {"message": {"en": "x", "zh-Hant": "x", "zh-Hans": "x"}, "more": {}}},
        {"a": "x"},
    ],
)
def test_a_file_with_a_gap_is_refused(tables):
    """A language that is missing, other fields and unknown keys name the file."""
    with pytest.raises(WordingError, match=r"own\.toml: a"):
        read_error_wordings("own.toml", tables)
