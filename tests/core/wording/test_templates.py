"""The words of empty plans are there in three languages, and each is used."""

from support.paths import ROOT

from dcat_hk.core.wording.templates import TEMPLATE_NAMES, load_template_texts


def test_every_text_is_used():
    """No name of the file is one that nobody asks for."""
    folders = (ROOT / "dcat_hk" / "drafting", ROOT / "dcat_hk" / "reading" / "parsing")
    code = "".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("*.py"))
    assert [name for name in TEMPLATE_NAMES if f'"{name}"' not in code] == []
    assert list(load_template_texts()) == list(TEMPLATE_NAMES)
