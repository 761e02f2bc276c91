"""Pages that lead from identifiers to pages lead to the right place, whatever is in a path."""

import re
from html import unescape
from urllib.parse import unquote, urljoin

import pytest

from dcat_hk.serving.web.pointers import write_pointer


@pytest.mark.parametrize("path", ["overdue", "dataset/hk-a", "a/b/c.d", 'x/"><i>', "y/罪案 1", "z/%41"])
def test_pointers_lead_to_pages(path):
    """From the folder that a host redirects to."""
    text = write_pointer(path, ["zh-Hant", "zh-Hans", "en"], ["ttl"]).decode()
    assert "<i>" not in text
    target = unescape(re.search(r"0; url=([^\"]+)", text)[1])
    assert unquote(urljoin(f"http://e/{'x/' * path.count('/')}n/", target)).endswith(f"/{path.rpartition('/')[2]}.html")
    assert text.count("<a ") == 4
