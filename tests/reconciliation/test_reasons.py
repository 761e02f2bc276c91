"""Why rows of several plans are one dataset."""

from dcat_hk.reconciliation.identities import Identities
from dcat_hk.reconciliation.judgements import Judgement, Judgements
from dcat_hk.reconciliation.linkfiles import LinkFiles
from dcat_hk.reconciliation.reasons import find_reasons
from dcat_hk.reconciliation.sssom import COMPOSITE, EXACT, LEXICAL, SssomMapping

OLD, NEW, NEWEST = (f"https://a.example/record/hk-x/{years}/D-1" for years in ("2020-2022", "2021-2023", "2022-2024"))


def short(record):
    """Return a record's IRI from the base IRI on."""
    return record.removeprefix("https://a.example/")


def test_rows_of_one_plan_need_no_reason():
    """Several rows of one plan are one dataset because they have one title."""
    assert find_reasons([OLD, f"{OLD}.1"], "hk-x-a", LinkFiles()) == []


def test_each_row_is_united_with_the_one_before():
    """Links by title and by several signals are told with their evidence and line, from the oldest plan on."""
    written = (
        SssomMapping(OLD, EXACT, NEW, LEXICAL, evidence={"title": 6.0}, line=20),
        SssomMapping(NEW, EXACT, NEWEST, COMPOSITE, evidence={"title": 3.5}, line=9),
    )
    identities = Identities({"hk-x-a": "hk-x-a", "hk-x-b": "hk-x-a"}, {"hk-x-a": 2, "hk-x-b": 3})
    reasons = find_reasons([NEWEST, OLD, NEW], "hk-x-a", LinkFiles(identities=identities, written=written))
    assert reasons == [
        f"{short(OLD)} → {short(NEW)}: the same title (title +6) (plans.sssom.tsv, line 20)",
        f"{short(NEW)} → {short(NEWEST)}: another title, several signals (title +3.5) (plans.sssom.tsv, line 9)",
        "hk-x-b is published as hk-x-a (identities.tsv, line 3)",
    ]


def test_a_judgement_tells_who_and_why():
    """What a person said is told with name, day and comment; without links the rule is the reason."""
    judgements = Judgements((Judgement(NEW, "same", OLD, "ann", "2024-05-01", "same remarks", 7),))
    (reason,) = find_reasons([OLD, NEW], "hk-x-a", LinkFiles(judgements=judgements))
    assert reason.endswith("judged the same by ann on 2024-05-01: same remarks (judgements.sssom.tsv, line 7)")
    assert "the same identifier" in find_reasons([OLD, NEW], "hk-x-a", LinkFiles())[0]
