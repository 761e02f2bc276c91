"""The labels of a header stand above one another, over one line or several."""

from dcat_hk.reading.documents import Document, Span, read_bytes
from dcat_hk.reading.parsing.positions.header import header_at
from dcat_hk.reading.parsing.positions.words import Word, words_of
from dcat_hk.reading.recognisers.headers import cut_labels


def header(text):
    """Return the names of the labels of the header that begins a text, and over how many lines they go."""
    document = read_bytes(text.encode(), "plan.txt")
    found = header_at(document, [words_of(document, line, 1.0) for line in document.blocks])
    return found and (found.lines, [label.names for label in found.labels])


ROWS = "1      Transport     Taxi stands     03/2025\n2      Transport     Tunnels         04/2025\n"


def test_labels_on_one_line():
    """A header of one line ends before the first row."""
    assert header("No.    Category      Dataset Name    Release Date\n" + ROWS) == (
        1,
        [("number",), ("category",), ("title",), ("date_released",)],
    )


def test_labels_over_two_lines():
    """A word of the second line belongs to the label above it."""
    text = "No.    Category      Dataset         Release\n                     Name            Date\n"
    assert header(text + ROWS) == (2, [("number",), ("category",), ("title",), ("date_released",)])


def test_a_label_that_nobody_knows_is_a_column():
    """Between labels that are known, others stand over columns of their own."""
    text = "No.    Dataset Name    Person in charge     Release Date    Update Frequency\n"
    rows = "1      Taxi stands     A. N. Other          03/2025         Monthly\n"
    assert header(text + rows) == (1, [("number",), ("title",), (), ("date_released",), ("frequency",)])


def test_rows_are_no_header():
    """Lines without labels begin none."""
    assert header(ROWS) is None


def test_labels_without_a_blank_between_them_are_labels_of_their_own_columns():
    """Narrow columns leave no blank between their labels."""
    text = "編號數據種類    數據集名稱    發放日期（月／年）更新頻率\n"
    text += "1   運輸        的士站        03/2025           每月\n"
    names = [("number",), ("category",), ("title",), ("date_released",), ("frequency",)]
    assert header(text) == (1, names)
    assert cut_labels("#數據種類／數據集名稱") == (1, 10)


def test_a_label_wrapped_beside_another_is_not_part_of_it():
    """A label that is centred begins above the line of the others; its unit goes on below."""
    text = f"{'':32}目標發放日期（月\n編號  數據集名稱    一般說明{'':26}更新頻率\n{'':37}／年）\n"
    assert header(text + "1     的士站        位置            03/2025     每月\n") == (
        3,
        [("number",), ("title",), ("description",), ("date_target",), ("frequency",)],
    )


def test_category_and_name_under_one_label_of_many_words():
    """Blanks around the slash do not make two labels of it."""
    text = "#   Type of Data / Name of Dataset      Target Release     Update        Remarks\n"
    text += "                                        Date (mm/yyyy)     Frequency\n"
    names = [("number",), ("category", "title"), ("date_target",), ("frequency",), ("description",)]
    assert header(text + "1   Transport / Taxi stands             03/2025            Monthly       (CSV)\n") == (
        2,
        names,
    )


def test_labels_of_everyday_words_count_where_they_stand_apart():
    """What is a label in a cell of its own is one between wide blanks, beside others of its kind."""
    text = "Ref    Theme         Name            Details          Released in    How often\n"
    rows = "1      Transport     Taxi stands     List (CSV)       03/2025        Monthly\n"
    assert header(text + rows) == (
        1,
        [("number",), ("category",), ("title",), ("description",), ("date_released",), ("frequency",)],
    )
    assert header("Ref    Name            Date        Updates\n" + rows)
    # Two such words are what the rest of two cells may be.
    assert header("              details         updates\n" + rows) is None


def test_a_label_for_names_in_each_language_stands_over_a_column_of_its_own():
    """The language of a column's texts stands before its label, or behind it on the next line."""
    text = "No.    Category     English name      Chinese name     Release Date\n"
    names = [("number",), ("category",), ("title",), ("title",), ("date_released",)]
    rows = "1      Transport    Taxi stands       的士站           03/2025\n"
    assert header(text + rows) == (1, names)
    text = f"{'':40}Name\nNo.    Category     Name (English)                    Release Date\n{'':38}(Chinese)\n"
    assert header(text + rows) == (3, names)


def test_a_bracket_that_goes_on_below_holds_no_other_label():
    """A unit that is wrapped around the line of the other labels does not swallow them as a note."""
    labels = f"編號   數據種類    數據集名稱     負責組別           一般說明{'':26}更新頻率"
    text = f"編號    數據集名稱\n{'':57}發放日期(月/\n{labels}\n{'':59}年)\n"
    text += "1     城市管理    濾水廠及配水    供水組   GeoJSON 及 KML 格式開放  10/2020          每年\n"
    document = read_bytes(text.encode(), "plan.txt")
    found = header_at(document, [words_of(document, line, 1.0) for line in document.blocks[1:]])
    assert found
    assert [label.names for label in found.labels] == [
        ("number",),
        ("category",),
        ("title",),
        (),
        ("description",),
        ("date_released",),
        ("frequency",),
    ]


def test_a_label_that_is_whole_takes_no_word_from_beside_it():
    """A label wrapped over two lines, close beside one in the middle of its height, is a label of its own."""
    placed = (
        (("數據種", 15.6, 21.6), ("目標發放日期", 87.8, 99.8)),
        (("編號", 10.5, 14.5), ("數據集名稱", 23.5, 33.5), ("一般說明", 61.7, 69.7)),
        (("類", 15.6, 17.6), ("(月/年)", 87.8, 93.7)),
    )
    texts = tuple("  ".join(words for words, _left, _right in line) for line in placed)
    document = Document("plan.pdf", "", texts, ())
    lines: list[list[Word]] = []
    for number, line in enumerate(placed):
        start, before, own = 0, -90.0, []
        for words, left, right in line:
            own.append(Word(Span(number, start, start + len(words)), left, right, left - before, words))
            start, before = start + len(words) + 2, right
        lines.append(own)
    found = header_at(document, lines)
    assert found
    names = [("number",), ("category",), ("title",), ("description",), ("date_target",)]
    assert [label.names for label in found.labels] == names
