"""What tests of the score share: a catalogue that has everything, made outcomes, and their scores."""

from click.testing import CliRunner

from dcat_hk.checking.scoring.measuring import MET, IndicatorOutcome, ScoringRules
from dcat_hk.checking.scoring.points import score
from dcat_hk.checking.scoring.rubric import load_rubric
from dcat_hk.checking.scoring.run import ScoringOptions, score_catalogue
from dcat_hk.commands.cli import main

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


def command(*arguments, **options):
    """Run `dcat-hk score` in this process."""
    return CliRunner().invoke(main, ["score", *map(str, arguments)], **options)
