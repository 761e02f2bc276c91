"""Options that commands share."""

import click
import pytest
from support.commands import run

from dcat_hk.commands.cli import COMMANDS, main
from dcat_hk.commands.options import add_options, common_options, epilog, language_of, seconds_type
from dcat_hk.core.errors import UsageError


def test_help_lists_options_in_the_order_in_which_they_are_added():
    """The first option of the list is the first of the command."""

    @click.command()
    @add_options(click.option("--one"), click.option("--two"))
    @common_options
    def command(**_values):
        """Do nothing."""

    assert [option.name for option in command.params] == ["one", "two", "lang", "verbose", "quiet"]


def test_a_language_is_matched_or_refused():
    """A region stands for its script; a language without messages is refused with those there are."""
    assert [language_of(tag) for tag in ("zh-TW", "zh-CN", "en-GB")] == ["zh-Hant", "zh-Hans", "en"]
    with pytest.raises(UsageError, match="Choose one of en, zh-Hant, zh-Hans"):
        language_of("fr")
    with pytest.raises(UsageError):
        language_of("zh-HK", ["en"])


def test_every_example_has_its_line_before_the_exit_codes():
    """Examples are indented one below the other, and the exit codes are a paragraph of their own."""
    lines = epilog("dcat-hk one", "dcat-hk two").splitlines()
    assert lines[2:5] == ["  dcat-hk one", "  dcat-hk two", ""]
    assert any("5 store failure" in line for line in lines[5:])


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "soon"])
def test_seconds_are_more_than_none(value):
    """A time of zero, one without end, and what is no number are refused."""
    with pytest.raises((click.BadParameter, UsageError)):
        seconds_type.convert(value, None, None)
    assert seconds_type.convert("0.5", None, None) == 0.5


def paths_of(command):
    """Return the arguments and options of a command that are names of files and folders."""
    return [one for one in command.params if isinstance(one.type, click.Path)]


@pytest.mark.parametrize("name", COMMANDS)
def test_an_empty_name_is_never_the_working_directory(name, tmp_path, monkeypatch):
    """Wherever a command takes the name of a file or folder, as a variable of a script that is empty gives it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.txt").write_text("a", encoding="utf-8")
    commands = [main.commands[name], *getattr(main.commands[name], "commands", {}).values()]
    for command in commands:
        words = [name] if command.name == name else [name, command.name]
        for one in paths_of(command):
            given = [one.opts[-1], ""] if isinstance(one, click.Option) else [""]
            done = run(*words, *given)
            assert done.exit_code == 2, (words, one.name)
            assert "name of a file or folder is empty" in done.stderr, (words, one.name)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_what_is_wrong_with_a_value_is_told_in_the_language_of_the_run():
    """Also where click knows no such value."""
    done = run("score", "--lang", "zh-HK", "--url-pause", "nan", "a.ttl")
    assert (done.exit_code, "「nan」不是有限的數" in done.stderr) == (2, True)
    done = run("build", "--lang", "zh-HK", "", "-o", "out")
    assert (done.exit_code, "名稱是空的" in done.stderr) == (2, True)


def list_options(command, words=()):
    """Return every option that takes a text, with the words of its command."""
    if isinstance(command, click.Group):
        return [pair for name, one in command.commands.items() for pair in list_options(one, (*words, name))]
    options = [one for one in command.params if isinstance(one, click.Option) and not one.is_flag and not one.count]
    return [(words, option.opts[0]) for option in options]


@pytest.mark.parametrize(("words", "option"), list_options(main), ids=lambda value: "-".join(value))
def test_an_empty_value_is_never_taken_as_none(words, option):
    """Whatever option is given the value of an unset variable, the command does nothing and says so."""
    done = run(*words, option, "")
    assert done.exit_code == 2
    assert option in done.stderr.splitlines()[-1]


def test_an_empty_value_is_refused_with_the_name_of_its_option():
    """In the language of the run; what is left out keeps its default."""
    done = run("score", "--dataset", "", "--lang", "zh-Hant", "x.ttl")
    assert done.stderr == "錯誤：--dataset: 值是空的。請提供一個值，或不使用這個選項。\n"
    assert "empty" in run("template", "--body=", "-o", "x.docx").stderr
