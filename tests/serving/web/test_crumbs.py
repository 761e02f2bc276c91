"""Every page of a thing says what is above it."""

from __future__ import annotations

import re

import pytest

from dcat_hk.serving.web.pages import SitePageWriter


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("plan/hk-hhb/2024-2026", ["Start", "Bodies", "Health Bureau"]),
        ("dataset/hk-hhb-2uivbqgpbq", ["Start", "Bodies", "Health Bureau"]),
        ("record/hk-hhb/2024-2026/A-i-1", ["Start", "Bodies", "Health Bureau", "2024–2026"]),
        ("organisation/hk-hhb", ["Start", "Bodies", "Health Bureau"]),
        ("catalogue", ["Start"]),
    ],
)
def test_pages_lead_up(library, path, above):
    """By links, and the page itself comes last, without one."""
    things = library.find_document(library.base + path)
    page = SitePageWriter(library).write_thing_page(path, things, "en").decode()
    crumbs = re.search(r'class="crumbs">(.*?)</nav>', page, re.DOTALL)[1]
    assert re.findall(r"<a [^>]*>([^<]*)</a>", crumbs) == above
    assert crumbs.count('aria-current="page"') == 1
