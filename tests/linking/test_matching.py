"""Linking: which record of the portal each printed row is, and where nobody can know."""

from support.linked_rows import decisions, find_links, make_plan, make_portal, make_record, make_row

YACHTS = make_record("hk-hsd-yacht-licences", "Number of Yacht Licences", formats=("CSV",))
PIERS = make_record("hk-hsd-piers", "Location of Public Piers", formats=("CSV",))
ANCHORAGES = make_record("hk-hsd-anchorages", "Typhoon Shelters and Anchorages", formats=("CSV",))


def dataset_of(plan, place=0):
    """Return the identifier of the dataset of an item."""
    return plan.items[place].kept


def test_a_title_that_the_glossary_explains_is_linked():
    """Both titles say the same, and nothing else of the body does."""
    links = find_links(
        [make_plan(make_row("公眾碼頭位置"), make_row("遊艇牌照數目"))], make_portal(YACHTS, PIERS, ANCHORAGES)
    )
    assert links["D.ii.1"] == ("hk-hsd-piers", "exact", ["hk-hsd-piers"])


def test_without_its_record_a_row_is_linked_with_no_sibling():
    """The true record is not there: its neighbour may be asked about, and is not written."""
    siblings = [make_record(f"hk-hsd-berths-{by}", f"Number of Berths by {by}") for by in ("District", "Length")]
    (link,) = find_links([make_plan(make_row("按吃水深度劃分的泊位數目"))], make_portal(*siblings)).values()
    assert link[0] is None
    assert set(link[2]) <= {record.slug for record in siblings}


def test_equal_titles_in_one_language_are_linked_in_either_script():
    """The portal's Chinese title decides, whatever the English one says."""
    records = (make_record("hk-hsd-a", "Something else", "浮標位置"), make_record("hk-hsd-b", "Buoys", "浮標顏色"))
    links = find_links([make_plan(make_row("浮标位置"))], make_portal(*records))
    assert links["D.ii.1"][:2] == ("hk-hsd-a", "exact")


def test_titles_that_differ_in_one_language_are_not_linked_by_another():
    """A Chinese title that says otherwise is stronger than an English one that the glossary explains."""
    record = make_record("hk-hsd-piers", "Location of Public Piers", "私人遊艇會所收費")
    assert find_links([make_plan(make_row("公眾碼頭位置"))], make_portal(record))["D.ii.1"][0] is None


def test_a_row_that_is_not_due_is_nothing():
    """Its month comes after the snapshot, in whatever section it stands; not even a candidate is named."""
    record = make_record("hk-hsd-piers", "Piers", "公眾碼頭位置")
    for fields in (
        {"section": "A", "date": "2023-02"},
        {"section": "D", "date": "2023-02"},
        {"section": "B", "date": None, "period": ("2023-04", "2023-06")},
    ):
        links = find_links([make_plan(make_row("公眾碼頭位置", **fields))], make_portal(record, date="2023-01"))
        assert list(links.values()) == [(None, None, [])]


def test_a_row_that_is_due_in_the_month_of_the_snapshot_may_be_there():
    """Its month is not after the snapshot."""
    record = make_record("hk-hsd-piers", "Piers", "公眾碼頭位置")
    for fields in ({"date": "2023-01"}, {"date": None, "period": ("2023-01", "2023-03")}):
        row = make_row("公眾碼頭位置", section="A", **fields)
        assert find_links([make_plan(row)], make_portal(record, date="2023-01-31"))["A.ii.1"][0] == "hk-hsd-piers"


def test_a_promise_without_a_month_is_asked_about():
    """Nobody knows whether it is due, so that it is never written."""
    record = make_record("hk-hsd-piers", "Piers", "公眾碼頭位置")
    row = make_row("公眾碼頭位置", section="A", date=None, date_raw="待定")
    assert find_links([make_plan(row)], make_portal(record))["A.ii.1"] == (None, None, ["hk-hsd-piers"])


def test_a_dataset_of_another_organisation_is_looked_for_at_its_own_records_only():
    """The department has a record of the same title, and the organisation has none."""
    rows = (make_row("空氣質素", section="C", organisation="消費者委員會", date="2022-01"),)
    records = (make_record("hk-hsd-air", "Air quality", "空氣質素"), make_record("cc-shops", "Shops", "", "cc"))
    (link,) = find_links([make_plan(*rows)], make_portal(*records)).values()
    assert link[0] is None
    assert "hk-hsd-air" not in link[2]


def test_the_body_that_replaced_another_has_its_records():
    """The portal calls datasets after the new body."""
    plan = make_plan(make_row("政府表格的統計數字"), bureau="政府資訊科技總監辦公室")
    record = make_record("hk-dpo-forms", "Statistics on Government Forms", "", "hk-dpo")
    assert find_links([plan], make_portal(record))["D.ii.1"][0] == "hk-dpo-forms"


def test_parts_and_the_spatial_version_share_one_record():
    """The first row is the record; its further parts and the spatial version are a part of it."""
    rows = (
        make_row("公眾碼頭位置", number=7),
        make_row("公眾碼頭位置", number=7, part=1, date="2021-01"),
        make_row("公眾碼頭位置", spatial=True, number=2),
    )
    links = find_links([make_plan(*rows)], make_portal(YACHTS, PIERS))
    assert {name: link[:2] for name, link in links.items()} == {
        "D.ii.7": ("hk-hsd-piers", "exact"),
        "D.ii.7.1": ("hk-hsd-piers", "broad"),
        "D.i.2": ("hk-hsd-piers", "broad"),
    }


def test_a_part_that_is_not_due_is_not_linked_with_the_rest():
    """Only what has come is on the portal."""
    rows = (make_row("公眾碼頭位置", number=7), make_row("公眾碼頭位置", number=7, part=1, date="2024-01"))
    links = find_links([make_plan(*rows)], make_portal(PIERS, date="2023-01"))
    assert links["D.ii.7.1"] == (None, None, [])


def test_one_dataset_in_two_plans_is_one_record():
    """The plan of the next year says the same of it."""
    plans = [
        make_plan(make_row("公眾碼頭位置")),
        make_plan(make_row("公眾碼頭位置"), years=(2023, 2025), dated="2022-12"),
    ]
    links = find_links(plans, make_portal(PIERS, YACHTS))
    assert links == {"D.ii.1": ("hk-hsd-piers", "exact", ["hk-hsd-piers"])}


def test_two_rows_never_have_one_record_each_for_itself():
    """Of two titles that fit one record none is sure."""
    rows = (make_row("公眾碼頭位置"), make_row("公眾碼頭的位置（新）"))
    links = find_links([make_plan(*rows)], make_portal(PIERS, YACHTS))
    assert [link[1] for link in links.values()].count("exact") <= 1


def test_people_come_first():
    """What a person links is linked, what a person denies is not, and what nobody can tell stays open."""
    plan = make_plan(make_row("公眾碼頭位置"))
    dataset, portal = dataset_of(plan), make_portal(PIERS, YACHTS)
    judged = decisions(linked=[(dataset, "hk-hsd-yacht-licences", "exact")])
    assert find_links([plan], portal, decisions=judged)["D.ii.1"][:2] == ("hk-hsd-yacht-licences", "exact")
    denied = find_links([plan], portal, decisions=decisions(denied=[(dataset, "hk-hsd-piers")]))["D.ii.1"]
    assert denied[0] is None
    assert "hk-hsd-piers" not in denied[2]
    assert find_links([plan], portal, decisions=decisions(undecided=[dataset]))["D.ii.1"][0] is None


def test_a_record_that_a_person_gave_away_is_nobody_elses():
    """Another row with a better title cannot have it."""
    plan = make_plan(make_row("公眾碼頭位置"), make_row("登岸設施"))
    judged = decisions(linked=[(dataset_of(plan, 1), "hk-hsd-piers", "exact")])
    links = find_links([plan], make_portal(PIERS, YACHTS), decisions=judged)
    assert links["D.ii.2"][:2] == ("hk-hsd-piers", "exact")
    assert links["D.ii.1"][0] is None


def test_a_judged_record_that_the_snapshot_lacks_is_never_named():
    """The name may be old; the snapshot has no such record."""
    plan = make_plan(make_row("公眾碼頭位置"))
    judged = decisions(linked=[(dataset_of(plan), "hk-hsd-gone", "exact")])
    slug, _relation, candidates = find_links([plan], make_portal(YACHTS), decisions=judged)["D.ii.1"]
    assert slug is None
    assert "hk-hsd-gone" not in candidates


def test_the_order_of_plans_and_records_changes_nothing():
    """Same input, same links."""
    plans = [
        make_plan(make_row("公眾碼頭位置"), make_row("遊艇牌照數目")),
        make_plan(make_row("公眾碼頭位置"), years=(2023, 2025)),
    ]
    records = (YACHTS, PIERS, ANCHORAGES)
    assert find_links(plans, make_portal(*records)) == find_links(plans[::-1], make_portal(*records[::-1]))


def test_nothing_to_link_is_no_error():
    """A snapshot without records, and a body without any."""
    assert find_links([make_plan(make_row("公眾碼頭位置"))], make_portal()) == {"D.ii.1": (None, None, [])}
    assert find_links([], make_portal(PIERS)) == {}
