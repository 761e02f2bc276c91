"""
Profiles -> a table for a terminal, or JSON.

In: profiles. Out: text.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.reporting import format_json
from ...core.terminal import make_table, render
from ...core.wording.refusals import say
from .profile_files import Profile

#: The headings of the table.
_HEADS = ("profile", "purpose", "version", "source")


def profiles_as_table(profiles: Sequence[Profile], language: str) -> str:
    """
    Return a table of profiles: name, what each is for, and where its shapes come from.

    Args:
        profiles: The profiles.

        language: The language of what they are for, where it is said in it.

    >>> "buses" in profiles_as_table([Profile("bus", {"en": "Catalogues of buses."})], "en")
    True
    """
    rows = [
        [
            profile.name,
            profile.about_in(language),
            profile.version,
            "\n".join(filter(None, (profile.source, profile.licence))),
        ]
        for profile in profiles
    ]
    return render([make_table([say(f"profile-views.{name}", language) for name in _HEADS], rows)])


def profiles_as_json(profiles: Sequence[Profile], language: str) -> str:
    """
    Return profiles as JSON, with the files that they consist of.

    Args:
        profiles: The profiles.

        language: The language of what they are for, where it is said in it.

    >>> print(profiles_as_json([Profile("bus", {"en": "Catalogues of buses."})], "en").split(",")[0])
    [
      {
        "name": "bus"
    """
    return format_json(
        [
            {
                "name": profile.name,
                "about": profile.about_in(language),
                "version": profile.version,
                "source": profile.source,
                "licence": profile.licence,
                "file": str(profile.file or ""),
                "extends": list(profile.extends),
                "shapes": list(map(str, profile.shapes)),
                "background": list(map(str, profile.background)),
                "contexts": {address: str(path) for address, path in profile.contexts.items()},
            }
            for profile in profiles
        ]
    )
