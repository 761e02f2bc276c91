"""
The command `explain`: shows where a published thing was read from.

In: an IRI and an output folder. Out: files, lines and words on standard output.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.wording.refusals import Phrase, join_items, say
from .options import config_option, epilog, language_of, language_option, links_option, path_type, published_option

if TYPE_CHECKING:
    from ..catalogue.publishing.explaining import RowOrigin


@click.command(epilog=epilog("dcat-hk explain record/hk-hkpf/2024-2026/D-ii-7.1 --sources seeds"))
@click.argument("iri")
@published_option
@click.option("--sources", multiple=True, type=path_type, help="Files or folder of the plans, to show their lines.")
@links_option
@config_option
@language_option
def explain(
    iri: str, folder: Path, sources: tuple[Path, ...], links_folder: Path | None, config: Path | None, lang: str
) -> None:
    """
    Show the file, lines and words that a thing was read from.

    IRI is the IRI of a dataset, distribution, record or catalogue. The base IRI may be left out: dataset/hk-hkpf-….
    Of a dataset that several plans state it is also shown why their rows are one dataset.
    """
    from ..build.explain import explain as explain_thing
    from ..build.linkfolder import find_links
    from ..core.plan import FIELD_OF_ROW
    from ..core.settings import load_settings

    language = language_of(lang)
    links = find_links(sources, links_folder, load_settings(config, {}))
    explanation = explain_thing(folder, iri, sources, links, language)
    click.echo(f"{explanation.label}\n<{explanation.iri}>")
    if explanation.note:
        click.echo(explanation.note)
    for origin in explanation.origins:
        _print_origin(origin, language)
    if explanation.corrections:
        click.echo(f"\n{say('explain.corrected', language)}")
        for one in explanation.corrections:
            is_row = one.field == FIELD_OF_ROW
            said = Phrase("explain.row-withdrawn") if is_row else Phrase("explain.meant", {"text": one.meant})
            values = {"field": one.field, "printed": one.printed, "who": one.who, "when": one.when, "why": one.why}
            click.echo(f"  {say('explain.correction', language, said=said, **values)}")
    if explanation.reasons:
        click.echo(f"\n{say('explain.one-dataset', language)}")
        for reason in explanation.reasons:
            click.echo(f"  {reason}")
    if explanation.copies:
        click.echo(f"\n{say('explain.copies', language)}")
        for copy in explanation.copies:
            reasons = join_items(copy.reasons, language)
            values = {"place": str(copy.place), "file": copy.file, "script": copy.script, "reasons": reasons}
            click.echo(f"  {say('explain.copy', language, **values)}")


def _print_origin(origin: RowOrigin, language: str) -> None:
    """Print a row: file, place, record, words, and lines if its file is at hand."""
    from ..core.text import width
    from ..core.wording.printed import translate_place

    place = translate_place(origin.place, language)
    head = say("explain.origin", language, file=origin.file, place=place, digest=origin.sha256[:12])
    click.echo(f"\n{head}\n  <{origin.record}>")
    names = {name: say(f"explain.word-{name}", language) for name in origin.words}
    widest = max(map(width, names.values()), default=0)
    for name, words in origin.words.items():
        click.echo(f"  {names[name]}{' ' * (widest - width(names[name]))}  {words}")
    for line in origin.lines:
        click.echo(f"  | {line}")
