"""A snapshot ends no link, and what people say of links is told."""

import pytest
from support.linked_rows import make_plan, make_portal, make_record, make_row, make_task

from dcat_hk.core.vocabularies import DEFAULT_BASE
from dcat_hk.linking.lasting import find_lasting, find_remarks
from dcat_hk.linking.linkwriting import write_rows
from dcat_hk.linking.matching import link_rows
from dcat_hk.portal.snapshots import SnapshotHead, make_snapshot
from dcat_hk.reconciliation.judgements import Judgement
from dcat_hk.reconciliation.linkfiles import append_judgement, read_links

PIERS = make_record("hk-hsd-piers", "Piers", "公眾碼頭位置")
BUOYS = make_record("hk-hsd-buoys", "Buoys", "浮標")
PLAN = make_plan(make_row("公眾碼頭位置"))
DATASET = f"{DEFAULT_BASE}dataset/{PLAN.items[0].kept}"


def write(folder, snapshot):
    """Write the links of the plan with a snapshot, and return what the folder says then."""
    links = read_links(folder if folder.exists() else None, DEFAULT_BASE)
    lasting = find_lasting(links, snapshot, DEFAULT_BASE)
    write_rows(link_rows(make_task([PLAN], snapshot)), snapshot, "1.0", folder, DEFAULT_BASE, lasting)
    return read_links(folder, DEFAULT_BASE)


def codes(links, snapshot):
    """Return the codes of what there is to say."""
    return [one.code for one in find_remarks(links, snapshot, {DATASET}, DEFAULT_BASE)]


@pytest.fixture
def folder(tmp_path):
    """Return a folder of links in which the plan is linked."""
    folder = tmp_path / "links"
    assert len(write(folder, make_portal(PIERS, BUOYS, date="2023-01")).portal) == 1
    return folder


def test_a_link_stays_when_its_record_is_gone(folder):
    """With the day on which it was seen last; of a complete snapshot that is said."""
    later = make_portal(BUOYS, date="2023-06")
    links = write(folder, later)
    (link,) = links.portal
    assert (link.dated, link.object.rpartition("/")[2]) == ("2023-01-01", PIERS.slug)
    assert codes(links, later) == ["portal-record-gone"]
    incomplete = make_snapshot(SnapshotHead(date="2023-07", providers=later.head.providers), [BUOYS])
    assert len(write(folder, incomplete).portal) == 1
    assert codes(links, incomplete) == []


def test_a_new_record_takes_the_place_of_one_that_is_gone(folder):
    """The dataset is linked with what there is."""
    renamed = make_record("hk-hsd-public-piers", "Piers", "公眾碼頭位置")
    (link,) = write(folder, make_portal(renamed, date="2023-06")).portal
    assert link.object.endswith("/hk-hsd-public-piers")


def test_a_link_that_a_person_denies_goes_and_is_told(folder):
    """Whether or not the record is there."""
    page = PIERS.page("zh-Hant")
    append_judgement(folder, Judgement(DATASET, "not-same", page, "me", "2023-02-01"), DEFAULT_BASE)
    links = read_links(folder, DEFAULT_BASE)
    assert codes(links, make_portal(PIERS)) == ["portal-link-denied"]
    assert find_lasting(links, make_portal(BUOYS), DEFAULT_BASE) == []


def test_a_judgement_on_what_nobody_knows_is_told(folder):
    """A record that no snapshot and no file has."""
    append_judgement(folder, Judgement(DATASET, "same", BUOYS.page("en"), "me", "2023-02-01"), DEFAULT_BASE)
    links = read_links(folder, DEFAULT_BASE)
    assert "judgement-on-nothing" not in codes(links, make_portal(PIERS, BUOYS))
