"""
The JSON Schema of settings files, for editors.

In: the types of settings and what is said of them. Out: a JSON Schema. It accepts what the program accepts, but for two
conditions that compare settings with one another; see `publisher-iri`.

Spec: JSON Schema 2020-12.
"""

from __future__ import annotations

import tomllib
from dataclasses import fields
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from .limits import Limits, RdfLimits
from .settings import Settings, setting_types
from .wording.messages import load_setting_wordings

#: Conditions that a schema cannot state.
_BESIDES = {"publisher-iri": " It is neither under base-iri nor the same as homepage."}


def make_schema() -> dict[str, Any]:
    """
    Return the JSON Schema of settings files.

    >>> make_schema()["properties"]["jobs"]["maximum"]
    4096
    """
    table = msgspec.defstruct(
        "SettingsFile",
        [(key.replace("-", "_"), kind | UnsetType, UNSET) for key, kind in setting_types().items()],
        rename="kebab",
        forbid_unknown_fields=True,
    )
    (schema,), definitions = msgspec.json.schema_components([table], ref_template="#/$defs/{name}")
    own = definitions.pop(schema["$ref"].rpartition("/")[2])
    for name, limits in (("LimitNumbers", Limits), ("RdfNumbers", RdfLimits)):
        for item in fields(limits):
            definitions[name]["properties"][item.name]["description"] = item.metadata["help"]
    properties = {key: _describe(key, own["properties"][key]) for key in setting_types()}
    spellings = {key: key.replace("-", "_") for key in properties if "-" in key}
    others = {
        other: {"description": f"Another spelling of {key}.", "deprecated": True, **_bare(properties[key])}
        for key, other in spellings.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of dcat-hk (dcat-hk.toml)",
        "type": "object",
        "additionalProperties": False,
        "properties": properties | others,
        "allOf": [{"not": {"required": [key, other]}} for key, other in spellings.items()],
        "$defs": definitions,
    }


def _describe(key: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a setting with what it is for, an example and its default."""
    wording = load_setting_wordings()[key]
    example = tomllib.loads(f"value = {wording.example}")["value"]
    about = wording.about["en"] + _BESIDES.get(key, "")
    default = getattr(Settings(), key.replace("-", "_"))
    return {"description": about, **_bare(schema), "default": default, "examples": [example]}


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema demands."""
    return {name: value for name, value in schema.items() if name not in {"description", "default", "examples"}}
