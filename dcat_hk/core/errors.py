"""
Errors and findings: errors stop the work; findings are counted and the work goes on.

Errors, by exit code::

    DcatHkError                    (never raised itself)
      UsageError              2    an argument, option or setting is invalid
        NotAcceptable         2    an answer is not available in any format that a client accepts (in `serving.web`)
      InputError              3    an input cannot be read as what it should be
        NotReadable           3    no such file, no permission, a folder instead of a file
        NotAPlan              3    a file is not an open data plan
          TookTooMuch         3    reading a file took more time or memory than it may
        ReadingFault          3    a bug of dcat-hk stopped the reading of a file
        NotPortalData         3    a file or an answer is not what the portal gives (in `portal.contents`)
        PortalFailed          3    the portal gave no good answer, however often it was asked (in `portal.asking`)
        NotASnapshot          3    a file is no snapshot of the portal (in `portal.snapshots`)
        NotRdf                3    a file is not RDF, or not valid RDF
        ShapesError           3    shapes are not valid SHACL (in `checking.validating`)
        Unsupported           3    shapes have what is not checked, or are malformed (in `checking.shacl`)
        QueryFailed           3    a query of the shapes cannot be answered (in `checking.shacl`)
        NothingValidated      3    no shape looks at anything in the data (in `checking.validating`)
      StoreError              5    a store cannot be reached, refuses, or gives an invalid answer
        NoAnswerError         5    the store did not answer: what it did is not known
      WorkerLost              1    a worker process ended before its work was done
      ServerBusy              1    the server is answering as many queries as it can (in `serving.web`)
      QueryTimedOut           1    a query exceeds the limit of time (in `serving.web`)
      QueryLimitExceeded      1    a query exceeds the limit of memory or nesting (in `serving.web`)

Results of validation are not errors: a command that finds violations ends with exit code 4.

Findings are declared in `core/wording/findings.toml`: a permanent code, a severity, a message and an advice in three
languages. What errors say is declared in `core/wording/errors/`, and an error is made from it by `of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, NamedTuple, Self

from .languages import COMMAND_LANGUAGES, LANGUAGES, match_language
from .place import Place
from .wording.messages import Severity, load_finding_wordings
from .wording.printed import make_agree, translate_place, translate_stated, translate_where
from .wording.refusals import join_advice, tell


class Refusal(NamedTuple):
    """
    What is told of an error: where, its code (empty if it has none), and by language message and advice.

    >>> NotAPlan("The file is empty.", "a.txt").refusal.texts
    {'en': ('The file is empty.', '')}
    """

    where: str
    code: str
    texts: Mapping[str, tuple[str, str]]


class DcatHkError(Exception):
    """
    The work cannot go on: what is wrong, where, and what to do.

    Args:
        message: What is wrong, one sentence.

        where: File, place or thing it is wrong with; empty if it is the command itself.

        advice: What to do about it, one sentence.

    >>> print(NotAPlan("The file is empty.", "plan.txt", "Give a file with text in it."))
    plan.txt: The file is empty. Give a file with text in it.
    """

    exit_code = 1

    def __init__(self, message: str, where: str = "", advice: str = "") -> None:
        """Keep the three parts apart so that each can be shown by itself."""
        super().__init__(message, where, advice)
        self.message, self.where, self.advice = message, where, advice
        self.code: str = ""
        self.texts: Mapping[str, tuple[str, str]] = {}

    @classmethod
    def of(cls, code: str, where: str = "", /, **values: object) -> Self:
        """
        Return an error that can be told in every language.

        Args:
            code: The name of a file in `core/wording/errors/`, a dot, and the name of a table in it.

            where: File, place or thing it is wrong with; empty if it is the command itself.

            values: What is filled in: texts, numbers, lists, and pieces of wording (`Phrase`, `SystemReason`).

        >>> error = NotReadable.of("settings.folder", "plans", file="dcat-hk.toml")
        >>> print(error)
        plans: The settings file is a folder. Name a file in it, such as dcat-hk.toml.
        >>> error.tell("zh-Hant") != str(error)
        True
        """
        # Told in all languages at once: what is filled in need not go along to another process or into a cache.
        texts = {language: tell(code, values, language) for language in LANGUAGES}
        return cls.from_refusal(Refusal(where, code, texts))

    @classmethod
    def from_refusal(cls, refusal: Refusal) -> Self:
        """
        Return the error that a refusal was made from.

        Args:
            refusal: What `refusal` gave.

        >>> NotAPlan.from_refusal(NotAPlan("The file is empty.", "a.txt").refusal).where
        'a.txt'
        """
        message, advice = refusal.texts["en"]
        error = cls(message, refusal.where, advice)
        error.code, error.texts = refusal.code, refusal.texts
        return error

    @property
    def refusal(self) -> Refusal:
        """Return what is told of the error, in a form that can be kept."""
        return Refusal(self.where, self.code, self.texts or {"en": (self.message, self.advice)})

    def tell(self, language: str) -> str:
        """
        Return one line in a language; an error that was not made by `of` has English only.

        Args:
            language: A language of messages.

        >>> NotAPlan("The file is empty.", "plan.txt").tell("zh-Hant")
        'plan.txt: The file is empty.'
        """
        if language not in self.texts:
            return str(self)
        where = f"{translate_where(self.where, language)}: " if self.where else ""
        return where + join_advice(*self.texts[language], language)

    def __str__(self) -> str:
        """Return one line."""
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.message} {self.advice}".rstrip()


class UsageError(DcatHkError):
    """An argument, option or setting is invalid."""

    exit_code = 2


class InputError(DcatHkError):
    """An input cannot be read as what it should be."""

    exit_code = 3


class NotReadable(InputError):
    """There is no such file, no permission, or a folder instead of a file."""


class NotAPlan(InputError):
    """A file is not an open data plan."""


class TookTooMuch(NotAPlan):
    """Reading a file took more time or memory than it may: on another machine it may do."""


class ReadingFault(InputError):
    """A bug of dcat-hk stopped the reading of a file; `__cause__` is what was raised."""


class NotRdf(InputError):
    """A file is not RDF, or not valid RDF."""


class StoreError(DcatHkError):
    """A store cannot be reached, refuses, or gives an invalid answer."""

    exit_code = 5


class WorkerLost(DcatHkError):
    """A worker process ended before its work was done: it was killed, or memory ran out, or its time was up."""

    #: Whether the kernel ended it because it took more processor time than it may.
    took_too_long = False


class NoAnswerError(StoreError):
    """A store could not be reached, or the connection was lost: what it did is not known."""


@contextmanager
def contain_faults(name: str) -> Iterator[None]:
    """
    Turn what a bug raises while one input is read into an error of that input, so that the others are still read.

    Args:
        name: The input.

    Raises:
        ReadingFault: Something other than an error of dcat-hk was raised, and memory has not run out.

    >>> with contain_faults("plan.txt"):
    ...     [].pop()  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    dcat_hk.core.errors.ReadingFault: plan.txt: Reading stopped at a bug of dcat-hk (IndexError: pop from empty ...
    """
    try:
        yield
    except (DcatHkError, MemoryError):
        raise
    except Exception as error:
        cause = f"{type(error).__name__}: {error}"
        raise ReadingFault.of("reading.fault", name, cause=cause) from error


def find_language(tag: str, languages: Sequence[str] = COMMAND_LANGUAGES, where: str = "") -> str:
    """
    Return the language of messages that best matches a language tag.

    Args:
        tag: A language tag, as people write them: zh-HK, zh_CN, en-GB.

        languages: The languages that there are.

        where: Where the tag was given, for the error.

    Raises:
        UsageError: No language matches.

    >>> find_language("zh-HK")
    'zh-Hant'
    """
    # Python programs can give anything.
    known = isinstance(tag, str)
    language = tag if known and tag in languages else match_language(tag, languages) if known else None
    if not language:
        raise UsageError.of("options.no-language", where, tag=str(tag), choices=languages)
    return language


@dataclass(frozen=True, slots=True)
class Rule:
    """
    A kind of finding: severity, message and advice by language.

    >>> rules()["unread-date"].severity
    'warning'
    """

    code: str
    severity: Severity
    message: Mapping[str, str]
    advice: Mapping[str, str]
    #: The advice where nothing is near that could be named; None if it names nothing.
    without_nearest: Mapping[str, str] | None = None


@cache
def rules() -> Mapping[str, Rule]:
    """
    Return every kind of finding by its code, in the order of the table.

    >>> "unknown-category" in rules()
    True
    """
    return {
        code: Rule(code, wording.severity, wording.message, wording.advice, wording.without_nearest)
        for code, wording in load_finding_wordings().items()
    }


#: The findings on rows that are not published.
_LOST_ROWS = frozenset(
    {
        "bilingual-text",
        "columns-elsewhere",
        "missing-title",
        "missing-titles",
        "other-plan",
        "second-plan",
        "table-without-header",
        "unclear-stage",
        "unlikely-title",
        "unread-heading",
        "unread-row",
        "unread-section",
        "unread-stage",
    }
)
#: The findings whose other place is one of the same document.
_NAMES_PLACE = frozenset({"repeated-title"})
#: Values that are the stage or the date of a row.
_NAMES_STATED = frozenset({"before", "date", "stage"})
#: The findings of severity info on what the writer of a plan has most likely overlooked.
_OVERSIGHTS = frozenset({"date-outside-plan", "missing-frequency", "missing-section", "target-outside-section"})
#: The findings on headings alone, on an empty plan that nobody filled in, and on text that may be rows where nothing
#: else was read.
_LOST_TEXT = frozenset({"example-row", "plan-without-rows", "unassigned-text", "unassigned-texts"})


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A remark about a document that does not stop the work.

    >>> finding = Finding("unread-date", "plan.txt", Place(3, 3), {"date": "TBC"})
    >>> finding.message("en"), finding.severity
    ('“TBC” does not state a month.', 'warning')
    """

    code: str
    document: str
    place: Place | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        """Return the code of the kind of finding, as docs/reference/findings.md lists them."""
        return self.code

    @property
    def severity(self) -> Severity:
        """Return info, warning or error."""
        return rules()[self.code].severity

    @property
    def loses_rows(self) -> bool:
        """
        Tell whether rows of the document are not published.

        >>> Finding("missing-title", "plan.txt").loses_rows, Finding("missing-date", "plan.txt").loses_rows
        (True, False)
        """
        return self.code in _LOST_ROWS

    @property
    def is_oversight(self) -> bool:
        """
        Tell whether the writer of the plan is to look at it, although nothing of the plan is lost.

        >>> Finding("missing-frequency", "plan.txt").is_oversight, Finding("undated-plan", "plan.txt").is_oversight
        (True, False)
        """
        return self.code in _OVERSIGHTS

    @property
    def where(self) -> str:
        """Return the document and the place in it."""
        return self.where_in("en")

    def where_in(self, language: str) -> str:
        """
        Return the document and the place in it in a language.

        >>> Finding("missing-date", "plan.txt", Place(3, 4)).where_in("zh-Hant")
        'plan.txt: 第3至4行'
        """
        return f"{self.document}: {translate_place(str(self.place), language)}" if self.place else self.document

    def message(self, lang: str = "en") -> str:
        """
        Return the message in a language.

        Args:
            lang: A language tag, as people write them.

        Raises:
            UsageError: There are no messages in the language.

        >>> Finding("missing-date", "plan.txt").message("zh-HK")
        '該行在所屬部分適用的欄內沒有日期。'
        """
        language, values = find_language(lang), dict(self.values)
        if self.code in _NAMES_PLACE:
            values["other"] = translate_place(values["other"], language)
        values |= {name: translate_stated(values[name], language) for name in _NAMES_STATED & values.keys()}
        text = rules()[self.code].message[language].format_map(values)
        return make_agree(text) if language == "en" else text

    def advice(self, lang: str = "en") -> str:
        """
        Return the advice in a language.

        Args:
            lang: A language tag, as people write them.

        Raises:
            UsageError: There are no messages in the language.
        """
        rule = rules()[self.code]
        texts = rule.advice if self.values.get("nearest") or not rule.without_nearest else rule.without_nearest
        return texts[find_language(lang)].format_map(self.values)

    def to_dict(self) -> dict[str, Any]:
        """
        Return the finding for JSON: code, severity, place, and by language message and advice.

        >>> Finding("missing-date", "plan.txt", Place(3, 3)).to_dict()["place"]
        'lines 3-3'
        """
        return {
            "code": self.code,
            "severity": self.severity,
            "place": str(self.place) if self.place else None,
            "message": {language: self.message(language) for language in LANGUAGES},
            "advice": {language: self.advice(language) for language in LANGUAGES},
        }


def findings_as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """
    Return findings as `dcat-hk lint --format json` prints them: each with the document that it is about.

    Args:
        findings: The findings.

    >>> findings_as_json([Finding("missing-date", "plan.txt")])[0]["doc"]
    'plan.txt'
    """
    return [{"doc": finding.document, **finding.to_dict()} for finding in findings]


@dataclass(frozen=True, slots=True)
class FindingText:
    """
    The message or the advice of a finding, to be filled into an error.

    >>> FindingText(Finding("missing-bureau", "a.txt"), "message").tell("en")
    'The plan does not name its bureau or department.'
    """

    finding: Finding
    part: Literal["message", "advice"]

    def tell(self, language: str) -> str:
        """Return the text in a language."""
        return self.finding.message(language) if self.part == "message" else self.finding.advice(language)


def exit_code_of(rows: int, findings: Iterable[Finding]) -> int:
    """
    Return the exit code for a plan: 3 if no row was read although there is something, 4 if rows were lost, else 0.

    Args:
        rows: How many rows were read.

        findings: All findings on the plan.

    >>> exit_code_of(0, [Finding("unread-heading", "a")]), exit_code_of(2, [Finding("unread-heading", "a")])
    (3, 4)
    >>> exit_code_of(0, []), exit_code_of(2, [Finding("missing-date", "a")])
    (0, 0)
    """
    codes = {finding.code for finding in findings}
    if not rows and codes & (_LOST_ROWS | _LOST_TEXT):
        return 3
    return 4 if codes & _LOST_ROWS else 0
