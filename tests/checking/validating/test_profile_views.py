"""Profiles as a table and as JSON."""

import json
from pathlib import Path

from dcat_hk.checking.validating.profile_files import Profile
from dcat_hk.checking.validating.profile_views import profiles_as_json, profiles_as_table

BUS = Profile(
    "bus",
    {"en": "Catalogues of buses.", "zh-Hant": "巴士目錄。"},
    (Path("bus/s.ttl"),),
    ("dcat-ap",),
    (Path("bus/codes.ttl"),),
    {"https://a.example/c": Path("bus/c.jsonld")},
    "1.0",
    "https://a.example/",
    "https://a.example/licence",
    Path("bus/profile.toml"),
)


def test_the_table_says_what_a_profile_is_for():
    """Name, purpose in the language asked for, version, source and licence are in the table."""
    table = profiles_as_table([BUS], "zh-Hant")
    assert all(
        text in table for text in ("bus", "巴士目錄。", "1.0", "https://a.example/", "https://a.example/licence")
    )


def test_json_has_all_a_profile_consists_of():
    """Every field of a profile is in the JSON, paths as they were found."""
    (found,) = json.loads(profiles_as_json([BUS], "en"))
    assert found == {
        "name": "bus",
        "about": "Catalogues of buses.",
        "version": "1.0",
        "source": "https://a.example/",
        "licence": "https://a.example/licence",
        "file": "bus/profile.toml",
        "extends": ["dcat-ap"],
        "shapes": ["bus/s.ttl"],
        "background": ["bus/codes.ttl"],
        "contexts": {"https://a.example/c": "bus/c.jsonld"},
    }
