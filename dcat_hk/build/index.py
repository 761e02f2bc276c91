"""
Plans on disk -> what all plans share: the index of datasets, and the order of the plans.

In: the files that were read. Out: an `IndexedPlans`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..catalogue.mapping.context import MappingContext
from ..catalogue.mapping.identities import Bodies, identify
from ..catalogue.mapping.index import PlanIndex, record_iris
from ..catalogue.mapping.iris import Iris
from ..catalogue.mapping.linkedrecords import PortalLinks
from ..core.namespaces import PlanTerms
from ..core.settings import Settings
from ..core.terms import Iri
from ..core.vocabularies import Vocabularies
from ..reconciliation.items import PlanItems
from ..reconciliation.linkfiles import LinkFiles
from .editions import group_editions
from .linkfolder import kept_links
from .read import ReadFile, load_plan
from .timeline import plan_items

NO_LINKS = LinkFiles()


@dataclass(frozen=True, slots=True)
class IndexedPlans:
    """
    What the mapping of every plan needs, and where the plans wait, from the oldest to the newest.

    `heads` are the plans without what they list.
    """

    context: MappingContext
    paths: list[Path]
    heads: list[PlanItems]
    #: The IRIs of all records, if there are judgements, which may name any.
    records: frozenset[Iri] = frozenset()

    def in_file_order(self) -> list[int]:
        """Return the numbers of the plans in the order in which the catalogue's files list them: by IRI."""
        plans = self.context.index.plans
        return sorted(range(len(plans)), key=lambda number: plans[number][0])

    def by_publisher(self) -> list[list[int]]:
        """Return the numbers of the plans of each publisher, all in the order of the catalogue's files."""
        groups: dict[str, list[int]] = {}
        for number in self.in_file_order():
            publisher = self.context.index.plans[number][0].rpartition("/")[0]
            groups.setdefault(publisher, []).append(number)
        return list(groups.values())


def index_plans(
    files: Sequence[ReadFile],
    settings: Settings,
    vocabularies: Vocabularies,
    links: LinkFiles = NO_LINKS,
    portal: PortalLinks | None = None,
) -> IndexedPlans:
    """
    Index the plans of files that were read, and tell the outcome of each file where its plan is published.

    Args:
        files: The files that were read.

        settings: The settings of the catalogue.

        vocabularies: Its vocabularies.

        links: The folder of links: which identifiers are kept, and what people say.

        portal: The records of the portal that datasets are linked with; None for none.

    Raises:
        NotReadable: The links keep an identifier that nothing knows.
    """
    bodies, kept = Bodies(vocabularies), kept_links(links, portal)
    codes = {file.path: bodies.find(file.head.bureau).code for file in files}
    index = PlanIndex(Iris(vocabularies.base))
    paths: list[Path] = []
    heads: list[PlanItems] = []
    by_rule: set[str] = set()
    records: set[Iri] = set()
    for editions in group_editions(files, codes, vocabularies):
        leader = editions[0]
        identified = identify(leader.load(), bodies, kept)
        index.add(identified)
        heads.append(
            plan_items(replace(identified, plan=replace(identified.plan, entries=()), identities=()), index.iris)
        )
        if links.digests:
            by_rule |= {identity.rule_identifier for identity in identified.identities}
            records |= set(record_iris(index.iris, identified))
        first, last = leader.head.years
        for file in editions:
            file.outcome.path = f"plans/{codes[leader.path]}/{first}-{last}"
        paths.append(leader.path)
    links.identities.check_known(by_rule)
    if index.shared:
        for number, path in enumerate(paths):
            index.add_records(number, identify(load_plan(path), bodies, kept))
    context = MappingContext(settings, vocabularies, index, kept, PlanTerms(vocabularies.base))
    return IndexedPlans(context, paths, heads, frozenset(records))
