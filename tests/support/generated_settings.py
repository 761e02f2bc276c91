"""Settings as strangers write them: TOML documents with right, nearly right and wrong keys and values."""

import datetime
import json

from hypothesis import strategies as st

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.limits import Limits, RdfLimits
from dcat_hk.core.settings import setting_types

KEYS = tuple(setting_types())
#: Texts that TOML can hold, with those that are near to what settings want.
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(
        ["", " ", "https://a.example/", "https://a.example", "https://a.example/\n", "https://a.example/計", "Hant",
         "Hans", "en", "zh-Hant", "zh-HK", "tagged", "none", "mailto:a@b.example", "mailto:", "Company", "a b", "links",
         "https://example.org/dcat-hk/x", "\x7f", "\x00", "http://[::1]/", "https://a.example:99999999/", "\u0661"]
    ),
)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(), st.floats(), st.integers(-3, 5000), st.sampled_from([2.0, 0.5, 2**53, 2**63, 2**64, 10**30, 1e308])
)
SCALARS = st.one_of(
    TEXTS,
    NUMBERS,
    st.booleans(),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.sampled_from([None, datetime.UTC])),
)
NAMES = st.one_of(
    st.sampled_from([*LANGUAGES, *Limits.__dataclass_fields__, *RdfLimits.__dataclass_fields__, "fr", "seconds"]),
    st.text(st.characters(codec="utf-8"), max_size=6),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=6,
)
#: Tables that are nearly right.
TABLES = st.one_of(
    st.dictionaries(st.sampled_from(LANGUAGES), TEXTS, max_size=3),
    st.dictionaries(
        st.sampled_from([*Limits.__dataclass_fields__, *RdfLimits.__dataclass_fields__]), NUMBERS, max_size=3
    ),
)
DOCUMENTS = st.dictionaries(
    st.one_of(
        st.sampled_from(KEYS),
        st.sampled_from(KEYS),
        st.sampled_from([key.replace("-", "_") for key in KEYS]),
        st.text(st.characters(codec="utf-8"), max_size=10),
    ),
    st.one_of(TEXTS, TABLES, NUMBERS, VALUES),
    max_size=3,
)
#: Documents with one setting, which is often valid.
SINGLE = st.dictionaries(st.sampled_from(KEYS), st.one_of(TEXTS, TABLES, NUMBERS), min_size=1, max_size=1)


def write_toml(value):
    """Return a value as TOML has it, tables on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{write_key(name)} = {write_toml(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write_toml, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return write_key(value)
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def write_key(text):
    """Return a text in quotes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_document(document):
    """Return a document as TOML has it."""
    return "".join(f"{write_key(key)} = {write_toml(value)}\n" for key, value in document.items())
