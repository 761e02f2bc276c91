"""Words go into the columns where they stand, unless what they say speaks against it."""

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing.positions.assigning import PlacedWords
from dcat_hk.reading.parsing.positions.places import Column
from dcat_hk.reading.parsing.positions.words import words_of

COLUMNS = [
    Column(("number",), 0.0, 4.0),
    Column(("title",), 4.0, 20.0),
    Column(("date_released",), 20.0, 30.0),
    Column(("frequency",), 30.0, float("inf")),
]
ROW = "1    Taxi stands     03/2025   Monthly"


def cells(line, columns=COLUMNS):
    """Return what stands in each column of a line, and what sorting it so costs."""
    document = read_bytes(f"{ROW}\n{ROW}\n{line}\n".encode(), "plan.txt")
    placed = PlacedWords(document, words_of(document, document.blocks[2], 1.0), frozenset().__contains__)
    sorted_words, cost = placed.assign(columns)
    return [" ".join(word.text for word in cell) for cell in sorted_words], cost


def test_words_stand_in_their_columns():
    """Each column has the words between its edges."""
    assert cells("1    Taxi stands     03/2025   Monthly")[0] == ["1", "Taxi stands", "03/2025", "Monthly"]


def test_a_date_is_a_date_wherever_it_stands():
    """A line that drifted to the left is sorted by what its words say, at a higher cost."""
    straight, drifted = cells("1    Taxi stands     03/2025   Monthly"), cells("1    Taxi stands  03/2025   Monthly")
    assert drifted[0] == straight[0]
    assert drifted[1] > straight[1]


def test_a_column_may_be_empty():
    """Nothing is put into a column just because it is there."""
    assert cells("     and ranks")[0] == ["", "and ranks", "", ""]


def test_the_same_words_can_be_sorted_into_other_columns():
    """What is known of the words does not depend on the columns that they were sorted into before."""
    document = read_bytes(b"1    Taxi stands     03/2025   Monthly\n" * 2, "plan.txt")
    placed = PlacedWords(document, words_of(document, document.blocks[0], 1.0), frozenset().__contains__)
    first = placed.assign(COLUMNS)
    placed.assign([Column(("title",), 0.0, 20.0), Column((), 20.0, 40.0)])
    assert placed.assign(COLUMNS) == first


def test_a_month_below_its_year_is_of_the_date():
    """What a narrow column leaves of a date is no text of the column beside it, which ends right before it."""
    columns = [Column(("description",), 0.0, 19.0), Column(("date_released",), 20.0, 27.0)]
    for text, place in (("月", 1), ("11月", 1), ("份", 0)):
        document = read_bytes(f"{text:>20}    a    b\nc    d    e    f\n".encode(), "plan.txt")
        words = words_of(document, document.blocks[0], 1.0)[:1]
        cells = PlacedWords(document, [words[0]._replace(left=19.2, right=21.2)], bool).assign(columns).cells
        assert [len(cell) for cell in cells].index(1) == place
