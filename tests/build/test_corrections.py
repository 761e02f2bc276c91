"""What people decide changes what is published, is checked against the files, and is listed in the manifest."""

import json

import pytest
from support.decided_plans import CORRECTIONS, SHA256, correction, write_decided_plan

from dcat_hk.build import build
from dcat_hk.build.corrections import find_unused, record_names
from dcat_hk.build.linkfolder import find_decisions
from dcat_hk.core.decisions import Decisions, read_decisions
from dcat_hk.core.errors import NotReadable, UsageError
from dcat_hk.core.plan import Plan
from dcat_hk.core.settings import Settings
from dcat_hk.core.vocabularies import load


def publish(folder, **files):
    """Build the plan with decisions; return the result and the output folder."""
    plans = write_decided_plan(folder / "plans", **files)
    decisions = find_decisions([plans], None, Settings())
    return build([plans], folder / "output", Settings(), jobs=1, decisions=decisions), folder / "output"


def test_decisions_change_what_is_published(tmp_path):
    """Body, category, frequency, format, date and title are what people say; a withdrawn row is gone."""
    result, output = publish(tmp_path)
    assert result.published
    (outcome,) = result.outcomes
    assert outcome.path == "plans/hk-kite/2024-2026"
    assert [finding.code for finding in outcome.findings] == ["value-corrected", "value-corrected", "row-withdrawn"]
    text = (output / f"{outcome.path}.ttl").read_text(encoding="utf-8")
    for piece in (
        'dct:title "風箏數字比較"@zh-Hant',
        "dct:accrualPeriodicity frequency:QUARTERLY",
        "dct:format filetype:CSV",
        "dct:subject <def/category/sky>",
        'foaf:name "風箏事務處"@zh-Hant, "Kite Office"@en, "风筝事务处"@zh-Hans-t-zh-hant',
        "org:subOrganizationOf <organisation/hk-hkpf>",
        'plan:statedDate "13/2023"',
        'plan:releaseDate "2023-12"^^xsd:gYearMonth',
        'dct:title "D.ii.1 風箏數字比鉸"@zh-Hant',
    ):
        assert piece in text, piece
    assert "重複" not in text.replace('plan:printed "重複"', "")
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest["decisions"]) == [
        "categories.toml",
        "corrections.toml",
        "organisations.toml",
        "wording.toml",
    ]
    assert "decisions" not in manifest["settings"]


def test_a_corrected_title_keeps_the_identifier(tmp_path):
    """The dataset is called what is meant under the IRI that it had before."""

    def identifiers(folder, **files):
        _result, output = publish(folder, **files)
        text = (output / "catalogue.nq").read_text(encoding="utf-8")
        return sorted({line.split()[0] for line in text.splitlines() if "/dataset/" in line.split()[0]})

    nothing = identifiers(tmp_path / "before", wording="")
    assert identifiers(tmp_path / "after", corrections=correction("title", "風箏數字比鉸", "風箏數字比較")) == nothing


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (correction("date", "11/2023", "12/2023"), "prints “13/2023” as date, not “11/2023”"),
        (correction("date", "13/2023", "12/2023", "D-ii-8"), "has no row “D-ii-8”"),
    ],
)
def test_nothing_is_published_with_a_correction_that_does_not_fit(tmp_path, text, message):
    """The error names both values, and the output folder stays as it was."""
    with pytest.raises(NotReadable, match=message):
        publish(tmp_path, corrections=text)
    assert not (tmp_path / "output").exists()


def test_corrections_of_a_file_that_was_not_read_are_told(tmp_path):
    """A file that was replaced has another digest; its corrections wait."""
    result, _output = publish(tmp_path, corrections=CORRECTIONS + correction("date", "a", "b", source="0" * 64))
    (remark,) = [one for one in result.remarks if one.code == "correction-of-nothing"]
    assert remark.values == {"sha256": "0" * 64, "count": "1"}
    assert find_unused(Decisions(), {SHA256}) == []


def test_an_empty_folder_changes_nothing(tmp_path):
    """The same bytes come out with decisions about nothing, but for the manifest that lists them."""

    def contents(name, **files):
        _result, output = publish(tmp_path / name, **files)
        return {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in output.rglob("*")
            if path.is_file() and path.name != "manifest.json"
        }

    assert contents("without", other="") == contents("with", wording="", corrections="")


def test_the_folder_is_found_as_that_of_links_is(tmp_path):
    """The option wins over the setting; several folders beside the plans are a question."""
    plans = write_decided_plan(tmp_path / "plans")
    assert find_decisions([plans], None, Settings()) == plans / "decisions"
    assert find_decisions([plans], None, Settings(decisions="mine")).as_posix() == "mine"
    write_decided_plan(tmp_path, wording="")
    with pytest.raises(UsageError, match="several folders of decisions"):
        find_decisions([plans], None, Settings())


def test_records_are_named_as_in_their_iris():
    """A plan without rows has none."""
    empty = Plan("a.txt", "0" * 64, "香港天文台", "", (2024, 2026), "Hant", None, ())
    assert record_names(empty, load()) == []
    assert read_decisions(None).corrections == {}
