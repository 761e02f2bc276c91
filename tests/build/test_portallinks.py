"""What a build takes from links with the portal."""

import json
from dataclasses import replace

import msgspec
import pyoxigraph
import pytest
from support.commands import run
from support.linked_datasets import (
    LINKS,
    PAGES,
    RAIN,
    RECORDS,
    STARS,
    TIDES,
    build_linked,
    codes_of,
    link,
    write_every_link,
    write_links,
)
from support.mappings import BASE

from dcat_hk.build.portallinks import find_evidence, read_portal_links
from dcat_hk.core.errors import InputError, NotReadable
from dcat_hk.portal.records import PortalRecord
from dcat_hk.reconciliation.judgements import Judgement
from dcat_hk.reconciliation.linkfiles import append_judgement, list_snapshots, read_links
from dcat_hk.reconciliation.sssom import BROAD

OTHERS = tuple(PortalRecord(f"hk-hko-other-{n}", "hk-hko", created="2024-05-06") for n in range(20))


def found(folder):
    """Return what a folder of links says of the portal."""
    return read_portal_links(read_links(folder, BASE), BASE)


def judge(folder, subject, verdict, slug, dated="2025-10-01"):
    """Append what a person says of a dataset and a record."""
    append_judgement(folder, Judgement(f"{BASE}dataset/{subject}", verdict, f"{PAGES}{slug}", "me", dated), BASE)


def files_of(output):
    """Return every file of an output folder but the manifest, which names what was read."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_a_linked_catalogue_conforms_and_is_the_same_again(tmp_path):
    """Every shape holds, and another build gives the same bytes."""
    links = write_links(tmp_path / "links")
    result, output = build_linked(tmp_path, links)
    assert (result.published, result.violations) == (True, [])
    before = files_of(output)
    build_linked(tmp_path, links)
    assert files_of(output) == before


def test_without_a_link_that_holds_the_catalogue_is_as_before(tmp_path):
    """A folder of links without links to the portal, or with one that is denied, changes no byte of the catalogue."""
    _result, output = build_linked(tmp_path / "plain")
    plain = files_of(output)
    assert b"sssom" not in plain["catalogue.ttl"]
    _result, output = build_linked(tmp_path / "none", write_links(tmp_path / "links", ()))
    assert files_of(output) == plain
    links = write_links(tmp_path / "denied-links", LINKS[:1])
    judge(links, RAIN, "not-same", "hk-hko-rain")
    _result, output = build_linked(tmp_path / "denied", links)
    after = files_of(output)
    assert {name for name in plain if after[name] != plain[name]} == {"report.json", "report.ttl"}
    assert codes_of(output) == ["default-base-iri", "portal-link-denied"]


def test_the_manifest_has_the_digests_of_links_and_snapshots(tmp_path):
    """Whoever has the files can see that these were read."""
    _result, output = build_linked(tmp_path, write_links(tmp_path / "links"))
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest["links"]) == ["portal.sssom.tsv", "portal/2025-09-13.json", "portal/2025-09-13.jsonl.gz"]


def test_links_have_a_graph_of_their_own(tmp_path):
    """What links say is not in the graph of a plan, nor in that of vocabularies; all three syntaxes say the same."""
    _result, output = build_linked(tmp_path, write_links(tmp_path / "links"))
    quads = list(pyoxigraph.parse(path=str(output / "catalogue.nq")))
    of_links = {quad.subject.value for quad in quads if quad.graph_name.value == f"{BASE}def/links"}
    assert f"{BASE}portal/2025-09-13" in of_links
    assert f"{PAGES}hk-hko-rain" in of_links
    assert sum(iri.startswith(f"{BASE}link/") for iri in of_links) == 3
    turtle = {tuple(triple)[:3] for triple in pyoxigraph.parse(path=str(output / "catalogue.ttl"))}
    tree = {tuple(triple)[:3] for triple in pyoxigraph.parse(path=str(output / "catalogue.jsonld"))}
    assert {(quad.subject, quad.predicate, quad.object) for quad in quads} == turtle == tree


def test_a_judgement_links_and_ends_links(tmp_path):
    """What people say counts as if it had been written; a written link that they deny is told."""
    links = write_links(tmp_path / "links", LINKS[:2])
    judge(links, TIDES, "same", "hk-hko-tide")
    judge(links, RAIN, "part-of", "hk-hko-rain")
    portal = found(links).portal
    assert portal.find_exact(TIDES).record.titles == {"en": "Tides"}
    assert portal.find_exact(RAIN) is None
    assert [one.link.predicate for one in portal.by_dataset[RAIN]] == [BROAD]
    result, output = build_linked(tmp_path, links)
    assert result.published
    assert "portal-link-denied" in codes_of(output)
    assert "judgement-on-nothing" not in codes_of(output)


def test_a_record_that_is_gone_is_told_and_its_link_stays(tmp_path):
    """Only a complete snapshot can say so."""
    for is_complete, codes in ((True, ["portal-record-gone"]), (False, [])):
        folder = tmp_path / str(is_complete)
        snapshots = (("2025-09-13", RECORDS, True), ("2025-10", RECORDS[1:], is_complete))
        portal = found(write_links(folder, LINKS, snapshots))
        assert [finding.code for finding in portal.findings] == codes
        assert portal.portal.find_exact(RAIN).dates == ("2025-09-13",)
    (finding,) = found(tmp_path / "True").findings
    assert (finding.values["seen"], finding.values["snapshot"]) == ("2025-09-13", "2025-10")


def test_a_record_that_no_snapshot_has_is_told(tmp_path):
    """Its pages are known, and nothing else; without any snapshot there is nothing to look in."""
    folder = write_links(tmp_path / "links", [link(STARS, "hk-hko-stars")])
    portal = found(folder)
    assert [finding.code for finding in portal.findings] == ["portal-record-unknown"]
    assert not portal.portal.find_exact(STARS).is_seen
    result, output = build_linked(tmp_path, folder)
    assert (result.published, result.violations) == (True, [])
    assert "hk-hko-stars" in (output / "catalogue.ttl").read_text(encoding="utf-8")
    assert found(write_links(tmp_path / "alone", [link(STARS, "hk-hko-stars")], ())).findings == ()


def test_bad_links_are_refused_by_file_and_line(tmp_path):
    """An object that is no record, and a dataset that is one to one with two records."""
    folder = write_links(tmp_path / "a", [link(RAIN, "a/b")])
    with pytest.raises(NotReadable, match=r"portal\.sssom\.tsv: line \d+: .*a/b> is no page of a record"):
        found(folder)
    for bad, why in (
        (replace(LINKS[0], subject=f"{BASE}record/hk-hko/2024-2026/A-1"), "is no dataset of this catalogue"),
        (replace(LINKS[0], subject="https://elsewhere.example/dataset/a"), "is no dataset of this catalogue"),
        (replace(LINKS[0], predicate="http://www.w3.org/2002/07/owl#sameAs"), "is no relation between"),
        (replace(LINKS[0], object=f"{PAGES}hk-hko-rain/resource/1f2e"), "is no page of a record"),
    ):
        with pytest.raises(NotReadable, match=rf"portal\.sssom\.tsv: line \d+: .*{why}"):
            found(write_links(tmp_path / "c", [bad]))
    with pytest.raises(NotReadable, match=r"line \d+: .*one to one with another record in line \d+"):
        found(write_links(tmp_path / "b", [link(RAIN, "hk-hko-a"), link(RAIN, "hk-hko-b")]))


def test_two_people_can_make_no_dataset_two_records(tmp_path):
    """Neither judgement counts, and it is told."""
    folder = write_links(tmp_path / "links", ())
    judge(folder, RAIN, "same", "hk-hko-rain")
    judge(folder, RAIN, "same", "hk-hko-tide")
    portal = found(folder)
    assert portal.portal.find_exact(RAIN) is None
    assert [finding.code for finding in portal.findings] == ["portal-links-disagree"]


def test_links_of_other_plans_are_counted(tmp_path):
    """A link is never lost in silence: its dataset may have another title now."""
    links = [*LINKS, link("hk-hko-aaaaaaaaaa", "hk-hko-rain"), link("hk-xyz-bbbbbbbbbb", "hk-hko-b")]
    _result, output = build_linked(tmp_path, write_links(tmp_path / "links", links))
    assert codes_of(output).count("portal-dataset-unknown") == 1
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    assert "2 datasets" in str(report["remarks"])


def test_a_damaged_snapshot_stops_the_build(tmp_path):
    """Nothing is half published."""
    links = write_links(tmp_path / "links")
    (path,) = list_snapshots(links)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError):
        build_linked(tmp_path, links)
    assert not (tmp_path / "output").exists()


def test_days_of_creation_count_only_if_they_mean_something(tmp_path):
    """On a day on which twenty records were made nothing was released; the bound is known all the same."""
    snapshots = (("2025-09", (*RECORDS, *OTHERS), True),)
    seen = found(write_links(tmp_path / "mass", LINKS, snapshots)).seen
    evidence = find_evidence(link(TIDES, "hk-hko-tide"), seen)
    assert (evidence.month, evidence.bounds) == ("", "≤ 2024-05")
    seen = found(write_links(tmp_path / "few", LINKS)).seen
    assert find_evidence(link(TIDES, "hk-hko-tide"), seen).month == "2024-05"


def test_an_older_snapshot_bounds_what_a_newer_one_tells(tmp_path):
    """The record was there before the day that its only file has now."""
    late = msgspec.structs.replace(RECORDS[2], created="")
    snapshots = (("2023-12", (late,), True), ("2025-09", RECORDS, True))
    seen = found(write_links(tmp_path / "links", LINKS, snapshots)).seen
    evidence = find_evidence(link(TIDES, "hk-hko-tide"), seen)
    assert (evidence.month, evidence.by) == ("", "2023-12")


@pytest.mark.parametrize(
    "arguments", [("rdfxml",), ("trig",), ("ntriples",), ("jsonld",), ("jsonld", "--framed"), ("csv",)]
)
def test_a_linked_catalogue_is_exported_in_every_format(tmp_path, arguments):
    """No format lacks a prefix, and files of the portal are in all of them."""
    _result, output = build_linked(tmp_path, write_every_link(tmp_path / "links"))
    of = ["--of", "datasets"] if arguments == ("csv",) else []
    done = run("export", "--from", output, "--format", *arguments, *of)
    assert done.exit_code == 0, done.stderr
    assert "https://data.weather.example/rain_%E9%9B%A8.csv" in done.stdout
    assert "Rainfall" in done.stdout


def test_a_snapshot_without_a_head_counts_as_incomplete(tmp_path):
    """Its lines are read, and it ends no link."""
    links = write_links(tmp_path / "links", LINKS, (("2025-08", RECORDS, True), ("2025-09", RECORDS[1:], True)))
    (links / "portal" / "2025-09.json").unlink()
    facts = found(links)
    assert [(one.date, one.is_complete) for one in facts.seen] == [("2025-08", True), ("2025-09", False)]
    assert set(facts.digests) == {"portal/2025-08.json", "portal/2025-08.jsonl.gz", "portal/2025-09.jsonl.gz"}
    assert [one.code for one in facts.findings] == []


def test_links_and_snapshots_may_lie_in_the_folder_of_plans(tmp_path):
    """They are no plans: nothing is refused, and the links count."""
    (tmp_path / "plans").mkdir()
    result, output = build_linked(tmp_path, write_links(tmp_path / "plans" / "links"))
    assert (result.published, [one.refused for one in result.outcomes]) == (True, [""])
    assert b"data.gov.hk/en-data/dataset/hk-hko-rain" in files_of(output)["catalogue.ttl"]
