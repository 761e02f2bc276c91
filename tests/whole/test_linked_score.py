"""What links with the real records of the portal change in the quality score, per organisation and by which fact."""

import csv
import json
import re

import pytest
from support.commands import run
from support.linked_datasets import link, write_links
from support.paths import ROOT, TESTS

PAGE = "docs/reference/links.md"
_BLOCK = re.compile(r"(<!-- begin: linked score -->\n)(.*?)(<!-- end: linked score -->)", re.DOTALL)
#: The facts of DCAT that an indicator counts, where a link can state them.
_MOST = 3


def read_truth():
    """Return the links that a person has written for datasets of the seeds: identifiers and names of records."""
    with (TESTS / "truth/portal-links.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["identifier"], row["record"]) for row in csv.DictReader(file, delimiter="\t")]


@pytest.fixture(scope="module")
def linked(shared, tmp_path_factory):
    """Return the catalogue of the seeds with links to the recorded records of the portal."""
    folder = tmp_path_factory.mktemp("linked")
    links = write_links(folder / "links", [link(*pair, dated="2025-09-01") for pair in read_truth()], ())
    recorded = shared / "reference/portal"
    files = [recorded / "derived_catalogue_en_2025-09.tsv", recorded / "package_show_samples_zh-Hant.jsonl"]
    read = run("portal", "read", *files, "--date", "2025-09", "-o", links / "portal/2025-09", "-q")
    assert (links / "portal/2025-09.json").exists(), read.stderr
    built = run("build", ROOT / "seeds", "--links", links, "-o", folder / "output", "-q")
    assert built.exit_code == 0, built.stderr
    return folder / "output"


def score(folder):
    """Return the score of a catalogue: the whole first, then organisations by name."""
    result = json.loads(run("score", folder, "--format", "json").stdout)
    return {"all": result["catalogue"], **{one["name"]: one for one in result["organisations"]}}


def list_gains(before, after):
    """Return what was lost before and is not after: points by the property that an indicator counts."""
    gains = {}
    for sign, one in ((1, before), (-1, after)):
        for loss in one["losses"]:
            gains[loss["property"]] = gains.get(loss["property"], 0) + sign * loss["points"] / one["datasets"]
    return sorted(((points, name) for name, points in gains.items() if round(points, 1) > 0), reverse=True)


def test_what_links_change_in_the_score_is_documented(linked, catalogue, golden):
    """The table has every organisation whose datasets are linked; nothing falls."""
    before, after = score(catalogue), score(linked)
    lines = ["| publisher | datasets | points without links | with links | what rose |", "|---|---|---|---|---|"]
    for name, one in after.items():
        old, new = (each["scores"]["strict"]["mean"] for each in (before[name], one))
        assert new >= old, name
        if new > old:
            facts = ", ".join(f"`{fact}` +{points:.1f}" for points, fact in list_gains(before[name], one)[:_MOST])
            lines.append(f"| {name} | {one['datasets']} | {old:.1f} | {new:.1f} | {facts} |")
    assert len(lines) > 4
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    golden(PAGE, _BLOCK.sub(lambda m: m[1] + "\n".join(lines) + "\n" + m[3], page), ROOT)


def test_every_link_that_a_person_wrote_is_in_the_catalogue(linked):
    """Datasets of the seeds have the titles of real records, and every provider is the publisher."""
    text = (linked / "catalogue.ttl").read_text(encoding="utf-8")
    assert text.count(" a sssom:Mapping") == len(read_truth())
    assert '"Wanted persons with reward notices"@en' in text
    report = json.loads((linked / "report.json").read_text(encoding="utf-8"))
    codes = [finding["code"] for plan in report["plans"] for finding in plan["findings"]]
    assert "portal-publisher-differs" not in codes
    # Five rows state XML where the portal has JSON.
    assert codes.count("promised-format-missing") == 5
    assert [one["code"] for one in report["remarks"]] == ["default-base-iri"]


def test_promises_that_the_portal_shows_are_not_overdue(linked):
    """Rows of a plan of 2023 that say 02/2023: the records were made in that month, or their files are there."""
    result = json.loads(run("fulfilment", "--from", linked, "--as-of", "2025-09", "--format", "json").stdout)
    shown = [one for one in result["promises"] if one["basis"] == "portal"]
    assert len(shown) == 9
    assert {one["state"] for one in shown} == {"kept"}
    assert all(one["delivered"] == one["first_target"] and one["delay"] == 0 for one in shown)
