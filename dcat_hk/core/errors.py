"""
What can go wrong: errors stop the work, findings are counted and the work goes on.

Errors, by exit code::

    DcatHkError                    (never raised itself)
      UsageError              2    the command was given something it cannot use
        NotOffered            2    an answer has none of the forms that a client asked for (in `web`)
      InputError              3    an input cannot be read as what it should be
        NotReadable           3    no such file, no permission, a directory where a file is due
        NotAPlan              3    a file that holds no open data plan
        NotRdf                3    a file that holds no RDF that can be read
        ShapesError           3    shapes that are no SHACL (in `checking.validating`)
        Unsupported           3    shapes that the compiled engine does not support (in `checking.shacl`)
      StoreError              5    a store cannot be reached, refuses, or answers what cannot be understood
        NoAnswerError         5    no answer came: what the store did is not known
      Busy                    1    the server answers as many queries as it may (in `web`)
      TooMuch                 1    a query takes longer or gives more than it may (in `web`)

Results of validation are no errors: a command that finds violations ends with exit code 4.

Findings are declared in `findings.toml`: a permanent code, a severity, a message and an advice in three
languages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from .place import Place

Severity = Literal["info", "warning", "error"]


class DcatHkError(Exception):
    """
    The work cannot go on: what, where and what to do.

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

    def __str__(self) -> str:
        """Return one line."""
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.message} {self.advice}".rstrip()


class UsageError(DcatHkError):
    """The command was given something it cannot use."""

    exit_code = 2


class InputError(DcatHkError):
    """An input cannot be read as what it should be."""

    exit_code = 3


class NotReadable(InputError):
    """There is no such file, no permission, or a directory where a file is due."""


class NotAPlan(InputError):
    """A file holds no open data plan."""


class NotRdf(InputError):
    """A file holds no RDF that can be read."""


class StoreError(DcatHkError):
    """A store cannot be reached, refuses, or answers what cannot be understood."""

    exit_code = 5


class NoAnswerError(StoreError):
    """A store could not be reached, or the connection was lost: what it did is not known."""


@dataclass(frozen=True, slots=True)
class Rule:
    """
    What a kind of finding says: severity, message and advice by language.

    >>> rules()["unread-date"].severity
    'warning'
    """

    code: str
    severity: Severity
    message: Mapping[str, str]
    advice: Mapping[str, str]


@cache
def rules() -> Mapping[str, Rule]:
    """
    Return every kind of finding by its code, in the order of the table.

    >>> "unknown-category" in rules()
    True
    """
    table = tomllib.loads(files("dcat_hk.core.wording").joinpath("findings.toml").read_text(encoding="utf-8"))
    return {code: Rule(code, row["severity"], row["message"], row["advice"]) for code, row in table.items()}


@dataclass(frozen=True, slots=True)
class Finding:
    """
    Something in a document that its writer or reader should know.

    >>> finding = Finding("unread-date", "plan.txt", Place(3, 3), {"date": "TBC"})
    >>> finding.message("en"), finding.severity
    ('“TBC” names no month.', 'warning')
    """

    code: str
    document: str
    place: Place | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """Return info, warning or error."""
        return rules()[self.code].severity

    @property
    def where(self) -> str:
        """Return the document and the place in it."""
        return f"{self.document}: {self.place}" if self.place else self.document

    def message(self, language: str = "en") -> str:
        """Return what was found, in a language that the table has."""
        return rules()[self.code].message[language].format_map(self.values)

    def advice(self, language: str = "en") -> str:
        """Return what to do about it, in a language that the table has."""
        return rules()[self.code].advice[language]
