"""What `dcat-hk link` shows."""

from support.linked_rows import make_plan, make_portal, make_record, make_row, make_task

from dcat_hk.commands.link_views import links_as_csv, summarise_links
from dcat_hk.linking.matching import link_rows

PORTAL = make_portal(make_record("hk-hsd-piers", "=Piers", "公眾碼頭"), make_record("hk-hsd-b", "Number of yachts"))


def links():
    """Return what is said of four rows: linked, waiting, not due, with nothing in question."""
    rows = (
        make_row("公眾碼頭"),
        make_row("遊艇數目", section="A", date=None, number=2),
        make_row("航道", section="A", date="2030-01", number=3),
        make_row("會員", section="C", organisation="消費者委員會", date="2022-01", number=4),
    )
    return link_rows(make_task([make_plan(*rows)], PORTAL))


def test_the_summary_counts_each_row_once():
    """In each language."""
    text = summarise_links(links(), PORTAL, "en")
    assert text.startswith("1 of 4 rows are linked, 1 wait for a person, 1 are not due by 2023-01, 1 have no record")
    assert summarise_links(links(), PORTAL, "zh-Hant").startswith("4行之中，1行已連結")


def test_no_spreadsheet_runs_a_title():
    """A title of a stranger may begin like a formula."""
    assert ",'=Piers," in links_as_csv(links(), PORTAL, "en")
