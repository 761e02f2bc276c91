"""What each plan's graph says of the years before."""

from support.promise_histories import NEW, OLD, WORKED

from dcat_hk.reconciliation.histories import write_histories


def name(record):
    """Return the last part of a record's IRI."""
    return record and record.rsplit("/", 1)[1]


def test_changes_stand_in_the_newer_plan():
    """The newer plan says what became of each row of the older one, and which rows go on with which."""
    histories = write_histories([OLD, NEW], [WORKED])
    assert histories[OLD.iri].changes == []
    new = histories[NEW.iri]
    assert [(name(one.before), list(map(name, one.after)), one.fate) for one in new.changes] == [
        ("A-1", ["D-ii-1", "A-i-1"], "released-late"),
        ("A-2", ["A-ii-1"], "slipped"),
        ("B-1", ["B-ii-1"], "unchanged"),
        ("B-2", [], "open"),
        ("C-繩結學會-1", [], "no-longer-listed"),
        ("D-1", ["D-ii-2"], "kept"),
    ]
    assert list(map(name, new.changes[3].candidates)) == ["A-ii-2"]
    assert new.waiting == []
    assert {name(newer): [name(one.iri) for one in older] for newer, older in new.revisions.items()} == {
        "D-ii-1": ["A-1"], "A-i-1": ["A-1"], "A-ii-1": ["A-2"], "B-ii-1": ["B-1"], "D-ii-2": ["D-1"],
    }  # fmt: skip
    assert new.before == [OLD.iri]


def test_a_promise_stands_in_the_newest_plan_that_lists_it():
    """What an older plan promised and the newer one lacks stays there; nothing is said twice."""
    histories = write_histories([NEW, OLD], [WORKED])
    assert [name(one.first) for one in histories[OLD.iri].promises] == ["B-2", "C-繩結學會-1"]
    promises = {name(one.first): one for one in histories[NEW.iri].promises}
    assert list(promises) == ["A-1", "A-2", "B-1", "A-i-1", "A-ii-2"]
    by = NEW.items[4].record
    assert promises["A-1"][3:11] == ("released", None, "2021-06", "2021-06", 0, "2021-08", by, 2)
    assert promises["A-1"].basis == "stated-release"
    assert promises["A-2"][3:11] == ("planned", "2024-12", "2021-10", "2022-03", 1, None, None, None)
    assert [one.standing for one in histories[OLD.iri].promises] == ["open", "no-longer-listed"]
    assert (name(promises["A-2"].last), promises["A-ii-2"].standing) == ("A-ii-1", "open")
