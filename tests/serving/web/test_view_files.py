"""Every path that a static site has is there, and every page keeps to its budget."""

import pytest

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.serving.web.promise_months import PromiseMonths
from dcat_hk.serving.web.view_files import ViewFiles


@pytest.fixture(scope="module")
def views(library):
    """Return the files of the seeds, for a static host."""
    return ViewFiles(library, PromiseMonths(library.snapshot), queries=False)


def test_every_path_of_a_static_site_is_something(views):
    """No page above 60 kB."""
    paths = list(views.list_paths(LANGUAGES))
    assert len(paths) == len(set(paths)) > 300
    for stem, suffix, language in paths:
        body = views.write(stem, suffix, language)
        assert body, (stem, suffix)
        assert suffix != "html" or len(body) <= 60_000, stem


@pytest.mark.parametrize("stem", ["body/none", "overdue/page-99", "body/hk-hhb/page-9"])
def test_there_is_no_page_of_nothing(views, stem):
    """A body without plans, a page after the last."""
    assert views.write(stem, "html", "en") is None


def test_formats_are_those_of_the_page(views):
    """Lists have files, pages of text have none."""
    assert list(views.list_formats("overdue")) == ["html", "csv", "xlsx", "json", "atom"]
    assert list(views.list_formats("years")) == ["html", "csv", "xlsx", "json", "svg"]
    assert list(views.list_formats("about")) == ["html"]
    assert not views.list_formats("catalogue")
    assert views.write("about", "csv", "") is None
    assert views.write("years", "svg", "en").startswith(b"<svg")
