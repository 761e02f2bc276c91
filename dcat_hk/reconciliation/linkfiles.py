"""
The folder of links: what it says, and what people add to it.

In: the folder. Out: a `LinkFiles`. Every file is replaced as a whole; of a file that is appended to the old lines stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ..core.errors import NotReadable, UsageError
from ..core.files import write_file
from ..core.locks import hold_folder
from ..core.scratch import remove_unfinished
from ..core.terms import Iri
from ..core.wording.refusals import SystemReason
from .identities import Identities, read_identities
from .judgements import Judgement, Judgements, read_judgements, to_mapping
from .sssom import SssomMapping, read_mappings, write_head, write_line

PLANS, PORTAL, CANDIDATES = "plans.sssom.tsv", "portal.sssom.tsv", "candidates.sssom.tsv"
JUDGEMENTS, IDENTITIES = "judgements.sssom.tsv", "identities.tsv"
#: The folder of snapshots of the portal inside that of links, and what their files end with.
SNAPSHOTS = "portal"
_ENDINGS = (".jsonl.gz", ".jsonl")
#: The signal that a record of the portal is likelier than that a dataset has none; others are asked about as well.
LIKELY = "likely"
#: The files that this program knows in a folder of links.
NAMES = (CANDIDATES, IDENTITIES, JUDGEMENTS, PLANS, PORTAL)


@dataclass(frozen=True)
class LinkFiles:
    """
    What a folder of links says.

    Args:
        folder: The folder; None if there is none.

        identities: Under which identifier each dataset was published first.

        judgements: What people say.

        written: The links that were written, from the older record to the newer one.

        candidates: What waits for a person.

        digests: The SHA-256 and the size of each file, by its name.

        portal: The links that were written, from a dataset to a record of the portal.

    >>> LinkFiles().identities.resolve("a")
    'a'
    """

    folder: Path | None = None
    identities: Identities = field(default_factory=Identities)
    judgements: Judgements = field(default_factory=Judgements)
    written: tuple[SssomMapping, ...] = ()
    candidates: tuple[SssomMapping, ...] = ()
    digests: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    portal: tuple[SssomMapping, ...] = ()

    @property
    def written_pairs(self) -> dict[tuple[Iri, Iri], SssomMapping]:
        """Return the links that were written by the records they link: the older one, the newer one."""
        return {(one.subject, one.object): one for one in self.written}

    @property
    def records(self) -> frozenset[Iri]:
        """Return what the generated files name: records of plans, datasets, pages of the portal."""
        named = (*self.written, *self.candidates, *self.portal)
        return frozenset(iri for one in named for iri in (one.subject, one.object))


def read_links(folder: Path | None, base: Iri, *, may_be_new: bool = False) -> LinkFiles:
    """
    Return what a folder of links says.

    Args:
        folder: The folder; None for no links. A file that is not there says nothing.

        base: The base IRI of the catalogue.

        may_be_new: Whether a folder that is not there says nothing: it is going to be written.

    Raises:
        NotReadable: There is no such folder, or a line of a file cannot be used.
    """
    if folder is None or (may_be_new and not folder.exists()):
        return LinkFiles()
    if not folder.is_dir():
        raise NotReadable.of("links.no-folder", str(folder))
    digests: dict[str, tuple[str, int]] = {}
    for name in NAMES:
        if (folder / name).is_file():
            data = (folder / name).read_bytes()
            digests[name] = (hashlib.sha256(data).hexdigest(), len(data))
    return LinkFiles(
        folder,
        read_identities(folder / IDENTITIES),
        read_judgements(folder / JUDGEMENTS, base),
        _read(folder / PLANS, base),
        _read(folder / CANDIDATES, base),
        digests,
        _read(folder / PORTAL, base),
    )


def _read(path: Path, base: Iri) -> tuple[SssomMapping, ...]:
    """Return the mappings of a generated file, none if there is no such file."""
    return tuple(read_mappings(path, base)) if path.exists() else ()


def read_candidates(folder: Path, base: Iri) -> tuple[SssomMapping, ...]:
    """
    Return what waits for a person by a folder; nothing if it has no such file.

    Args:
        folder: The folder of links.

        base: The base IRI of the catalogue.

    Raises:
        NotReadable: A line cannot be used.
    """
    return _read(folder / CANDIDATES, base)


def is_on_portal(candidate: SssomMapping, base: Iri) -> bool:
    """
    Tell whether a candidate is on a dataset and a record of the portal; others are on rows of two plans.

    Args:
        candidate: The candidate.

        base: The base IRI of the catalogue.

    >>> is_on_portal(SssomMapping("https://example.org/dataset/hk-xyz-a", "is", "b", "why"), "https://example.org/")
    True
    """
    return candidate.subject.startswith(f"{base}dataset/")


def list_snapshots(folder: Path) -> list[Path]:
    """
    Return the snapshots beside links: the paths of their lines, by name.

    Args:
        folder: The folder of links.
    """
    inside = folder / SNAPSHOTS
    if not inside.is_dir():
        return []
    return sorted(path for path in inside.iterdir() if path.name.endswith(_ENDINGS) and path.is_file())


# ---- appending


def append_judgement(folder: Path, judgement: Judgement, base: Iri, labels: Sequence[str] = ("", "")) -> None:
    """
    Append a judgement to what people say.

    Args:
        folder: The folder of links; it is made if it is not there.

        judgement: What a person says.

        base: The base IRI of the catalogue.

        labels: What the two rows are called.

    Raises:
        NotReadable: The file cannot be written.
    """
    append_mappings(folder, [to_mapping(judgement, base, labels)], base)


def append_mappings(folder: Path, mappings: Sequence[SssomMapping], base: Iri) -> None:
    """
    Append lines to what people say; all of them are there, or none.

    Args:
        folder: The folder of links; it is made if it is not there.

        mappings: The lines.

        base: The base IRI of the catalogue.

    Raises:
        NotReadable: The file cannot be written.
    """
    with locked(folder):
        head = "".join(write_head("judgements", base))
        append_text(folder / JUDGEMENTS, head, "".join(write_line(mapping, base) for mapping in mappings))


def append_text(path: Path, head: str, text: str) -> None:
    """
    Append to a file so that at any moment the old file or the new one is whole.

    Args:
        path: The file.

        head: What a new file begins with.

        text: What is appended.

    Raises:
        NotReadable: The file cannot be read or written.
    """
    write_file(path, appended_pieces(path, head, text))


def appended_pieces(path: Path, head: str, text: str) -> list[str]:
    """
    Return the text of a file with more at its end, in pieces.

    Args:
        path: The file; it need not be there.

        head: What a new file begins with.

        text: What is appended.

    Raises:
        NotReadable: The file cannot be read.
    """
    try:
        # As bytes, so that no old line changes.
        old = path.read_bytes().decode() if path.exists() else head
    except UnicodeDecodeError as error:
        raise NotReadable.of("links.not-utf-8", str(path)) from error
    except OSError as error:
        raise NotReadable.of("links.unreadable", str(path), reason=SystemReason.of(error)) from error
    return [old, "" if not old or old.endswith("\n") else "\n", text]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """
    Make a folder if it is not there, and let nobody else write links into it while the block runs.

    Args:
        folder: The folder.

    Raises:
        UsageError: It is a file.

        NotReadable: It cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with hold_folder(folder):
            remove_unfinished(folder)
            yield
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError.of("links.is-file", str(folder)) from error
    except OSError as error:
        raise NotReadable.of("links.unwritable", str(folder), reason=SystemReason.of(error)) from error
