"""
A table for each dataset, labels on the left and values on the right -> one table with a header.

In: a document. Out: the document with such records as rows of one table, whose header is made of their labels; labels
that come again are claimed as header. What stands in a heading of its own above a record is its number or title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ....core.text import collapse, fold, plain
from ....core.wording.plans import load_plan_wording
from ...documents import Block, Document, Fragment, Line, Row
from ...documents.document import spans_of_block
from ...recognisers.headers import is_aside
from ...recognisers.headings import read_section_heading, read_spatial
from ...recognisers.values import date_at, frequency_at, is_none, read_date, read_frequency
from ..foot import is_signature
from ..head import joined
from ..ledger import Claims, text_of
from ..rows import Text
from .pairs import Pair, pairs_of, split_unknown
from .pieces import cut_cell, spans_of, text_of_cell

_CELLS = load_plan_wording().cells
#: A record says so many of these of its dataset.
_TELLING = frozenset({"category", "description", "frequency", "format", "date_target", "date_released"})
_FEWEST = 2
#: A longer line is no title of a dataset.
_LONGEST_HEADING = 160
#: A record has no more labels, and a value no more lines; of a date or frequency, no more than the last number.
_MOST_PAIRS = 60
_MOST_LINES, _MOST_LINES_OF_VALUE = 200, 12


@dataclass(slots=True)
class _Record:
    """The pairs of one dataset, by label, and the blocks they stand in; the heading is what stands above."""

    start: int
    end: int
    pairs: dict[str, Pair] = field(default_factory=dict)
    number: Text = ()
    title: Text = ()

    def names(self) -> set[str]:
        """Return the columns that have a value."""
        return {name for pair in self.pairs.values() if pair.value for name in pair.columns}

    def has_colons(self, document: Document) -> bool:
        """Tell whether a colon stands behind each label, as behind none of a header."""
        return all(plain(text_of(document, pair.label)).rstrip().endswith(":") for pair in self.pairs.values())

    def says_enough(self) -> bool:
        """Tell whether the pairs are those of a dataset, most of them with a value."""
        filled = [pair for pair in self.pairs.values() if pair.value]
        return len(_TELLING & self.names()) >= _FEWEST and len(filled) * 2 > len(self.pairs)

    def is_certain(self, document: Document) -> bool:
        """Tell whether labels on lines of their own are those of a record and not a header that was cut into lines."""
        pairs = self.pairs.values()
        if not any(pair.alone for pair in pairs):
            return True
        texts = {name: text_of(document, pair.value) for pair in pairs for name in pair.columns}
        dates = [read_date(text) for name, text in texts.items() if name.startswith("date_")]
        understood = any(date.is_stated for date in dates) or read_frequency(texts.get("frequency", ""))
        return bool(understood) and bool(self.title or "title" in texts) and all(pair.value for pair in pairs)


def join_records(document: Document, claims: Claims) -> Document:
    """
    Return a document in which records of label and value are rows of tables.

    Args:
        document: Any document.

        claims: Where labels that come again are claimed.
    """
    records = list(_find_records(document))
    blocks: list[Block] = []
    start = 0
    for group in _group(records):
        blocks += document.blocks[start : group[0].start]
        blocks += _make_table(document, claims, group)
        start = group[-1].end
    return replace(document, blocks=(*blocks, *document.blocks[start:])) if records else document


def _find_records(document: Document) -> Iterable[_Record]:
    """Yield the records in order."""
    index = end = 0
    before: _Record | None = None
    while index < len(document.blocks):
        record = _read_record(document, index)
        if record and before and _is_directly_below(document, before.end, index):
            _give_back(before, record)
        if record and record.says_enough():
            _take_heading(document, record, end)
            if (record.title or "title" in record.names()) and record.is_certain(document):
                yield from [before] if before else []
                before = record
                index = end = record.end
                continue
        index = max(index + 1, before.end if before else 0)
    yield from [before] if before else []


def _is_directly_below(document: Document, end: int, index: int) -> bool:
    """Tell whether nothing but the unit of a label stands between two blocks."""
    return index - end < _FEWEST and all(is_aside(joined(document, [block])) for block in document.blocks[end:index])


def _give_back(before: _Record, record: _Record) -> None:
    """
    Give to a record what stands below it and above the label that it began with: the rest of its pairs.

    A value of several lines parts the pairs of one dataset.
    """
    keys, opening = list(record.pairs), next(iter(before.pairs))
    rest = keys[: keys.index(opening)] if opening in keys else [] if record.says_enough() else keys
    if not rest or any(key in before.pairs for key in rest):
        return
    for key in rest:
        before.pairs[key] = record.pairs.pop(key)
    if not record.pairs:
        before.end = record.end


def _read_record(document: Document, start: int) -> _Record | None:
    """Return the labels and values from a block on, until a label comes again or something else does."""
    record = _Record(start, start)
    last = ""
    for index in range(start, len(document.blocks)):
        block = document.blocks[index]
        pairs = pairs_of(document, block) or _unknown_pair(document, block, record)
        keys = [pair.key(document) for pair in pairs]
        begins = bool(record.pairs) and isinstance(block, Row) and (block.apart or bool(_read_label(document, block)))
        if begins or any(key in record.pairs for key in keys) or len(record.pairs) > _MOST_PAIRS:
            break
        if pairs:
            record.pairs |= dict(zip(keys, pairs, strict=True))
            last = keys[-1]
        elif _opens_another(document, index, record):
            break
        elif last and (value := _value_of(document, block, record.pairs[last])):
            record.pairs[last] = record.pairs[last]._replace(value=(*record.pairs[last].value, *value))
        else:
            break
        record.end = index + 1
    return record if record.pairs else None


def _opens_another(document: Document, index: int, record: _Record) -> bool:
    """Tell whether a line is the heading of the next dataset: the first label comes again below it."""
    line, *below = document.blocks[index : index + 2]
    if not isinstance(line, Line) or not below or not record.pairs:
        return False
    first = next(iter(record.pairs))
    if first not in [pair.key(document) for pair in pairs_of(document, below[0])]:
        return False
    return "title" not in record.names() or bool(_CELLS.record_heading.match(plain(document.slice(line.span))))


def _unknown_pair(document: Document, block: Block, record: _Record) -> list[Pair]:
    """Return the pair of a label that is not known and its value, inside a record; none if there is none."""
    if not record.pairs:
        return []
    if isinstance(block, Row):
        filled = [cell for cell in block.cells if cell]
        return [Pair((), filled[0], filled[1])] if len(filled) == 2 and block.cells[0] else []
    alone = any(pair.alone for pair in record.pairs.values())
    heading = read_section_heading(joined(document, [block]))
    pair = None if alone or heading else split_unknown(document, block)
    return [pair] if pair else []


def _value_of(document: Document, block: Block, pair: Pair) -> Text:
    """Return what a block without a label adds to the value above it, nothing if it is something else."""
    if isinstance(block, Row):
        filled = [cell for cell in block.cells if cell]
        return filled[0] if len(filled) == 1 and not block.cells[0] else ()
    if len(pair.value) >= (_MOST_LINES_OF_VALUE if _holds_value(pair) else _MOST_LINES):
        return ()
    text = joined(document, [block])
    if is_aside(text) or read_section_heading(text) or read_spatial(text) is not None:
        return ()
    if pair.value and (is_signature(text) or _is_whole(document, pair)):
        return ()
    return (Fragment(block.span, bool(pair.value)),) if not pair.value or not block.apart else ()


def _holds_value(pair: Pair) -> bool:
    """Tell whether the value of a label is a date or a frequency."""
    return pair.columns in {("frequency",), ("date_target",), ("date_released",)}


def _is_whole(document: Document, pair: Pair) -> bool:
    """Tell whether the value of a label is a date or a frequency and nothing else, with which it ends."""
    if not _holds_value(pair):
        return False
    text = text_of(document, pair.value)
    return (frequency_at(text) if pair.columns == ("frequency",) else date_at(text)) == len(text) > 0


# ---- headings


def _take_heading(document: Document, record: _Record, first: int) -> None:
    """Take the number and title of a dataset from the line, or the row over all columns, above its record.

    No block before the first one, where the record above ends, is taken.
    """
    if record.start <= first:
        return
    above = document.blocks[record.start - 1]
    label = _read_label(document, above)
    if label and "title" not in record.names():
        record.start -= 1
        record.number, record.title = label
        return
    filled = [cell for cell in above.cells if cell] if isinstance(above, Row) else [(Fragment(above.span),)]
    if len(filled) != 1:
        return
    text = text_of_cell(document, filled[0])
    folded = collapse(plain(text))
    if len(folded) > _LONGEST_HEADING or read_section_heading(folded) or read_spatial(folded) is not None:
        return
    match = _CELLS.record_heading.match(plain(text))
    rest = cut_cell(document, filled[0], [(match.end() if match else 0, len(text))])
    title = next((pair.value for pair in record.pairs.values() if "title" in pair.columns), ())
    same = fold(text_of(document, rest)) == fold(text_of(document, title)) if title else bool(rest)
    if is_none(folded) or not (same or (title and match and not rest)):
        return
    if not title and not match and isinstance(above, Line) and not record.has_colons(document):
        # Lines of a header that is wrapped are labels, too, and the line above them is no title.
        return
    record.start -= 1
    if match and "number" not in record.names():
        record.number = cut_cell(document, filled[0], [(match.start("number"), match.end("number"))])
    record.title = rest if not title else ()


def _read_label(document: Document, block: Block) -> tuple[Text, Text] | None:
    """Return the number and the title of a row whose label is a dataset's number, None if it is no such row."""
    filled = [cell for cell in block.cells if cell] if isinstance(block, Row) else []
    if len(filled) != 2:
        return None
    text = plain(text_of_cell(document, filled[0])).strip()
    match = _CELLS.record_label.fullmatch(text) or _CELLS.record_heading.fullmatch(text)
    return (cut_cell(document, filled[0], [match.span("number")]), filled[1]) if match else None


# ---- the table


def _group(records: Sequence[_Record]) -> list[list[_Record]]:
    """Return the records in groups that stand together."""
    groups: list[list[_Record]] = []
    for record in records:
        if groups and groups[-1][-1].end == record.start:
            groups[-1].append(record)
        else:
            groups.append([record])
    return groups


def _make_table(document: Document, claims: Claims, records: Sequence[_Record]) -> list[Row]:
    """Return a header and a row for each record; a column for a number or title from a heading has no label."""
    labels: dict[str, Text] = {}
    for record in records:
        for key, pair in record.pairs.items():
            if key in labels:
                claims.add(spans_of([pair.label]), "header")
            labels.setdefault(key, pair.label)
    leading = [name for name in ("number", "title") if any(getattr(record, name) for record in records)]
    rows = [Row((*((),) * len(leading), *labels.values()), True)]
    for record in records:
        cells = [record.pairs[key].value if key in record.pairs else () for key in labels]
        rows.append(Row((*(getattr(record, name) for name in leading), *cells), False))
        _claim_heading(document, claims, record, rows[-1])
    return rows


def _claim_heading(document: Document, claims: Claims, record: _Record, row: Row) -> None:
    """Claim what of a record's heading is no part of its row."""
    first = document.blocks[record.start]
    if pairs_of(document, first):
        return
    taken = set(spans_of(row.cells))
    for span in spans_of_block(first):
        inside = sorted(other for other in taken if other.line == span.line)
        edges = [span.start, *(edge for other in inside for edge in (other.start, other.end)), span.end]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if start < end:
                claims.add([span._replace(start=start, end=end)], "heading")
