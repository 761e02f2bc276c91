"""What plans list is kept in a file and read back as it was."""

from dcat_hk.catalogue.publishing.histories import read_history
from dcat_hk.serving.promises.keeping import keep_history, load_history, read_known_months


def test_what_is_kept_is_what_was_read(years):
    """Plans, steps, judgements and changes."""
    library, _sources = years
    assert load_history(library.snapshot.history) == read_history(library.snapshot.output)


def test_the_months_stand_in_the_first_line(years):
    """The first and the newest plan, and the last month of all."""
    months = read_known_months(years[0].snapshot.history)
    assert (months.first, months.newest, months.last) == ("2018-12", "2026-01", "2028-12")


def test_a_folder_without_promises_is_kept_as_nothing(tmp_path):
    """A catalogue of another program is served without them."""
    (tmp_path / "catalogue.nq").write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    keep_history(tmp_path, tmp_path / "history", "https://example.org/")
    assert load_history(tmp_path / "history").plans == []
    assert read_known_months(tmp_path / "history").newest == ""
