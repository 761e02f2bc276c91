"""Tables as Parquet files."""

import io
import sys

import pytest
from support.extras import need

from dcat_hk.catalogue.publishing.parquet import write_parquet
from dcat_hk.core.errors import UsageError
from dcat_hk.core.tables import table_layouts

LAYOUT = table_layouts()["datasets"]
ROWS = [{"dataset": "https://a.example/1", "formats": ("CSV", "JSON"), "spatial": True, "release_month": "2026-02"}, {}]


def test_columns_have_their_types_and_meanings():
    """Lists are lists, what is not known is null, and each column says what it means."""
    parquet = need("pyarrow.parquet", "parquet")
    table = parquet.read_table(io.BytesIO(write_parquet(LAYOUT, ROWS)))
    assert table.column_names == list(LAYOUT.names)
    first, second = table.to_pylist()
    assert (first["formats"], first["spatial"], first["release_month"]) == (["CSV", "JSON"], True, "2026-02")
    assert set(second.values()) == {None}
    assert table.schema.field("stage").metadata[b"description"] == b"planned or released."


def test_the_same_rows_give_the_same_bytes():
    """Nothing in the file depends on the day."""
    need("pyarrow.parquet", "parquet")
    assert write_parquet(LAYOUT, ROWS) == write_parquet(LAYOUT, iter(ROWS))


def test_without_pyarrow_it_is_said_what_to_install(monkeypatch):
    """The extra has a name."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"dcat-hk\[parquet\]"):
        write_parquet(LAYOUT, ROWS)
