"""
Rows of plans -> the address at which a reader tells that one of them was misread.

In: the record of a row. Out: an address. Where the catalogue has a contact point with an e-mail address (the setting
`contact`), it is a message that names the record; else it is the page that says what to tell, and whom.
"""

from __future__ import annotations

from urllib.parse import quote

from ...core.terms import Iri
from ...core.text import transform
from .addresses import get_page_suffix, get_root_address
from .library import Library
from .wording import get_label

#: The path of the page that says what to tell, without the suffix for the language, and the section of it.
_PAGE, _SECTION = "about", "correct"


class CorrectionLinks:
    """
    Makes the links by which readers correct what was read.

    Args:
        library: The library of things.
    """

    def __init__(self, library: Library) -> None:
        """Keep the library."""
        self._library = library

    @property
    def contact(self) -> str:
        """Return the address of the contact point of the catalogue; empty without one."""
        return self._library.contact

    def make_link(self, record: Iri, title: str, page: str, language: str) -> str:
        """
        Return the address at which a row is corrected.

        Args:
            record: The record of the row.

            title: Its title.

            page: The path of the page with the link.

            language: The language of the page.
        """
        if not self.contact.startswith("mailto:"):
            return f"{get_root_address(page)}{_PAGE}{get_page_suffix(language)}#{_SECTION}"
        # A title is told as its plan prints it; a message that a Simplified page begins is in one script.
        shown = transform(title, "Hant") if language == "zh-Hans" else title
        subject = get_label("correct-subject", language).format(title=shown)
        sign = "&" if "?" in self.contact else "?"
        return f"{self.contact}{sign}subject={quote(subject, safe='')}&body={quote(record, safe='')}"
