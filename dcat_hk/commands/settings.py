"""
The command `settings`: shows every setting, and where its value comes from.

In: a settings file and the environment. Out: a table, JSON, or the JSON Schema of settings files on standard output.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.wording.refusals import say
from .options import choice_option, config_option, epilog, language_of, language_option
from .output import format_table

if TYPE_CHECKING:
    from ..core.settingvalues import SettingValue


@click.command(epilog=epilog("dcat-hk settings --config my.toml", "dcat-hk settings --schema > settings.schema.json"))
@config_option
@choice_option("--format", "format_name", choices=("text", "json"), default="text", help="Output format.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of settings files, for editors.")
@language_option
def settings(config: Path | None, format_name: str, schema: bool, lang: str) -> None:
    """
    Show every setting, its value and where it comes from.

    Options win over environment variables (DCAT_HK_BASE_IRI and so on), these over the settings file, and that over
    the defaults. Values are shown as they are written in a settings file.
    """
    from ..core.reporting import format_json
    from ..core.settings import trace_settings
    from ..core.settingschema import make_schema

    if schema:
        click.echo(format_json(make_schema()), nl=False)
        return
    language = language_of(lang)
    traced = trace_settings(config, {})
    if format_name == "json":
        click.echo(format_json(settings_as_json(traced)), nl=False)
    else:
        click.echo(settings_as_table(traced, language), nl=False)


def settings_as_json(traced: Mapping[str, SettingValue]) -> list[dict[str, Any]]:
    """Return settings as JSON has them: key, value, the kind of their source and its name."""
    return [
        {"setting": key, "value": one.value, "source": one.kind, "name": one.source or None}
        for key, one in traced.items()
    ]


def settings_as_table(traced: Mapping[str, SettingValue], language: str, width: int | None = None) -> str:
    """Return settings as a table: key, value as a settings file has it, source; each limit in a row of its own."""
    from ..core.settingvalues import format_value

    columns = [say(f"settings-views.{name}", language) for name in ("setting", "value", "source")]
    rows = [
        [key, format_value(one.value), say(f"settings-views.{one.kind}", language, name=one.source)]
        for key, one in _with_limits(traced)
    ]
    return format_table("", columns, rows, width=width)


def _with_limits(traced: Mapping[str, SettingValue]) -> Iterator[tuple[str, SettingValue]]:
    """Yield settings with their keys; instead of a table of limits, each limit that applies: `limits.pages`."""
    from ..core.limits import Limits, RdfLimits
    from ..core.settingvalues import SettingValue

    tables = {"limits": Limits, "rdf-limits": RdfLimits}
    for key, one in traced.items():
        if key not in tables:
            yield key, one
            continue
        for name, value in asdict(tables[key]()).items():
            given = name in one.value
            yield f"{key}.{name}", one._replace(value=one.value[name]) if given else SettingValue(value, "default")
