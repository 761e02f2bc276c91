"""The process that makes the file of a month."""

from dcat_hk.serving.promises.asking import PromiseMonth
from dcat_hk.serving.web import fill_month


def test_a_month_is_written(library, tmp_path):
    """With its name and the months that are known of."""
    snapshot = library.snapshot
    fill_month.main(str(snapshot.history), str(snapshot.index), str(tmp_path / "month"), "2020-01")
    month = PromiseMonth(tmp_path / "month")
    assert (month.month, month.first, month.newest, month.last) == ("2020-01", "2018-12", "2018-12", "2028-12")
    assert month.list_bodies() == ["hk-ogcio"]
