"""
What is left of reading a file, small enough to be kept: its plan, what is told of it, how well it was read.

In: readings, or bytes that an earlier run kept. Out: a `KeptReading`, and bytes. Bytes are taken for a reading only if
they have its form; whatever they say, nothing of them is run.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..core.caching import dump_value, load_value
from ..core.decisions import NO_DECISIONS, Decisions
from ..core.errors import Finding, NotAPlan, Refusal
from ..core.limits import Limits
from ..core.plan import Plan
from ..reading.documents import is_named_markdown
from ..reading.quality import Copy, Quality, copy_of

if TYPE_CHECKING:
    from ..reading.parsing import Reading


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """
    What a reading depends on besides its bytes.

    Args:
        limits: The limits on reading one input.

        decisions: What people decided; what they add to the vocabularies matters to reading.
    """

    limits: Limits = field(default_factory=Limits)
    decisions: Decisions = NO_DECISIONS


@dataclass(frozen=True, slots=True)
class KeptReading:
    """
    What is left of reading a file.

    `plan` and `quality` are None if it is no plan; `refusal` then says why.
    """

    name: str
    size: int
    plan: Plan | None
    findings: tuple[Finding, ...] = ()
    quality: Quality | None = None
    refusal: Refusal | None = None

    def require(self) -> Plan:
        """
        Return the plan.

        Raises:
            NotAPlan: The file is none, or cannot be read.
        """
        if self.plan is None:
            assert self.refusal
            raise NotAPlan.from_refusal(self.refusal)
        return self.plan

    @property
    def copy(self) -> Copy:
        """
        Return the plan with how well it was read.

        Raises:
            NotAPlan: The file is none, or cannot be read.
        """
        plan = self.require()
        assert self.quality
        return Copy(plan, self.quality)

    def renamed(self, name: str) -> KeptReading:
        """
        Return the reading of the same bytes under another name.

        Args:
            name: What the file is called.

        >>> refuse("a.png", 9, NotAPlan("This is a picture.", "a.png")).renamed("b.png").refusal.where
        'b.png'
        """
        if name == self.name:
            return self
        old = self.name

        def rename(text: str) -> str:
            return name + text.removeprefix(old) if text.startswith(old) else text

        plan = self.plan and replace(
            self.plan,
            doc=rename(self.plan.doc),
            editions=tuple(edition._replace(doc=rename(edition.doc)) for edition in self.plan.editions),
        )
        findings = tuple(_rename_finding(finding, old, name) for finding in self.findings)
        refusal = self.refusal and self.refusal._replace(where=rename(self.refusal.where))
        return replace(self, name=name, plan=plan, findings=findings, refusal=refusal)


def _rename_finding(finding: Finding, old: str, new: str) -> Finding:
    """Return a finding on a file that has another name now; another language of one file goes by its name, too."""
    document = new + finding.document.removeprefix(old) if finding.document.startswith(old) else finding.document
    other = finding.values.get("other", "")
    values = finding.values
    if other == old or other.startswith(f"{old} ("):
        values = {**values, "other": new + other.removeprefix(old)}
    return replace(finding, document=document, values=values)


def keep_reading(reading: Reading, size: int) -> KeptReading:
    """
    Return what is left of a reading.

    Args:
        reading: What reading a document gave.

        size: The bytes of the file.
    """
    name = reading.document.name
    try:
        plan = reading.require()
    except NotAPlan as error:
        return refuse(name, size, error)
    return KeptReading(name, size, plan, reading.findings, copy_of(reading).quality)


def refuse(name: str, size: int, error: NotAPlan) -> KeptReading:
    """
    Return what is left of a file that is no plan.

    Args:
        name: What the file is called.

        size: Its bytes.

        error: Why it is none.

    >>> refuse("a.txt", 0, NotAPlan("The file is empty.", "a.txt")).refusal.where
    'a.txt'
    """
    return KeptReading(name, size, None, refusal=error.refusal)


def key_of_reading(data: bytes, name: str, options: ReadingOptions) -> str:
    """
    Return the key of a reading: it changes with the bytes, and with all that the reading depends on.

    Args:
        data: The bytes of the file.

        name: What it is called; only what of it matters to reading counts.

        options: What else matters.

    >>> one, other, third = (key_of_reading(b"x", name, ReadingOptions()) for name in ("a.txt", "b.txt", "a.md"))
    >>> one == other, one == third
    (True, False)
    """
    stated = f"{options.limits}\n{options.decisions.reading_digest}\n{is_named_markdown(name)}\n"
    return "reading-" + hashlib.sha256(stated.encode() + data).hexdigest()


def dump_reading(reading: KeptReading) -> bytes:
    """Return a reading as bytes, for `load_reading`."""
    return dump_value(reading)


def load_reading(data: bytes | None, name: str) -> KeptReading | None:
    """
    Return a reading from bytes under the name that the file has now; None if they are none.

    Args:
        data: What an earlier run kept.

        name: What the file is called.

    >>> load_reading(b"no reading", "a.txt") is None
    True
    """
    reading = load_value(data, KeptReading)
    if (
        reading is None
        or (reading.plan is None) != (reading.quality is None)
        or bool(reading.plan) == bool(reading.refusal)
    ):
        return None
    return reading.renamed(name)
