"""The folder of links: what it says, and what is added to it."""

import os
import signal
import subprocess
import sys

import pytest
from support.entries import make_entry

from dcat_hk.core.errors import NotReadable, UsageError
from dcat_hk.core.plan import Plan
from dcat_hk.reconciliation.identities import read_identities
from dcat_hk.reconciliation.items import Item, ItemRow, PlanItems
from dcat_hk.reconciliation.judgements import Judgement, Judgements
from dcat_hk.reconciliation.linkfiles import (
    CANDIDATES,
    IDENTITIES,
    JUDGEMENTS,
    PLANS,
    append_judgement,
    append_text,
    read_links,
    write_links,
)
from dcat_hk.reconciliation.outcomes import Candidate, Outcome, PlanPair
from dcat_hk.reconciliation.sssom import BROAD, COMPOSITE, EXACT, LEXICAL, NARROW

BASE = "https://example.org/dcat-hk/"


def make_plan(year, *names, kept=()):
    """Return a plan with an item for each name; a name with “s/” is spatial, one with “+” has a further part."""
    iri = f"{BASE}plan/hk-hko/{year}-{year + 2}"
    head = Plan("p.txt", "0" * 64, "香港天文台", "", (year, year + 2), "Hant", f"{year - 1}-12", ())
    items = []
    for place, name in enumerate(names):
        letter = name.removeprefix("s/").removesuffix("+")
        entry = make_entry(number=place + 1, title=f"雨量{letter}", spatial=name.startswith("s/"))
        record = f"{BASE}record/hk-hko/{year}-{year + 2}/D-ii-{place + 1}"
        rows = [ItemRow(entry, record, identifier(letter))]
        if name.endswith("+"):
            rows.append(ItemRow(entry._replace(part=1), f"{record}.1", identifier(letter.upper())))
        items.append(Item(place, "hk-hko", dict(kept).get(letter, identifier(letter)), tuple(rows)))
    return PlanItems(head, iri, "hk-hko", tuple(items))


def identifier(letter):
    """Return an identifier that a letter stands for."""
    return f"hk-hko-{'x' if letter.isupper() else 'k'}{letter.lower() * 9}"


def pair(before, after, *links, link_class="same", **fields):
    """Return a pair of plans with links between items, by their places."""
    outcomes = [
        Outcome(
            before.items[one],
            tuple(after.items[other] for other in others),
            "kept",
            link_class=link_class,
            confidence=0.997,
            evidence={"title": 6.0},
            **fields,
        )
        for one, others in links
    ]
    return PlanPair(before, after, tuple(outcomes))


def kept(folder):
    """Return the identifiers that others stand for, by letter."""
    resolved = read_identities(folder / IDENTITIES).resolved
    return {one[-1] + (one[7] == "x") * "'": other[-1] + (other[7] == "x") * "'" for one, other in resolved.items()}


def test_no_folder_says_nothing_and_a_missing_one_is_named(tmp_path):
    """Without a folder there are no links; one that is named must be there; an empty one says nothing."""
    assert read_links(None, BASE).digests == {}
    with pytest.raises(NotReadable, match="no such folder"):
        read_links(tmp_path / "links", BASE)
    assert read_links(tmp_path, BASE).written == ()


def test_links_are_written_and_read(tmp_path):
    """A link has the older record, the newer one, labels, its reason, and the date of the newer plan."""
    old, new = make_plan(2022, "a"), make_plan(2024, "b")
    written = write_links([old, new], [pair(old, new, (0, [0]), differs=("renamed",))], Judgements(), tmp_path, BASE)
    assert (written.links, written.candidates, written.identities) == (1, 0, 2)
    links = read_links(tmp_path, BASE)
    (link,) = links.written
    assert links.written_pairs == {(old.items[0].record, new.items[0].record): link}
    assert (link.predicate, link.justification, link.confidence, link.dated) == (EXACT, LEXICAL, 0.997, "2023-12-01")
    assert (link.subject_label, link.object_label, link.differs) == ("雨量a", "雨量b", ("renamed",))
    assert sorted(links.digests) == [CANDIDATES, IDENTITIES, PLANS]
    assert links.records == {old.items[0].record, new.items[0].record}
    assert links.identities.resolve(identifier("b")) == identifier("a")


def test_a_renamed_row_is_linked_by_several_signals(tmp_path):
    """What is linked under another title says that several signals were compared."""
    old, new = make_plan(2022, "a"), make_plan(2024, "b")
    write_links([old, new], [pair(old, new, (0, [0]), link_class="renamed")], Judgements(), tmp_path, BASE)
    assert read_links(tmp_path, BASE).written[0].justification == COMPOSITE


def test_candidates_are_written_and_linked_to_nothing(tmp_path):
    """What waits for a person is written with its score; it unites no identifiers."""
    old, new = make_plan(2022, "a", "b"), make_plan(2024, "c", "d", "e")
    candidates = tuple(
        Candidate(item, 5.678, kind, {"remark": 0.5})
        for item, kind in zip(new.items, ("renamed", "split", "merged"), strict=True)
    )
    waiting = PlanPair(old, new, (Outcome(old.items[0], (), "open", link_class="candidate", candidates=candidates),))
    write_links([old, new], [waiting], Judgements(), tmp_path, BASE)
    links = read_links(tmp_path, BASE)
    assert [one.predicate for one in links.candidates] == [BROAD, EXACT, NARROW]
    assert links.candidates[0].evidence == {"score": 5.68, "remark": 0.5}
    assert kept(tmp_path) == {}


def test_a_second_run_writes_the_same_bytes(tmp_path):
    """Nothing depends on the day, and the ledger gets no line twice."""
    old, new = make_plan(2022, "a", "c"), make_plan(2024, "b", "d")
    for _run in range(2):
        write_links([old, new], [pair(old, new, (0, [0]))], Judgements(), tmp_path, BASE)
        digests = read_links(tmp_path, BASE).digests
    write_links([old, new], [pair(old, new, (0, [0]))], Judgements(), tmp_path, BASE)
    assert read_links(tmp_path, BASE).digests == digests


def test_judged_links_stand_only_where_people_wrote_them(tmp_path):
    """A judgement unites identifiers and is not written as a link of the program."""
    old, new = make_plan(2022, "a", "b"), make_plan(2024, "c", "d")
    judgements = Judgements((Judgement(new.items[0].record, "same", old.items[0].record, "me"),))
    write_links([old, new], [pair(old, new, (0, [0]), (1, [1]), link_class="judged")], judgements, tmp_path, BASE)
    assert read_links(tmp_path, BASE).written == ()
    assert kept(tmp_path) == {"c": "a"}


def test_people_can_link_plans_that_are_not_compared(tmp_path):
    """A judgement on rows of any two plans unites their identifiers."""
    old, new = make_plan(2018, "a"), make_plan(2024, "c")
    judgements = Judgements((Judgement(old.items[0].record, "same", new.items[0].record, "me"),))
    write_links([old, new], [], judgements, tmp_path, BASE)
    assert kept(tmp_path) == {"c": "a"}


def test_parts_of_an_item_keep_their_identifiers_too(tmp_path):
    """Further rows under a number that have identifiers of their own are united part by part."""
    old, new = make_plan(2022, "a+"), make_plan(2024, "b+")
    write_links([old, new], [pair(old, new, (0, [0]))], Judgements(), tmp_path, BASE)
    assert kept(tmp_path) == {"b": "a", "b'": "a'"}


@pytest.mark.parametrize(
    ("before", "after", "united"),
    [
        ("a", ["b", "s/c"], {"b": "a"}),
        ("a", ["s/c", "b"], {"b": "a"}),
        ("s/a", ["b", "s/c"], {"c": "a"}),
        ("a", ["s/c", "a"], {}),
        ("a", ["s/c"], {"c": "a"}),
    ],
)
def test_a_spatial_version_is_a_dataset_of_its_own(tmp_path, before, after, united):
    """Of two rows that follow one, that of the same identifier continues it, else the one as spatial as before."""
    old, new = make_plan(2022, before), make_plan(2024, *after)
    write_links([old, new], [pair(old, new, (0, range(len(after))))], Judgements(), tmp_path, BASE)
    assert kept(tmp_path) == united


def test_the_row_that_has_the_kept_identifier_continues(tmp_path):
    """What the ledger already gives the identifier is not passed on to another row."""
    old, new = make_plan(2022, "a"), make_plan(2024, "b", "c", kept={"c": identifier("a")}.items())
    (tmp_path / IDENTITIES).write_text(f"{identifier('c')}\t{identifier('a')}\n")
    written = write_links([old, new], [pair(old, new, (0, [0, 1]))], Judgements(), tmp_path, BASE)
    assert (kept(tmp_path), written.apart) == ({"c": "a"}, [])


def test_old_lines_of_the_ledger_stay(tmp_path):
    """The ledger is appended to: remarks, order and a missing line end of what is there are not changed."""
    old, new = make_plan(2022, "a"), make_plan(2024, "b")
    before = f"# ours\n{identifier('z')}\t{identifier('z')}"
    (tmp_path / IDENTITIES).write_text(before)
    write_links([old, new], [pair(old, new, (0, [0]))], Judgements(), tmp_path, BASE)
    text = (tmp_path / IDENTITIES).read_text()
    assert text.startswith(before + "\n")
    assert kept(tmp_path) == {"b": "a"}


def test_a_bad_ledger_stops_before_anything_is_written(tmp_path):
    """A ledger that contradicts itself is an error; no file changes."""
    old, new = make_plan(2022, "a"), make_plan(2024, "b")
    (tmp_path / IDENTITIES).write_text(f"{identifier('a')}\t{identifier('b')}\n{identifier('b')}\t{identifier('a')}\n")
    with pytest.raises(NotReadable, match="circle"):
        write_links([old, new], [pair(old, new, (0, [0]))], Judgements(), tmp_path, BASE)
    assert [path.name for path in tmp_path.iterdir()] == [IDENTITIES]


def test_judgements_are_appended(tmp_path):
    """Every answer is a line behind the others; what people wrote by hand stays as it is."""
    folder = tmp_path / "links"
    append_judgement(folder, Judgement(f"{BASE}record/a", "dropped", "", "me", "2024-01-01"), BASE, ("雨量", ""))
    first = (folder / JUDGEMENTS).read_bytes()
    append_judgement(folder, Judgement(f"{BASE}record/b", "dropped", "", "me", "2024-01-02"), BASE)
    assert (folder / JUDGEMENTS).read_bytes().startswith(first)
    assert len(read_links(folder, BASE).judgements.lines) == 2


def test_a_file_in_place_of_the_folder_is_wrong_usage(tmp_path):
    """A file is no folder of links."""
    (tmp_path / "links").write_text("")
    with pytest.raises((UsageError, NotReadable)):
        append_judgement(tmp_path / "links", Judgement("a", "dropped"), BASE)


def test_what_cannot_be_read_is_not_appended_to(tmp_path):
    """A file in another encoding is named and stays as it is."""
    path = tmp_path / IDENTITIES
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(NotReadable, match="cannot be read"):
        append_text(path, "", "more\n")
    assert path.read_bytes() == b"\xff\xfe"


def test_the_old_file_is_whole_after_a_kill(tmp_path):
    """A process that is killed while it appends leaves whole lines only."""
    script = (
        "import sys; from pathlib import Path; from dcat_hk.reconciliation.linkfiles import append_text\n"
        "print('on', flush=True)\n"
        "lines = 'hk-a-aaaaaaaaaa\\thk-a-aaaaaaaaaa\\n' * 500\n"
        "while True: append_text(Path(sys.argv[1]), 'identifier\\tkept\\n', lines)"
    )
    path = tmp_path / IDENTITIES
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        while not path.exists():
            pass
        os.kill(process.pid, signal.SIGKILL)
    lines = path.read_text().splitlines()
    assert (lines[0], len(lines) % 500) == ("identifier\tkept", 1)
    assert set(lines[1:]) == {"hk-a-aaaaaaaaaa\thk-a-aaaaaaaaaa"}
