"""
Regions with rows of cells -> `RawRow`.

In: the rows under one heading. Out: raw rows, claims and findings. Headers may repeat after page breaks;
a row may be cut by one; a row may be continued by rows without a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ....core.errors import Finding
from ....core.place import Place
from ....core.text import plain
from ....core.wording.plans import load_plan_wording
from ...documents import Block, Document, Fragment, Line, Row
from ...recognisers.columns import PART_FIELDS, TELLING_FIELDS, TEXT_FIELDS, field_of
from ...recognisers.contents import is_header_by_contents, name_by_contents
from ...recognisers.headers import (
    columns_of_cell,
    header_of_row,
    header_of_rows,
    is_other_header,
    join_cut_labels,
    name_leading_columns,
)
from ...recognisers.headings import is_caption, read_signs
from ...recognisers.otherlabels import are_column_numbers
from ...recognisers.values import is_none
from ..head import is_clutter, read_lone_month
from ..ledger import Claims, text_of, texts_of
from ..merged import MergedCells, share
from ..outline import Region
from ..rows import RawRow, Text, claim_row, find_none, is_cut_short, read_code, split_category, split_joint
from ..sections import is_group
from ..stages import stated_role
from ..torn import mend_category
from .bands import NO_BAND, CategoryBand, category_of_band, is_above_header, lacks_categories, place_of_band
from .labels import (
    Columns,
    fields_of_columns,
    join_parts_of_dates,
    look_below,
    name_parts,
    rows_of_units,
    spread_header,
    spread_texts,
)
from .lettered import group_lettered_rows, is_code
from .strangers import is_aside_row, is_note_row, is_note_text, is_other_table, says_none
from .swapped import swap_columns

_WORDING = load_plan_wording()
_CELLS, _HEADINGS = _WORDING.cells, _WORDING.headings

#: A header that is known by what is below it has so many labels.
_FEWEST_LABELS = 3
#: A row with fewer filled cells may head others.
_FEWEST_FILLED = 2
#: What a cell merged downwards states for each row; a name does where each row has a number.
_SHARED = tuple(name for name in TEXT_FIELDS if name != "title")
#: The same for the parts of one dataset.
_SHARED_BY_PARTS = tuple(name for name in PART_FIELDS if name in TELLING_FIELDS)
#: The texts of so many rows are known at a time: those of a row and the ones around it.
_MOST_TEXTS = 64


@dataclass(slots=True)
class _CellTable:
    """What is known while the rows of a region are read, one after the other."""

    document: Document
    claims: Claims
    is_category: Callable[[str], bool]
    role: str
    blocks: Sequence[Block]
    columns: Columns | None = None
    #: The one field that each column holds, nothing for a column that holds several or none.
    fields: Sequence[str] = ()
    labels: Sequence[str] = ()
    #: What each column is called, those beside a label that reaches over them, too.
    called: Sequence[str] = ()
    merged: MergedCells = field(default_factory=MergedCells)
    group: str | None = None
    #: Whether categories stand inside the group.
    encloses: bool = False
    #: The place of the merged cell that a group stands beside and ends with.
    beside: int | None = None
    band: CategoryBand = NO_BAND
    #: The block after the last band.
    banded: int = -1
    rows: list[RawRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    date_labels: list[tuple[str, Place]] = field(default_factory=list)
    unread: dict[tuple[str, str], list[Place]] = field(default_factory=dict)
    noted: bool = False
    #: The last line that went on with a row.
    continued: int = -1
    #: What a row over the header says, which pages repeat.
    title: str = ""
    _texts: dict[int, list[str]] = field(default_factory=dict)
    _last_numbers: dict[int, int] = field(default_factory=dict)

    def find(self, code: str, place: Place | None, **values: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(code, self.document.name, place, values))

    def texts(self, index: int) -> list[str]:
        """Return the texts of the cells of a row, none for a line."""
        if index not in self._texts:
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            block = self.blocks[index]
            self._texts[index] = texts_of(self.document, block) if isinstance(block, Row) else []
        return self._texts[index]

    def last_number(self, place: int) -> int:
        """Return the last block that is a row with a number in a column, -1 if none is."""
        if place not in self._last_numbers:
            rows = (i for i in reversed(range(len(self.blocks))) if self._has_number(self.blocks[i], place))
            self._last_numbers[place] = next(rows, -1)
        return self._last_numbers[place]

    def _has_number(self, block: Block, place: int) -> bool:
        """Tell whether a block is a row with a number in a column."""
        if not isinstance(block, Row) or place >= len(block.cells):
            return False
        return read_code(text_of(self.document, block.cells[place])) is not None

    def set_columns(self, columns: Columns | None) -> None:
        """Take a header's columns."""
        self.columns, self.fields = columns, fields_of_columns(columns or (), self.role)


@dataclass(frozen=True, slots=True)
class TableReading:
    """The rows of a region, findings on them, the header in force at its end, what it says, and its date labels."""

    rows: tuple[RawRow, ...]
    findings: tuple[Finding, ...]
    columns: Columns | None
    date_labels: tuple[tuple[str, Place], ...]
    labels: tuple[str, ...] = ()


def read_table(
    document: Document,
    region: Region,
    claims: Claims,
    is_category: Callable[[str], bool],
    columns: Columns | None = None,
    labels: Sequence[str] = (),
) -> TableReading:
    """
    Return the rows of a region that holds tables.

    Args:
        document: Where the region is.

        region: The blocks under one heading.

        claims: Where the rows' text is claimed.

        is_category: Tells whether a text is a known category.

        columns: The header of the table before, for a table that has none of its own.

        labels: What that header calls its columns, if it is known.
    """
    role = stated_role(region.section, region.heading)
    table = _CellTable(document, claims, is_category, role, region.blocks, labels=list(labels), called=list(labels))
    table.set_columns(columns)
    index = 0
    while index < len(region.blocks):
        block = region.blocks[index]
        if isinstance(block, Row):
            table.noted = False
            index += (
                _take_other_table(table, index)
                or _read_header(table, index)
                or _pass_strangers(table, index)
                or _read_row(table, index)
            )
        else:
            _read_line(table, index)
            index += 1
    for (code, label), places in table.unread.items():
        table.find(code, places[0], label=label, count=str(len(places)))
    table.rows, swapped = swap_columns(document, group_lettered_rows(document, table.rows))
    if swapped:
        table.find("swapped-columns", swapped[0].place, count=str(len(swapped)))
    return TableReading(
        tuple(table.rows), tuple(table.findings), table.columns, tuple(table.date_labels), tuple(table.called)
    )


def _read_header(table: _CellTable, index: int) -> int:
    """Take a header over one row or two; return over how many it goes, 0 if the row is none."""
    row, following = table.blocks[index], table.blocks[index + 1] if index + 1 < len(table.blocks) else None
    assert isinstance(row, Row)
    labels, rows = table.texts(index), [row]
    lower = table.texts(index + 1) if isinstance(following, Row) and not following.apart else []
    # Above a header that is repeated stands the last row of the page before.
    lower = [] if lower == table.labels and place_of_band(row) is not None else lower
    both = header_of_rows(labels, lower, [extent.columns for extent in row.extents]) if lower else None
    if both and isinstance(following, Row):
        labels, rows = both, [row, following]
        labels, rows = _join_cut_rows(table, index + len(rows), labels, rows)
    header = header_of_row(labels) or _header_by_contents(table, index)
    if not header:
        return 0
    rows += rows_of_units(table.document, table.blocks[index + len(rows) :])
    spans = [fragment.span for block in rows for fragment in _flat(block)]
    again = labels == table.labels
    if not again:
        below = look_below(table.document, table.blocks, index + len(rows), len(labels), table.is_category)
        spread = join_parts_of_dates(spread_header(header, labels, rows, below), labels, table.role)
        named = name_by_contents(spread, labels, below, table.role)
        for before, names, label in zip(spread, named, labels, strict=True):
            if before != names:
                table.unread.setdefault(("column-by-contents", label), []).append(table.document.place(spans))
        table.set_columns(name_parts(name_leading_columns(named), labels))
        table.band = table.band if table.banded == index else NO_BAND
        table.called = spread_texts(labels, rows)
    table.labels = labels
    table.merged.begin_part(len(rows), other=not again)
    table.claims.add(spans, "header")
    for label, columns in zip(labels, header, strict=True):
        table.date_labels += [(label, table.document.place(spans)) for name in columns if name.startswith("date_")]
    return len(rows)


def _header_by_contents(table: _CellTable, index: int) -> Columns | None:
    """Return the columns that a table's first row names where only what stands below it tells that it is a header."""
    labels, block = table.texts(index), table.blocks[index]
    if len(labels) < _FEWEST_LABELS or not isinstance(block, Row):
        return None
    is_again = bool(table.columns) and labels == list(table.labels)
    is_first = (
        not table.columns or block.apart or not any(isinstance(above, Row) for above in islice(table.blocks, index))
    )
    if not is_again and not (is_first and _is_header_by_contents(table, index, labels)):
        return None
    return [columns_of_cell(label) for label in labels]


def _is_header_by_contents(table: _CellTable, index: int, labels: Sequence[str]) -> bool:
    """Tell whether a row is a header of labels that nobody knows, by what stands below it."""
    below = look_below(table.document, table.blocks, index + 1, len(labels), table.is_category)
    return is_header_by_contents(labels, below)


def _join_cut_rows(table: _CellTable, index: int, labels: list[str], rows: list[Row]) -> tuple[list[str], list[Row]]:
    """Return the labels and rows of a header over two rows with the rest of its second one, which a page has cut."""
    rest = table.blocks[index] if index < len(table.blocks) else None
    whole = join_cut_labels(labels, table.texts(index)) if isinstance(rest, Row) and not rest.apart else None
    return (whole, [*rows, rest]) if whole and isinstance(rest, Row) else (labels, rows)


def _flat(row: Row) -> list[Fragment]:
    """Return the fragments of all cells of a row."""
    return [fragment for cell in row.cells for fragment in cell]


def _read_line(table: _CellTable, index: int) -> None:
    """Take a line between rows: a note, a word for an empty table, a heading of rows, or the rest of the last cell."""
    line, following = table.blocks[index], table.blocks[index + 1] if index + 1 < len(table.blocks) else None
    assert isinstance(line, Line)
    raw = table.document.slice(line.span)
    text = plain(raw).strip()
    below = line.apart or not table.rows
    goes_on = table.noted and (not line.apart or bool(_CELLS.item.match(text))) and not read_lone_month(raw)
    table.noted = goes_on or is_note_text(text, below)
    if table.noted or is_none(text) or is_clutter(raw):
        table.claims.add([line.span], "note")
    elif is_caption(text):
        table.claims.add([line.span], "heading")
    elif isinstance(following, Row) and (is_group(text) or _is_category_line(table, line)):
        _read_group(table, (Fragment(line.span),), index + 1)
    elif not line.apart and table.rows and table.columns and _is_below_row(table, index):
        table.continued = index
        _continue_last_cell(table, line)


def _is_below_row(table: _CellTable, index: int) -> bool:
    """Tell whether a line stands directly below a row, or below a line that goes on with one."""
    return index - 1 == table.continued or isinstance(table.blocks[index - 1], Row)


def _is_category_line(table: _CellTable, line: Line) -> bool:
    """Tell whether a line above rows names their category and stands by itself."""
    alone = line.apart or not table.rows
    return alone and bool(category_of_band(table.document, (Fragment(line.span),), table.is_category))


def _continue_last_cell(table: _CellTable, line: Line) -> None:
    """Add a line that follows a row directly to the row's last cell."""
    assert table.columns is not None
    name = field_of(table.columns[-1][-1]) if table.columns[-1] else ""
    if name in TEXT_FIELDS:
        fragment = Fragment(line.span)
        table.rows[-1] = table.rows[-1].extend(name, (fragment,), table.document.place([line.span]))
        table.claims.add([line.span], "field")


def _pass_strangers(table: _CellTable, index: int) -> int:
    """Return over how many rows from one on go a table of other things or a row that is no dataset; 0 if none does."""
    row = table.blocks[index]
    if not table.rows or not table.columns or not isinstance(row, Row):
        return 0
    begins = row.apart or isinstance(table.blocks[index - 1], Line)
    if begins and place_of_band(row) is None and (count := _count_strangers(table, index)):
        return count
    if not is_aside_row(table.texts(index), table.fields, table.is_category):
        return 0
    table.claims.add([fragment.span for fragment in _flat(row)], "note")
    return 1


def _take_other_table(table: _CellTable, index: int) -> int:
    """Take a table whose header says that it is of other things, and tell it; return how many rows it has, or 0."""
    if not is_other_header(table.texts(index)):
        return 0
    end = next((i for i in range(index + 1, len(table.blocks)) if _begins_table(table, i)), len(table.blocks))
    spans = [f.span for block in table.blocks[index:end] if isinstance(block, Row) for f in _flat(block)]
    table.claims.add(spans, "note")
    values = {"text": table.document.slice(spans[0]), "count": str(len(spans))}
    table.find("unassigned-texts", table.document.place(spans[:1]), **values)
    return end - index


def _begins_table(table: _CellTable, index: int) -> bool:
    """Tell whether something begins at a block that is no row of the table above: a line, a table, a header."""
    block = table.blocks[index]
    return not isinstance(block, Row) or block.apart or bool(header_of_row(table.texts(index)))


def _count_strangers(table: _CellTable, index: int) -> int:
    """Return how many rows a table of other things has that begins at a block, 0 if it goes on with the one before."""
    rest = ((i, table.blocks[i]) for i in range(index + 1, len(table.blocks)))
    end = next((i for i, block in rest if not isinstance(block, Row) or block.apart), len(table.blocks))
    texts = [table.texts(i) for i in range(index, end)]
    known = (table.columns or [], table.fields, table.is_category)
    is_bare = all(sum(map(bool, cells)) < _FEWEST_FILLED or says_none(cells, *known) for cells in texts)
    if is_bare or any(header_of_row(cells) for cells in texts):
        return 0
    return end - index if is_other_table(texts, table.fields, table.rows[-1].number, table.is_category) else 0


def _read_row(table: _CellTable, index: int) -> int:
    """Take one row that is no header: nothing, a word for an empty table, a heading, or part of an entry; return 1."""
    row = table.blocks[index]
    assert isinstance(row, Row)
    if row.apart:
        table.merged.begin_part()
    texts = table.texts(index)
    if are_column_numbers([text for text in texts if text]):
        # What counts columns is of the header: the cells above reach over it.
        table.merged.begin_part(1)
        table.claims.add([fragment.span for fragment in _flat(row)], "header")
        return 1
    covers = table.merged.cover(row)
    if table.beside is not None and not covers[table.beside]:
        table.group, table.beside = None, None
    spans = [fragment.span for fragment in _flat(row)]
    if not spans:
        return 1
    if not table.columns and not is_above_header(table.document, table.blocks[index : index + 3]):
        table.find("table-without-header", table.document.place(spans))
    elif table.columns and (says_none(texts, table.columns, table.fields, table.is_category) or is_note_row(texts)):
        table.claims.add(spans, "note")
    elif _is_title(table, index):
        table.claims.add(spans, "header")
    elif (band := place_of_band(row)) is not None:
        table.claims.add([f.span for place, cell in enumerate(row.cells) for f in cell if place != band], "field")
        _read_group(table, row.cells[band], index + 1)
        table.beside = next((place for place in range(band) if covers[place] or row.cells[place]), None)
    else:
        _read_entry(table, row.cells, covers, index)
    return 1


def _is_title(table: _CellTable, index: int) -> bool:
    """Tell whether a row that begins a table and reaches over its header says no more than that it is one of data."""
    row = table.blocks[index]
    assert isinstance(row, Row)
    if not is_above_header(table.document, table.blocks[index : index + 3]):
        return False
    text = plain(text_of(table.document, row.cells[0])).strip()
    if text != table.title and not (row.apart and read_signs(text).about_data and not is_group(text)):
        return False
    table.title = text
    return True


def _fit_columns(table: _CellTable, cells: Sequence[Text]) -> Iterator[tuple[Text, tuple[str, ...], str]]:
    """Return a row's cells, each with what its column is called and the field it fills; none beyond the header."""
    assert table.columns is not None
    beyond = len(cells) - len(table.columns)
    columns, fields = [*table.columns, *((),) * beyond], [*table.fields, *("",) * beyond]
    return zip(cells, columns, fields, strict=False)


def _read_entry(table: _CellTable, cells: Sequence[Text], covers: Sequence[Text], index: int) -> None:
    """Take a row of cells that belongs to an entry or is a heading of the rows below."""
    place = table.document.place([fragment.span for cell in cells for fragment in cell])
    by_column, strange = _sort_by_column(table, cells)
    if strange:
        table.find("row-does-not-fit", place, cells=str(len(cells)), columns=str(len(table.columns or [])))
    stated = by_column.get("number")
    number = _read_number(table, by_column)
    is_worded = bool(stated) and number is None
    filled = {name for name, fragments in by_column.items() if fragments and name != "number"}
    above = _sort_covers(table, covers)
    group = by_column.pop("group", ())
    table.claims.add([fragment.span for fragment in group], "heading")
    lonely = number is None and len(filled) == 1 and filled <= {"title", "category"} and not above
    is_beside = is_worded and filled <= {"title", "description"} and sum(map(bool, cells)) > 1
    if is_beside and not _has_numbers_below(table, index + 1):
        return  # Words where numbers stand, and nothing below them: an address under the table, no part of a row.
    if lonely and not _is_cut(table, filled):
        _read_group(table, by_column[filled.pop()], index + 1)
    elif number is None and table.rows and (lonely or not by_column.get("title")):
        _continue_entry(table, by_column, above, place)
    else:
        _fill(by_column, above, (*_SHARED, "title") if number is not None else _SHARED)
        _fill(by_column, {"category": share(table.band.text)}, ("category",))
        if number is None:
            number = read_code(text_of(table.document, above.get("number", ())))
        beside = text_of(table.document, group or above.get("group", ()))
        fields = {name: text for name, text in by_column.items() if name != "number"}
        row = RawRow(number, 0, beside or table.group, place, fields)
        _add_row(table, row, by_column)


def _fill(by_column: dict[str, Text], above: dict[str, Text], names: Sequence[str]) -> None:
    """Put into the empty columns of a row what the cells above, or a band, state for it."""
    for name in names:
        if above.get(name) and not by_column.get(name):
            by_column[name] = above[name]


def _read_number(table: _CellTable, by_column: dict[str, Text]) -> int | None:
    """Return a row's number, from its own column or, where there is none, from the start of its category or name."""
    if any("number" in columns for columns in table.columns or []):
        stated = text_of(table.document, by_column.get("number", ()))
        number, is_row = read_code(stated), bool(by_column.get("date") or by_column.get("frequency"))
        if number is None and is_row and by_column.get("title") and is_code(stated):
            _take_code(table, by_column.pop("number"))
        elif number is None and stated:
            by_column["title"] = by_column.pop("number") + by_column.get("title", ())
        return number
    for name in ("category", "title"):
        fragments = by_column.get(name)
        if not fragments:
            continue
        (span, apart, *_signs), *rest = fragments
        match = _CELLS.row_number_tight.match(plain(table.document.slice(span)))
        if not match or (match.end() == span.end - span.start and not rest):
            continue
        opening, remainder = span._replace(end=span.start + match.end()), span._replace(start=span.start + match.end())
        by_column[name] = (Fragment(remainder, apart), *rest) if remainder.start < remainder.end else tuple(rest)
        table.claims.add([opening], "field")
        return int(match["tight"])
    return None


def _take_code(table: _CellTable, cell: Text) -> None:
    """Keep a code that stands where numbers do, beside a name, as a note."""
    spans = [fragment.span for fragment in cell]
    labels = (label for label, names in zip(table.called, table.columns or [], strict=False) if "number" in names)
    table.claims.add(spans, "note")
    table.unread.setdefault(("unread-number", next(labels, "")), []).append(table.document.place(spans))


def _is_cut(table: _CellTable, filled: set[str]) -> bool:
    """Tell whether a lone name is the rest of the one above, whose row has neither date nor frequency."""
    last = table.rows[-1] if table.rows else None
    return last is not None and filled == {"title"} and not (last.cell("date") or last.cell("frequency"))


def _sort_by_column(table: _CellTable, cells: Sequence[Text]) -> tuple[dict[str, Text], list[Text]]:
    """Return a row's cells by column, and filled cells beyond the header."""
    by_column: dict[str, Text] = {}
    strange: list[Text] = []
    for index, (cell, columns, name) in enumerate(_fit_columns(table, cells)):
        label = table.called[index] if index < len(table.called) else ""
        if columns == ("category", "title"):
            category, title, sign = split_category(table.document, cell, table.is_category)
            table.claims.add(sign, "field")
            by_column |= {"category": category, "title": title}
        elif len(columns) == 2 and (parts := _split_joint(table, columns, cell, label)):
            for field_name, part in parts.items():
                by_column[field_name] = by_column.get(field_name, ()) + part
        elif name == "date" and (none := find_none(table.document, (cell, by_column.get(name, ())))):
            table.claims.add([fragment.span for fragment in none], "field")
            by_column[name] = by_column[name] if none is cell else cell
        elif name:
            by_column[name] = by_column.get(name, ()) + cell
        elif cell and label:
            spans = [fragment.span for fragment in cell]
            code = "second-date-column" if len(columns) == 1 else "unknown-column"
            table.claims.add(spans, "note")
            table.unread.setdefault((code, label), []).append(table.document.place(spans))
        elif cell:
            strange.append(cell)
    return _mended(table, by_column), strange


def _split_joint(table: _CellTable, columns: tuple[str, ...], cell: Text, label: str) -> dict[str, Text]:
    """Return the parts of a cell that two labels govern by field, else its name."""
    fields = [field_of(name) for name in columns]
    parts, sign = split_joint(table.document, fields, cell)
    table.claims.add(sign, "field")
    if parts or "title" not in fields:
        return parts
    table.unread.setdefault(("undivided-cells", label), []).append(
        table.document.place([fragment.span for fragment in cell])
    )
    return {"title": cell}


def _sort_covers(table: _CellTable, covers: Sequence[Text]) -> dict[str, Text]:
    """Return by column what the cells that reach over a row from above state for it."""
    by_column: dict[str, Text] = {}
    for cover, columns, name in _fit_columns(table, covers) if any(covers) else ():
        if cover and columns == ("category", "title"):
            by_column["category"], by_column["title"], _sign = split_category(table.document, cover, table.is_category)
        elif cover and name:
            by_column[name] = cover
    return _mended(table, by_column)


def _mended(table: _CellTable, by_column: dict[str, Text]) -> dict[str, Text]:
    """Return cells by column, the words of a category whole that a narrow column broke."""
    if len(by_column.get("category", ())) > 1:
        by_column["category"] = mend_category(table.document, by_column["category"])
    return by_column


def _read_group(table: _CellTable, fragments: Text, index: int) -> None:
    """Take a heading of the rows from a block on: their category, if it is one and they have none, or a group."""
    is_below_band, table.banded = table.banded == index - 1, index
    if is_caption(plain(text_of(table.document, fragments))):
        table.claims.add([fragment.span for fragment in fragments], "heading")
        return
    category = category_of_band(table.document, fragments, table.is_category)
    if category and lacks_categories(table.document, table.columns or [], _rows_under(table, index), table.is_category):
        table.band = CategoryBand(category, len(table.rows))
        # A group directly above a category has this one and the next ones in it.
        table.encloses = table.group is not None and (table.encloses or is_below_band)
        table.group = table.group if table.encloses else None
    else:
        table.band, table.beside = table.band.below_group(len(table.rows)), None
        table.group, table.encloses = text_of(table.document, fragments), False
    table.claims.add([fragment.span for fragment in fragments], "heading")


def _has_numbers_below(table: _CellTable, index: int) -> bool:
    """Tell whether a row with a number stands anywhere below a block."""
    place = next((place for place, names in enumerate(table.columns or []) if "number" in names), 0)
    return table.last_number(place) >= index


def _rows_under(table: _CellTable, index: int) -> Iterator[Sequence[Text]]:
    """Yield the cells of the rows from a block on, to the next band or header."""
    for place in range(index, len(table.blocks)):
        block = table.blocks[place]
        if isinstance(block, Row) and any(block.cells):
            if sum(1 for cell in block.cells if cell) == 1 or header_of_row(table.texts(place)):
                return
            yield block.cells


def _continue_entry(table: _CellTable, by_column: dict[str, Text], above: dict[str, Text], place: Place) -> None:
    """Take a row without number and name: a part with a date or frequency of its own, or a cut row's rest."""
    last = table.rows[-1]
    if by_column.get("date") or by_column.get("frequency"):
        _fill(by_column, above, _SHARED_BY_PARTS if above.get("title") else ())
        texts = {name: by_column.get(name, ()) for name in PART_FIELDS}
        part = RawRow(last.number, last.part + 1, last.group, place, texts)
        table.rows.append(part.replace_cells(category=last.cell("category"), title=last.cell("title")))
        claim_row(table.claims, part)
        return
    for name, fragments in by_column.items():
        if fragments and name != "number":
            apart = name == "description" and not is_cut_short(text_of(table.document, last.cell(name)))
            opening = (Fragment(fragments[0].span, apart), *fragments[1:])
            last = last.extend(name, opening, place)
            table.claims.add([fragment.span for fragment in fragments], "field")
    table.rows[-1] = last


def _add_row(table: _CellTable, row: RawRow, by_column: dict[str, Text]) -> None:
    """Keep a row and claim its text."""
    table.rows.append(row)
    claim_row(table.claims, row, [fragment.span for fragment in by_column.get("number", ())])
