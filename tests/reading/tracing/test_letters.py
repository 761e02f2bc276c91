"""Where the letters of a document's lines stand on a page."""

from support.pdf_files import pdf, text
from support.traced_plans import PDF, pages, read

from dcat_hk.reading.documents import Span
from dcat_hk.reading.tracing.letters import PageLetters, letters_of, surround, text_lines_of, words_of


def test_the_letters_of_every_line_are_found():
    """Each line of the document has its letters on just one page, and they are those of the line."""
    document = read(PDF, "plan.pdf").document
    found = [PageLetters(page, document) for page in pages(PDF)]
    for number, line in enumerate(document.lines):
        texts = ["".join(letter.text for letter in each.at(document, Span(number, 0, len(line)))) for each in found]
        assert sorted(texts) == ["", "".join(line.split())]


def test_text_that_runs_another_way_is_found():
    """A word that is turned has its letters, too."""
    turned = pdf(text(50, 300, "words that run along") + text(100, 100, "turned", matrix="0 1 -1 0"))
    document = read(turned, "plan.pdf").document
    number = document.lines.index("turned")
    letters = PageLetters(pages(turned)[0], document).at(document, Span(number, 0, 6))
    assert "".join(letter.text for letter in letters) == "turned"


def test_a_part_of_a_line_has_its_own_letters():
    """Letters of a stretch are those between its first and last character, left to right."""
    document = read(PDF, "plan.pdf").document
    number = document.lines.index("Tide prediction (CSV)")
    letters = PageLetters(pages(PDF)[0], document).at(document, Span(number, 5, 15))
    assert "".join(letter.text for letter in letters) == "prediction"
    around = surround(letter.box for letter in letters)
    assert 80 < around.left < around.right < 240


def test_words_are_cut_at_blanks():
    """The words of a page are what blanks part."""
    lines = [line for group in text_lines_of(pages(PDF)[0]) for line in group]
    words = ["".join(letter.text for letter in word) for line in lines for word in words_of(letters_of(line))]
    assert {"Tide", "prediction", "(CSV)", "03/2024"} <= set(words)
