"""
Who publishes what: the bodies a plan names and the identifiers of its datasets.

In: a plan and the vocabularies. Out: an `Identity` for every entry. It says nothing about the datasets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...core.languages import LANGUAGES
from ...core.namespaces import FOAF
from ...core.plan import Entry, Plan
from ...core.terms import Iri
from ...core.vocabularies import Concept, Vocabularies
from .iris import Iris, dataset_id, minted_code
from .linkedrecords import PortalLinks


@dataclass(frozen=True, slots=True)
class Agent:
    """A body, as `foaf:Agent`: known, with its concept, or minted from the name a plan prints."""

    code: str
    iri: Iri
    name: str
    concept: Concept | None = None

    @property
    def on_portal(self) -> bool:
        """Return whether DATA.GOV.HK lists the body as a data provider."""
        return self.concept is not None and FOAF.page in self.concept.properties

    @property
    def labels(self) -> dict[str, str]:
        """Return what to call the body in each language; one that no vocabulary has is called the same in each."""
        concept = self.concept
        return {language: concept.label(language) if concept else self.name for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Identity:
    """
    Which dataset an entry is about, who publishes it, who made it, and the other body it stands under.

    `identifier` is the one that is published, `rule_identifier` the one that the rule gives; they differ where an
    earlier one was kept.
    """

    identifier: str
    publisher: Agent
    creator: Agent | None
    organisation: Agent | None
    rule_identifier: str


@dataclass(frozen=True, slots=True)
class IdentifiedPlan:
    """A plan with its publisher and the identity of each of its entries, in order."""

    plan: Plan
    publisher: Agent
    identities: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """
    What people and files say of datasets: identifiers kept instead of those that the rule gives, and their records.

    >>> Links().identifiers
    {}
    """

    identifiers: Mapping[str, str] = field(default_factory=dict)
    portal: PortalLinks = field(default_factory=PortalLinks)


class Bodies:
    """Finds the bodies that plans name, minting those that no vocabulary has."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        """Begin with the organisations of the vocabularies."""
        self._vocabularies = vocabularies
        self._iris = Iris(vocabularies.base)
        self._agents: dict[str, Agent] = {}

    def find(self, name: str) -> Agent:
        """Return the body of a name."""
        body = self._agents.get(name)
        if body is None:
            concept = self._vocabularies.find_organisation(name)
            code = concept.notation if concept else minted_code(name)
            body = self._agents[name] = Agent(code, self._iris.organisation(code), name, concept)
        return body

    def find_known(self, name: str) -> Agent | None:
        """Return the body of a name if a vocabulary has it, else None."""
        body = self.find(name)
        return body if body.concept else None


def identify(plan: Plan, bodies: Bodies, links: Links) -> IdentifiedPlan:
    """
    Return a plan with the identity of each entry.

    The publisher is the other organisation of section C; else the body that a remark says owns and
    releases the dataset; else a group heading that is a data provider of the portal; else the bureau. A
    group heading that is another body is the creator. A group heading that names the publisher is no part
    of the identifier. A title that a person corrected makes no new identifier: that of the title as printed stays.

    Args:
        plan: The plan.

        bodies: Finds organisations.

        links: Identifiers that are kept although a title changed.
    """
    bureau = bodies.find(plan.bureau)
    return IdentifiedPlan(plan, bureau, tuple(_identify(entry, bureau, bodies, links) for entry in plan.entries))


def _identify(entry: Entry, bureau: Agent, bodies: Bodies, links: Links) -> Identity:
    """Return the identity of one entry."""
    organisation = bodies.find(entry.organisation) if entry.organisation else None
    group = bodies.find_known(entry.group) if entry.group else None
    owner = bodies.find(entry.publisher) if entry.publisher else None
    publisher = organisation or owner or (group if group and group.on_portal else None) or bureau
    creator = group if group and group.code != publisher.code else None
    heading = "" if group and group.code == publisher.code else entry.group or ""
    identifier = dataset_id(publisher.code, heading, entry.spatial, entry.as_printed().title)
    return Identity(links.identifiers.get(identifier, identifier), publisher, creator, organisation, identifier)
