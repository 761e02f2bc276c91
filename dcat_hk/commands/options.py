"""
Options that several commands have, and the types of their values.

In: what click gives. Out: decorators and small functions; no command. Commands import from here, so that they need not
import one another.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..core.errors import UsageError
from ..core.languages import COMMAND_LANGUAGES
from ..core.today import find_current_month
from .spoken import run_language

if TYPE_CHECKING:
    from ..core.caching import Cache
    from ..core.limits import RdfLimits
    from ..core.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Any], Any]

EXIT_CODES = """\b
Exit codes: 0 success; 1 internal error; 2 wrong usage; 3 unreadable input;
            4 violations or errors found; 5 store failure."""
#: The help of --derived.
DERIVED_HELP = "Labels converted to the other Chinese script: tagged as derived, tagged as printed (plain), or none."


class FiniteRange(click.FloatRange):
    """
    A range of numbers without “nan” and “inf”, which no clock can wait for.

    >>> FiniteRange(min=0).convert("nan", None, None)
    Traceback (most recent call last):
    dcat_hk.core.errors.UsageError: “nan” is not a finite number. Give a number such as 10.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a number of the range."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            raise UsageError.of("options.not-finite", _name_of(param), value=str(value))
        return number


class NamedPath(click.Path):
    """
    The name of a file or folder; an empty one is none, where it would stand for the working directory.

    >>> NamedPath(path_type=Path).convert("", None, None)
    Traceback (most recent call last):
    dcat_hk.core.errors.UsageError: The name of a file or folder is empty. Give its name; . is the working directory.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a path."""
        if value == "":
            raise UsageError.of("options.empty-name", _name_of(param))
        return super().convert(value, param, ctx)


def _name_of(param: click.Parameter | None) -> str:
    """Return what people write for an option or an argument."""
    if param is None:
        return ""
    return param.opts[0] if param.param_type_name == "option" else param.human_readable_name


def refuse_empty_values(command: click.Command) -> None:
    """
    Let a command, and those inside it, refuse options that are given an empty value: mostly that of an unset variable.

    As if it were not given, everything would be done where one thing was meant.

    Args:
        command: The command.

    >>> command = click.Command("list", params=[click.Option(["--body"], default="")])
    >>> refuse_empty_values(command)
    >>> command.make_context("list", []).params, command.make_context("list", ["--body", "hk-hko"]).params
    ({'body': ''}, {'body': 'hk-hko'})
    >>> command.make_context("list", ["--body", ""])
    Traceback (most recent call last):
    dcat_hk.core.errors.UsageError: --body: The value is empty. Give a value, or leave the option out.
    """
    for option in command.params:
        if isinstance(option, click.Option):
            option.callback = partial(_refuse_empty, callback=option.callback)
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        refuse_empty_values(inner)


def _refuse_empty(
    context: click.Context, option: click.Parameter, value: Any, *, callback: Callable[..., Any] | None
) -> Any:
    """Return a value, as the option's own callback gives it, unless it is empty and was given."""
    is_given = context.get_parameter_source(option.name or "") is click.core.ParameterSource.COMMANDLINE
    if is_given and "" in (value if isinstance(value, tuple) else (value,)):
        raise UsageError.of("options.empty-value", _name_of(option))
    return callback(context, option, value) if callback else value


def _default_jobs(context: click.Context, _option: click.Parameter, jobs: int | None) -> int:
    """Return the number of processes that is given, else that of the settings."""
    if jobs is not None:
        return jobs
    from ..core.settings import load_settings

    return load_settings(context.params.get("config"), {}).jobs


path_type = NamedPath(path_type=Path)
seconds_type = FiniteRange(min=0, min_open=True)

sources_argument = click.argument("sources", nargs=-1, required=True, type=path_type, metavar="FILE…")
folder_argument = click.argument("folder", type=path_type, default="output", metavar="[FOLDER]")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Print details, such as findings of severity info.")
language_option = click.option(
    "--lang",
    metavar="TAG",
    callback=lambda _context, _option, tag: tag or run_language(),
    help="Language of messages: en, zh-Hant or zh-Hans; default as in the settings, else that of the system.",
)
published_option = click.option(
    "--from", "folder", type=path_type, default="output", show_default=True, help="Output folder of a build."
)
output_option = click.option("-o", "--output", type=path_type, help="File to write; default standard output.")
config_option = click.option(
    "--config",
    type=path_type,
    is_eager=True,
    help="Settings file; default dcat-hk.toml in this folder, if it exists.",
)
profiles_option = click.option(
    "--profiles",
    "profiles_folder",
    type=path_type,
    metavar="DIR",
    help="Folder of further profiles; default as in the settings.",
)
links_option = click.option(
    "--links",
    "links_folder",
    type=path_type,
    metavar="DIR",
    help="Folder of links, judgements and kept identifiers; default the folder links beside the plans, if it exists.",
)
decisions_option = click.option(
    "--decisions",
    "decisions_folder",
    type=path_type,
    metavar="DIR",
    help="Folder of what people decided; default the folder decisions beside the plans, if it exists.",
)
jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0, max=4096),
    callback=_default_jobs,
    help="Number of processes, 0 for one per processor; default as in the settings, else 0.",
)


def dask_option(about: str) -> Option:
    """
    Return the option that names a cluster.

    Args:
        about: What its workers do.
    """
    help_text = f"Scheduler of Dask whose workers {about}, as tcp://host:8786."
    return click.option("--dask", default="", metavar="ADDRESS", help=help_text)


cache_options = (
    click.option(
        "--cache",
        type=path_type,
        metavar="FOLDER",
        help="Folder that keeps what was found out for the next run; default that of the user for caches.",
    ),
    click.option("--no-cache", is_flag=True, help="Read everything anew, and keep nothing."),
)
bom_option = click.option(
    "--bom/--no-bom",
    default=sys.platform == "win32",
    help="Begin CSV with the mark of UTF-8, by which Excel knows the encoding; default on Windows only.",
)
context_option = click.option(
    "--context",
    "contexts",
    multiple=True,
    metavar="ADDRESS=FILE",
    help="File with the JSON-LD context of an address; may be repeated.",
)
page_size_option = click.option(
    "--page-size", type=click.IntRange(1, 1000), default=100, show_default=True, help="Datasets per page."
)


def find_month(month: str | None) -> str:
    """
    Return the month that is asked for, this month if none or today is.

    Args:
        month: What is given.

    Raises:
        UsageError: It is no month.

    >>> find_month("2026-11"), find_month("today") == find_month(None)
    ('2026-11', True)
    """
    if month in {None, "today"}:
        return find_current_month()
    from ..build.values import checked_month

    return checked_month(month, "--as-of")


def choice_option(*names: str, choices: Sequence[str], help: str, default: str | None = None) -> Option:  # noqa: A002
    """Return an option with one of some values; a default is shown in the help."""
    return click.option(*names, type=click.Choice(choices), default=default, show_default=bool(default), help=help)


def add_options(*options: Option) -> Callable[[Command], Command]:
    """Return a decorator that adds options to a command, in the order in which its help lists them."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


#: The options of commands that print messages: language, verbosity.
common_options = add_options(language_option, verbose_option, quiet_option)


def contexts_of(values: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """
    Return the addresses and files that --context gives.

    Raises:
        UsageError: A value is not an address, an equals sign and a file.

    >>> contexts_of(["https://a.example/c?v=1=b.jsonld"])
    (('https://a.example/c?v=1', PosixPath('b.jsonld')),)
    """
    contexts = []
    for value in values:
        # An address may have an equals sign in its query, a file hardly.
        address, _sign, file = value.rpartition("=")
        if not address or not file:
            raise UsageError.of("options.no-address", "--context", value=value)
        contexts.append((address, Path(file)))
    return tuple(contexts)


def cache_of(settings: Settings, folder: Path | None, no_cache: bool, *, makes: bool = True) -> Cache:
    """
    Return the cache that options and settings ask for.

    Args:
        settings: Whose folder there is without an option.

        folder: What --cache names.

        no_cache: Whether --no-cache is given.

        makes: Whether its folder is made when it is missing.
    """
    from ..core.caching import NO_CACHE, open_cache

    return NO_CACHE if no_cache else open_cache(settings.cache, folder, makes=makes)


def rdf_limits(config: Path | None = None) -> RdfLimits:
    """
    Return the limits on reading RDF that the settings file states.

    Args:
        config: The settings file; None for the usual one.

    Raises:
        UsageError: The settings are not valid.
    """
    from ..core.limits import RdfLimits
    from ..core.settings import load_settings

    return RdfLimits(**load_settings(config, {}).rdf_limits)  # type: ignore[arg-type]


def epilog(*examples: str) -> str:
    r"""
    Return the end of a command's help: examples and exit codes.

    >>> epilog("dcat-hk parse plan.txt").splitlines()[:3]
    ['\x08', 'Example:', '  dcat-hk parse plan.txt']
    """
    lines = "\n".join(f"  {example}" for example in examples)
    return f"\b\nExample:\n{lines}\n\n{EXIT_CODES}"


def language_of(tag: str, languages: Sequence[str] = COMMAND_LANGUAGES) -> str:
    """
    Return the language of messages that best matches a language tag.

    Raises:
        UsageError: No language matches.

    >>> language_of("zh-HK")
    'zh-Hant'
    """
    from ..core.errors import find_language

    return find_language(tag, languages, "--lang")
