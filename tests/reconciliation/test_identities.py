"""The ledger of identities."""

import itertools
import time

import pytest
from support.bounds import is_within

from dcat_hk.core.errors import NotReadable
from dcat_hk.reconciliation.identities import COLUMNS, Identities, SameDataset, extend, format_lines, read_identities

A, B, C, D = (f"hk-hko-{letter * 10}" for letter in "abcd")


def write(folder, *lines, header=True):
    """Write a ledger and return its path."""
    path = folder / "identities.tsv"
    path.write_text("".join(f"{line}\n" for line in (["identifier\tkept"] if header else []) + list(lines)))
    return path


def ledger(*lines):
    """Return a ledger of lines."""
    return Identities(dict(lines))


@pytest.mark.parametrize("header", [True, False])
def test_a_ledger_says_what_is_kept(tmp_path, header):
    """Identifiers are resolved through several lines; a header and remarks are passed over."""
    identities = read_identities(write(tmp_path, f"{A}\t{A}", "# since 2026", f"{B}\t{A}", f"{C}\t{B}", header=header))
    assert [identities.resolve(name) for name in (A, B, C, D)] == [A, A, A, D]
    assert identities.resolved == {B: A, C: A}


def test_no_file_is_an_empty_ledger(tmp_path):
    """Without a file every identifier stands for itself."""
    assert read_identities(tmp_path / "identities.tsv").resolved == {}


def test_a_dataset_that_was_published_as_itself_can_be_united_and_parted(tmp_path):
    """A later line unites what had a line of its own; one with itself parts it again."""
    lines = [f"{A}\t{A}", f"{B}\t{B}", f"{B}\t{A}"]
    assert read_identities(write(tmp_path, *lines)).resolve(B) == A
    assert read_identities(write(tmp_path, *lines, f"{B}\t{B}")).resolve(B) == B


@pytest.mark.parametrize(
    ("lines", "where", "message"),
    [
        ([f"{A}\t{B}", f"{B}\t{A}"], "lines 2 and 3", "circle"),
        ([f"{A}\t{B}", f"{B}\t{C}", f"{D}\t{D}", f"{C}\t{A}"], "lines 2 and 3 and 5", "circle"),
        ([f"{A}\t{B}", f"{A}\t{C}"], "lines 2 and 3", "Two identifiers are kept"),
        ([f"{A}\t{B}", A], "line 3", "two identifiers"),
        ([f"{A}\t{B}", f"{A}\tno identifier"], "line 3", "two identifiers"),
        ([f'{A}\t"{B}'], "line 2", "no line of a table"),
    ],
)
def test_a_bad_ledger_is_named_with_its_lines(tmp_path, lines, where, message):
    """A circle, two identifiers kept for one and a bad line are errors that name file and lines."""
    path = write(tmp_path, *lines)
    with pytest.raises(NotReadable, match=message) as raised:
        read_identities(path)
    assert raised.value.where == f"{path}: {where}"


def test_a_kept_identifier_is_known_to_a_plan_or_a_line(tmp_path):
    """An identifier that neither a plan nor another line has is an error that names file and line."""
    path = write(tmp_path, f"{A}\t{A}", f"{B}\t{A}", f"{C}\t{D}")
    identities = read_identities(path)
    identities.check_known({D})
    with pytest.raises(NotReadable, match=D) as raised:
        identities.check_known({A, B, C})
    assert raised.value.where == f"{path}: line 4"


def test_the_oldest_plan_wins_in_a_first_run():
    """Of identifiers of one dataset that are all new, that of the oldest plan is kept."""
    additions = extend(Identities(), [[A], [B], [C, D]], [SameDataset(B, C), SameDataset(A, B)])
    assert additions.lines == [(A, A), (B, A), (C, A), (D, D)]


def test_what_was_published_first_wins_over_an_older_plan():
    """An older plan that comes later takes over the identifier that is published."""
    before = ledger((B, B), (C, B))
    assert extend(before, [[A], [B], [C]], [SameDataset(A, B), SameDataset(B, C)]).lines == [(A, B)]


def test_a_second_run_adds_nothing():
    """What the ledger has is not written again."""
    before = ledger((A, A), (B, A), (C, C))
    assert extend(before, [[A], [B, C]], [SameDataset(A, B)]) == ([], [], [])


def test_two_published_datasets_stay_two_unless_a_person_says_so():
    """A machine's link changes no identifier that was published; a judgement does."""
    before = ledger((A, A), (B, B), (C, B))
    assert extend(before, [[A], [B], [C]], [SameDataset(A, B)]) == ([], [SameDataset(A, B)], [])
    lines = extend(before, [[A], [B], [C]], [SameDataset(A, B, judged=True)]).lines
    assert lines == [(B, A)]
    assert Identities(dict(before.kept) | dict(lines)).resolve(C) == A


def test_two_rows_of_one_plan_are_never_one_dataset():
    """Datasets that stand in one plan are not united, whoever says so."""
    links = [SameDataset(A, C), SameDataset(B, C, judged=True)]
    additions = extend(Identities(), [[A, B], [C]], links)
    assert additions.lines == [(A, A), (B, B), (C, B)]
    assert (additions.apart, additions.beside) == ([], [SameDataset(A, C)])


def test_a_denied_pair_is_parted():
    """An identifier that stood for another by mistake stands for itself again."""
    before = ledger((A, A), (B, A))
    assert extend(before, [[A], [B]], [], [(A, B)]).lines == [(B, B)]
    assert extend(before, [[A], [B]], [SameDataset(A, B)], [(A, B)]).apart == [SameDataset(A, B)]


def test_what_a_hand_written_line_keeps_counts_as_published():
    """An identifier that only stands on the right has its line too, and is not lost."""
    before = ledger((B, A))
    additions = extend(before, [[C], [B]], [SameDataset(C, B)])
    assert additions.lines == [(A, A), (C, A)]
    assert format_lines(additions.lines, before) == f"# published {A}\n{C}\t{A}\n"


def test_what_is_published_as_itself_is_a_remark(tmp_path):
    """Lines that are no remarks are those of identifiers that others stand for, and of those that were parted."""
    identities = read_identities(write(tmp_path, f"# published {B}", f"{A}\t{B}", "# published by hand"))
    assert list(identities.kept.items()) == [(B, B), (A, B)]
    parted = extend(identities, [[B], [A]], [], [(A, B)]).lines
    assert format_lines(parted, identities) == f"{A}\t{A}\n"


def test_only_whole_remarks_say_what_was_published(tmp_path):
    """A remark is taken at its word if it has the words and one identifier, and if no line came before."""
    lines = [f"# {A}", f"# published  {B} ", f"# published {B} and more", f"{C}\t{A}", f"# published {C}"]
    identities = read_identities(write(tmp_path, *lines, header=False))
    assert dict(identities.kept) == {B: B, C: A}
    assert dict(identities.lines) == {B: 2, C: 4}
    assert identities.path == tmp_path / "identities.tsv"
    assert read_identities(tmp_path / "none.tsv").path == tmp_path / "none.tsv"
    assert Identities().path.name == "identities.tsv"


def test_blanks_and_further_cells_are_no_part_of_a_line(tmp_path):
    """Blanks around identifiers, lines of blanks and cells behind the first two are passed over."""
    identities = read_identities(write(tmp_path, f" {B} \t {A} \tremark", "   ", f"{A}\t{A}\t\t"))
    assert dict(identities.kept) == {B: A, A: A}


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        # Only the first line that is no remark can be a header, and only if it has no identifier.
        (["identifier\tkept", "identifier\tkept"], 2),
        ([f"{A}\t{A}", "identifier\tkept"], 2),
        ([f"{A}\tkept"], 1),
        ([f"identifier\t{A}"], 1),
        (["identifier"], 1),
    ],
)
def test_a_header_is_the_first_line_and_has_no_identifier(tmp_path, lines, line):
    """Anything else that is no pair of identifiers is an error of its line, with what to write."""
    path = write(tmp_path, *lines, header=False)
    with pytest.raises(NotReadable) as raised:
        read_identities(path)
    assert str(raised.value) == (
        f"{path}: line {line}: The line does not have two identifiers. Write identifier, tab, identifier."
    )


def test_what_the_errors_say(tmp_path):
    """Each names the identifiers, the lines, and what to do."""
    path = write(tmp_path, f"{A}\t{B}", f"{A}\t{C}")
    with pytest.raises(NotReadable) as raised:
        read_identities(path)
    assert raised.value.message == f"Two identifiers are kept for “{A}”: “{B}” and “{C}”."
    assert raised.value.advice == "The first one was published: remove the other line."
    # A way that leads into the circle is no part of it.
    path = write(tmp_path, f"{D}\t{A}", f"{A}\t{B}", f"{B}\t{C}", f"{C}\t{A}")
    with pytest.raises(NotReadable) as raised:
        read_identities(path)
    assert raised.value.message == f"The identifiers lead in a circle: {A} → {B} → {C} → {A}."
    assert raised.value.where == f"{path}: lines 3 and 4 and 5"
    assert raised.value.advice == "Remove the line that came last."
    with pytest.raises(NotReadable) as raised:
        Identities({B: A}).check_known({B})
    assert raised.value.where == "identities.tsv: line 0"
    assert raised.value.message == (f"“{A}” is to be kept for “{B}”, but neither a plan nor another line has it.")
    assert raised.value.advice == "Correct the line, or name the plan that has the dataset."


def test_a_repeated_line_is_none(tmp_path):
    """The same line again changes nothing, nor does one that says again that an identifier was published."""
    identities = read_identities(write(tmp_path, f"{A}\t{A}", f"{B}\t{A}", f"{B}\t{A}", f"{A}\t{A}"))
    assert list(identities.kept.items()) == [(A, A), (B, A)]
    assert dict(identities.lines) == {A: 2, B: 3}


def test_only_what_the_ledger_knows_is_parted():
    """An identifier that a person says is another is parted if the ledger united the two, and only then."""
    before = ledger((A, A), (B, A), (C, C))
    assert extend(before, [[A], [B], [C]], [], [(A, A)]).lines == []
    assert extend(before, [[A], [B], [C]], [], [(A, C)]).lines == []
    assert extend(before, [[A], [B], [C], [D]], [], [(D, A)]).lines == [(D, D)]
    assert extend(before, [[A], [B], [C], [D]], [], [(A, D)]).lines == [(D, D)]
    # Of two that stand for a third, the one that came later is parted.
    chain = ledger((A, A), (B, A), (C, A))
    assert extend(chain, [[A], [B], [C]], [], [(C, B)]).lines == [(C, C)]
    assert extend(chain, [[A], [B], [C]], [], [(B, A)]).lines == [(B, B)]


def test_what_is_denied_of_others_changes_nothing():
    """Of identifiers that nobody has, of one and itself, and of two of which one stands for a third."""
    before = ledger((A, A), (B, A), (C, C))
    for pair in [("none", A), (A, "none"), ("none", "nothing"), (B, B), (B, C), (C, B)]:
        assert extend(before, [[A], [B], [C]], [], [pair]).lines == [], pair


def test_what_a_hand_written_line_unites_is_parted():
    """Also where the identifier that is kept has no line of its own."""
    assert extend(ledger((B, A)), [[A], [B]], [], [(A, B)]).lines == [(B, B), (A, A)]


def test_the_columns_are_as_they_were_published():
    """Others read the file by them."""
    assert COLUMNS == ("identifier", "kept")


def test_a_long_ledger_is_read_at_once(tmp_path):
    """A chain of thousands of lines is looked along once, not once for each of its lines."""
    names = [f"hk-hko-{number:010d}" for number in range(3_000)]
    path = write(tmp_path, *(f"{name}\t{before}" for before, name in itertools.pairwise(names)))
    began = time.process_time()
    assert read_identities(path).resolve(names[-1]) == names[0]
    assert is_within(time.process_time() - began, 3)
