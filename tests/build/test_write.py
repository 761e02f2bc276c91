"""Plans are written alone and as part of the catalogue."""

import hashlib

from support.mappings import BASE, TABS
from support.plan_texts import PlanText, as_tabs
from support.read_plans import read_texts

from dcat_hk.build.index import index_plans
from dcat_hk.build.write import WriteContext, validate_kept, write_plans
from dcat_hk.catalogue.publishing.writing import CatalogueWriter
from dcat_hk.core.settings import Settings
from dcat_hk.core.vocabularies import load


def write(folder, *years, validated=False, jobs=1):
    """Write plans of one body; return their outcomes, the digests, the steps of progress and the output folder."""
    texts = {f"p{year}": as_tabs(PlanText("香港天文台", year, TABS.rows, f"{year - 1}年12月")) for year in years}
    results = read_texts(folder, **texts)
    settings, vocabularies, output, steps = Settings(base_iri=BASE), load(BASE), folder / "output", []
    output.mkdir()
    outcomes = [result.outcome for result in results.values()]
    plans = index_plans([result.file for result in results.values()], settings, vocabularies)
    context = WriteContext(plans, output, validated)
    with CatalogueWriter(plans.context, output) as catalogue:
        digests = write_plans(context, catalogue, outcomes, folder / "spool", jobs, lambda *step: steps.append(step))
        catalogue.finish()
    return outcomes, digests, steps, output


def test_each_plan_has_its_files_and_digests(tmp_path):
    """Turtle and JSON-LD of each plan are written, with the digest and size that the manifest will state."""
    outcomes, digests, steps, output = write(tmp_path, 2022, 2024)
    assert sorted(digests) == [
        f"plans/hk-hko/{years}.{ending}" for years in ("2022-2024", "2024-2026") for ending in ("jsonld", "ttl")
    ]
    for name, (sha256, size) in digests.items():
        data = (output / name).read_bytes()
        assert (sha256, size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert [outcome.datasets for outcome in outcomes] == [4, 4]
    assert [step[:3] for step in steps] == [("mapping, writing", 1, 2), ("mapping, writing", 2, 2)]


def test_segments_are_removed_when_they_are_in_the_catalogue(tmp_path):
    """Nothing but the plans themselves is left waiting."""
    write(tmp_path, 2022, 2024)
    assert {path.suffix for path in (tmp_path / "spool").iterdir()} == {".plan"}


def test_results_of_validation_are_those_of_each_plan(tmp_path):
    """Validated plans that conform have no violation, and the stage of progress says what is done."""
    outcomes, _digests, steps, _output = write(tmp_path, 2024, validated=True)
    assert [result for result in outcomes[0].results if result.severity == "Violation"] == []
    assert [step[:3] for step in steps] == [("mapping, writing, validating", 1, 1)]


def test_documents_are_validated_by_the_profile_of_the_build():
    """A dataset without a title violates the profile."""
    text = f"<{BASE}dataset/a> a <http://www.w3.org/ns/dcat#Dataset> ."
    assert "Violation" in {result.severity for result in validate_kept(text.encode(), BASE)}
