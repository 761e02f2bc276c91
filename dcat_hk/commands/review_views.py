"""
What `dcat-hk review` shows of questions: a screen, a page, a spreadsheet; and what is filled into a spreadsheet.

In: questions, or a file with answers. Out: text, or answers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..core.terms import Iri
from ..core.text import guard_formula
from ..core.wording.printed import translate_place
from ..core.wording.refusals import EnglishReason
from ..reconciliation.items import Item, PlanItems
from ..reconciliation.judgements import Judgement, Verdict, to_mapping
from ..reconciliation.linkfiles import JUDGEMENTS
from ..reconciliation.outcomes import Candidate
from ..reconciliation.portal_questions import PortalQuestion
from ..reconciliation.questions import Answer, Question, to_judgements
from ..reconciliation.review_wording import ANSWERS, OF_ONE_ROW, ROWS, find_answer, load_review_wording
from ..reconciliation.sssom import SssomMapping, bad_line, read_lines, write_head, write_line
from .comparison_views import name_item
from .output import format_table

#: What a person is asked about: rows of two plans, or a dataset and records of the portal.
AnyQuestion = Question | PortalQuestion
#: The columns of the spreadsheet; people fill in the first two.
COLUMNS = (
    *("answer", "comment", "subject_id", "subject_row", "subject_title", "subject_date", "subject_remarks"),
    *("object_id", "object_row", "object_title", "object_date", "object_remarks", "score", "evidence"),
)
#: What stands in a line to paste for the author and the day.
_AUTHOR, _DATE = "AUTHOR", "DATE"


def word(language: str, name: str) -> str:
    """Return a text of the conversation in a language."""
    return load_review_wording().texts[name][language]


# ---- a screen


def question_as_text(question: AnyQuestion, number: int, total: int, language: str, width: int | None = None) -> str:
    """
    Return a question for a terminal: both sides beside one another, and the evidence below.

    Args:
        question: The question.

        number: Its number, from 1.

        total: How many there are.

        language: The language of the words.

        width: Columns of the terminal; default those of the terminal.
    """
    sides = _sides(question, language)
    names = load_review_wording().rows
    columns = ["", word(language, "before"), *(str(place) for place, _side in enumerate(sides[1:], 1))]
    rows = [
        [names[name][language], *(side.get(name, "") for side in sides)]
        for name in ROWS
        if any(side.get(name) for side in sides)
    ]
    title = word(language, name_text("question", question)).format(number=number, total=total)
    return format_table(title, columns, rows, width=width)


def _sides(question: AnyQuestion, language: str) -> list[dict[str, str]]:
    """Return what is shown of the row and of each candidate, by name."""
    if isinstance(question, PortalQuestion):
        records = [_record(one, language) for one in question.candidates]
        return [_side(question.before, question.plan, language), *records]
    return [
        _side(question.before, question.pair.before, language),
        *(_side(one.after, question.pair.after, language) | _why(one) for one in question.candidates),
    ]


def _side(item: Item, plan: PlanItems, language: str) -> dict[str, str]:
    """Return what is shown of a row; its further parts stand below it."""
    rows = [row.entry for row in item.rows]
    entry, head = rows[0], plan.head
    return {
        "plan": f"{head.bureau} {head.years[0]}–{head.years[1]} ({plan.month})".strip(),
        "place": name_item(item),
        "category": entry.category,
        "group": entry.group or "",
        "title": entry.title,
        "description": entry.description,
        "date": "\n".join(dict.fromkeys(row.date_raw for row in rows)),
        "frequency": "\n".join(dict.fromkeys(row.frequency_raw for row in rows)),
        "formats": ", ".join(dict.fromkeys(name for row in rows for name in row.formats)),
        "file": f"{head.doc}: {translate_place(str(entry.place), language)}",
    }


def _record(candidate: SssomMapping, language: str) -> dict[str, str]:
    """Return what is shown of a record of the portal."""
    signals = [(name, value) for name, value in candidate.evidence.items() if name != "score"]
    return {
        "plan": f"{word(language, 'portal')} ({candidate.dated})",
        "place": candidate.object.rpartition("/")[2],
        "title": candidate.object_label,
        "file": candidate.object,
        "score": f"{candidate.evidence.get('score', 0.0):.2f}",
        "evidence": "\n".join(f"{name} {value:+.2f}" for name, value in signals),
    }


def _why(candidate: Candidate) -> dict[str, str]:
    """Return the score and the evidence of a candidate."""
    return {"score": f"{candidate.score:.2f}", "evidence": _evidence(candidate, "\n")}


def _evidence(candidate: Candidate, between: str) -> str:
    """Return each signal of a candidate and what it added."""
    return between.join(f"{name} {value:+.2f}" for name, value in candidate.evidence.items())


# ---- a page


def questions_as_page(questions: Sequence[AnyQuestion], base: Iri, language: str) -> str:
    """
    Return an HTML page that loads nothing: each question, and for every answer the line to append.

    Args:
        questions: The questions.

        base: The base IRI of the catalogue.

        language: The language of the words.
    """
    from ..core.pages import page_templates

    wording = load_review_wording()
    shown = [
        {
            "caption": word(language, name_text("question", one)).format(number=number, total=len(questions)),
            "columns": ["", word(language, "before"), *(str(place + 1) for place in range(len(one.candidates)))],
            "rows": [
                [wording.rows[name][language], *cells]
                for name in ROWS
                if any(cells := [side.get(name, "") for side in _sides(one, language)])
            ],
            "answers": list(_lines_to_paste(one, base, language)),
        }
        for number, one in enumerate(questions, 1)
    ]
    values = {
        "language": language,
        "title": word(language, "title"),
        "word": partial(word, language),
        "paste": word(language, "paste").format(file=JUDGEMENTS),
        "head": list(write_head("judgements", base))[-1],
        "questions": shown,
    }
    return page_templates(__package__).get_template("review.html").render(values) + "\n"


def _lines_to_paste(question: AnyQuestion, base: Iri, language: str) -> Iterator[tuple[str, str]]:
    """Yield each answer in words, and the lines that say it."""
    names = load_review_wording().answers
    everyone = tuple(range(len(question.candidates)))
    for verdict in answers_to(question):
        name = names[verdict][language]
        chosen: list[tuple[int, ...]] = [()]
        if verdict == "not-same":
            chosen = [everyone] if everyone else []
        elif verdict not in OF_ONE_ROW:
            chosen = [(place,) for place in everyone] or ([()] if verdict == "replaced" else [])
        for places in chosen:
            number = f" {places[0] + 1}" if verdict != "not-same" and places else ""
            answer = Answer(verdict, places, "…" if verdict == "cannot-tell" else "")
            judgements = to_judgements(question, answer, _AUTHOR, _DATE)
            yield f"{name}{number}", "".join(_line(question, one, base) for one in judgements)


def _line(question: AnyQuestion, judgement: Judgement, base: Iri) -> str:
    """Return a judgement as a line of the file."""
    return write_line(to_mapping(judgement, base, labels_of(question, judgement)), base)


def labels_of(question: AnyQuestion, judgement: Judgement) -> tuple[str, str]:
    """Return what the two sides of a judgement are called."""
    return question.before.entry.title, question.titles.get(judgement.object, "")


def name_text(name: str, question: AnyQuestion) -> str:
    """
    Return the name of a text of the conversation for a kind of question.

    Args:
        name: The name of the text on rows of two plans.

        question: The question.
    """
    return f"{name}-portal" if isinstance(question, PortalQuestion) else name


def answers_to(question: AnyQuestion) -> tuple[Verdict, ...]:
    """Return what may be answered: of a dataset and records of the portal not that it was dropped or replaced."""
    is_of_portal = isinstance(question, PortalQuestion)
    return tuple(one for one in ANSWERS if not (is_of_portal and one in {"dropped", "replaced"}))


# ---- a spreadsheet


def questions_as_csv(questions: Sequence[AnyQuestion]) -> str:
    """
    Return CSV with a line for each candidate, for people who fill in the answers in a spreadsheet.

    Args:
        questions: The questions.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for question in questions:
        before = (question.subject, *_words(question.before))
        for after in _cells_after(question) or [("",) * 7]:
            writer.writerow([guard_formula(cell) for cell in ("", "", *before, *after)])
    # The mark tells spreadsheets that it is UTF-8.
    return "\ufeff" + out.getvalue()


def _cells_after(question: AnyQuestion) -> list[tuple[str, ...]]:
    """Return the cells of each candidate."""
    if isinstance(question, PortalQuestion):
        sides = [(one.object, _record(one, "en")) for one in question.candidates]
        return [
            (page, side["place"], side["title"], "", "", side["score"], side["evidence"].replace("\n", " "))
            for page, side in sides
        ]
    return [
        (one.after.record, *_words(one.after), f"{one.score:.2f}", _evidence(one, " ")) for one in question.candidates
    ]


def _words(item: Item) -> tuple[str, str, str, str]:
    """Return the name, title, date and remarks of a row."""
    entry = item.entry
    return name_item(item), entry.title, entry.date_raw, entry.description


class FilledLine(NamedTuple):
    """A line of a spreadsheet that was filled in: its judgement, and what the two rows are called."""

    judgement: Judgement
    labels: tuple[str, str]


def read_answers(path: Path, author: str, dated: str) -> list[FilledLine]:
    """
    Return the answers that people filled into a spreadsheet; lines without an answer are passed over.

    Args:
        path: The file, as CSV with commas, semicolons or tabs.

        author: Who answers.

        dated: The day, as YYYY-MM-DD.

    Raises:
        NotReadable: A column is missing, or an answer cannot be used.
    """
    text = "\n".join(read_lines(path))
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    missing = [name for name in ("answer", "subject_id", "object_id") if name not in (reader.fieldnames or ())]
    if missing:
        raise bad_line(path, 1, "links.missing-column", name=missing[0], names=COLUMNS)
    answers: list[FilledLine] = []
    try:
        answers.extend(
            _filled(path, reader.line_num, row, author, dated) for row in reader if (row.get("answer") or "").strip()
        )
    except csv.Error as error:
        raise bad_line(path, reader.line_num, "links.no-table-line", reason=EnglishReason(str(error))) from error
    return answers


def _filled(path: Path, number: int, row: Mapping[str, str | None], author: str, dated: str) -> FilledLine:
    """Return the answer of a line, or raise."""
    cells = {name: (value or "").strip().removeprefix("'") for name, value in row.items() if isinstance(value, str)}
    verdict = find_answer(cells["answer"])
    comment, subject, other = cells.get("comment", ""), cells["subject_id"], cells["object_id"]
    if verdict is None:
        raise bad_line(path, number, "links.no-answer", text=cells["answer"], names=ANSWERS)
    if not subject.startswith(("http://", "https://")):
        raise bad_line(path, number, "links.no-record", text=subject)
    if verdict in OF_ONE_ROW:
        other = ""
    elif not other.startswith(("http://", "https://")) and verdict != "replaced":
        raise bad_line(path, number, "links.of-two-rows", verdict=verdict)
    if verdict == "cannot-tell" and not comment:
        raise bad_line(path, number, "links.no-comment")
    judgement = Judgement(subject, verdict, other, author, dated, comment)
    return FilledLine(judgement, (cells.get("subject_title", ""), cells.get("object_title", "") if other else ""))
