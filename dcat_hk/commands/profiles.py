"""
The command `profiles`: lists the profiles that `validate` knows by name.

In: a folder of profiles. Out: a table or JSON on standard output.
"""

from __future__ import annotations

from pathlib import Path

import click

from .options import choice_option, config_option, epilog, language_of, language_option, profiles_option


@click.command(epilog=epilog("dcat-hk profiles --format json", "dcat-hk profiles --profiles profiles --lang zh-HK"))
@profiles_option
@config_option
@choice_option("--format", "format_name", choices=("text", "json"), default="text", help="Output format.")
@language_option
def profiles(profiles_folder: Path | None, config: Path | None, format_name: str, lang: str) -> None:
    """
    List the profiles that dcat-hk validate knows by name.

    A profile is a set of shapes with a name. dcat-ap and dcat-ap-hk are part of dcat-hk. Others are files NAME.toml or
    NAME/profile.toml in a folder, which --profiles or the setting “profiles” names.
    """
    from ..checking.validating.profile_files import list_profiles
    from ..checking.validating.profile_views import profiles_as_json, profiles_as_table

    known, language = list_profiles(find_profiles_folder(profiles_folder, config)), language_of(lang)
    click.echo(
        profiles_as_json(known, language) if format_name == "json" else profiles_as_table(known, language), nl=False
    )


def find_profiles_folder(given: Path | None, config: Path | None) -> Path | None:
    """
    Return the folder of profiles that is given, else that of the settings, where it is relative to their file.

    Args:
        given: The folder of the command line.

        config: The settings file; None for the usual one.

    Raises:
        NotReadable: The settings cannot be read.

        UsageError: The settings are wrong.

    >>> find_profiles_folder(Path("profiles"), None)
    PosixPath('profiles')
    """
    from ..core.settings import trace_settings

    if given:
        return given
    stated = trace_settings(config, {})["profiles"]
    folder = Path(stated.source).parent if stated.kind == "file" else Path()
    return folder / stated.value if stated.value else None
