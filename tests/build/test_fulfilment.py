"""Promises as of a month: from files and from a published catalogue, the same."""

import pytest
from support.lighthouse_plans import as_consolidated, as_old_template, as_third_plan
from support.linked_datasets import PAGES, link, write_links
from support.mappings import BASE
from support.paths import ROOT
from support.plan_texts import english_plan, plan_with
from support.sailing_plans import OLD
from support.worked_plans import write_judgement, write_worked_plans

from dcat_hk.build import build
from dcat_hk.build.fulfilment import read_promises, read_published_promises
from dcat_hk.core.errors import NotReadable
from dcat_hk.core.settings import Settings
from dcat_hk.portal.records import PortalRecord, PortalResource
from dcat_hk.reconciliation.judgements import Judgement
from dcat_hk.reconciliation.linkfiles import CANDIDATES, LIKELY, append_judgement
from dcat_hk.reconciliation.sssom import BROAD, EXACT, NARROW, write_mappings
from dcat_hk.reconciliation.states import state_of


def told(known, month, judged="last"):
    """Return everything that is told of promises, without the plans around them."""
    return [
        (one.promise.first, one.state, one.months, one.delivered, one.delay, one.told, one.promise.delivery)
        for one in (state_of(promise, month, judged) for promise in known.promises)
    ]


def listed(rows):
    """Return rows of which the plans are named only: a graph lists the same, and is compared by itself."""
    return [
        (
            first.plan.iri,
            first.listing,
            *values,
            delivery and (delivery.plan.iri, delivery.listing),
        )
        for first, *values, delivery in rows
    ]


#: What stands under the Chinese plan of a department that no vocabulary has.
CHINESE_FOOT = "\n海港風帆署\n2020年12月\n"


def sailing_plan(first, row, section="A"):
    """Return an English plan of that department with one row."""
    headings = {"A": f"A. Departmental datasets to be released in {first}"}
    released = "D. Progress: departmental datasets already uploaded to DATA.GOV.HK"
    text = english_plan(
        f"Sailing Harbour Department\nAnnual Open Data Plan for {first} to {first + 2}",
        headings.get(section, released),
        rows=row,
        foot=f"\nSailing Harbour Department\nDecember {first - 1}\n",
    )
    return text.replace("Target Release Date", "Release Date") if section == "D" else text


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """Return the plans of the worked example, and the catalogue of both."""
    folder = tmp_path_factory.mktemp("worked")
    paths = write_worked_plans(folder / "plans")
    assert build(paths, folder / "output", Settings(), jobs=1).published
    return paths, folder / "output"


@pytest.mark.parametrize("month", ["2020-11", "2020-12", "2021-12", "2022-01", "2022-06", "2024-12", "2025-01"])
def test_a_catalogue_gives_the_same_answer_as_its_files(worked, month):
    """States, rows, months and figures are the same from plans and from what was published of them."""
    paths, output = worked
    files = read_promises(paths, month, Settings(), jobs=1)
    published = read_published_promises(output, month)
    assert published.base == files.base
    for judged in ("first", "last"):
        assert listed(told(published, month, judged)) == listed(told(files, month, judged))


def test_the_seeds_give_the_same_answer(catalogue):
    """Other organisations, parts and periods are read back from a catalogue as they were printed."""
    files = read_promises([ROOT / "seeds"], "2026-06", Settings(), jobs=1)
    published = read_published_promises(catalogue, "2026-06")
    assert len(files.promises) == 40
    assert any(promise.first.listing.key.organisation for promise in files.promises)
    assert listed(told(published, "2026-06")) == listed(told(files, "2026-06"))


def test_a_plan_in_two_languages_gives_the_same_answer(tmp_path):
    """A title is told in the language of the file that leads."""
    (tmp_path / "en.tsv").write_text(english_plan(), encoding="utf-8")
    assert build([tmp_path / "en.tsv"], tmp_path / "output", Settings(), jobs=1).published
    files = read_promises([tmp_path / "en.tsv"], "2024-02", Settings(), jobs=1)
    assert [one.first.listing.title for one in files.promises] == ["Air quality"]
    published = read_published_promises(tmp_path / "output", "2024-02")
    assert listed(told(published, "2024-02")) == listed(told(files, "2024-02"))


def test_the_newer_plan_changes_nothing_before_its_month(worked):
    """The answer for a month before a plan is the same with it and without it, in any order of files."""
    paths, _output = worked
    for month in ("2020-12", "2021-12"):
        alone = read_promises(paths[:1], month, Settings(), jobs=1)
        both = read_promises(paths[::-1], month, Settings(), jobs=1)
        assert told(both, month) == told(alone, month)
    assert [name for name, _month in read_promises(paths, "2022-01", Settings(), jobs=1).undated] == ["new.tsv"]
    assert read_promises(paths, "2021-12", Settings(), jobs=1).undated == ()


def test_a_judgement_counts_from_its_month(worked, tmp_path):
    """Before a person judged two rows they wait, after it they are one promise; from files and from a catalogue."""
    paths, _output = worked
    links = write_judgement(tmp_path / "links")
    assert build(paths, tmp_path / "output", Settings(), jobs=1, links=links).published
    for month, states in (("2022-07", ["open", "open"]), ("2022-08", ["not-due"]), ("2022-12", ["overdue"])):
        files = read_promises(paths, month, Settings(), links=links, jobs=1)
        published = read_published_promises(tmp_path / "output", month)
        assert listed(told(published, month)) == listed(told(files, month))
        waited = [row for row in told(files, month) if row[0].listing.row in {"B.2", "A.ii.2"}]
        assert [row[1] for row in waited] == states


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_three_plans_with_every_fate_give_the_same_answer(language, tmp_path):
    """Plans with every fate are published, and answer as their files do in each year; a newer one changes nothing."""
    paths = [tmp_path / f"{number}.tsv" for number in range(3)]
    for path, write in zip(paths, (as_old_template, as_consolidated, as_third_plan), strict=True):
        path.write_text(write(language), encoding="utf-8")
    assert build(paths, tmp_path / "output", Settings(), jobs=1).published
    months = sorted(
        {promise.first.plan.month for promise in read_promises(paths, "2099-12", Settings(), jobs=1).promises}
    )
    for known, month in enumerate(months, 1):
        files = told(read_promises(paths, month, Settings(), jobs=1), month)
        assert listed(told(read_published_promises(tmp_path / "output", month), month)) == listed(files)
        assert told(read_promises(paths[:known], month, Settings(), jobs=1), month) == files


def test_a_plan_that_is_issued_again_changes_nothing_before_its_month(tmp_path):
    """Of two files of one plan that print different dates, the later one is not known before its date."""
    texts = {
        "first.tsv": english_plan(),
        "again.tsv": english_plan(foot="\nEnvironmental Protection Department\nMay 2024\n"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [tmp_path / name for name in texts]
    alone = read_promises(paths[:1], "2024-02", Settings(), jobs=1)
    assert told(alone, "2024-02") == told(read_promises(paths, "2024-02", Settings(), jobs=1), "2024-02") != []


def write_denial(paths, folder):
    """Write a person's word that the rows of the first and the third plan with the same title are two datasets."""
    rows = {promise.first.listing.record for promise in read_promises(paths, "2023-06", Settings(), jobs=1).promises}
    (one,) = [row for row in rows if "/2021-2023/" in row]
    (other,) = [row for row in rows if "/2023-2025/" in row]
    folder.mkdir()
    (folder / "judgements.sssom.tsv").write_text(
        "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tauthor_id\tmapping_date\n"
        f"{one}\tskos:exactMatch\tNot\t{other}\tsemapv:ManualMappingCuration\tann\t2023-03-01\n",
        encoding="utf-8",
    )
    return folder


def test_a_title_that_comes_back_is_open_until_a_person_denies_it(tmp_path):
    """From the month of the judgement on the old promise is no longer listed and the new one is judged by itself."""
    noise, air = (
        "1\tEnvironment\tNoise monitoring readings\tLevels\t{}\tAnnually",
        "1\tEnvironment\tAir quality\tReadings\t{}\tAnnually",
    )
    texts = {
        "1.tsv": sailing_plan(2021, noise.format("6/2021")),
        "2.tsv": sailing_plan(2022, air.format("6/2022")),
        "3.tsv": sailing_plan(2023, noise.format("9/2023").replace("monitoring", "monitor")),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [tmp_path / name for name in texts]
    links = write_denial(paths, tmp_path / "judged")
    assert build(paths, tmp_path / "output", Settings(), jobs=1, links=links).published
    for month, states in (
        ("2023-02", ["open", "no-longer-listed", "open"]),
        ("2023-03", ["no-longer-listed", "no-longer-listed", "not-due"]),
    ):
        files = told(read_promises(paths, month, Settings(), links=links, jobs=1), month)
        assert [state for _first, state, *_others in files] == states
        assert listed(told(read_published_promises(tmp_path / "output", month), month)) == listed(files)


def test_of_a_plan_that_is_issued_again_the_issue_of_the_month_counts(tmp_path):
    """A row that the newer issue dropped is overdue between the two issues and no promise of the newer one."""
    head, rest = "\nEnvironmental Protection Department\n", "2\tEnvironment\tNoise\tLevels (CSV)\t9/2024\tAnnually"
    dropped = "1\tEnvironment\tAir quality\tReadings (CSV)\t3/2024\tAnnually"
    texts = {
        "first.tsv": english_plan(rows=f"{dropped}\n{rest}", foot=f"{head}December 2023\n"),
        "again.tsv": english_plan(rows=rest.replace("2", "1", 1), foot=f"{head}May 2024\n"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    states = {}
    for month in ("2024-04", "2024-05"):
        known = told(read_promises([tmp_path / name for name in texts], month, Settings(), jobs=1), month)
        states[month] = {first.listing.title: state for first, state, *_others in known}
    assert states == {
        "2024-04": {"Air quality": "overdue", "Noise": "not-due"},
        "2024-05": {"Noise": "not-due"},
    }


def test_a_body_that_no_vocabulary_has_keeps_its_promises_under_its_name_in_another_language(tmp_path):
    """Released in a plan that prints the English name only, a promise of a plan in two languages is kept."""
    texts = {
        "zh": plan_with(
            "海港風帆署\n2021-2023年度整合開放數據計劃",
            "A. 在 2021 年發放的局／部門數據集",
            rows="1\t環境\t浮標位置\t各浮標\t6/2021\t每年",
            foot=CHINESE_FOOT,
        ),
        "en": sailing_plan(2021, "1\tEnvironment\tBuoy positions\tBuoys\t6/2021\tAnnually"),
        "next": sailing_plan(2022, "1\tEnvironment\tBuoy positions\tBuoys\t5/2021\tAnnually", section="D"),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.tsv").write_text(text, encoding="utf-8")
    paths = sorted(tmp_path.glob("*.tsv"))
    files = read_promises(paths, "2022-06", Settings(), jobs=1)
    assert [state for _first, state, *_others in told(files, "2022-06")] == ["kept"]
    assert build(paths, tmp_path / "output", Settings(), jobs=1).published
    published = read_published_promises(tmp_path / "output", "2022-06")
    assert listed(told(published, "2022-06")) == listed(told(files, "2022-06"))
    bodies = {path.parent.name for path in (tmp_path / "output" / "plans").glob("*/*")}
    assert len(bodies) == 2


def test_a_file_that_cannot_be_read_is_told(worked, tmp_path):
    """The others still count."""
    paths, _output = worked
    (tmp_path / "note.txt").write_text("Nothing.", encoding="utf-8")
    known = read_promises([*paths, tmp_path / "note.txt"], "2022-06", Settings(), jobs=1)
    assert [outcome.name for outcome in known.missing if outcome.refused] == ["note.txt"]
    assert len(known.promises) == 7


def test_a_catalogue_without_promises_is_refused(worked, tmp_path):
    """What an older version built says nothing of promises: no answer is better than one that accuses."""
    _paths, output = worked
    (tmp_path / "manifest.json").write_bytes((output / "manifest.json").read_bytes())
    lines = [
        line for line in (output / "catalogue.nq").read_text(encoding="utf-8").splitlines() if "/promise/" not in line
    ]
    (tmp_path / "catalogue.nq").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(NotReadable, match="what became of promises"):
        read_published_promises(tmp_path, "2022-06")


def test_another_base_iri_is_read_back(worked, tmp_path):
    """Datasets and plans are named under the base IRI of the catalogue."""
    paths, _output = worked
    settings = Settings(base_iri="https://data.example.hk/plans/")
    assert build(paths, tmp_path / "output", settings, jobs=1).published
    published = read_published_promises(tmp_path / "output", "2022-06")
    assert published.base == "https://data.example.hk/plans/"
    assert len(published.promises) == 7


# ---- the portal as evidence


def published(slug, *issued, created=""):
    """Return a record with a file for each day of issue."""
    files = tuple(PortalResource(f"https://files.example/{slug}/{n}", issued=day) for n, day in enumerate(issued))
    return PortalRecord(slug, "hk-hsd", {"en": slug}, resources=files, created=created)


#: Days on which each record was published and made; of the last one only that it is there is known.
SAILING = (
    published("buoys", "2022-02-03", "2021-12-20", created="2021-12-19"),
    published("zones", "2021-09-30", created="2024-07-24"),
    published("wind", "2024-05-01", created="2021-07-02"),
    published("schools", created="2022-03-04"),
    published("knots"),
)


@pytest.fixture(scope="module")
def sailing(tmp_path_factory):
    """Return the older of two plans, its links with the portal, and the catalogue of both."""
    folder = tmp_path_factory.mktemp("portal")
    (plans := folder / "plans").mkdir()
    (plans / "old.txt").write_text(OLD, encoding="utf-8")
    known = read_promises([plans], "2020-12", Settings(), jobs=1)
    names = [one.first.listing.identifier for one in known.promises]
    linked = [link(name, record.slug) for name, record in zip(names, SAILING, strict=True)]
    snapshots = (("2021-11", SAILING[1:2], True), ("2022-06-01", SAILING[:4], False), ("2025-09-13", SAILING, True))
    links = write_links(folder / "links", linked, snapshots)
    assert build([plans], folder / "output", Settings(), jobs=1, links=links).published
    return plans, links, folder / "output"


def states(known, month):
    """Return the state of each promise in short: by the name of its record, if the portal shows it."""
    found = (state_of(promise, month) for promise in known.promises)
    return [(one.state, one.delivered, one.delay, one.basis, one.told, one.bounds) for one in found]


def test_the_portal_shows_what_plans_do_not_list_as_released(sailing):
    """The first day of publication counts, then the day of the record, then bounds; the basis is told."""
    plans, links, _output = sailing
    assert states(read_promises([plans], "2025-09", Settings(), links=links, jobs=1), "2025-09") == [
        ("kept-late", "2021-12", 6, "portal", "2022-06", ""),
        ("kept", "2021-09", -1, "portal", "2021-11", ""),
        ("delivered-month-unknown", None, None, "portal", "2022-06", "≤ 2021-07"),
        ("undated", "2022-03", None, "portal", "2022-06", ""),
        ("delivered-month-unknown", None, None, "portal", "2025-09", "> 2021-11, ≤ 2025-09"),
    ]


@pytest.mark.parametrize(
    ("month", "shown"),
    [("2021-10", [False] * 5), ("2021-11", [False, True, False, False, False]), ("2022-06", [True] * 4 + [False])],
)
def test_a_month_knows_only_snapshots_up_to_it(sailing, month, shown):
    """What is not shown yet is answered as without links, an accusation that holds with what was known then."""
    plans, links, _output = sailing
    linked = states(read_promises([plans], month, Settings(), links=links, jobs=1), month)
    plain = states(read_promises([plans], month, Settings(), jobs=1), month)
    assert [one[3] == "portal" for one in linked] == shown
    assert [one for one, is_shown in zip(linked, shown, strict=True) if not is_shown] == [
        one for one, is_shown in zip(plain, shown, strict=True) if not is_shown
    ]


@pytest.mark.parametrize("month", ["2020-11", "2021-10", "2021-11", "2022-06", "2024-01", "2025-09", "2027-01"])
def test_files_and_catalogue_tell_the_same_of_the_portal(sailing, month):
    """For every month, whether the snapshots are read or the graph that was made of them."""
    plans, links, output = sailing
    read = read_promises([plans], month, Settings(), links=links, jobs=1)
    published_ones = read_published_promises(output, month)
    assert states(read, month) == states(published_ones, month)


def test_a_link_that_a_person_makes_counts_from_the_day_of_the_judgement(sailing, tmp_path):
    """Before it, nobody knew."""
    plans, _links, _output = sailing
    links = write_links(tmp_path / "links", (), (("2022-06", SAILING, True),))
    known = read_promises([plans], "2020-12", Settings(), jobs=1)
    subject = f"{known.base}dataset/{known.promises[0].first.listing.identifier}"
    judgement = Judgement(subject, "same", f"{PAGES}buoys", "me", "2023-02-01")
    append_judgement(links, judgement, known.base)
    for month, basis in (("2023-01", "plan"), ("2023-02", "portal")):
        first = read_promises([plans], month, Settings(), links=links, jobs=1).promises[0]
        assert state_of(first, month).basis == basis


def test_a_record_that_covers_more_shows_nothing_unless_a_person_says_so(sailing, tmp_path):
    """A plan may promise a version of something that is there already."""
    plans, _links, _output = sailing
    known = read_promises([plans], "2020-12", Settings(), jobs=1)
    name = known.promises[0].first.listing.identifier
    links = write_links(tmp_path / "links", [link(name, "buoys", BROAD)], (("2022-06", SAILING, True),))
    first = read_promises([plans], "2022-06", Settings(), links=links, jobs=1).promises[0]
    assert state_of(first, "2022-06").state == "overdue"
    judgement = Judgement(f"{known.base}dataset/{name}", "part-of", f"{PAGES}buoys", "me", "2022-06-02")
    append_judgement(links, judgement, known.base)
    first = read_promises([plans], "2022-06", Settings(), links=links, jobs=1).promises[0]
    assert state_of(first, "2022-06").state == "delivered-month-unknown"


def waiting(folder, name, evidence, predicate=EXACT, snapshots=(("2022-06", SAILING, True),)):
    """Write a folder of links in which a dataset waits for a person to say whether it is a record."""
    links = write_links(folder, (), snapshots)
    asked = [link(name, "buoys", predicate, dated="2022-07-02", evidence=evidence)]
    (links / CANDIDATES).write_text(write_mappings("candidates", asked, BASE), encoding="utf-8")
    return links


@pytest.mark.parametrize(
    ("evidence", "predicate", "state"),
    [
        ({"score": 12.0, LIKELY: 1.0}, EXACT, "open"),
        ({"score": 12.0, LIKELY: 1.0}, NARROW, "open"),
        ({"score": 12.0, LIKELY: 1.0}, BROAD, "overdue"),
        ({"score": 2.0}, EXACT, "overdue"),
    ],
)
def test_nobody_is_accused_while_a_likely_record_waits_for_a_person(sailing, tmp_path, evidence, predicate, state):
    """Other records, and what is another dataset's, are asked about and change nothing."""
    plans, _links, _output = sailing
    name = read_promises([plans], "2020-12", Settings(), jobs=1).promises[0].first.listing.identifier
    links = waiting(tmp_path / "links", name, evidence, predicate)
    first = read_promises([plans], "2022-06", Settings(), links=links, jobs=1).promises[0]
    assert state_of(first, "2022-06").state == state
    assert (state_of(first, "2022-06").basis, first.by_portal) == ("plan", None)


def test_what_waits_is_known_since_the_first_snapshot_and_until_a_person_answers(sailing, tmp_path):
    """Files and catalogue tell the same; without a snapshot it is known since the candidate's own day."""
    plans, _links, _output = sailing
    known = read_promises([plans], "2020-12", Settings(), jobs=1)
    name = known.promises[0].first.listing.identifier
    for number, (snapshots, first) in enumerate([((("2022-06", SAILING, True),), "2022-06"), ((), "2022-07")]):
        links = waiting(tmp_path / f"links{number}", name, {LIKELY: 1.0}, snapshots=snapshots)
        output = tmp_path / f"output{number}"
        assert build([plans], output, Settings(), jobs=1, links=links).published
        for month in ("2022-05", "2022-06", "2022-07"):
            read = read_promises([plans], month, Settings(), links=links, jobs=1)
            assert states(read, month) == states(read_published_promises(output, month), month)
            assert (states(read, month)[0][0] == "open") is (month >= first)
    append_judgement(
        links, Judgement(f"{known.base}dataset/{name}", "not-same", f"{PAGES}buoys", "me", "2023-01-02"), BASE
    )
    answered = read_promises([plans], "2022-07", Settings(), links=links, jobs=1)
    assert states(answered, "2022-07")[0][0] == "overdue"
