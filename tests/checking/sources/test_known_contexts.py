"""Contexts that are known by their addresses."""

import json

from pyld import jsonld

from dcat_hk.checking.sources.known_contexts import _addresses, context_without_address, known_context


def test_every_known_context_is_one():
    """Each can be used by a processor, with http as with https."""
    assert _addresses()
    for address in _addresses():
        context = known_context(f"http://{address}")
        assert context == known_context(f"https://{address}")
        jsonld.expand({"@context": context, "@id": "urn:a", "title": "x"})


def test_others_are_not_known():
    """Nothing is guessed from an address that looks alike."""
    assert known_context("https://project-open-data.cio.gov/v2/schema/catalog.jsonld") is None
    assert context_without_address(b'{"conformsTo": "https://a.example/"}') == ""
    assert (
        context_without_address(b'{"@context": {}, "conformsTo": "https://project-open-data.cio.gov/v1.1/schema"}')
        == ""
    )
    assert json.loads(context_without_address(b'{"conformsTo":"https://project-open-data.cio.gov/v1.1/schema"}'))
