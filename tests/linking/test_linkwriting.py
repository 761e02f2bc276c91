"""The files that `link --write` leaves: lines for datasets, the same bytes, and what others wrote stays."""

from support.linked_rows import decisions, make_plan, make_portal, make_record, make_row, make_task

from dcat_hk.core.vocabularies import DEFAULT_BASE
from dcat_hk.linking.linkwriting import write_rows
from dcat_hk.linking.matching import link_rows
from dcat_hk.reconciliation.linkfiles import CANDIDATES, LIKELY, PORTAL, read_links
from dcat_hk.reconciliation.sssom import BROAD, COMPOSITE, EXACT, LEXICAL, NARROW, SssomMapping, write_mappings

RECORDS = (
    make_record("hk-hsd-piers", "Piers", "公眾碼頭位置"),
    make_record("hk-hsd-yacht-licences", "Yacht Licences by Class and Fee"),
)
ROWS = (make_row("公眾碼頭位置"), make_row("公眾碼頭位置", spatial=True, number=9), make_row("遊艇泊位數目", number=3))


def write(folder, portal=None, rows=ROWS, **options):
    """Write the links of the rows, and return what the folder says then."""
    snapshot = portal or make_portal(*RECORDS)
    links = link_rows(make_task([make_plan(*rows)], snapshot, **options))
    write_rows(links, snapshot, "1.0", folder, DEFAULT_BASE)
    return read_links(folder, DEFAULT_BASE)


def test_links_are_written_from_datasets_to_pages_of_records(tmp_path):
    """Each dataset once, with why, when and how sure."""
    links = write(tmp_path / "links")
    exact, broad = sorted(links.portal, key=lambda one: one.predicate, reverse=True)
    assert (exact.predicate, broad.predicate) == (EXACT, BROAD)
    assert {one.object for one in links.portal} == {"https://data.gov.hk/en-data/dataset/hk-hsd-piers"}
    assert all(one.subject.startswith(f"{DEFAULT_BASE}dataset/") for one in links.portal)
    assert (exact.justification, exact.dated, exact.tool_version) == (LEXICAL, "2023-01-01", "1.0")
    assert exact.confidence is not None
    assert 0.9 < exact.confidence < 1
    assert {one.object_label for one in links.candidates} == {"Yacht Licences by Class and Fee"}
    assert len({one.subject for one in links.candidates}) == 1
    assert links.candidates[0].justification == COMPOSITE
    assert LIKELY not in links.candidates[0].evidence


def test_the_same_input_gives_the_same_bytes(tmp_path):
    """A second run, over the first one or elsewhere, changes nothing."""
    write(tmp_path / "one")
    before = {name: (tmp_path / "one" / name).read_bytes() for name in (PORTAL, CANDIDATES)}
    write(tmp_path / "one")
    write(tmp_path / "two", make_portal(*RECORDS[::-1]))
    for folder in ("one", "two"):
        assert {name: (tmp_path / folder / name).read_bytes() for name in before} == before


def test_candidates_of_plans_stay(tmp_path):
    """Both commands write into one file, and each leaves the lines of the other."""
    folder = tmp_path / "links"
    folder.mkdir()
    waiting = SssomMapping(f"{DEFAULT_BASE}record/a", EXACT, f"{DEFAULT_BASE}record/b", COMPOSITE)
    (folder / CANDIDATES).write_text(write_mappings("candidates", [waiting], DEFAULT_BASE), encoding="utf-8")
    for _time in range(2):
        subjects = [one.subject for one in write(folder).candidates]
        assert subjects.count(waiting.subject) == 1
        assert len(subjects) == 2


def test_what_a_person_says_is_not_written_as_found(tmp_path):
    """Judgements stand in a file of their own; the dataset waits for nobody any more."""
    dataset = make_plan(*ROWS).items[2].kept
    judged = decisions(linked=[(dataset, "hk-hsd-yacht-licences", "exact")])
    links = write(tmp_path / "links", decisions=judged)
    assert {one.object.rpartition("/")[2] for one in links.portal} == {"hk-hsd-piers"}
    assert links.candidates == ()


def test_what_a_record_may_be_beside_one_to_one_is_said(tmp_path):
    """A record that another dataset has may have this one as a part; records of a series may be parts of it."""
    portal = make_portal(
        *RECORDS, *(make_record(f"hk-hsd-register-{year}", f"Register of Berths {year}") for year in (2021, 2022))
    )
    rows = (*ROWS, make_row("公眾碼頭登岸梯級位置", number=4), make_row("泊位登記冊", number=5))
    links = write(tmp_path / "links", portal, rows)
    found = {one.object.rpartition("/")[2]: one.predicate for one in links.candidates}
    assert found["hk-hsd-piers"] == BROAD
    assert found["hk-hsd-yacht-licences"] == EXACT
    assert "Piers / 公眾碼頭位置" in {one.object_label for one in links.candidates}
    assert found["hk-hsd-register-2021"] == found["hk-hsd-register-2022"] == NARROW


def test_a_candidate_that_is_likelier_than_none_is_marked(tmp_path):
    """Others are asked about as well."""
    portal = make_portal(make_record("hk-hsd-berths", "Number of Yacht Berths in Typhoon Shelters"), *RECORDS)
    links = write(tmp_path / "links", portal)
    marked = {one.object.rpartition("/")[2]: LIKELY in one.evidence for one in links.candidates}
    assert marked == {"hk-hsd-berths": True, "hk-hsd-yacht-licences": False}
