"""Numbers that Word and browsers put before list items, in every format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import fromstring
from support.word_and_web_files import WORD

from dcat_hk.core.wording.records import WordingError, read_toml
from dcat_hk.reading.documents.numbering import Numbering, WordStyles, children, numeral, read_numerals


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "27"),
        ("upperLetter", "AA"),
        ("lowerLetter", "aa"),
        ("upperRoman", "XXVII"),
        ("chineseCounting", "二十七"),
        ("ideographDigital", "二七"),
        ("taiwaneseCountingThousand", "二十七"),
        ("ideographTraditional", "27"),
        ("none", ""),
        ("noSuchFormat", "27"),
    ],
)
def test_numerals(form, expected):
    """Numbers are written as Word writes them."""
    assert numeral(27, form) == expected


@given(st.integers(-5, 10**7), st.sampled_from(["upperLetter", "lowerRoman", "chineseCounting", "ideographDigital"]))
def test_any_number_can_be_written(number, form):
    """Every number has a numeral, and a short one."""
    assert 0 < len(numeral(number, form)) < 40


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (10, "chineseCounting", "十"),
        (10, "ideographLegalTraditional", "壹拾"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (110, "chineseCounting", "一百一十"),
        (101, "webInformal", "一百零一"),
        (1010, "ideographLegalTraditional", "壹仟零壹拾"),
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (5000, "upperRoman", "5000"),
        (52, "lowerLetter", "zz"),
        (521, "lowerLetter", "521"),
        (0, "upperLetter", "0"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
    ],
)
def test_the_ends_of_each_kind_of_numeral(number, form, expected):
    """Ten is written without a one unless it is formal, and what a format cannot write is in Arabic figures."""
    assert numeral(number, form) == expected


def test_every_sign_of_a_format_must_be_there():
    """A format with too few signs is an error that names the key, not wrong numbers."""
    tables = read_toml("dcat_hk.reading.documents", "numbering.toml")
    for name, signs in (("figures", "012345678"), ("counts", "〇一二"), ("formal", "零壹")):
        with pytest.raises(WordingError, match=rf"numbering\.toml: {name}\.short: Expected 1[03] signs"):
            read_numerals(tables | {name: {"short": signs}})


def part(text):
    """Return the elements in a part of a Word file."""
    return fromstring(f"<w:part {WORD}>{text}</w:part>")


def level(number, text, form="decimal", more=""):
    """Return a level of a list as XML."""
    shape = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{shape}</w:lvl>'


def item(number, depth=0):
    """Return the properties of a paragraph of a list."""
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return children(part(properties)[0])


def lists(*levels, more=""):
    """Return the lists of a part with one definition, which list 1 follows."""
    definition = f'<w:abstractNum w:abstractNumId="5">{"".join(levels)}</w:abstractNum>'
    return Numbering.read(
        part(f'{definition}<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>{more}'), WordStyles()
    )


def test_levels_count_on_and_deeper_ones_begin_anew():
    """A number can name the numbers of the levels above, in Arabic figures where the list asks for that."""
    numbering = lists(level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    labels = [numbering.label(item(1, depth)) for depth in (0, 1, 1, 0, 1)]
    assert labels == ["I.", "1.1", "1.2", "II.", "2.1"]


def test_lists_of_one_definition_count_together_unless_one_begins_anew():
    """A second list goes on with the numbers of the first; one that states a start has its own from there on."""
    second = '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    third = f'<w:num w:numId="3"><w:abstractNumId w:val="5"/>{override}</w:num>'
    numbering = lists(level(0, "%1."), more=second + third)
    assert [numbering.label(item(number)) for number in (1, 2, 3, 3)] == ["1.", "2.", "7.", "8."]


def test_a_bullet_is_a_bullet_and_no_list_is_nothing():
    """Signs of symbol fonts show as one bullet; a list that the file lacks, and number nought, give no number."""
    assert lists(level(0, "\uf0b7", "bullet")).label(item(1)) == "•"
    assert lists(level(0, "%1.")).label(item(9)) == ""
    assert lists(level(0, "%1.")).label(item(0)) == ""


def test_styles_in_a_circle_end():
    """A style that is based on itself numbers nothing, and looking for its list ends."""
    styles = WordStyles.read(part('<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/></w:style>'))
    assert styles.find("A", "pPr", "numPr") == ("", None)
    circular = children(part('<w:pPr><w:pStyle w:val="A"/></w:pPr>')[0])
    assert Numbering.read(None, styles).label(circular) == ""
