"""Outcomes of indicators: addresses, formats, media types, licences."""

import pytest

from dcat_hk.checking.scoring.measuring import IndicatorOutcome, Measuring, ScoringRules
from dcat_hk.core.terms import Literal, Thing, expand

FILE_TYPE, IANA = expand("filetype:"), "https://www.iana.org/assignments/media-types/"


def measured(**properties):
    """Return the outcomes of a distribution with some properties."""
    values = {expand(f"dct:{name}" if name != "mediaType" else "dcat:mediaType"): v for name, v in properties.items()}
    return Measuring(lambda iri: Thing(iri, {})).distribution(Thing("https://far.example/x", values))


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


@pytest.mark.parametrize(
    ("code", "open_", "readable"),
    [("GML", False, False), ("CSV", True, True), ("XLSX", False, True), ("PNG", True, False), ("PDF", False, False)],
)
def test_formats(code, open_, readable):
    """Oracle 7: GML is in neither list of formats; CSV in both, XLSX and PNG in one."""
    outcomes = measured(format=[FILE_TYPE + code])
    assert outcomes["formatMediaTypeNonProprietary"].met is open_
    assert outcomes["formatMediaTypeMachineInterpretable"].met is readable


def test_a_literal_format_is_available_and_nothing_else():
    """Oracle 8: the text "CSV" as a format has the 20 points of being there, not those of the vocabulary."""
    outcomes = measured(format=[Literal("CSV")])
    assert outcomes["formatAvailability"].met
    assert outcomes["formatMediaTypeVocabularyAlignment"] == IndicatorOutcome(False, "literal")


def test_alignment_can_ask_for_both():
    """A format of the EU without a media type is aligned by one reading and not by the other."""
    thing = Thing("urn:x", {expand("dct:format"): [FILE_TYPE + "CSV"]})
    for alignment, expected in (("either", True), ("both", False)):
        outcomes = Measuring(lambda iri: Thing(iri, {}), ScoringRules(alignment=alignment)).distribution(thing)
        assert outcomes["formatMediaTypeVocabularyAlignment"].met is expected


def test_a_media_type_alone_is_looked_up():
    """Media types are compared without scheme and stand for their format; unknown top-level types are none."""
    outcomes = measured(mediaType=[IANA.replace("https", "http") + "text/csv"])
    assert outcomes["formatMediaTypeVocabularyAlignment"].met
    assert outcomes["formatMediaTypeMachineInterpretable"].met
    assert not measured(mediaType=[IANA + "made/up"])["formatMediaTypeVocabularyAlignment"].met
    assert not measured(mediaType=["https://far.example/text/csv"])["formatMediaTypeVocabularyAlignment"].met


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
