"""The score as JSON: it follows the published schema, and its numbers add up."""

import json
import tomllib

import jsonschema
from support.paths import ROOT
from support.scored_catalogues import LANGUAGES, WHOLE, command

from dcat_hk.checking.scoring.report_json import as_json
from dcat_hk.checking.scoring.rubric import load_rubric
from dcat_hk.checking.scoring.run import ScoringOptions, score_catalogue

SCHEMA = json.loads((ROOT / "dcat_hk/core/schemas/score.schema.json").read_text(encoding="utf-8"))


def test_every_lost_point_of_ours_has_a_cause(published):
    """Points of each dataset and its losses add up to 405, and in our catalogue each loss has a cause and words."""
    for language in LANGUAGES:
        report = json.loads(
            "".join(
                as_json(score_catalogue([published], ScoringOptions(language=language, validated=language == "en")))
            )
        )
        for dataset in report["datasets"]:
            assert dataset["points"] + sum(loss["points"] for loss in dataset["losses"]) == 405
            assert sum(dataset["dimensions"].values()) == dataset["points"]
            assert all(loss["why"] and (loss["cause"] is not None) is loss["measured"] for loss in dataset["losses"])
            assert dataset["applicable"] >= dataset["points"] + dataset["not_measured"]


def test_json_follows_its_schema(published, tmp_path):
    """The JSON of our catalogue, of another's and of a single dataset follows the published schema."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    (tmp_path / "x.ttl").write_text(WHOLE, encoding="utf-8")
    for source in (published, tmp_path / "x.ttl"):
        text = command(source, "--format", "json", "--skip-validation").stdout
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
        jsonschema.validate(json.loads(text), SCHEMA)
    one = command(published, "--format", "json", "--dataset", "hk-hhb-2uivbqgpbq", "--lang", "zh-HK").stdout
    jsonschema.validate(json.loads(one), SCHEMA)
    assert len(json.loads(one)["datasets"]) == 1


def test_the_schema_knows_every_code():
    """Indicators, dimensions, bands, reasons and causes of the schema are those of the tables."""
    rubric, defs = load_rubric(), SCHEMA["$defs"]
    folder = ROOT / "dcat_hk/checking/scoring"
    words = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    causes = tomllib.loads((folder / "causes.toml").read_text(encoding="utf-8"))["row"]
    assert defs["metric"]["enum"] == list(rubric.metrics)
    assert defs["points"]["required"] == list(defs["points"]["properties"])
    assert defs["dataset"]["properties"]["band"]["enum"] == [band.code for band in rubric.bands]
    assert defs["reason"]["enum"] == list(words["reason"])
    assert {row["cause"] for row in causes} == set(words["cause"]) - {"unknown"}
    assert set(defs["loss"]["properties"]["cause"]["enum"]) == {row["cause"] for row in causes} | {None}
