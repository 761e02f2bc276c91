"""Mappings as SSSOM/TSV."""

import pytest

from dcat_hk.core.errors import NotReadable
from dcat_hk.reconciliation.sssom import (
    BY_HAND,
    COLUMNS,
    EXACT,
    SssomMapping,
    read_mappings,
    write_line,
    write_mappings,
)

BASE = "https://example.org/dcat-hk/"
OLD, NEW = f"{BASE}record/hk-hko/2022-2024/A-ii-1", f"{BASE}record/hk-hko/2024-2026/D-ii-3"
FULL = SssomMapping(
    OLD,
    EXACT,
    NEW,
    BY_HAND,
    negated=True,
    subject_label='雨量 "各區"',
    object_label="=雨量\t每日",
    confidence=0.99,
    author="orcid:0000-0001-2345-6789",
    dated="2023-12-01",
    tool_version="0.1.0",
    comment="-1 only",
    evidence={"title": 6.0, "date": -0.004, "remark": 0.456},
    differs=("renamed", "formats-added"),
)


def write(folder, text):
    """Write a file of links and return its path."""
    path = folder / "judgements.sssom.tsv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def table(*rows, columns=("subject_id", "predicate_id", "object_id", "mapping_justification")):
    """Return a table without a head."""
    return "".join("\t".join(row) + "\n" for row in (columns, *rows))


LINE = ("record:hk-hko/2022-2024/A-ii-1", "skos:exactMatch", NEW, "semapv:ManualMappingCuration")


def test_what_is_written_is_read_again(tmp_path):
    """A mapping with every slot comes back; breaks in a cell are spaces, and numbers have two digits."""
    path = write(tmp_path, write_mappings("plans", [FULL], BASE))
    (mapping,) = read_mappings(path, "https://other.example/")
    assert (mapping.subject, mapping.object, mapping.negated) == (OLD, NEW, True)
    assert (mapping.subject_label, mapping.object_label, mapping.comment) == ('雨量 "各區"', "=雨量 每日", "-1 only")
    assert mapping.evidence == {"title": 6.0, "date": 0.0, "remark": 0.46}
    assert (mapping.differs, mapping.confidence) == (("renamed", "formats-added"), 0.99)
    assert mapping.line == len(path.read_text(encoding="utf-8").splitlines())


def test_no_cell_begins_like_a_formula():
    """A spreadsheet takes no cell for a formula, and no number is a negative zero."""
    cells = write_line(FULL, BASE).rstrip("\n").split("\t")
    assert [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}] == []
    assert cells[COLUMNS.index("evidence")] == "title=6;date=0;remark=0.46"


def test_files_are_sorted_and_have_the_same_bytes_every_time():
    """The order of mappings makes no difference."""
    other = SssomMapping(NEW, EXACT, OLD, BY_HAND)
    assert write_mappings("plans", [FULL, other], BASE) == write_mappings("plans", [other, FULL], BASE)


def test_a_table_without_a_head_has_our_prefixes(tmp_path):
    """People need not write a head; IRIs may be whole, and the last cells may be left out."""
    columns = ("subject_id", "predicate_id", "object_id", "mapping_justification", "author_label", "comment")
    (mapping,) = read_mappings(write(tmp_path, table(LINE, columns=columns)), BASE)
    assert (mapping.subject, mapping.object) == (OLD, NEW)


def test_what_a_spreadsheet_saves_is_read(tmp_path):
    """A byte order mark, CR LF, quoted heads and empty cells behind the last column make no difference."""
    head = '"#curie_map:"\t\t\t\r\n"#  record: ""https://other.example/record/"""\t\t\t\r\n'
    text = "\ufeff" + head + table((*LINE, "", "")).replace("\n", "\r\n")
    (mapping,) = read_mappings(write(tmp_path, text), BASE)
    assert mapping.subject == "https://other.example/record/hk-hko/2022-2024/A-ii-1"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (table(LINE, columns=("subject_id", "predicate_id", "object_id", "why")), 1, "“why” is no column"),
        (table(columns=("subject_id", "subject_id")), 1, "two columns"),
        (table(columns=("subject_id", "predicate_id", "object_id")), 1, "no column “mapping_justification”"),
        (table(LINE, ("", *LINE[1:])), 3, "“subject_id” is empty"),
        (table(("nowhere:a", *LINE[1:])), 2, "“nowhere:a” is no IRI"),
        (table(("record:a b", *LINE[1:])), 2, "“record:a b” is no IRI"),
        (table((*LINE, "more")), 2, "There are 5 cells for 4 columns"),
        (table(('"open', *LINE[1:])), 2, "no line of a table"),
        (
            table((*LINE, "Never"), columns=(*COLUMNS[:1], "predicate_id", *COLUMNS[4:7:2], "predicate_modifier")),
            2,
            "Never",
        ),
        (table((*LINE, "2"), columns=(*COLUMNS[:1], "predicate_id", *COLUMNS[4:7:2], "confidence")), 2, "confidence"),
        (table((*LINE, "so"), columns=(*COLUMNS[:1], "predicate_id", *COLUMNS[4:7:2], "confidence")), 2, "confidence"),
        (
            table((*LINE, "29.11.2026"), columns=(*COLUMNS[:1], "predicate_id", *COLUMNS[4:7:2], "mapping_date")),
            2,
            "date",
        ),
        (table((*LINE, "title"), columns=(*COLUMNS[:1], "predicate_id", *COLUMNS[4:7:2], "evidence")), 2, "evidence"),
    ],
)
def test_a_bad_line_is_named(tmp_path, text, line, message):
    """A column, name, number or date that cannot be used is an error that names file and line."""
    path = write(tmp_path, text)
    with pytest.raises(NotReadable, match=message) as raised:
        read_mappings(path, BASE)
    assert raised.value.where == f"{path}: line {line}"
    assert raised.value.exit_code == 3


def test_a_file_that_is_not_text_is_named(tmp_path):
    """Another encoding, and a file that cannot be opened, are errors that name the file."""
    with pytest.raises(NotReadable, match="UTF-8"):
        read_mappings(write(tmp_path, "雨量".encode("big5")), BASE)
    with pytest.raises(NotReadable, match="cannot be read"):
        read_mappings(tmp_path, BASE)
