"""The language of a run: what asks for it, and in which order."""

import pytest
from click.testing import CliRunner

from dcat_hk.commands.cli import main
from dcat_hk.commands.spoken import find_language, print_error, print_refusal, run_language, speaking
from dcat_hk.core.errors import NotReadable

WORDS = {"en": "Error: ", "zh-Hant": "錯誤：", "zh-Hans": "错误："}


def language_of_run(arguments, folder, monkeypatch, **environment):
    """Return the language in which a run refuses a file that is not there."""
    monkeypatch.chdir(folder)
    result = CliRunner(env=environment).invoke(main, ["lint", "none.txt", *arguments])
    (language,) = [one for one, word in WORDS.items() if result.output.startswith(word)]
    return language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_HK.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_TW.Big5"}, "zh-Hant"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_SG.utf8@x"}, "zh-Hans"),
        ({"LANG": "zh_MO"}, "zh-Hant"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "\udcff!"}, "en"),
        ({"LC_ALL": "zh_HK.UTF-8", "LANG": "en_US.UTF-8"}, "zh-Hant"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "zh_HK.UTF-8"}, "zh-Hans"),
        ({"LC_ALL": "C", "LC_MESSAGES": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_HK"}, "zh-Hant"),
        ({"DCAT_HK_LANGUAGE": "zh-Hans", "LANG": "zh_HK"}, "zh-Hans"),
        ({"DCAT_HK_LANGUAGE": "zh_HK"}, "zh-Hant"),
    ],
)
def test_the_environment_is_honoured(environment, language, tmp_path, monkeypatch):
    """The variable of dcat-hk wins over the locale; in the locale LC_ALL, LC_MESSAGES and LANG follow one another."""
    assert language_of_run([], tmp_path, monkeypatch, **environment) == language


def test_an_option_wins_over_variables_these_over_the_file_and_that_over_the_locale(tmp_path, monkeypatch):
    """Each place is overridden by the one before it."""
    (tmp_path / "dcat-hk.toml").write_text('language = "zh-Hant"', encoding="utf-8")
    (tmp_path / "other.toml").write_text('language = "en"', encoding="utf-8")
    asked = {"folder": tmp_path, "monkeypatch": monkeypatch, "LANG": "zh_CN"}
    assert language_of_run([], **asked) == "zh-Hant"
    assert language_of_run(["--config", "other.toml"], **asked) == "en"
    assert language_of_run(["--config=other.toml"], **asked, DCAT_HK_LANGUAGE="zh-Hans") == "zh-Hans"
    assert language_of_run(["--lang", "zh-HK"], **asked, DCAT_HK_LANGUAGE="zh-Hans") == "zh-Hant"


def test_a_wrong_file_is_told_in_the_language_of_the_locale(tmp_path, monkeypatch):
    """A file that cannot be read asks for no language."""
    (tmp_path / "dcat-hk.toml").write_text("language = 5", encoding="utf-8")
    assert language_of_run([], tmp_path, monkeypatch, LANG="zh_CN") == "zh-Hans"


def test_what_follows_two_hyphens_is_no_option():
    """A file may be called --lang."""
    assert find_language(["lint", "--", "--lang", "zh-HK"]) == "en"
    assert find_language(["lint", "--lang"]) == "en"


def test_a_language_lasts_as_long_as_its_run(capsys):
    """Errors and refusals are printed in it; afterwards it is the default."""
    with speaking("zh-Hans"):
        print_error(NotReadable.of("settings.folder", "x", file="y"))
        print_refusal("commands.interrupted")
        print_error("x")
    assert capsys.readouterr().err.splitlines()[1:] == ["错误：已中断。", "错误：x"]
    assert run_language() == "en"
