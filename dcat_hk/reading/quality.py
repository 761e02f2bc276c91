"""
How well a copy of a plan was read: the record that decides which of several copies leads.

In: the reading of a document. Out: a `Quality`. It compares nothing but what was read: neither the name of a file nor
the order in which files were given counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ..core.plan import Plan
from ..core.wording.refusals import say
from .documents import Document, Row

if TYPE_CHECKING:
    from .parsing import Reading

#: The findings that say that cells may stand in a wrong column or row, or that letters are not those of the page.
DOUBTS = frozenset(
    {
        "unclear-columns",
        "unread-row",
        "columns-out-of-order",
        "columns-elsewhere",
        "row-does-not-fit",
        "letters-without-unicode",
    }
)
#: The findings that say that a part of the document was not read, beside those on rows that are not published.
LOSSES = frozenset({"truncated-file", "page-without-text", "unread-part"})
#: Kinds of file by how much of the page they state. Word knows paragraphs, sheets know cells; in web pages a line end
#: of the source counts as a blank; files with delimiters know nothing but cells.
_KINDS = (
    "docx",
    "opendocument",
    "xlsx",
    "spreadsheetml",
    "xls",
    "mhtml",
    "html",
    "markdown",
    "delimited",
    "pdf",
    "text",
)
#: Kinds that do not state cells, the better one first.
_WITHOUT_CELLS = {"pdf": 1, "text": 2}


@dataclass(frozen=True, slots=True, order=True)
class Quality:
    """
    How well a copy was read, the best one first when sorted: fields are compared in their order.

    `recognised`: text was read from pictures by another program. `doubtful`: it is not certain which cells some texts
    belong to. `incomplete`: text is left over, rows or parts were not read, or columns were guessed. `rank`: 0 for
    kinds of file that state cells, 1 for PDF, 2 for text. `doubts` and `losses`: how many findings say so. `leftover`:
    how many characters are left over.
    `missing_rows`: minus the number of rows, so that more rows come first. `detail`: the kind of file, those that
    state more of the page first. `sha256`: the digest of the file, so that no two files are equal. `guessed`: whether
    columns were found from the positions or words of texts, because the file has no cells there.

    >>> table = Quality(False, False, False, 1, 0, 0, 0, -30, 8, "b", False)
    >>> table < Quality(False, False, True, 2, 0, 0, 0, -33, 9, "a", True)
    True
    """

    recognised: bool
    doubtful: bool
    incomplete: bool
    rank: int
    doubts: int
    losses: int
    leftover: int
    missing_rows: int
    detail: int
    sha256: str
    guessed: bool

    @property
    def may_invent_rows(self) -> bool:
        """Tell whether what was read as a row may be none."""
        return self.recognised or self.doubtful

    @property
    def is_sound(self) -> bool:
        """Tell whether rows and their columns are certain."""
        return not (self.may_invent_rows or self.guessed)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return what decides, in English and in the order in which it is compared."""
        return self.reasons_in("en")

    def reasons_in(self, language: str) -> tuple[str, ...]:
        """
        Return what decides, in words of a language and in the order in which it is compared.

        >>> Quality(False, True, True, 2, 3, 0, 0, -30, 9, "a", True).reasons_in("en")
        ('3 doubtful places', 'columns guessed', 'text', '30 rows')
        """
        counts = {
            "views.recognised": int(self.recognised),
            "views.doubts": self.doubts,
            "views.losses": self.losses,
            "views.leftover": self.leftover,
            "views.guessed": int(self.guessed),
        }
        kind = ("views.from-cells", "views.from-pdf", "views.from-text")[self.rank]
        told = [say(code, language, count=count) for code, count in counts.items() if count]
        return (*told, say(kind, language), say("views.rows", language, count=-self.missing_rows))


class Copy(NamedTuple):
    """One copy of a plan: what was read of it, and how well."""

    plan: Plan
    quality: Quality


def copy_of(reading: Reading) -> Copy:
    """
    Return the plan of a reading with its quality.

    Raises:
        NotAPlan: The document is none.
    """
    plan = reading.require()
    document = reading.document
    doubts = sum(1 for finding in reading.findings if finding.code in DOUBTS)
    losses = sum(1 for finding in reading.findings if finding.code in LOSSES or finding.loses_rows)
    leftover = reading.ledger.accounted["leftover"]
    guessed = _has_rows_outside_cells(document, plan)
    quality = Quality(
        recognised=document.is_recognised,
        # Text that is left over beside guessed columns is most often a part of a row.
        doubtful=bool(doubts or (guessed and leftover)),
        incomplete=bool(guessed or leftover or losses),
        rank=_WITHOUT_CELLS.get(document.kind, 0),
        doubts=doubts,
        losses=losses,
        leftover=leftover,
        missing_rows=-len(plan.entries),
        detail=_KINDS.index(document.kind),
        sha256=plan.sha256,
        guessed=guessed,
    )
    return Copy(plan, quality)


def _has_rows_outside_cells(document: Document, plan: Plan) -> bool:
    """Tell whether a row of a plan does not stand in cells of the document."""
    rows = (block for block in document.blocks if isinstance(block, Row))
    in_cells = {fragment.span.line for row in rows for cell in row.cells for fragment in cell}
    return any(entry.place.first - 1 not in in_cells for entry in plan.entries)
