"""
Profiles by name: those that dcat-hk brings with it, and those of a folder, each a TOML file beside its shapes.

In: a folder and a name. Out: profiles as values. It reads no shapes.

    folder/NAME.toml or folder/NAME/profile.toml --read--> Profile --together--> with the profiles that it extends
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ...core.errors import NotReadable, UsageError
from ...core.languages import COMMAND_LANGUAGES
from ...core.terms import Iri
from ...core.wording.records import read_toml
from ...core.wording.refusals import EnglishReason, Phrase, SystemReason
from .profiles import PROFILES, ShapesError

#: The profile that is used if neither a profile nor shapes are named.
DEFAULT_PROFILE = "dcat-ap-hk"
#: The file of a profile that is a folder.
_FILE = "profile.toml"


@dataclass(frozen=True, slots=True)
class Profile:
    """
    What a profile consists of and what it is for.

    `background` is data that is known beside what is validated, such as code lists; `contexts` are files that stand for
    the addresses of JSON-LD contexts; `extends` names the profiles whose shapes apply as well. `file` is None for a
    profile that dcat-hk brings with it.
    """

    name: str
    about: Mapping[str, str] = field(default_factory=dict)
    shapes: tuple[Path, ...] = ()
    extends: tuple[str, ...] = ()
    background: tuple[Path, ...] = ()
    contexts: Mapping[Iri, Path] = field(default_factory=dict)
    version: str = ""
    source: str = ""
    licence: str = ""
    file: Path | None = None

    def about_in(self, language: str) -> str:
        """
        Return what the profile is for, in a language if it is said in it.

        >>> Profile("x", {"en": "Catalogues of buses."}).about_in("zh-Hant")
        'Catalogues of buses.'
        """
        return self.about.get(language) or self.about.get("en") or next(iter(self.about.values()), "")


@cache
def _own_profiles() -> dict[str, Profile]:
    """Return the profiles that dcat-hk brings with it, by name."""
    return {
        name: Profile(
            name,
            table["about"],
            extends=tuple(table.get("extends", ())),
            version=table.get("version", ""),
            source=table.get("source", ""),
            licence=table.get("licence", ""),
        )
        for name, table in read_toml(__package__, "profiles.toml").items()
    }


def list_profiles(folder: Path | None) -> list[Profile]:
    """
    Return all profiles: those that dcat-hk brings with it, then those of a folder by name.

    Args:
        folder: The folder of profiles; None if there is none.

    Raises:
        NotReadable: The folder or a profile cannot be read.

        ShapesError: A profile is not written as it should be.

    >>> [profile.name for profile in list_profiles(None)]
    ['dcat-ap', 'dcat-ap-hk']
    """
    return [*_own_profiles().values(), *(_read(name, path) for name, path in sorted(_files(folder).items()))]


def find_profile(name: str, folder: Path | None) -> Profile:
    """
    Return a profile with what it takes from the profiles that it extends, those first.

    Args:
        name: Its name.

        folder: The folder of profiles; None if there is none.

    Raises:
        UsageError: There is no profile of this name.

        NotReadable: The folder or the profile cannot be read.

        ShapesError: The profile is not written as it should be, or extends itself.

    >>> find_profile("dcat-ap-hk", None).extends
    ('dcat-ap',)
    >>> find_profile("dcat-pa", None)
    Traceback (most recent call last):
    dcat_hk.core.errors.UsageError: --profile: There is no profile “dcat-pa”. Did you mean dcat-ap? The profiles are \
dcat-ap, dcat-ap-hk.
    """
    known = _files(folder)
    profile = _find(name, known)
    chain = list(_chain(profile, known, (name,)))
    if profile.file is None:
        return profile
    contexts = {address: path for one in chain for address, path in one.contexts.items()}
    return Profile(
        name,
        profile.about,
        tuple(dict.fromkeys(path for one in chain for path in one.shapes)),
        tuple(dict.fromkeys(one.name for one in chain if one.file is None)),
        tuple(dict.fromkeys(path for one in chain for path in one.background)),
        contexts,
        profile.version,
        profile.source,
        profile.licence,
        profile.file,
    )


def _chain(profile: Profile, known: Mapping[str, Path], names: tuple[str, ...]) -> Iterable[Profile]:
    """Yield the profiles that a profile extends, each before those that extend it, and the profile."""
    for name in profile.extends:
        if name in names:
            raise ShapesError.of("checking.profile-circle", str(profile.file), name=name)
        if name not in known and name not in PROFILES:
            raise ShapesError.of("checking.profile-extends", str(profile.file), name=name, **_choices(name, known))
        yield from _chain(_find(name, known), known, (*names, name))
    yield profile


def _find(name: str, known: Mapping[str, Path]) -> Profile:
    """Return the profile of a name, without those that it extends."""
    if name in PROFILES:
        return _own_profiles()[name]
    if name not in known:
        raise UsageError.of("checking.no-profile", "--profile", name=name, **_choices(name, known))
    return _read(name, known[name])


def _choices(name: str, known: Iterable[str]) -> dict[str, object]:
    """Return what an advice to choose a profile names: all of them, and the nearest one."""
    names = [*PROFILES, *sorted(known)]
    by_small = {one.lower(): one for one in reversed(names)}
    near = difflib.get_close_matches(name.lower(), by_small, 1)
    return {"hint": _hint(by_small[near[0]]) if near else "", "names": names}


def _hint(name: str) -> Phrase:
    """Return the question whether another name is meant."""
    return Phrase("checking.near", {"name": name})


def _files(folder: Path | None) -> dict[str, Path]:
    """Return the files of the profiles in a folder, by name."""
    if folder is None:
        return {}
    found: dict[str, Path] = {}
    try:
        for path in sorted(folder.iterdir()):
            name, file = (path.name, path / _FILE) if path.is_dir() else (path.stem, path)
            if file.suffix != ".toml" or name.startswith(".") or not file.is_file():
                continue
            if name in found or name in PROFILES:
                other = str(found[name]) if name in found else Phrase("checking.built-in")
                raise ShapesError.of("checking.two-profiles", str(file), name=name, other=other)
            found[name] = file
    except OSError as error:
        raise NotReadable.of("checking.profiles-folder", str(folder), reason=SystemReason.of(error)) from error
    return found


# ---- one file


def _read(name: str, file: Path) -> Profile:
    """Return the profile that a file describes."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotReadable.of("checking.profile-unreadable", str(file), reason=SystemReason.of(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ShapesError.of("checking.profile-toml", str(file), reason=EnglishReason(str(error))) from error
    for key in table:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, 1)
            hint = _hint(near[0]) if near else ""
            raise ShapesError.of("checking.profile-key", str(file), key=key, hint=hint, names=sorted(_KEYS))
    values = {key: _KEYS[key](value, key, file) for key, value in table.items()}
    if not values.get("about"):
        raise ShapesError.of("checking.profile-about", str(file))
    if not values.get("shapes") and not values.get("extends"):
        raise ShapesError.of("checking.profile-shapes", str(file))
    return Profile(name, **values, file=file)


def _text(value: Any, key: str, file: Path) -> str:
    """Return a text."""
    if not isinstance(value, str) or not value.strip():
        raise ShapesError.of("checking.profile-text", str(file), key=key)
    return value


def _about(value: Any, key: str, file: Path) -> dict[str, str]:
    """Return a text by language; one without a language counts as English."""
    if not isinstance(value, Mapping):
        return {"en": _text(value, key, file)}
    unknown = sorted(set(value) - set(COMMAND_LANGUAGES))
    if unknown:
        names = list(COMMAND_LANGUAGES)
        raise ShapesError.of("checking.profile-language", str(file), key=key, language=unknown[0], names=names)
    return {language: _text(text, f"{key}.{language}", file) for language, text in value.items()}


def _names(value: Any, key: str, file: Path) -> tuple[str, ...]:
    """Return the texts of a list."""
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ShapesError.of("checking.profile-list", str(file), key=key)
    return tuple(value)


def _paths(value: Any, key: str, file: Path) -> tuple[Path, ...]:
    """Return the paths that a list names relative to the profile; a name may have a star."""
    return tuple(dict.fromkeys(path for name in _names(value, key, file) for path in _matching(name, key, file)))


def _matching(name: str, key: str, file: Path) -> list[Path]:
    """Return the path of a name, or those that match it if it has a star."""
    has_star = "*" in name and not Path(name).is_absolute()
    found = sorted(file.parent.glob(name)) if has_star else [file.parent / name]
    if not found or not found[0].exists():
        raise ShapesError.of("checking.profile-path", str(file), key=key, name=name)
    return found


def _contexts(value: Any, key: str, file: Path) -> dict[Iri, Path]:
    """Return the files that stand for addresses of contexts."""
    if not isinstance(value, Mapping):
        raise ShapesError.of("checking.profile-table", str(file), key=key)
    return {address: _matching(_text(name, key, file), key, file)[0] for address, name in value.items()}


#: The keys of a profile, each with what reads its value.
_KEYS: dict[str, Callable[[Any, str, Path], Any]] = {
    "about": _about,
    "shapes": _paths,
    "extends": _names,
    "background": _paths,
    "contexts": _contexts,
    "version": _text,
    "source": _text,
    "licence": _text,
}
