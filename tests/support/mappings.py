"""Plans given as texts, mapped to things."""

from dcat_hk.catalogue.mapping.context import MappingContext, PlanMapping
from dcat_hk.catalogue.mapping.identities import Bodies, Links, identify
from dcat_hk.catalogue.mapping.index import PlanIndex, chronological
from dcat_hk.catalogue.mapping.iris import Iris
from dcat_hk.catalogue.mapping.plans import map_plan
from dcat_hk.core.namespaces import PlanTerms
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import Literal, expand
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from support.plan_texts import PlanText, Row

BASE = "https://example.org/dcat-hk/"
PLAN = f"{BASE}def/plan#"
TABS = PlanText(
    "香港天文台",
    2024,
    {
        ("A", "ii"): [Row("氣象", "潮汐預報", "03/2024", "每日", "")],
        ("D", "i"): [Row("氣象", "自動氣象站", "01/2020", "每15分鐘", "位置及讀數 (JSON, CSV)")],
        ("D", "ii"): [
            Row("氣象", "雨量", "02/2020", "每小時", "各區雨量 (CSV)"),
            Row("占星", "星座", "02/2020", "視情況", "無格式"),
        ],
    },
    "2023年12月",
)


def make_mappings(*texts, settings=None, links=None):
    """Return the mappings of plans given as texts, oldest first."""
    vocabularies = load(BASE)
    plans = [read_plan(read_bytes(text.encode(), f"{i}.txt"), vocabularies).require() for i, text in enumerate(texts)]
    links = links or Links()
    identified = [identify(plan, Bodies(vocabularies), links) for plan in plans]
    identified.sort(key=lambda one: chronological(one.plan, one.publisher.code))
    index = PlanIndex(Iris(BASE))
    for plan in identified:
        index.add(plan)
    for number, plan in enumerate(identified):
        index.add_records(number, plan)
    context = MappingContext(settings or Settings(), vocabularies, index, links, PlanTerms(BASE))
    return [PlanMapping(context, plan, number) for number, plan in enumerate(identified)]


def map_texts(*texts, settings=None, links=None):
    """Return things by IRI, for each of some plans given as texts, oldest first."""
    mappings = make_mappings(*texts, settings=settings, links=links)
    return [{thing.iri: thing.properties for thing in map_plan(mapping)} for mapping in mappings]


def one(things, ending):
    """Return the properties of the only thing whose IRI contains a text."""
    (properties,) = [properties for iri, properties in things.items() if ending in iri]
    return properties


def datasets(things):
    """Return datasets by title."""
    return {
        p[expand("dct:title")][0].value: (iri, p)
        for iri, p in things.items()
        if expand("dcat:Dataset") in p.get(expand("rdf:type"), ())
    }


def month(value):
    """Return a month as the graph has it."""
    return Literal(value, "", expand("xsd:gYearMonth"))
