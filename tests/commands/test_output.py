"""How commands write."""

import pytest

from dcat_hk.commands.output import format_table, write_output
from dcat_hk.core.errors import NotReadable


def test_standard_output_gets_utf_8_and_line_ends_as_they_are(capsysbinary):
    """What is printed into a pipe has the bytes of the file that -o would write."""
    write_output(iter(["書\r\n", "b\n"]), None)
    assert capsysbinary.readouterr().out == "書\r\nb\n".encode()


def test_a_file_has_the_same_bytes_and_is_announced(tmp_path, capsys):
    """The message counts bytes, not characters, and is left out if quiet."""
    path = tmp_path / "a"
    write_output(iter(["書\r\n"]), path, "csv", quiet=False)
    assert path.read_bytes() == "書\r\n".encode()
    assert capsys.readouterr().err == f"Wrote {path}: 5 bytes of csv.\n"
    write_output(iter(["x"]), path, "csv", quiet=True)
    assert capsys.readouterr() == ("", "")


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    """Nothing is left where the folder is missing."""
    with pytest.raises(NotReadable, match="missing"):
        write_output(["x"], tmp_path / "missing/a")


def test_a_table_has_a_title_and_a_row_for_each():
    """Numbers are aligned to the right under their heading."""
    lines = format_table("Counts", ("name", "rows"), [["a", "1"], ["b", "100"]], ("rows",), 40).splitlines()
    assert lines[0] == "Counts"
    assert [line.split() for line in lines if "1" in line] == [["a", "1"], ["b", "100"]]
    assert len({len(line) for line in lines if "1" in line}) == 1
