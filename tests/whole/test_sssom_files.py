"""The files of links as the reference implementation of SSSOM reads them."""

from support import harvesters
from support.two_plans import BASE, reconcile_files, write_plans

from dcat_hk.reconciliation.judgements import Judgement
from dcat_hk.reconciliation.linkfiles import CANDIDATES, JUDGEMENTS, PLANS, append_judgement, read_links
from dcat_hk.reconciliation.review_wording import ANSWERS, OF_ONE_ROW
from dcat_hk.reconciliation.sssom import REQUIRED, prefixes_of


def test_the_reference_implementation_finds_our_files_valid(tmp_path):
    """Links, candidates and every kind of judgement are valid SSSOM, and each mapping is read."""
    plans, links = write_plans(tmp_path / "plans"), tmp_path / "links"
    reconcile_files(list(plans.values()), links)
    rows = f"{BASE}record/hk-hko/2021-2023/A-1", f"{BASE}record/hk-hko/2022-2024/D-ii-1"
    for place, verdict in enumerate((*ANSWERS, "withdrawn")):
        other = "" if verdict in OF_ONE_ROW else rows[1]
        author = ("orcid:0000-0002-1825-0097", "mailto:ann@example.org", "ann")[place % 3]
        judgement = Judgement(rows[0], verdict, other, author, "2024-01-01", "=because")
        append_judgement(links, judgement, BASE, ("風速", '-"雨量"'))
    files = read_links(links, BASE)
    found = harvesters.sssom_mappings(*(links / name for name in (PLANS, CANDIDATES, JUDGEMENTS)))
    start = prefixes_of(BASE)["record"]
    assert [one.removeprefix("record:") for one in found[PLANS][1]] == [
        one.subject.removeprefix(start) for one in files.written
    ]
    assert [len(found[name][1]) for name in (PLANS, CANDIDATES, JUDGEMENTS)] == [
        len(files.written),
        len(files.candidates),
        len(files.judgements.lines),
    ]
    assert files.written
    assert files.candidates
    assert set(REQUIRED) < set(found[PLANS][0])
