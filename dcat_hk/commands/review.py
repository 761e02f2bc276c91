"""
The command `review`: asks a person about rows of which the program cannot tell what became of them.

In: plans and the folder of links; answers on a terminal or in a file. Out: lines of `judgements.sssom.tsv`, a page, a
spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import UsageError
from ..core.today import find_today
from .options import (
    add_options,
    config_option,
    decisions_option,
    epilog,
    jobs_option,
    language_of,
    language_option,
    links_option,
    path_type,
    quiet_option,
)
from .output import check_output, write_output
from .progress import progress_shown
from .remarks import print_outcomes, print_repeats

if TYPE_CHECKING:
    from ..build.timeline import Timeline
    from ..core.settings import Settings
    from ..reconciliation.judgements import Judgement, Verdict
    from ..reconciliation.linkfiles import LinkFiles
    from ..reconciliation.questions import Answer
    from .review_views import AnyQuestion

#: Answers by their keys, beside the numbers of candidates.
_KEYS: dict[str, Verdict] = {
    "p": "part-of",
    "s": "split",
    "n": "not-same",
    "d": "dropped",
    "r": "replaced",
    "?": "cannot-tell",
}
_review_options = add_options(
    links_option,
    decisions_option,
    click.option("--subject", default="", metavar="IRI", help="Ask only about this row, dataset or plan."),
    click.option("--gone", is_flag=True, help="Ask also about promises that are no longer listed."),
    click.option("--reviewer", metavar="NAME", help="Who answers; default the setting reviewer."),
    click.option("--html", "page", type=path_type, metavar="FILE", help="Write the questions as a page; ask nothing."),
    click.option("--csv", "sheet", type=path_type, metavar="FILE", help="Write them for a spreadsheet; ask nothing."),
    click.option("--from", "filled", type=path_type, metavar="FILE", help="Take over answers from a spreadsheet."),
    jobs_option,
    config_option,
    language_option,
    quiet_option,
)


@click.command(epilog=epilog("dcat-hk review plans/ --reviewer orcid:0000-0002-1825-0097"))
@click.argument("sources", nargs=-1, type=path_type, metavar="[FILE…]")
@_review_options
def review(
    sources: tuple[Path, ...],
    links_folder: Path | None,
    decisions_folder: Path | None,
    subject: str,
    gone: bool,
    reviewer: str | None,
    page: Path | None,
    sheet: Path | None,
    filled: Path | None,
    jobs: int,
    config: Path | None,
    lang: str,
    quiet: bool,
) -> None:
    """
    Ask which rows and records are one dataset.

    FILE is a plan, or a folder or ZIP file of plans; without one the plans are those beside the folder of links. One
    key is an answer, and every answer is a line that is appended to judgements.sssom.tsv in the folder of links; u
    takes the last one back. With --html or --csv the questions go into a file. A spreadsheet that is filled in comes
    back with --from.
    """
    from ..build.linkfolder import FOLDER, default_folder, find_links, load_decisions
    from ..core.settings import load_settings
    from ..reconciliation.linkfiles import read_links

    language = language_of(lang)
    settings = load_settings(config, {"reviewer": reviewer})
    if not (page or sheet) and not settings.reviewer.strip():
        raise UsageError.of("options.no-reviewer")
    folder = find_links(sources, links_folder or (None if sources or settings.links else Path(FOLDER)), settings)
    links = read_links(folder, settings.base_iri, may_be_new=True)
    target = folder or default_folder(sources)
    if filled:
        _take_over(filled, target, links, settings, quiet, language)
        return
    print_repeats(sources, quiet, language)
    plans = sources or (target.parent,)
    for output, option in ((page, "--html"), (sheet, "--csv")):
        check_output(output, plans, config, option, links=folder, decisions=decisions_folder)
    options: dict[str, Any] = {"jobs": jobs, "decisions": load_decisions(plans, decisions_folder, settings)}
    questions = _questions(plans, settings, links, options, quiet, language, gone, subject)
    if page or sheet:
        _write_files(questions, page, sheet, settings, quiet, language)
        return
    _Conversation(questions, target, settings, language).hold()


def _questions(
    sources: Sequence[Path],
    settings: Settings,
    links: LinkFiles,
    options: Mapping[str, Any],
    quiet: bool,
    language: str,
    gone: bool,
    subject: str,
) -> list[AnyQuestion]:
    """Return the questions on some plans."""
    from ..build.linkfolder import kept_links
    from ..build.timeline import read_timeline
    from ..reconciliation.deciding import decide
    from ..reconciliation.portal_questions import find_portal_questions
    from ..reconciliation.questions import find_questions, is_called
    from ..reconciliation.reconcile import reconcile

    with progress_shown(quiet) as progress:
        timeline = read_timeline(sources, settings, kept_links(links), progress=progress, **options)
    print_outcomes(timeline.missing, True, False, language)
    if not timeline.plans:
        raise UsageError.of("options.no-plan", ", ".join(map(str, sources)))
    links.identities.check_known(timeline.identifiers)
    pairs = reconcile(timeline.plans, timeline.successors, decide(links, timeline.plans))
    if subject and not any(is_called(names, subject) for names in _names_in(timeline)):
        raise UsageError.of("options.no-subject", "--subject", subject=subject)
    of_plans = find_questions(pairs, gone=gone, subject=subject)
    return [*of_plans, *find_portal_questions(links, timeline.plans, settings.base_iri, subject=subject)]


def _names_in(timeline: Timeline) -> Iterator[tuple[str, ...]]:
    """Yield what each plan and each row of it is called."""
    for plan in timeline.plans:
        yield (plan.iri,)
        for item in plan.items:
            yield (item.kept, item.identifier, *(row.record for row in item.rows), *(r.identifier for r in item.rows))


def _write_files(
    questions: Sequence[AnyQuestion],
    page: Path | None,
    sheet: Path | None,
    settings: Settings,
    quiet: bool,
    language: str,
) -> None:
    """Write questions as a page and for a spreadsheet."""
    from .review_views import questions_as_csv, questions_as_page

    if page:
        write_output([questions_as_page(questions, settings.base_iri, language)], page, "html", quiet=quiet)
    if sheet:
        write_output([questions_as_csv(questions)], sheet, "csv", quiet=quiet)


def _take_over(path: Path, folder: Path, links: LinkFiles, settings: Settings, quiet: bool, language: str) -> None:
    """Append the answers of a spreadsheet; what the same person has already said is not said again."""
    from ..reconciliation.judgements import to_mapping
    from ..reconciliation.linkfiles import JUDGEMENTS, append_mappings
    from .review_views import read_answers, word

    filled = read_answers(path, settings.reviewer, find_today().isoformat())
    said = {(one.author, one.subject, one.verdict, one.object) for one in links.judgements.latest}
    new = [line for line in filled if _key(line.judgement) not in said]
    if new:
        base = settings.base_iri
        append_mappings(folder, [to_mapping(line.judgement, base, line.labels) for line in new], base)
    if not quiet:
        click.echo(word(language, "end").format(count=len(new), file=folder / JUDGEMENTS), err=True)


def _key(judgement: Judgement) -> tuple[str, str, str, str]:
    """Return what a judgement says and who says it."""
    return judgement.author, judgement.subject, judgement.verdict, judgement.object


@dataclass
class _Conversation:
    """Questions on a terminal, and the answers given so far."""

    questions: Sequence[AnyQuestion]
    folder: Path
    settings: Settings
    language: str
    given: list[tuple[int, list[Judgement]]] = field(default_factory=list)
    count: int = 0

    def hold(self) -> None:
        """Ask until all questions are answered, or the person leaves."""
        if not self.questions:
            self._say("nothing")
        number = 0
        while 0 <= number < len(self.questions):
            number = self._ask(number)
            if number == len(self.questions) and self.given and self._regrets():
                number = self._undo()
        from ..reconciliation.linkfiles import JUDGEMENTS

        self._say("end", count=self.count, file=self.folder / JUDGEMENTS)

    def _ask(self, number: int) -> int:
        """Ask one question; return the number of the next one, or -1 to leave."""
        from .review_views import name_text, question_as_text

        question = self.questions[number]
        click.echo(question_as_text(question, number + 1, len(self.questions), self.language), nl=False)
        self._say(name_text("keys", question))
        while True:
            key = _press()
            if key in {"q", "\x04"}:
                return -1
            if key in {"\r", "\n", " "}:
                return number + 1
            if key == "u" and self.given:
                return self._undo()
            answer = self._answer(question, key)
            if answer:
                self._write(number, answer)
                return number + 1
            self._say("no-key", key=key if key.isprintable() else repr(key))

    def _regrets(self) -> bool:
        """Ask whether the last answer of all stays."""
        self._say("last")
        return _press() == "u"

    def _answer(self, question: AnyQuestion, key: str) -> Answer | None:
        """Return the answer that a key stands for; None for another key."""
        from ..reconciliation.questions import Answer
        from .review_views import answers_to

        count = len(question.candidates)
        if key in set("123456789"[:count]):
            return Answer("same", (int(key) - 1,))
        verdict = _KEYS.get(key)
        if verdict not in answers_to(question):
            return None
        if verdict in {"dropped", "replaced"} and (verdict == "dropped" or not count):
            return Answer(verdict)
        if verdict == "cannot-tell":
            return self._give_up()
        if verdict is None or not count:
            return None
        chosen = tuple(range(count)) if verdict == "not-same" else self._choose(count)
        return Answer(verdict, chosen) if chosen else None

    def _give_up(self) -> Answer | None:
        """Ask why it cannot be told; without a reason, which the end of the input gives none, nothing is answered."""
        from ..reconciliation.questions import Answer

        try:
            return Answer("cannot-tell", (), click.prompt(self._words("why")))
        except click.Abort:
            click.echo()
            return None

    def _choose(self, count: int) -> tuple[int, ...]:
        """Ask which candidates an answer is about; there is nothing to ask about one."""
        if count == 1:
            return (0,)
        self._say("which", count=count)
        key = _press()
        if key == "a":
            return tuple(range(count))
        return (int(key) - 1,) if key in set("123456789"[:count]) else ()

    def _write(self, number: int, answer: Answer) -> None:
        """Append the lines of an answer."""
        from ..reconciliation.questions import to_judgements
        from ..reconciliation.review_wording import load_review_wording

        judgements = to_judgements(self.questions[number], answer, self.settings.reviewer, find_today().isoformat())
        self._append(number, judgements)
        self.given.append((number, judgements))
        self.count += len(judgements)
        self._say("written", answer=load_review_wording().answers[answer.verdict][self.language])

    def _undo(self) -> int:
        """Take the last answer back by lines that say so; return the number of its question."""
        from dataclasses import replace

        number, judgements = self.given.pop()
        self._append(number, [replace(one, verdict="withdrawn", comment="") for one in judgements])
        self.count -= len(judgements)
        self._say("undone")
        return number

    def _append(self, number: int, judgements: Sequence[Judgement]) -> None:
        """Append lines to what people say."""
        from ..reconciliation.judgements import to_mapping
        from ..reconciliation.linkfiles import append_mappings
        from .review_views import labels_of

        base, question = self.settings.base_iri, self.questions[number]
        append_mappings(self.folder, [to_mapping(one, base, labels_of(question, one)) for one in judgements], base)

    def _words(self, name: str) -> str:
        """Return a text in the language of the conversation."""
        from .review_views import word

        return word(self.language, name)

    def _say(self, name: str, **values: object) -> None:
        """Print a text."""
        click.echo(self._words(name).format(**values))


def _press() -> str:
    """Return the key that is pressed; the end of the input is the key to leave."""
    try:
        return click.getchar() or "q"
    except EOFError:
        return "q"
    except OSError as error:
        raise UsageError.of("options.no-terminal") from error
