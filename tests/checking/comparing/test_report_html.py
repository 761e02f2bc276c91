"""Differences as a page."""

from lxml import html
from support.compared_builds import BASE, TWO_PLANS, compare_turtle

from dcat_hk.checking.comparing.model import Comparison, FactChange, SideOfComparison
from dcat_hk.checking.comparing.report_html import as_html

SIDE = SideOfComparison("output", BASE)
TITLE = "http://purl.org/dc/terms/title"


def page_of(comparison, language="en", **options):
    """Return the page of a comparison as text and as a tree."""
    text = "".join(as_html(comparison, language, **options))
    return text, html.document_fromstring(text)


def test_values_are_escaped():
    """Markup in names, values and IRIs is text on the page."""
    changes = [FactChange(f"{BASE}a<b>", TITLE, '"<script>x</script>"', "<javascript:x>", "plan")]
    side = SideOfComparison("<i>old</i>", BASE)
    labels = {f"{BASE}a<b>": {"en": "<em>name</em>"}}
    text, tree = page_of(Comparison(side, SIDE, {}, [], [], changes, {}, labels))
    assert "<script" not in text
    assert "<em>" not in text
    assert "<i>old" not in text
    assert tree.xpath("//del//text()") == ["<script>x</script>"]
    assert not [address for address in tree.xpath("//@href") if not address.startswith("https://")]


def test_a_page_loads_nothing_and_fits_a_phone(tmp_path):
    """The page has no script and no file from elsewhere, and tells a phone its width."""
    text, tree = page_of(compare_turtle(tmp_path, TWO_PLANS, TWO_PLANS.replace("parks", "lakes")))
    assert not tree.xpath("//script | //link | //img | //*[@src]")
    assert "width=device-width" in text
    assert all(one.getparent().get("class") == "wide" for one in tree.xpath("//table"))


def test_tables_have_captions_and_headers(tmp_path):
    """What is gone, what is new and plans are tables with a caption; gone stands first."""
    _text, tree = page_of(compare_turtle(tmp_path, TWO_PLANS, TWO_PLANS.replace("parks", "lakes")))
    assert [one.text for one in tree.xpath("//caption")] == [
        "IRIs that are gone: 5",
        "New IRIs: 5",
        "Plans that differ: 2",
    ]
    assert all(one.xpath(".//th[@scope='row']") for one in tree.xpath("//table"))


def test_values_have_their_language(tmp_path):
    """A value in another language than the page's is marked with it."""
    new = TWO_PLANS.replace('"b"@en', '"罪案"@zh-Hant')
    _text, tree = page_of(compare_turtle(tmp_path, TWO_PLANS, new))
    assert tree.xpath("//ins/bdi/@lang") == ["zh-Hant"]
    assert tree.xpath("//html/@lang") == ["en"]


def test_long_lists_are_cut_unless_all_is_asked_for():
    """A page shows a thousand IRIs, and says how many more there are."""
    gone = [f"{BASE}dataset/{number}" for number in range(1010)]
    comparison = Comparison(SIDE, SIDE, {}, gone, [], [])
    assert "… and 10 more" in page_of(comparison)[0]
    assert "… and" not in page_of(comparison, complete=True)[0]
