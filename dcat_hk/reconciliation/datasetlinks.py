"""
Links from datasets to records of the portal: those that were written, and what people say of them.

In: the mappings of `portal.sssom.tsv`, and judgements. Out: the links that hold, by dataset. A judgement takes the
place of a written link on the same two, and a person's one to one that of a machine's on either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..core.terms import Iri
from .judgements import Judgement, Judgements, Verdict, to_mapping
from .sssom import BROAD, CLOSE, EXACT, NARROW, SssomMapping

#: How a dataset can be related to a record; the first is one to one.
RELATIONS = {EXACT: "exact", CLOSE: "close", BROAD: "broad", NARROW: "narrow"}
#: What people say of a dataset and a record that are linked in one of these ways.
SAYS_LINKED: frozenset[Verdict] = frozenset({"same", "close", "part-of", "split"})


class Denied(NamedTuple):
    """A written link that does not hold, and the judgement that says so."""

    link: SssomMapping
    judgement: Judgement


class DatasetLinks(NamedTuple):
    """
    Links that hold, and those that do not.

    Args:
        by_dataset: The links of each dataset, by its IRI; one to one first.

        denied: Written links that a judgement speaks against.

        doubled: Pairs of links of one dataset of which each says that it is one to one; neither holds.
    """

    by_dataset: Mapping[Iri, tuple[SssomMapping, ...]]
    denied: tuple[Denied, ...] = ()
    doubled: tuple[tuple[SssomMapping, SssomMapping], ...] = ()


def settle_links(
    written: Sequence[SssomMapping], judgements: Judgements, base: Iri, name_of: Callable[[Iri], str]
) -> DatasetLinks:
    """
    Return the links of datasets that hold.

    Args:
        written: The links that were written.

        judgements: What people say.

        base: The base IRI of the catalogue.

        name_of: Returns the name of the record that an IRI is a page of, whatever its language; empty for other IRIs.

    >>> link = SssomMapping("a", EXACT, "b", "why")
    >>> settle_links([link], Judgements(), "https://example.org/", str).by_dataset["a"] == (link,)
    True
    """
    said = {
        (one.subject, name_of(one.object)): one for one in judgements.counting if one.object and name_of(one.object)
    }
    people = {pair: to_mapping(one, base) for pair, one in said.items() if one.verdict in SAYS_LINKED}
    one_to_one = {pair: said[pair] for pair, link in people.items() if link.predicate == EXACT}
    by_subject = {subject: one for (subject, _name), one in one_to_one.items()}
    by_name = {name: one for (_subject, name), one in one_to_one.items()}
    kept: list[SssomMapping] = []
    denied: list[Denied] = []
    for link in (one for one in written if not one.negated and one.predicate in RELATIONS):
        pair = link.subject, name_of(link.object)
        against = said.get(pair)
        if pair in people and people[pair].predicate == link.predicate:
            continue
        if against is None and link.predicate == EXACT:
            # One to one: who links one of the two with another says that this link is none.
            against = by_subject.get(pair[0]) or by_name.get(pair[1])
        if against is None:
            kept.append(link)
        else:
            denied.append(Denied(link, against))
    return _by_dataset([*people.values(), *kept], tuple(denied))


def _by_dataset(links: Iterable[SssomMapping], denied: tuple[Denied, ...]) -> DatasetLinks:
    """Return links by dataset, without those that say one to one of several."""
    by_dataset: dict[Iri, list[SssomMapping]] = {}
    for link in sorted(links, key=lambda one: (one.subject, one.predicate != EXACT, one.predicate, one.object)):
        by_dataset.setdefault(link.subject, []).append(link)
    doubled: list[tuple[SssomMapping, SssomMapping]] = []
    for subject, own in by_dataset.items():
        exact = [link for link in own if link.predicate == EXACT]
        if len(exact) > 1:
            doubled.append((exact[0], exact[1]))
            by_dataset[subject] = [link for link in own if link.predicate != EXACT]
    return DatasetLinks({subject: tuple(own) for subject, own in by_dataset.items() if own}, denied, tuple(doubled))
