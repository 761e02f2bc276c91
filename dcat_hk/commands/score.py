"""
The command `score`: scores the quality of a catalogue's metadata.

In: RDF files. Out: a report, or measurements in RDF.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import UsageError
from ..core.text import printable
from ..core.wording.refusals import say
from .limited import LimitedCommand
from .options import (
    FiniteRange,
    add_options,
    choice_option,
    common_options,
    config_option,
    context_option,
    contexts_of,
    dask_option,
    epilog,
    language_of,
    output_option,
    path_type,
    rdf_limits,
    sources_argument,
)
from .output import check_not_read, write_output
from .progress import progress_shown
from .spoken import run_language

if TYPE_CHECKING:
    from ..checking.scoring.assessment import Assessment
    from ..checking.scoring.run import ScoringOptions

#: So many findings about single values are told.
_MOST_FINDINGS = 20

_score_options = add_options(
    choice_option(
        "--format",
        "format_name",
        choices=("text", "json", "html", "ttl", "nquads"),
        default="text",
        help="Output format. ttl and nquads: measurements in the Data Quality Vocabulary.",
    ),
    output_option,
    click.option("--dataset", default="", metavar="IRI", help="Only this dataset: its IRI or the end of it."),
    click.option("--base-iri", metavar="IRI", help="Base IRI of measurements; default that of the catalogue."),
    context_option,
    click.option("--fetch", is_flag=True, help="Fetch JSON-LD contexts over http and https."),
    click.option("--skip-validation", is_flag=True, help="Do not measure conformance to DCAT-AP."),
    click.option("--check-urls", is_flag=True, help="Request each URL, one request at a time to a host."),
    click.option("--url-cache", type=path_type, help="File that keeps responses for the next time."),
    click.option(
        "--url-age",
        type=FiniteRange(min=0),
        default=7.0,
        show_default=True,
        metavar="DAYS",
        help="Longest time to keep a response.",
    ),
    click.option(
        "--url-pause",
        type=FiniteRange(min=0),
        default=1.0,
        show_default=True,
        metavar="SECONDS",
        help="Pause between two requests to a host.",
    ),
    click.option(
        "--url-limit",
        type=FiniteRange(min=0),
        default=600.0,
        show_default=True,
        metavar="SECONDS",
        help="Time for all requests; URLs not requested by then are not measured.",
    ),
    click.option("--allow-private", is_flag=True, help="Also request addresses outside the public internet."),
    click.option(
        "--status-codes",
        default="200-299",
        show_default=True,
        metavar="FROM-TO",
        help="HTTP status codes that count as success.",
    ),
    choice_option(
        "--alignment",
        choices=("either", "both"),
        default="either",
        help="Whether the format or the media type must be from a vocabulary, or both.",
    ),
    click.option(
        "--format-penalty", is_flag=True, help="Subtract 5 points each for a missing format and a missing media type."
    ),
    choice_option(
        "--aggregate",
        choices=("piveau", "share"),
        default="piveau",
        help="Score of a catalogue: the mean of its datasets, or points by the share of datasets that "
        "fulfil each indicator.",
    ),
    dask_option("validate datasets"),
    config_option,
)


@click.command(cls=LimitedCommand, epilog=epilog("dcat-hk score --format html --lang zh-HK -o score.html output"))
@sources_argument
@_score_options
@common_options
def score(
    sources: tuple[Path, ...], format_name: str, output: Path | None, quiet: bool, verbose: bool, **values: Any
) -> None:
    """
    Score the quality of a catalogue's metadata out of 405 points.

    The method is that of data.europa.eu. FILE is any RDF file, also gzipped, the output folder of a build, or - for
    standard input. The report gives the strict score, the score of released datasets only, and the score out of the
    points that apply; it states a reason for every lost point.
    """
    from ..checking.scoring.dqv import left_out
    from ..checking.scoring.report_text import as_text
    from ..checking.scoring.run import FORMATS, score_catalogue

    options = _scoring_options(values)
    check_not_read(output, [*sources, options.cache, *(path for _address, path in options.contexts)])
    with progress_shown(quiet) as progress:
        assessment = score_catalogue(sources, options, progress)
    if not quiet:
        _tell_what_is_left_out(assessment)
    if format_name in {"ttl", "nquads"} and left_out(assessment) and not quiet:
        click.echo(say("views.without-iri", run_language(), count=left_out(assessment)), err=True)
    all_rows = format_name == "text" and verbose
    pieces = iter([as_text(assessment, every=True)]) if all_rows else FORMATS[format_name](assessment)
    write_output(pieces, output, format_name, quiet=quiet)


def _tell_what_is_left_out(assessment: Assessment) -> None:
    """Print on standard error what is not scored, and what is wrong with single values of the files."""
    from ..checking.scoring.assessment import not_scored_text
    from ..checking.validating.report_wording import severity_name
    from ..core.namespaces import DCAT

    # Records describe datasets that are scored: only a catalogue without datasets need be told of them.
    counts = {iri: count for iri, count in assessment.not_scored.items() if iri != DCAT.CatalogRecord}
    if counts:
        click.echo(say("views.not-scored", assessment.language, counts=not_scored_text(counts)), err=True)
    for finding in assessment.findings[:_MOST_FINDINGS]:
        message = dict(finding.messages)[assessment.language]
        severity = severity_name(finding.severity, assessment.language)
        click.echo(f"{severity}: {finding.place}: {message} {printable(finding.value[:200])}".rstrip(), err=True)
    if len(assessment.findings) > _MOST_FINDINGS:
        more = len(assessment.findings) - _MOST_FINDINGS
        click.echo(say("views.more-findings", assessment.language, count=more), err=True)


def _scoring_options(values: dict[str, Any]) -> ScoringOptions:
    """Return the options of a scoring."""
    from ..checking.scoring.links import RequestPolicy
    from ..checking.scoring.measuring import ScoringRules
    from ..checking.scoring.run import ScoringOptions
    from ..core.settings import checked_base

    first, _dash, last = values["status_codes"].partition("-")
    if not (first.isdecimal() and last.isdecimal() and 100 <= int(first) <= int(last) <= 599):
        raise UsageError.of("options.no-status-codes", "--status-codes", text=values["status_codes"])
    policy = RequestPolicy(
        pause=values["url_pause"], limit=values["url_limit"], age=values["url_age"], private=values["allow_private"]
    )
    is_share = values["aggregate"] == "share"
    return ScoringOptions(
        base=checked_base(values["base_iri"]),
        language=language_of(values["lang"]),
        dataset=values["dataset"],
        validated=not values["skip_validation"],
        rules=ScoringRules(int(first), int(last), values["alignment"], values["format_penalty"], is_share),
        policy=policy if values["check_urls"] else None,
        cache=values["url_cache"],
        fetch=values["fetch"],
        contexts=contexts_of(values["contexts"]),
        limits=rdf_limits(values["config"]),
        dask=values["dask"],
    )
