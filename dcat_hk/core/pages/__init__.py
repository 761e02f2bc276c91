"""
HTML pages: the templates and the style sheet that the site and the reports share.

In: the package that has the templates of a page. Out: an environment of jinja2, a style sheet. Every value that a
template prints is escaped.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2

#: What every page of dcat-hk has at its beginning, by which it is known among plans.
OWN_PAGE = b'<meta name="generator" content="dcat-hk">'
#: Characters that change the direction of the text after them; the title of a window never needs them.
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@cache
def page_templates(package: str) -> jinja2.Environment:
    """
    Return the templates of a package, which can extend and import the shared ones.

    Args:
        package: The name of a package with a folder `templates`.

    >>> page_templates("dcat_hk.core.pages").from_string("<b>{{ text }}</b>").render(text="<i>")
    '<b>&lt;i&gt;</b>'
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(package), jinja2.PackageLoader(__name__)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["without_direction_marks"] = without_direction_marks
    environment.globals["style_sheet"] = style_sheet
    return environment


@cache
def style_sheet() -> str:
    """Return the style sheet of the site and of reports."""
    return files(__package__).joinpath("style.css").read_text(encoding="utf-8")


def without_direction_marks(text: str) -> str:
    """
    Return text without the characters that change its direction, for places where HTML cannot isolate it.

    >>> without_direction_marks("abc\u202edef")
    'abcdef'
    """
    return _DIRECTION_MARKS.sub("", text)
