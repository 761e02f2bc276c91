"""
The command `template`: writes an empty plan to fill in.

In: a language, years and a body. Out: a Word or an Excel file.
"""

from __future__ import annotations

from pathlib import Path

import click

from ..core.errors import UsageError
from ..core.today import find_today
from .options import add_options, common_options, config_option, epilog, language_of, path_type
from .output import write_output

#: How many rows of a table one can ask for.
_MOST_ROWS = 200

_template_options = add_options(
    click.option("-o", "--output", type=path_type, required=True, help="File to write: a name in .docx or .xlsx."),
    click.option("--years", metavar="YYYY-YYYY", help="Years of the plan; default the three after this one."),
    click.option(
        "--body", default="", metavar="NAME", help="Name or code of the bureau or department, such as hk-hko."
    ),
    click.option(
        "--dated", default="", metavar="YYYY-MM", help="Month of issue; default the December before the plan."
    ),
    click.option("--rows", type=click.IntRange(1, _MOST_ROWS), default=5, show_default=True, help="Rows of a table."),
    config_option,
    common_options,
)


@click.command(
    epilog=epilog(
        "dcat-hk template -o plan.docx --lang zh-Hant --body hk-hko --years 2026-2028",
        "dcat-hk template -o plan.xlsx",
    )
)
@_template_options
def template(
    output: Path,
    years: str | None,
    body: str,
    dated: str,
    rows: int,
    config: Path | None,  # noqa: ARG001 - says the language
    quiet: bool,
    verbose: bool,  # noqa: ARG001 - an option of all commands
    lang: str,
) -> None:
    """
    Write an empty plan to fill in, as a Word or an Excel file.

    It has all headings and tables in the language of --lang, lists to choose categories, formats and frequencies from,
    and a row that shows how rows are written. That row is not published: write over it or delete it. No other file is
    replaced.
    """
    from ..drafting.template import make_template, read_years

    ending = output.suffix.lower()
    if ending not in {".docx", ".xlsx"}:
        raise UsageError.of("template.ending", str(output))
    first = find_today().year + 1
    stated = read_years(years) if years is not None else (first, first + 2)
    made = make_template(language_of(lang), stated, body, dated, rows)
    if ending == ".docx":
        from ..drafting.template_word import write_word_template as write
    else:
        from ..drafting.template_sheet import write_excel_template as write
    data = write(made)
    if output.is_file() and output.read_bytes() != data:
        raise UsageError.of("template.exists", str(output))
    write_output([data], output, ending.removeprefix("."), quiet=quiet)
