"""
Identifiers -> small pages that lead to the page of what is identified, for static hosts.

In: a path without suffix. Out: the page `PATH/index.html`, which hosts send that know nothing of suffixes, languages or
Accept. A server negotiates instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from .addresses import get_page_suffix
from .wording import get_label

#: The file that a host sends for a folder.
NAME = "index.html"


def write_pointer(path: str, languages: Sequence[str], formats: Sequence[str] = (), up: str = "../") -> bytes:
    """
    Return the page that leads from a path without suffix to the pages of what is there.

    Args:
        path: The path.

        languages: The languages of its pages; the first is that of most readers.

        formats: The suffixes of other files about it.

        up: The way to the folder of the pages.

    >>> write_pointer("body/hk-td", ["zh-Hant", "en"]).decode().count("../hk-td.html")
    2
    """
    name = path.rpartition("/")[2]
    pages = [(tag, escape(f"{up}{quote(name)}{get_page_suffix(tag)}")) for tag in languages]
    files = [f"{up}{quote(name)}.{suffix}" for suffix in formats]
    first = pages[0][1]
    return "".join(
        [
            f'<!DOCTYPE html>\n<html lang="{languages[0]}">\n<head>\n<meta charset="utf-8">\n',
            f'<title>{escape(name)}</title>\n<meta name="robots" content="noindex">\n',
            f'<meta http-equiv="refresh" content="0; url={first}">\n</head>\n<body>\n',
            *(
                f'<p><a href="{address}" lang="{tag}">{escape(get_label(f"language-{tag}", tag))}</a></p>\n'
                for tag, address in pages
            ),
            *(f'<p><a href="{escape(file)}">{escape(file.rpartition("/")[2])}</a></p>\n' for file in files),
            "</body>\n</html>\n",
        ]
    ).encode()
