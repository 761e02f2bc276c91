"""
The command `explain`: shows where a published thing was read from.

In: an IRI and an output folder. Out: files, lines and words on standard output.
"""

from __future__ import annotations

from pathlib import Path

import click

from .options import epilog, links_option, path_type, published_option


@click.command(epilog=epilog("dcat-hk explain record/hk-hkpf/2024-2026/D-ii-7.1 --sources seeds"))
@click.argument("iri")
@published_option
@click.option("--sources", multiple=True, type=path_type, help="Files or folder of the plans, to show their lines.")
@links_option
def explain(iri: str, folder: Path, sources: tuple[Path, ...], links_folder: Path | None) -> None:
    """
    Show the file, lines and words that a thing was read from.

    IRI is the IRI of a dataset, distribution, record or catalogue. The base IRI may be left out: dataset/hk-hkpf-….
    Of a dataset that several plans state it is also shown why their rows are one dataset.
    """
    from ..build.explain import explain as explain_thing
    from ..build.linkfolder import find_links
    from ..core.plan import FIELD_OF_ROW
    from ..core.settings import Settings
    from ..core.wording.printed import translate_place

    links = find_links(sources, links_folder, Settings())
    explanation = explain_thing(folder, iri, sources, links)
    click.echo(f"{explanation.label}\n<{explanation.iri}>")
    if explanation.note:
        click.echo(explanation.note)
    for origin in explanation.origins:
        place = translate_place(origin.place, "en")
        click.echo(f"\n{origin.file}, {place}  (sha256 {origin.sha256[:12]}…)\n  <{origin.record}>")
        width = max((len(name) for name in origin.words), default=0)
        for name, words in origin.words.items():
            click.echo(f"  {name:<{width}}  {words}")
        for line in origin.lines:
            click.echo(f"  | {line}")
    if explanation.corrections:
        click.echo("\nCorrected by people; the record keeps the words as printed:")
    for one in explanation.corrections:
        said = "the row is withdrawn" if one.field == FIELD_OF_ROW else f"“{one.meant}” is meant"
        click.echo(f"  {one.field}: “{one.printed}” is printed, {said} ({one.who}, {one.when}): {one.why}")
    if explanation.reasons:
        click.echo("\nOne dataset, because:")
        for reason in explanation.reasons:
            click.echo(f"  {reason}")
    if explanation.copies:
        click.echo("\nCopies of the plan; the first one leads, and its words are those of its language:")
        for copy in explanation.copies:
            click.echo(f"  {copy.place} {copy.file}: {copy.script}, {', '.join(copy.reasons)}")
