"""The quality score: the oracles of the rubric, what the figures leave out, addresses, and every form of output."""

import gzip
import json
import re
import threading
import time
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import jsonschema
import pyoxigraph
import pytest
from click.testing import CliRunner
from conftest import ROOT

from dcat_hk.checking.scoring import links
from dcat_hk.checking.scoring.assessment import rounded
from dcat_hk.checking.scoring.links import AnswerCache, RequestPolicy, check_addresses
from dcat_hk.checking.scoring.measuring import MET, IndicatorOutcome, Measuring, ScoringRules
from dcat_hk.checking.scoring.points import applicable, score
from dcat_hk.checking.scoring.report_json import as_json
from dcat_hk.checking.scoring.report_text import as_text
from dcat_hk.checking.scoring.rubric import find_cause, key_of, load_lists, load_rubric
from dcat_hk.checking.scoring.run import FORMATS, ScoringOptions, score_catalogue
from dcat_hk.commands.cli import main
from dcat_hk.core.terms import Literal, Thing, expand
from dcat_hk.core.text import width

SCHEMA = json.loads((ROOT / "dcat_hk/core/schemas/score.schema.json").read_text(encoding="utf-8"))
FILE_TYPE, IANA = expand("filetype:"), "https://www.iana.org/assignments/media-types/"
LANGUAGES = {"en", "zh-Hant", "zh-Hans"}

HEAD = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix adms: <http://www.w3.org/ns/adms#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ft: <http://publications.europa.eu/resource/authority/file-type/> .
@prefix : <https://far.example/> .
"""
#: A dataset that has everything, of a catalogue that is not ours.
WHOLE = (
    HEAD
    + """
:c a dcat:Catalog ; dct:title "C"@en ; dct:description "C"@en ; dct:publisher :p ; dcat:dataset :d .
:p a foaf:Agent ; foaf:name "P"@en .
:d a dcat:Dataset ; dct:title "<b>D</b>"@en ; dct:description "D"@en ; dcat:keyword "k"@en ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ECON> ;
  dct:spatial <http://publications.europa.eu/resource/authority/country/HKG> ; dct:temporal :t ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  dcat:contactPoint :k ; dct:publisher :p ; dct:issued "2024-01-01"^^xsd:date ; dct:modified "2024-01-01"^^xsd:date ;
  dcat:distribution :x .
:t a dct:PeriodOfTime ; dcat:startDate "2024-01-01"^^xsd:date .
:k a vcard:Kind ; vcard:fn "K"@en ; vcard:hasEmail <mailto:k@far.example> .
:x a dcat:Distribution ; dct:title "X"@en ; dcat:accessURL <http://HOST/a> ; dcat:downloadURL <http://HOST/f.csv> ;
  dct:format ft:CSV ; dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
  dct:license <http://creativecommons.org/licenses/by/4.0/> ; dct:rights :r ;
  dcat:byteSize "5"^^xsd:nonNegativeInteger ;
  dct:issued "2024-01-01"^^xsd:date ; dct:modified "2024-01-01"^^xsd:date .
:r a dct:RightsStatement . <http://creativecommons.org/licenses/by/4.0/> a dct:LicenseDocument .
ft:CSV a dct:MediaTypeOrExtent, skos:Concept ; skos:prefLabel "CSV"@en .
<https://www.iana.org/assignments/media-types/text/csv> a dct:MediaTypeOrExtent, dct:MediaType .
<http://publications.europa.eu/resource/authority/country/HKG> a dct:Location .
<http://publications.europa.eu/resource/authority/access-right/PUBLIC> a dct:RightsStatement, skos:Concept ;
  skos:prefLabel "public"@en .
<http://publications.europa.eu/resource/authority/data-theme/ECON> a skos:Concept ; skos:prefLabel "Economy"@en .
"""
)


@pytest.fixture(scope="module")
def published():
    """Return the catalogue that the project publishes: what other tests compare with what is built."""
    return ROOT / "output"


@pytest.fixture(scope="module")
def count(published):
    """Return how many datasets there are in it."""
    text = (published / "catalogue.ttl").read_text(encoding="utf-8")
    return len(re.findall(r" a dcat:Dataset, dcat:Resource ;", text))


def command(*arguments, **options):
    """Run `dcat-hk score` in this process."""
    return CliRunner().invoke(main, ["score", *map(str, arguments)], **options)


def scored(tmp_path, text, **options):
    """Return the assessment of a Turtle text."""
    path = tmp_path / "made.ttl"
    path.write_text(text, encoding="utf-8")
    return score_catalogue([path], ScoringOptions(**({"validated": False} | options)))


def everything(on):
    """Return outcomes in which every indicator of a kind of thing is met."""
    return {code: MET for code, metric in load_rubric().metrics.items() if metric.on in {on, "either"}}


def without(outcomes, *codes):
    """Return outcomes with some lost."""
    return outcomes | {code: IndicatorOutcome(False, "absent") for code in codes}


DATASET, DISTRIBUTION = everything("dataset"), everything("distribution")


def points(dataset=DATASET, *distributions, rules=None):
    """Return the score of made outcomes."""
    return score(dataset, list(distributions), rules or ScoringRules())


def measured(**properties):
    """Return the outcomes of a distribution with some properties."""
    values = {expand(f"dct:{name}" if name != "mediaType" else "dcat:mediaType"): v for name, v in properties.items()}
    return Measuring(lambda iri: Thing(iri, {})).distribution(Thing("https://far.example/x", values))


# ---- the oracles of the rubric


def test_all_true_is_405():
    """Oracle 1: a dataset that fulfils everything with one distribution has 405 points."""
    assert points(DATASET, DISTRIBUTION).points == load_rubric().maximum == 405


def test_dimensions_have_their_points():
    """The points of the five dimensions are those of the rubric."""
    sums = {}
    for metric in load_rubric().metrics.values():
        sums[metric.dimension] = sums.get(metric.dimension, 0) + metric.points
    assert list(sums.values()) == [100, 100, 110, 75, 20]
    assert len(load_rubric().metrics) == 23


def test_two_distributions_are_never_mixed():
    """Oracle 2: of one with a format only and one with a media type only, one counts, never both."""
    only_format = without(DISTRIBUTION, "mediaTypeAvailability")
    only_media = without(DISTRIBUTION, "formatAvailability")
    assert points(DATASET, only_media, only_format).points == 395
    assert points(DATASET, only_media, only_format).best == 1
    assert points(DATASET, only_format, only_format).best == 0


def test_no_distribution_is_185_at_most():
    """Oracle 3: without a distribution no more than 185 points can be had."""
    assert points(DATASET).points == 185


def test_dates_of_the_dataset_count_only_without_a_distribution():
    """Oracle 4: a distribution without a date of issue gives 0 strictly, 5 kindly, though the dataset has one."""
    found = points(DATASET, without(DISTRIBUTION, "dateIssuedAvailability"))
    assert (found.points, found.kind) == (400, 405)
    assert IndicatorOutcome(False, "only-dataset") in found.outcomes


def test_the_best_of_several_addresses_counts():
    """Oracle 5: codes 404 and 200 on one distribution give the 50 points, and 404 alone does not."""
    urls = ["https://far.example/1", "https://far.example/2"]
    thing = Thing("urn:x", {expand("dcat:accessURL"): urls})

    def outcome(*codes):
        answers = dict(zip(urls, codes, strict=False))
        return Measuring(lambda iri: Thing(iri, {}), answers=answers).distribution(thing)["accessUrlStatusCode"]

    assert outcome(404, 200) == IndicatorOutcome(True, "", 200)
    assert outcome(404, 500) == IndicatorOutcome(False, "status", 500)
    assert outcome(0, 0) == IndicatorOutcome(False, "no-answer")
    assert outcome(404) == IndicatorOutcome(None, "unasked")


@pytest.mark.parametrize(("total", "band"), [(351, "excellent"), (350, "good"), (221, "good"), (220, "enough")])
def test_bands(total, band):
    """Oracle 6: 350 is Good and 351 Excellent, 220 is Sufficient and 221 Good."""
    assert load_rubric().band(total).code == band


@pytest.mark.parametrize(
    ("code", "open_", "readable"),
    [("GML", False, False), ("CSV", True, True), ("XLSX", False, True), ("PNG", True, False), ("PDF", False, False)],
)
def test_formats(code, open_, readable):
    """Oracle 7: GML is in neither list of formats; CSV in both, XLSX and PNG in one."""
    found = measured(format=[FILE_TYPE + code])
    assert found["formatMediaTypeNonProprietary"].met is open_
    assert found["formatMediaTypeMachineInterpretable"].met is readable


def test_a_literal_format_is_available_and_nothing_else(tmp_path):
    """Oracle 8: the text "CSV" as a format has the 20 points of being there, not those of the vocabulary or shapes."""
    found = measured(format=[Literal("CSV")])
    assert found["formatAvailability"].met
    assert found["formatMediaTypeVocabularyAlignment"] == IndicatorOutcome(False, "literal")
    text = WHOLE.replace("dct:format ft:CSV", 'dct:format "CSV"')
    (bad,) = scored(tmp_path, text, validated=True).datasets
    (good,) = scored(tmp_path, WHOLE, validated=True).datasets
    compliance = list(load_rubric().metrics).index("dcatApCompliance")
    assert good.score.outcomes[compliance] == MET
    assert bad.score.outcomes[compliance] == IndicatorOutcome(False, "violates")


def test_names_cannot_command_a_terminal(tmp_path):
    """Control characters in titles are not passed on to the terminal."""
    text = as_text(scored(tmp_path, WHOLE.replace("<b>D</b>", "\\u001b[31mred\\u009b")))
    assert "red" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_compliance_asks_nothing_that_only_others_can_say(tmp_path):
    """A dataset complies that names concepts, formats and licences without describing them, as most catalogues do."""
    compliance = list(load_rubric().metrics).index("dcatApCompliance")
    bare = WHOLE[: WHOLE.index(":r a dct:RightsStatement")]
    (one,) = scored(tmp_path, bare, validated=True).datasets
    assert one.score.outcomes[compliance] == MET
    (bad,) = scored(tmp_path, bare.replace("dcat:accessURL", "dcat:other"), validated=True).datasets
    assert bad.score.outcomes[compliance] == IndicatorOutcome(False, "violates")


# ---- where the sources of the rubric differ


def test_alignment_can_ask_for_both():
    """A format of the EU without a media type is aligned by one reading and not by the other."""
    thing = Thing("urn:x", {expand("dct:format"): [FILE_TYPE + "CSV"]})
    for alignment, expected in (("either", True), ("both", False)):
        found = Measuring(lambda iri: Thing(iri, {}), ScoringRules(alignment=alignment)).distribution(thing)
        assert found["formatMediaTypeVocabularyAlignment"].met is expected


def test_a_media_type_alone_is_looked_up():
    """Media types are compared without scheme and stand for their format; unknown top-level types are none."""
    found = measured(mediaType=[IANA.replace("https", "http") + "text/csv"])
    assert found["formatMediaTypeVocabularyAlignment"].met
    assert found["formatMediaTypeMachineInterpretable"].met
    assert not measured(mediaType=[IANA + "made/up"])["formatMediaTypeVocabularyAlignment"].met
    assert not measured(mediaType=["https://far.example/text/csv"])["formatMediaTypeVocabularyAlignment"].met


def test_the_penalty_is_an_option():
    """Five points each are taken off for a missing format and media type, if that is wanted."""
    lost = without(DISTRIBUTION, "formatAvailability", "mediaTypeAvailability")
    assert points(DATASET, lost).points == 375
    assert points(DATASET, lost, rules=ScoringRules(penalty=True)).points == 365


def test_a_licence_may_match_a_known_one():
    """A licence counts if it is in the list or says that it matches one exactly; Hong Kong's terms do neither."""
    own = "https://far.example/licence"
    cc_by = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
    things = {own: {expand("skos:exactMatch"): [cc_by]}}
    measuring = Measuring(lambda iri: Thing(iri, things.get(iri, {})))
    for iri, expected in ((own, True), (cc_by, True), ("https://data.gov.hk/en/terms-and-conditions", False)):
        thing = Thing("urn:x", {expand("dct:license"): [iri]})
        assert measuring.distribution(thing)["knownLicence"].met is expected


def test_empty_values_are_none():
    """A property whose only value is an empty text is not there."""
    assert not measured(format=[Literal(" ")])["formatAvailability"].met


def test_lists_have_the_lengths_of_the_rubric():
    """There are 29 open formats, 20 that machines read, all of them EU file types, and 7 access rights."""
    data = load_lists().data
    codes = {name: data[name]["codes"].split() for name in ("format", "non-proprietary", "machine-readable")}
    assert [len(codes["non-proprietary"]), len(codes["machine-readable"])] == [29, 20]
    assert set(codes["non-proprietary"] + codes["machine-readable"]) <= set(codes["format"])
    assert set(data["media-types"]) <= set(codes["non-proprietary"] + codes["machine-readable"])
    assert len(data["access-right"]["codes"].split()) == 7
    assert all(key_of(iri) == iri for iri in data["licence"]["same"])
    assert not any("gov.hk" in iri for iri in data["licence"]["same"])


def test_points_are_rounded_up_from_a_half():
    """A catalogue's score is the mean of its datasets', a half rounded up."""
    assert [rounded(value) for value in (226.5, 227.5, 226.49)] == [227, 228, 226]


# ---- figures


def test_ceilings_of_the_study():
    """The totals that the rubric's study computed for Hong Kong come out."""
    released = without(DATASET, "temporalAvailability")
    as_planned = without(
        DISTRIBUTION, "downloadUrlAvailability", "downloadUrlStatusCode", "byteSizeAvailability", "knownLicence",
        "dateModifiedAvailability",
    )  # fmt: skip
    assert points(DATASET, without(DISTRIBUTION, "knownLicence")).points == 395
    assert points(released, as_planned).points == 315
    honest = without(released, "dateIssuedAvailability", "dateModifiedAvailability")
    assert points(honest, without(as_planned, "dateIssuedAvailability")).points == 310
    assert points(honest).points == 155


def test_a_planned_dataset_is_not_blamed_for_having_no_download():
    """Of a planned dataset without distribution 155 points apply; what it has all the same is counted."""
    honest = without(DATASET, "temporalAvailability", "dateIssuedAvailability", "dateModifiedAvailability")
    assert applicable(points(honest).outcomes, "planned") == 155
    assert applicable(points(honest).outcomes, "released") == 405
    assert applicable(points(DATASET).outcomes, "planned") == 185
    assert applicable(points(DATASET, DISTRIBUTION).outcomes, "planned") == 405


def test_the_seeds(published, golden):
    """The tables of the seeds' catalogue are those that were looked at; planned datasets are as the study computed."""
    found = score_catalogue([published], ScoringOptions())
    golden("score.txt", as_text(found, width=160))
    assert {scored.score.points for scored in found.datasets if scored.stage == "planned"} == {155}
    assert {loss.cause for one in found.datasets for loss in found.losses(one)} == {"", "plan", "publisher", "terms"}


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


def test_catalogues_of_others_get_no_cause(tmp_path):
    """Who is to blame is only said of catalogues that this program made."""
    found = scored(tmp_path, WHOLE.replace("dct:temporal :t ;", ""))
    assert [loss.cause for loss in found.losses(found.datasets[0])] == [""] * 4
    assert not found.ours


def test_what_is_no_dataset_is_not_scored(tmp_path):
    """Catalogues and series that are also typed as datasets are left out."""
    text = WHOLE + ":c a dcat:Dataset . :s a dcat:DatasetSeries, dcat:Dataset ."
    assert [scored.iri for scored in scored(tmp_path, text).datasets] == ["https://far.example/d"]


def test_shares_are_over_all_distributions(tmp_path):
    """By shares a second distribution without a format costs half of its points; by datasets it costs nothing."""
    text = WHOLE + ":d dcat:distribution :y . :y a dcat:Distribution ; dcat:accessURL <http://HOST/y> ."
    whole = scored(tmp_path, text).figures()["strict"][1].points
    shares = scored(tmp_path, text, rules=ScoringRules(share=True)).figures()["strict"][1].points
    assert (whole, shares) == (405 - 80 - 30, 145 + 150 / 2)


# ---- reading


@pytest.mark.parametrize("name", ["TURTLE", "N_TRIPLES", "N_QUADS", "TRIG", "JSON_LD", "RDF_XML"])
@pytest.mark.parametrize("named", [True, False])
def test_any_syntax_gives_the_same(tmp_path, name, named):
    """Every syntax, gzipped, with or without a telling name, gives the same score."""
    syntax = getattr(pyoxigraph.RdfFormat, name)
    quads = list(pyoxigraph.parse(WHOLE.encode(), format=pyoxigraph.RdfFormat.TURTLE))
    data = pyoxigraph.serialize(
        quads if name in {"N_QUADS", "TRIG", "JSON_LD"} else [q.triple for q in quads], format=syntax
    )
    path = tmp_path / (f"x.{syntax.file_extension}.gz" if named else "x")
    path.write_bytes(gzip.compress(data))
    (found,) = score_catalogue([path], ScoringOptions(validated=False)).datasets
    assert (found.score.points, found.score.unmeasured) == (295, 110)


def test_blank_nodes_are_scored(tmp_path):
    """Datasets and distributions without an IRI are scored; in RDF nothing is said of such a dataset."""
    text = WHOLE.replace(":x ", "_:x ").replace(":d ", "_:d ").replace("dcat:distribution :x", "dcat:distribution _:x")
    text = text.replace("dcat:dataset :d", "dcat:dataset _:d")
    found = scored(tmp_path, text, validated=True)
    assert found.datasets[0].score.points == 325
    assert json.loads("".join(as_json(found)))["datasets"][0]["iri"] is None
    done = command(tmp_path / "made.ttl", "--format", "ttl", "--skip-validation")
    assert "1 datasets have no IRI" in done.stderr
    assert "keywordAvailability" not in done.stdout


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("x.ttl", b"no turtle", 3, "holds no RDF"),
        ("x.ttl", b"<urn:a> <urn:b> <urn:c> .", 3, "no dataset"),
        (
            "x.jsonld",
            b'{"@context": "https://far.example/c.jsonld", "@id": "urn:x"}',
            3,
            "https://far.example/c.jsonld",
        ),
        ("x.ttl.gz", gzip.compress(WHOLE.encode(), mtime=0)[:300], 3, "x.ttl.gz"),
        ("x", b"\x1f\x8bgarbage", 3, "damaged"),
    ],
)
def test_what_cannot_be_scored_is_refused(tmp_path, name, data, code, said):
    """Broken files, files without datasets and contexts elsewhere are refused in one line."""
    path = tmp_path / name
    path.write_bytes(data)
    done = command(path)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr
    assert command(tmp_path / "missing.ttl").exit_code == 3
    (tmp_path / "empty").mkdir()
    assert "holds no RDF" in command(tmp_path / "empty").stderr


# ---- output


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
    import tomllib

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


def test_everything_is_said_in_three_languages():
    """Every wording of the tables is there in three languages, with the same fields to fill in."""
    import tomllib

    folder = ROOT / "dcat_hk/checking/scoring"
    words = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    rows = [texts for group in words.values() for texts in group.values()]
    rows += [row["why"] for row in tomllib.loads((folder / "causes.toml").read_text(encoding="utf-8"))["row"]]
    rows += [metric.name for metric in load_rubric().metrics.values()]
    rows += [group.name for group in (*load_rubric().dimensions, *load_rubric().bands)]
    assert len(rows) > 100
    for texts in rows:
        assert set(texts) == LANGUAGES
        assert len({frozenset(re.findall(r"\{\w+\}", text)) for text in texts.values()}) == 1


def test_rows_of_causes_name_what_there_is():
    """The table of causes names indicators and reasons that exist, and every row is the first that fits something."""
    import tomllib

    folder = ROOT / "dcat_hk/checking/scoring"
    reasons = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))["reason"]
    rows = tomllib.loads((folder / "causes.toml").read_text(encoding="utf-8"))["row"]
    for row in rows:
        assert set(row.get("metrics", [])) <= set(load_rubric().metrics)
        assert set(row.get("reasons", [])) <= set(reasons)
    causes = [
        find_cause(metric, reason, stage)
        for metric in load_rubric().metrics
        for reason in reasons
        for stage in ("released", "planned")
    ]
    wanted = {(row["cause"], tuple(sorted(row["why"].items()))) for row in rows}
    assert {(cause.code, tuple(sorted(cause.why.items()))) for cause in causes} == wanted


class Page(HTMLParser):
    """Collects what a page consists of, and checks that tags are closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.links, self.texts = [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        self.links += [value for name, value in attrs if name in {"src", "href"}]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Compare with what is open."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note text."""
        self.texts.append(data)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_html_is_one_accessible_page(published, count, language):
    """The page has no script and loads nothing, names its language, and every bar and table has a text."""
    page = Page(command(published, "--format", "html", "--lang", language, "--skip-validation").stdout)
    tags = [tag for tag, _attributes in page.tags]
    assert ("html", {"lang": language, "dir": "ltr"}) in page.tags
    assert "script" not in tags
    assert "link" not in tags
    assert not any(name.startswith("on") for _tag, attributes in page.tags for name in attributes)
    assert all(link.startswith("https://example.org/dcat-hk/dataset/") for link in page.links)
    bars = [a for _tag, a in page.tags if a.get("class") == "bar"]
    assert len(bars) > count
    assert all(a["role"] == "img" and a["aria-label"] for a in bars)
    assert tags.count("table") == tags.count("caption") == 5
    assert tags.count("details") == count


def test_html_escapes_what_a_catalogue_says(tmp_path):
    """Tags in titles stay text, and only addresses of the web become links."""
    path = tmp_path / "x.ttl"
    path.write_text(WHOLE.replace(":d ", "<javascript:alert(1)> "), encoding="utf-8")
    text = command(path, "--format", "html", "--skip-validation").stdout
    assert "<b>D</b>" not in text
    assert "&lt;b&gt;D&lt;/b&gt;" in text
    assert Page(text).links == []


def test_dqv_is_a_graph_without_blank_nodes(published, count):
    """Measurements have IRIs, name indicator, thing and value, repeat byte for byte; of things only they are said."""
    first, again = (command(published, "--format", "ttl", "--skip-validation").stdout for _time in range(2))
    assert first == again
    same = command(published / "catalogue.jsonld", "--format", "ttl", "--skip-validation").stdout
    assert first == same
    quads = list(pyoxigraph.parse(first.encode(), format=pyoxigraph.RdfFormat.TURTLE))
    assert not any(isinstance(term, pyoxigraph.BlankNode) for quad in quads for term in quad)
    dqv = load_rubric().namespaces["dqv"]
    kinds = {name: {q.subject.value for q in quads if q.predicate.value == dqv + name} for name in
             ("isMeasurementOf", "computedOn", "value")}  # fmt: skip
    subjects = {q.subject.value for q in quads if q.object == pyoxigraph.NamedNode(f"{dqv}QualityMeasurement")}
    assert len(subjects) > count * 10
    assert all(found == subjects for found in kinds.values())
    about = {(q.object.value, q.subject.value) for q in quads if q.predicate.value == f"{dqv}computedOn"}
    pointing = {(q.subject.value, q.object.value) for q in quads if q.predicate.value == f"{dqv}hasQualityMeasurement"}
    assert about == pointing
    others = {q.predicate.value for q in quads if not re.search("/(def/)?quality", q.subject.value)}
    assert others == {f"{dqv}hasQualityMeasurement"}
    named = command(published, "--format", "nquads", "--skip-validation").stdout
    graphs = {quad.graph_name.value for quad in pyoxigraph.parse(named.encode(), format=pyoxigraph.RdfFormat.N_QUADS)}
    assert graphs == {"https://example.org/dcat-hk/quality"}
    assert len(named.splitlines()) == len(quads)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_text_fits_and_tells(published, language):
    """The tables fit a terminal of 160 columns, name every organisation, and list all datasets when asked to."""
    found = score_catalogue([published], ScoringOptions(language=language, validated=False))
    text = as_text(found)
    assert max(map(width, text.splitlines())) <= 160
    assert len(as_text(found, every=True).splitlines()) > len(text.splitlines()) + 150
    one = score_catalogue([published], ScoringOptions(language=language, validated=False, dataset="hk-hhb-2uivbqgpbq"))
    assert "dcat:byteSize" in as_text(one)
    assert all(FORMATS[form](found) for form in FORMATS)


def test_the_command_writes_files_and_refuses_nonsense(published, count, tmp_path):
    """A file is written whole; impossible codes, datasets and base IRIs are refused with exit code 2."""
    done = command(published, "--format", "html", "--skip-validation", "-o", tmp_path / "score.html")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / "score.html").read_text(encoding="utf-8").endswith("</html>\n")
    for wrong in (["--status-codes", "2xx"], ["--dataset", "nothing"], ["--base-iri", "x"], ["--lang", "fr"]):
        assert command(published, "--skip-validation", *wrong).exit_code == 2, wrong
    text = (published / "catalogue.ttl").read_bytes()
    assert str(count) in command("-", "--skip-validation", input=text).stdout


# ---- addresses


class Handler(BaseHTTPRequestHandler):
    """Answers by what the path asks for, and notes who asked when."""

    def _answer(self):
        self.server.seen.append((self.command, self.path, dict(self.headers), time.monotonic()))
        name = self.path.strip("/").partition("?")[0]
        code = int(name) if name.isdecimal() else 200
        if name == "nohead" and self.command == "HEAD":
            code = 405
        target = {"moved": "/200", "loop": "/loop", "away": "http://10.0.0.1/", "file": "file:///etc/passwd"}.get(name)
        if name == "slow":
            time.sleep(1)
        self.send_response(302 if target else code)
        if target:
            self.send_header("Location", target)
        self.end_headers()

    do_HEAD = do_GET = _answer  # noqa: N815 - names that http.server asks for

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def server():
    """Give a server on this machine that notes requests."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        found.seen = []
        found.daemon_threads = True
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def asked(server, *names, cache=None, **policy):
    """Return the codes of paths of the server, by path."""
    host = f"http://127.0.0.1:{server.server_address[1]}/"
    settings = {"pause": 0.0, "patience": 10.0, "private": True} | policy
    found = check_addresses([host + name for name in names], RequestPolicy(**settings), cache or AnswerCache(None, 7))
    return {url.removeprefix(host): code for url, code in found.items()}


def test_codes_are_found_politely(server):
    """HEAD comes first, GET of one byte only where it is refused; redirections are followed; the agent has a name."""
    found = asked(server, "200", "404", "nohead", "moved", "loop", "file", "a b?q=ü")
    assert found == {"200": 200, "404": 404, "nohead": 200, "moved": 200, "loop": 0, "file": 0, "a b?q=ü": 200}
    assert all(headers["User-Agent"].startswith("dcat-hk/") for _m, _p, headers, _t in server.seen)
    gets = [(path, headers["Range"]) for method, path, headers, _t in server.seen if method == "GET"]
    assert sorted(gets) == [("/404", "bytes=0-0"), ("/nohead", "bytes=0-0")]


def test_there_is_a_pause_between_two_requests(server):
    """Requests to one host never overlap and keep their distance."""
    asked(server, "1", "2", "3", "moved", pause=0.1)
    times = [moment for _m, _p, _h, moment in server.seen]
    assert len(times) >= 5
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.09


def test_private_addresses_are_not_asked(server):
    """Without leave nothing private is asked, and with leave for none a redirection does not lead there."""
    assert asked(server, "200", private=False) == {}
    assert server.seen == []


def test_a_redirection_does_not_lead_to_private_addresses(server, monkeypatch):
    """A public host that redirects to a private one is not followed: the address counts as not measured."""
    public = links._is_public
    monkeypatch.setattr(links, "_is_public", lambda address: address == "127.0.0.1" or public(address))
    assert asked(server, "away", "200", private=False) == {"200": 200}


def test_slow_and_silent_hosts_do_not_hold_up(server):
    """A host that is too slow has no answer; when time is over the rest is not measured."""
    assert asked(server, "slow", patience=0.2) == {"slow": 0}
    began = time.monotonic()
    assert len(asked(server, *map(str, range(200, 230)), pause=2.0, limit=0.5)) < 5
    assert time.monotonic() - began < 30  # asking all of them takes twice as long
    assert asked(server, "200", limit=0.0) == {}
    gone = f"http://127.0.0.1:{server.server_address[1]}"
    urls = ["ftp://far.example/", "http://", gone + "/200"]
    assert check_addresses(urls, RequestPolicy(private=True), AnswerCache(None, 7)) == {
        "http://": 0, gone + "/200": 200,
    }  # fmt: skip


def test_answers_are_kept_for_a_while(server, tmp_path):
    """A kept answer is not asked for again until it is too old; a broken file of answers is told of."""
    path = tmp_path / "answers.json"
    assert asked(server, "200", cache=AnswerCache(path, 7)) == {"200": 200}
    assert asked(server, "200", cache=AnswerCache(path, 7)) == {"200": 200}
    assert len(server.seen) == 1
    assert asked(server, "200", cache=AnswerCache(path, -1)) == {"200": 200}
    assert len(server.seen) == 2
    path.write_text("[]", encoding="utf-8")
    made = tmp_path / "x.ttl"
    made.write_text(WHOLE, encoding="utf-8")
    assert command(made, "--check-urls", "--url-cache", path, "--skip-validation").exit_code == 3


def test_all_405_points_can_be_had(server, tmp_path):
    """A dataset that has everything, with addresses that answer, has 405 points; without asking 80 are not measured."""
    path = tmp_path / "x.ttl"
    path.write_text(WHOLE.replace("HOST", f"127.0.0.1:{server.server_address[1]}"), encoding="utf-8")
    options = ("--format", "json", "--check-urls", "--allow-private", "--url-pause", "0")
    (found,) = json.loads(command(path, *options).stdout)["datasets"]
    assert (found["points"], found["not_measured"], found["losses"]) == (405, 0, [])
    (unasked,) = json.loads(command(path, "--format", "json").stdout)["datasets"]
    assert (unasked["points"], unasked["not_measured"]) == (325, 80)
    assert "405" in command(path, *options[2:]).stdout
