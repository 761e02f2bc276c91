"""Who publishes what."""

from support.entries import make_entry
from support.mappings import BASE, TABS, datasets, map_texts
from support.plan_texts import PlanText, Row, as_layout, as_tabs

from dcat_hk.catalogue.mapping.identities import Bodies, Links, identify
from dcat_hk.catalogue.mapping.iris import dataset_id
from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.plan import Plan
from dcat_hk.core.terms import expand
from dcat_hk.core.vocabularies import load


def test_who_publishes_a_dataset():
    """Section C, a remark, a group heading on the portal, else the bureau; another body's heading is the creator."""
    rows = [
        Row("工商業", "甲", "02/2020", "每年", "一些說明文字而已", "香港科技園公司 (HKSTPC)"),
        Row("工商業", "乙", "02/2020", "每年", "一些說明文字而已", "香港認可處 (HKAS)"),
        Row("工商業", "丙", "02/2020", "每年", "(此數據集由醫院管理局擁有及發放。)", "某計劃 (XYZ)"),
    ]
    (things,) = map_texts(as_layout(PlanText("創新科技署", 2024, {("D", ""): rows}, "2023年12月"), remark_width=60))
    found = {title: p for title, (_iri, p) in datasets(things).items()}
    publisher, creator = expand("dct:publisher"), expand("dct:creator")
    assert found["甲"][publisher] == (f"{BASE}organisation/hkstp",)
    assert creator not in found["甲"]
    assert found["乙"][publisher] == (f"{BASE}organisation/hk-itc",)
    assert found["乙"][creator] == (f"{BASE}organisation/hkas",)
    assert found["丙"][publisher] == (f"{BASE}organisation/hospital",)
    assert creator not in found["丙"]


def test_the_same_title_under_two_headings_is_two_datasets():
    """A group heading that is not the publisher is part of the identity."""
    rows = [
        Row("其他", "主要表現指標", "02/2020", "每年", "一些說明文字", heading)
        for heading in ("甲計劃 (AA)", "乙計劃 (BB)")
    ]
    (things,) = map_texts(as_layout(PlanText("創新科技署", 2024, {("D", ""): rows}, "2023年12月"), remark_width=60))
    assert len([p for p in things.values() if expand("dcat:Dataset") in p[expand("rdf:type")]]) == 2


def test_an_identity_can_be_kept_by_decision():
    """The table of identities gives a renamed dataset the identifier it had."""
    (before,) = map_texts(as_tabs(TABS))
    iri, _properties = datasets(before)["雨量"]
    identifier = iri.rpartition("/")[2]
    links = Links({identifier: "hk-hko-0000000000"})
    (after,) = map_texts(as_tabs(TABS), links=links)
    kept, _properties = datasets(after)["雨量"]
    assert kept.endswith("/hk-hko-0000000000")


def test_a_known_body_has_its_code_in_any_script():
    """Both scripts and the English name are the same body, listed by the portal."""
    bodies = Bodies(load(BASE))
    agents = [bodies.find(name) for name in ("香港天文台", "Hong Kong Observatory")]
    assert {agent.iri for agent in agents} == {f"{BASE}organisation/hk-hko"}
    assert agents[0].on_portal
    assert agents[0].labels["en"] == "Hong Kong Observatory"


def test_an_unknown_body_is_minted_but_not_known():
    """A body that no vocabulary has gets a code of its own and its printed name in every language."""
    bodies = Bodies(load(BASE))
    agent = bodies.find("未來局")
    assert agent.code.startswith("x-")
    assert agent.labels == dict.fromkeys(LANGUAGES, "未來局")
    assert not agent.on_portal
    assert bodies.find_known("未來局") is None
    assert bodies.find("未来局").code == agent.code


def identify_one(**fields):
    """Return the identity of one entry of a plan of the Observatory."""
    plan = Plan("a.txt", "0" * 64, "香港天文台", "香港天文台", (2024, 2026), "Hant", None, (make_entry(**fields),))
    return identify(plan, Bodies(load(BASE)), Links()).identities[0]


def test_the_other_organisation_comes_before_the_owner():
    """Where a row stands under another organisation, that one publishes, whatever a remark says."""
    identity = identify_one(organisation="醫院管理局", publisher="香港科技園公司", group=None)
    assert (identity.publisher.code, identity.organisation.code, identity.creator) == ("hospital", "hospital", None)


def test_a_heading_that_names_the_publisher_is_no_part_of_the_identifier():
    """Neither as heading nor as creator: the same dataset is listed with and without it; another heading counts."""
    plain = identify_one(group=None)
    same = identify_one(group="香港天文台")
    # The bureau under another of its names is the same body, found a second time.
    again = identify_one(group="Hong Kong Observatory")
    other = identify_one(group="香港認可處")
    named = identify_one(organisation="香港天文台", group="Hong Kong Observatory")
    assert (named.creator, named.identifier) == (None, identify_one(group=None).identifier)
    assert plain.identifier == same.identifier == again.identifier != other.identifier
    assert (plain.creator, same.creator, again.creator) == (None, None, None)
    assert other.creator.code == "hkas"
    assert plain.identifier == dataset_id("hk-hko", "", make_entry().spatial, make_entry().title)
    assert other.identifier == dataset_id("hk-hko", "香港認可處", make_entry().spatial, make_entry().title)
