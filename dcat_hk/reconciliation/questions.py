"""
What a person is asked about plans that were compared, and what an answer means.

In: pairs of plans. Out: questions, the most important first, and the judgements that an answer makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..core.terms import Iri
from .items import Item
from .judgements import Judgement, Verdict
from .outcomes import Candidate, Fate, PlanPair

#: A month behind all others, for promises without one.
_NEVER = "9999-99"


@dataclass(frozen=True, slots=True)
class Question:
    """
    What became of one row?

    Args:
        pair: The plans that were compared.

        before: The row of the older plan.

        fate: What is known so far.

        candidates: The rows of the newer plan that may be the same dataset, best first; none for a row that is no
            longer listed.
    """

    pair: PlanPair
    before: Item
    fate: Fate
    candidates: tuple[Candidate, ...] = ()

    @property
    def subject(self) -> Iri:
        """Return the IRI of the older row."""
        return self.before.record

    @property
    def objects(self) -> tuple[Iri, ...]:
        """Return the IRIs of the rows that it may be."""
        return tuple(one.after.record for one in self.candidates)

    @property
    def titles(self) -> Mapping[Iri, str]:
        """Return the titles of these rows by their IRIs."""
        return {one.after.record: one.after.entry.title for one in self.candidates}

    @property
    def records(self) -> tuple[Iri, ...]:
        """Return the IRIs of all rows that it shows."""
        return (self.subject, *self.objects)


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What a person answers.

    Args:
        verdict: What is said.

        chosen: The candidates that it is said of, from 0; none for what is said of the row alone.

        comment: Why.
    """

    verdict: Verdict
    chosen: tuple[int, ...] = ()
    comment: str = ""


def find_questions(pairs: Sequence[PlanPair], *, gone: bool = False, subject: str = "") -> list[Question]:
    """
    Return what is to be asked: rows that wait for a person, and promises before what is released.

    Args:
        pairs: Plans that were compared.

        gone: Whether it is also asked what became of promises that are no longer listed.

        subject: Ask only of rows, datasets and plans of this IRI or identifier, or whose IRI ends so behind a slash.
    """
    questions = [
        Question(pair, one.before, one.fate, one.candidates)
        for pair in pairs
        for one in pair.outcomes
        if one.before and (_waits(one.fate, one.candidates) or (gone and _is_gone(one.fate, one.before)))
    ]
    return sorted((one for one in questions if _is_about(one, subject)), key=_urgency)


def _waits(fate: Fate, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a row waits for a person who has something to choose from."""
    return fate == "open" and bool(candidates)


def _is_gone(fate: Fate, before: Item) -> bool:
    """Tell whether a row is a promise that is no longer listed."""
    return fate == "no-longer-listed" and before.stage == "planned"


def _is_about(question: Question, subject: str) -> bool:
    """Tell whether a question is about what a person named."""
    names = [
        *question.records,
        question.before.kept,
        question.before.identifier,
        *(plan.iri for plan in (question.pair.before, question.pair.after)),
    ]
    return not subject or is_called(names, subject)


def is_called(names: Iterable[str], subject: str) -> bool:
    """
    Tell whether one of some names is what a person calls a row, a dataset or a plan: an IRI, its end, an identifier.

    Args:
        names: IRIs and identifiers.

        subject: What the person says.

    >>> is_called(["https://example.org/record/hk-hsd/2021-2023/A-1"], "2021-2023/A-1")
    True
    """
    return any(name == subject or name.endswith(f"/{subject}") or subject.endswith(f"/{name}") for name in names)


def _urgency(question: Question) -> tuple[object, ...]:
    """Return what sorts questions: open ones, promises, the earliest target first."""
    before = question.before
    month = before.entry.date or (before.entry.period or ("", _NEVER))[1]
    return question.fate != "open", before.stage != "planned", month, before.record


class Asked(Protocol):
    """What is asked: about one thing and others that it may be."""

    @property
    def subject(self) -> Iri:
        """Return what it is about."""

    @property
    def objects(self) -> tuple[Iri, ...]:
        """Return what that may be, best first."""


def to_judgements(question: Asked, answer: Answer, author: str, dated: str) -> list[Judgement]:
    """
    Return the judgements that an answer makes, one for each candidate that it is about.

    Args:
        question: What was asked.

        answer: What was answered.

        author: Who answers.

        dated: The day, as YYYY-MM-DD.
    """
    objects = [question.objects[number] for number in answer.chosen] or [""]
    return [Judgement(question.subject, answer.verdict, one, author, dated, answer.comment) for one in objects]
