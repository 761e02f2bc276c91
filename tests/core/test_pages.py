"""HTML pages: templates that escape, and the style sheet."""

import jinja2
import pytest

from dcat_hk.core.pages import page_templates, style_sheet, without_direction_marks


def test_every_value_is_escaped_also_in_attributes():
    """A title with quotes and markup cannot leave the attribute or the text it is printed in."""
    template = page_templates("dcat_hk.core.pages").from_string('<a title="{{ text }}">{{ text }}</a>')
    assert template.render(text="\"><script>'") == (
        '<a title="&#34;&gt;&lt;script&gt;&#39;">&#34;&gt;&lt;script&gt;&#39;</a>'
    )


def test_a_value_that_is_not_given_is_an_error():
    """A page with a hole in it is never printed."""
    with pytest.raises(jinja2.UndefinedError):
        page_templates("dcat_hk.core.pages").from_string("{{ title }}").render()


@pytest.mark.parametrize("package", ["dcat_hk.serving.web", "dcat_hk.checking.scoring"])
def test_templates_of_a_package_find_the_shared_ones(package):
    """Every template of a package compiles, also those that extend or import the shared templates."""
    environment = page_templates(package)
    names = environment.list_templates()
    assert set(page_templates("dcat_hk.core.pages").list_templates()) < set(names)
    for name in names:
        environment.get_template(name)


def test_the_style_sheet_needs_no_other_address():
    """Pages are whole by themselves: the style sheet imports nothing from elsewhere."""
    assert "{" in style_sheet()
    assert "http" not in style_sheet()
    assert "@import" not in style_sheet()


def test_direction_marks_are_removed_and_other_text_stays():
    """Overrides, embeddings, isolates and marks go; letters written from right to left stay."""
    marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert without_direction_marks(f"a{marks}ב\u200d") == "aב\u200d"
