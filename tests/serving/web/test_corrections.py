"""Every row of a plan has a link by which readers correct it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dcat_hk.core.namespaces import DCAT, VCARD
from dcat_hk.serving.web.corrections import CorrectionLinks

BASE = "https://example.org/dcat-hk/"
RECORD = f"{BASE}record/hk-td/2024-2026/A-1"


def links(**contact):
    """Return the links of a catalogue with a contact point."""
    values = {(f"{BASE}catalogue", DCAT.contactPoint): ["urn:contact"]}
    values |= {("urn:contact", name): [address] for name, address in contact.items()}
    return CorrectionLinks(SimpleNamespace(base=BASE, find_values=lambda iri, name: values.get((iri, name), [])))


def test_a_message_names_the_row():
    """The record is in the message, and a title cannot add fields to it."""
    made = links(**{VCARD.hasEmail: "mailto:data@example.hk"})
    address = made.make_link(RECORD, "巴士&cc=x", "plan/a/b.en.html", "en")
    assert address.startswith(
        "mailto:data@example.hk?subject=Correction%3A%20%E5%B7%B4%E5%A3%AB%26cc%3Dx&body=https%3A%2F%2F"
    )
    assert address.count("&") == 1


@pytest.mark.parametrize("contact", [{}, {VCARD.hasURL: "https://example.hk/tell"}])
def test_without_an_address_for_messages_a_page_says_whom_to_tell(contact):
    """In the language of the reader."""
    made = links(**contact)
    assert made.make_link(RECORD, "x", "plan/a/b.en.html", "en") == "../../about.en.html#correct"
    assert made.contact == contact.get(VCARD.hasURL, "")
