"""Whatever a command says in Chinese is Chinese: no sentence of English is left beyond names, codes, paths and IRIs."""

import hashlib
import re

import pytest
from click.testing import CliRunner
from support.paths import SEEDS

from dcat_hk.commands.cli import main

LANGUAGES = ("zh-Hant", "zh-Hans")
#: What is no wording: IRIs, paths and names of files, codes, options, and texts that are quoted or stand behind a bar.
_NO_WORDING = re.compile(
    r"https?://\S+|<[^>]*>|\[[\w-]+\]|--?[a-z][\w-]*|「[^」]*」|“[^”]*”|\S*[/\\.]\S+|^ +\|.*$|[\w-]*-[\w-]+"
    r"|[A-Z][A-Z0-9_-]+|\b(?:Word|Excel|Hant|Hans|DOCTYPE|Unicode|shapes|manifest|build|reconcile|export|query|search)\b",
    re.MULTILINE,
)
#: Three English words after one another, with no more than marks between them.
_SENTENCE = re.compile(r"[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}")


def remnants(text):
    """Return what looks like sentences of English in a text."""
    return _SENTENCE.findall(_NO_WORDING.sub("§", text))


_OF_A_ROW = 'record = "A-1"\nfield = "title"\nprinted = "a"\nwho = "b"\nwhy = "c"\nwhen = 2024-02-01\n'
_DIGEST = hashlib.sha256(min(SEEDS.iterdir()).read_bytes()).hexdigest()
_NAMED = 'name = { zh-Hant = "風", zh-Hans = "风", en = "Wind" }'
#: Folders of decisions that cannot be used: the file, and what is in it.
WRONG_DECISIONS = {
    "decided-1": ("organisations.toml", "a ="),
    "decided-2": ("organisations.toml", "[[organisation]]\nid = 7"),
    "decided-3": ("organisations.toml", '[[organisation]]\nid = "X"'),
    "decided-4": ("organisations.toml", '[[organisation]]\nid = "hk-kite"\nparent = "hk-none"\n' + _NAMED),
    "decided-5": ("organisations.toml", '[[organisation]]\nid = "hk-hko"\n' + _NAMED),
    "decided-6": ("categories.toml", '[[category]]\nid = "sky"\ntheme = "X"\n' + _NAMED),
    "decided-7": ("wording.toml", '[[frequency]]\nid = "OFTEN"'),
    "decided-8": ("wording.toml", '[[format]]\nid = "CSV"\nwords = ["JSON"]'),
    "decided-9": ("corrections.toml", f'[[correction]]\nsource = "7"\n{_OF_A_ROW}meant = "d"'),
    "decided-10": ("corrections.toml", f'[[correction]]\nsource = "{_DIGEST}"\n{_OF_A_ROW}'),
    "decided-11": ("corrections.toml", f'[[correction]]\nsource = "{_DIGEST}"\n{_OF_A_ROW}meant = "d"'),
    "decided-12": ("categories.toml", '[[category]]\nid = "sky"'),
}
_HEAD = (
    "doc,bureau,plan_title,script,dated,first_year,last_year,section,spatial,organisation,group,number,part,category,"
)
_HEAD += "title,description,date_raw,date,period,date_role,frequency_raw,frequency,formats,publisher,place\n"
#: Folders with a profile that cannot be used.
WRONG_PROFILES = {
    "profiles-1": "about = 7",
    "profiles-2": 'about = "a"',
    "profiles-3": 'about = "a"\nshapes = "s"',
    "profiles-4": 'about = "a"\nshapes = ["s.ttl"]',
    "profiles-5": 'about = {fr = "a"}',
    "profiles-6": 'about = "a"\nextends = ["own"]',
    "profiles-7": 'about = "a"\nextends = ["nobody"]',
    "profiles-8": 'abuot = "a"',
    "profiles-9": "about = ",
}
#: Files of rows that cannot be used.
WRONG_ROWS = {
    "rows-1.csv": _HEAD + "a.txt,b,c,Hant,,2024,2026,E,,,,1,0,x,y,,,,,target,,,,,\n",
    "rows-2.csv": _HEAD + "a.txt,b\n",
    "rows-3.csv": _HEAD.replace("category", "kind"),
    "rows-4.json": '[{"doc": 1, "bureau": 2, "plan_title": 3, "entries": 4}]',
    "rows-5.json": '[{"doc": 1, "bureau": 2, "plan_title": 3, "entries": }]',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder of plans and of what is none, and a catalogue beside it."""
    folder = tmp_path_factory.mktemp("languages")
    (folder / "plans").mkdir()
    lines = min(SEEDS.iterdir()).read_text(encoding="utf-8").splitlines()
    (folder / "plans/weather.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "seed.txt").write_bytes(min(SEEDS.iterdir()).read_bytes())
    (folder / "plans/letter.txt").write_text("敬啟者", encoding="utf-8")
    (folder / "plans/empty.txt").write_text("", encoding="utf-8")
    (folder / "plans/picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "plans/old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    (folder / "plans/broken.zip").write_bytes(b"PK\x03\x04broken")
    (folder / "plans/broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "plans/notes.rtf").write_bytes(b"{\\rtf1 x}")
    (folder / "wrong.toml").write_text("limits = { pages = 0 }\n", encoding="utf-8")
    (folder / "unknown.toml").write_text("zzzzzz = 0\n", encoding="utf-8")
    (folder / "broken.toml").write_text("a = \n", encoding="utf-8")
    (folder / "limits.toml").write_text("limits = { characters = 9 }\n", encoding="utf-8")
    (folder / "wrong-links").mkdir()
    (folder / "wrong-links/identities.tsv").write_text("identifier\tkept\nx\n", encoding="utf-8")
    for name, (file, text) in WRONG_DECISIONS.items():
        (folder / name).mkdir()
        (folder / name / file).write_text(text, encoding="utf-8")
    for name, text in WRONG_ROWS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, text in WRONG_PROFILES.items():
        (folder / name).mkdir()
        (folder / name / "own.toml").write_text(text, encoding="utf-8")
    seed = min(SEEDS.iterdir())
    done = CliRunner().invoke(main, ["build", str(seed), "-o", str(folder / "out"), "--skip-validation", "--no-cache"])
    assert done.exit_code == 0
    return folder


COMMANDS = [
    "lint plans",
    "lint plans --verbose",
    "lint none.txt",
    "lint plans --config limits.toml",
    "lint plans --config wrong.toml",
    "lint plans --config unknown.toml",
    "lint plans --config broken.toml",
    "lint plans --config plans",
    "lint /dev/zero",
    "parse plans --format table",
    "parse plans --ledger --format table",
    "parse plans/weather.txt --align",
    "parse plans --format table --verbose",
    "build plans -o new --no-cache --verbose --summary",
    "reconcile plans plans/weather.txt --no-cache",
    "validate out/catalogue.ttl --by thing",
    "parse plans/weather.txt --page 2",
    "parse plans/weather.txt --show page",
    "build plans -o new --no-cache",
    "build plans/letter.txt -o new --no-cache",
    "build plans/letter.txt plans/empty.txt -o new --no-cache",
    "build plans -o plans --no-cache",
    "build plans -o wrong.toml --no-cache",
    "build plans -o new --links wrong-links",
    "reconcile plans --no-cache",
    "build plans none.txt -o new --no-cache",
    "lint out --decisions nowhere",
    *(f"build seed.txt -o new --no-cache --decisions {name}" for name in WRONG_DECISIONS),
    *(f"build {name} -o new --no-cache" for name in WRONG_ROWS),
    *(f"build seed.txt {name} -o new --no-cache" for name in WRONG_ROWS),
    "reconcile plans --only nothing",
    "fulfilment plans --as-of 2026-11",
    "fulfilment plans --as-of never",
    "explain --from out catalogue",
    "explain --from out nothing",
    "explain --from plans nothing",
    "export --from out --framed --format csv",
    "export --from out --plan none",
    "query",
    "lint",
    "lint plans --format nothing",
    "lint plans --nothing",
    "parse plans --page 0",
    "nothing",
    "build plans",
    "build plans -o",
    "settings",
    "settings --config wrong.toml",
    "profiles",
    "validate out/catalogue.ttl",
    "diff out out",
    "score out --quiet",
    "validate none.ttl",
    "validate plans",
    "validate out/catalogue.ttl --shapes none.ttl",
    "validate out/catalogue.ttl --profile none",
    "validate out/catalogue.ttl --profiles none --profile own",
    *(f"validate out/catalogue.ttl --profiles {name} --profile own" for name in WRONG_PROFILES),
    "score none.ttl",
    "diff none out",
    "diff - -",
    "lint seed.txt --annotate",
    "lint seed.txt --annotate -o new.docx",
    "template -o plan.pdf",
    "template -o plan.docx --years soon",
    "cache show --cache none",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", COMMANDS)
def test_no_sentence_of_english_is_left(arguments, language, folder, monkeypatch):
    """Findings, refusals, tables and counts are told in the language that is asked for."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DCAT_HK_LANGUAGE", language)
    done = CliRunner().invoke(main, arguments.split())
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert re.search(r"[\u4e00-\u9fff]", done.output) or not done.output.strip()
    assert remnants(done.output) == [], done.output


def test_the_test_finds_english():
    """Sentences are found; names, codes, paths and IRIs are none."""
    assert remnants("錯誤：a.txt: There is no such file. Check the name.") != []
    assert remnants("plans/a.txt: 警告：沒有月份 [missing-date] https://a.example/b c") == []
    assert remnants("Wrote three files") == ["Wrote three files"]
