"""
The language that a run speaks: of its errors, remarks and heads of tables.

In: the arguments, the environment, the settings file. Out: a language of messages. It is found before any argument is
checked, so that also what is wrong with them is told in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import click
import click.formatting
import click.parser

from ..core.errors import DcatHkError
from ..core.languages import COMMAND_LANGUAGES, language_of_locale, match_language
from ..core.wording.refusals import load_wording, say

_LANGUAGE: ContextVar[str] = ContextVar("language", default=COMMAND_LANGUAGES[0])


def run_language() -> str:
    """
    Return the language of this run.

    >>> with speaking("zh-Hant"):
    ...     run_language()
    'zh-Hant'
    """
    return _LANGUAGE.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let a run speak a language while the block runs."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def find_language(arguments: Sequence[str]) -> str:
    """
    Return the language that is asked for: by --lang, DCAT_HK_LANGUAGE, the settings file, or the system.

    Args:
        arguments: The arguments of the program.

    >>> find_language(["lint", "--lang", "zh-HK", "plan.txt"]), find_language(["lint", "--lang=zh-CN"])
    ('zh-Hant', 'zh-Hans')
    """
    from ..core.settingfiles import read_asked_language

    for tag in (_value_of("--lang", arguments), os.environ.get("DCAT_HK_LANGUAGE", "")):
        language = match_language(tag, COMMAND_LANGUAGES) if tag else None
        if language:
            return language
    config = _value_of("--config", arguments)
    stated = read_asked_language(Path(config) if config else None)
    return (match_language(stated, COMMAND_LANGUAGES) if stated else None) or language_of_locale(os.environ)


def _value_of(option: str, arguments: Sequence[str]) -> str:
    """Return the last value that an option is given, empty if none."""
    value = ""
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == option:
            value = arguments[position + 1] if position + 1 < len(arguments) else ""
        elif argument.startswith(f"{option}="):
            value = argument.partition("=")[2]
    return value


def print_error(error: DcatHkError | str) -> None:
    """Print an error on standard error, in the language of the run."""
    language = run_language()
    text = error.tell(language) if isinstance(error, DcatHkError) else error
    click.echo(say("commands.error", language, text=text), err=True)


def print_warning(code: str, /, **values: object) -> None:
    """
    Print a warning on standard error, in the language of the run.

    Args:
        code: The code of the text.

        values: What is filled in.
    """
    language = run_language()
    click.echo(say("commands.warning", language, text=say(code, language, **values)), err=True)


def print_refusal(code: str, /, **values: object) -> None:
    """
    Print on standard error why a run ends, in its language.

    Args:
        code: The code of the text.

        values: What is filled in.
    """
    print_error(say(code, run_language(), **values))


def translate_usage(text: str) -> str:
    """
    Return what click says of options and arguments in the language of the run; what is not known stays in English.

    Args:
        text: A text of click, with fields that are filled in later.

    >>> with speaking("zh-Hans"):
    ...     translate_usage("Missing argument") != "Missing argument", translate_usage("Not of click")
    (True, 'Not of click')
    """
    language = run_language()
    return text if language == "en" else _usage_texts().get(text, {}).get(language, text)


@cache
def _usage_texts() -> Mapping[str, Mapping[str, str]]:
    """Return the texts of click by their English."""
    return {wording.message["en"]: wording.message for wording in load_wording("usage").values()}


def _translate_count(one: str, many: str, number: int) -> str:
    """Return what click says of one thing or of several."""
    return translate_usage(one if number == 1 else many)


def install_translations() -> None:
    """Let click tell what is wrong with arguments in the language of the run: it asks gettext, which knows none."""
    for module in (click.core, click.exceptions, click.formatting, click.parser, click.types):
        for name, function in (("_", translate_usage), ("ngettext", _translate_count)):
            if hasattr(module, name):
                setattr(module, name, function)
