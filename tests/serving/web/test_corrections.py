"""Every row of a plan has a link by which readers correct it."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import quote

import pytest

from dcat_hk.serving.web.corrections import CorrectionLinks

BASE = "https://example.org/dcat-hk/"
RECORD = f"{BASE}record/hk-td/2024-2026/A-1"


def links(contact=""):
    """Return the links of a catalogue with a contact point."""
    return CorrectionLinks(SimpleNamespace(base=BASE, contact=contact))


def test_a_message_names_the_row():
    """The record is in the message, and a title cannot add fields to it."""
    made = links("mailto:data@example.hk")
    address = made.make_link(RECORD, "巴士&cc=x", "plan/a/b.en.html", "en")
    assert address.startswith(
        "mailto:data@example.hk?subject=Correction%3A%20%E5%B7%B4%E5%A3%AB%26cc%3Dx&body=https%3A%2F%2F"
    )
    assert address.count("&") == 1


@pytest.mark.parametrize("contact", ["", "https://example.hk/tell"])
def test_without_an_address_for_messages_a_page_says_whom_to_tell(contact):
    """In the language of the reader."""
    made = links(contact)
    assert made.make_link(RECORD, "x", "plan/a/b.en.html", "en") == "../../about.en.html#correct"
    assert made.contact == contact


def test_the_message_of_a_simplified_page_is_in_its_script():
    """Also where only the other script is printed."""
    made = links("mailto:data@example.hk")
    assert quote("更正：巴士班次", safe="") in made.make_link(RECORD, "巴士班次", "a.zh-Hans.html", "zh-Hans")
    assert quote("更正：专线小巴", safe="") in made.make_link(RECORD, "專線小巴", "a.zh-Hans.html", "zh-Hans")
    assert quote("更正：專線小巴", safe="") in made.make_link(RECORD, "專線小巴", "a.html", "zh-Hant")
