"""Literals: which texts a datatype allows, and which of two values is less."""

import pytest

from dcat_hk.checking.shacl.literals import XSD, compare, parts_of, rank, well_formed


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        ("date", "2024-02-29 -0044-03-15 2024-01-01Z 12024-01-01+14:00", "2023-02-29 24-1-1 2024-01-01+14:30 banana"),
        ("gYearMonth", "2024-12 2024-12Z", "2024-13 2024 banana"),
        ("dateTime", "2024-01-01T24:00:00 2024-01-01T00:00:00.12Z", "2024-01-01 2024-01-01T25:00:00"),
        ("decimal", "1 -1.5 .5 1.", "1e3 INF x"),
        ("double", "1e3 INF -INF NaN .5", "inf 1e x"),
        ("boolean", "true 0", "TRUE yes"),
        ("byte", "127 -128 +1", "128 c"),
        ("nonNegativeInteger", "0 99999999999999999999", "-1 1.0"),
        ("duration", "P1Y PT1.5S -P1DT1H", "P PT P1YT 1Y"),
        ("hexBinary", "0aFF", "0 zz"),
        ("language", "zh-Hant en", "zh_Hant toolongtag"),
    ],
)
def test_texts_of_datatypes(datatype, good, bad):
    """Each datatype takes its texts and no others."""
    check = well_formed(f"{XSD}{datatype}")
    assert [text for text in good.split() if not check(text)] == []
    assert [text for text in bad.split() if check(text)] == []


def test_what_cannot_be_compared_is_not_ordered():
    """Values of different kinds have no order, nor have times of which only one has a zone, unless they lie apart."""
    moment = f"^^<{XSD}dateTime>"
    assert compare(f'"2024-01-01T12:00:00"{moment}', f'"2024-01-01T13:00:00Z"{moment}') is None
    assert compare(f'"2024-01-01T12:00:00"{moment}', f'"2024-01-03T13:00:00Z"{moment}') == -1
    assert compare(f'"2024-01-01T12:00:00+08:00"{moment}', f'"2024-01-01T04:00:00Z"{moment}') == 0
    assert compare('"a"', '"b"') == -1
    assert compare('"a"@en', '"b"@en') is None


def test_escapes_of_n_triples_are_undone():
    """Short and long escapes stand for their characters, and a tag or datatype is split off."""
    assert parts_of(r'"a\tb\u00e9\U0001F600\\n\""@en')[:2] == ('a\tbé😀\\n"', "en")
    assert parts_of('"plain"') == ("plain", "", f"{XSD}string")


def test_only_well_formed_values_have_a_rank():
    """Text with a tag, ill-formed numbers, IRIs and unknown datatypes cannot be compared."""
    for term in ('"a"@en', f'"x"^^<{XSD}integer>', "<urn:a>", '"1"^^<urn:d>', f'"a"^^<{XSD}anyURI>'):
        assert rank(term) is None, term


@pytest.mark.parametrize(
    ("less", "greater"),
    [
        (f'"-0044"^^<{XSD}gYear>', f'"0010"^^<{XSD}gYear>'),
        (f'"1999-12-31"^^<{XSD}date>', f'"2000-01-01"^^<{XSD}date>'),
        (f'"2024-02-29"^^<{XSD}date>', f'"2024-03-01"^^<{XSD}date>'),
        (f'"9999999999999999999"^^<{XSD}integer>', f'"INF"^^<{XSD}double>'),
        (f'"false"^^<{XSD}boolean>', f'"1"^^<{XSD}boolean>'),
        (f'"23:59:59"^^<{XSD}time>', f'"24:00:00"^^<{XSD}time>'),
    ],
)
def test_values_are_ordered_by_what_they_mean(less, greater):
    """Years before Christ, days, numbers of different types, truth values and times have an order."""
    assert (compare(less, greater), compare(greater, less), compare(less, less)) == (-1, 1, 0)


def test_not_a_number_is_neither_less_nor_greater():
    """NaN is not even equal to itself."""
    nan = f'"NaN"^^<{XSD}double>'
    assert compare(nan, nan) is None


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("9" * 5000 + "-02-28", "date"), ("-" + "9" * 5000, "gYear"), ("9" * 5000 + "-01-01T00:00:00Z", "dateTimeStamp")],
)
def test_years_of_thousands_of_figures_are_well_formed_and_not_ordered(text, datatype):
    """A number of thousands of figures, which Python refuses, is a year as any other; nobody needs its order."""
    literal = f'"{text}"^^<{XSD}{datatype}>'
    assert well_formed(f"{XSD}{datatype}")(text)
    assert rank(literal) is None
    assert compare(literal, literal) is None


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("2024-02-29", True),
        ("12023-02-29", False),
        ("-0004-02-29", True),
        ("-0001-02-29", False),
        ("10000-02-29", True),
    ],
)
def test_leap_years_far_away(text, is_day):
    """The calendar goes on in both directions, by the last four figures of a year."""
    assert well_formed(f"{XSD}date")(text) == is_day
    assert well_formed(f"{XSD}date")(text.replace("-02-29", "-02-28"))


def test_numbers_beyond_all_others_are_infinite_or_nothing():
    """An exponent that no number can have is no crash."""
    big, small, less = (f'"{text}"^^<{XSD}double>' for text in ("1E" + "9" * 30, "1E-" + "9" * 30, "-1E" + "9" * 30))
    one = f'"1"^^<{XSD}integer>'
    assert [compare(each, one) for each in (big, small, less)] == [1, -1, -1]
