"""What people say of rows."""

import pytest

from dcat_hk.core.errors import NotReadable
from dcat_hk.reconciliation.judgements import Judgement, Judgements, read_judgements, to_mapping
from dcat_hk.reconciliation.sssom import read_mappings, write_head, write_line

BASE = "https://example.org/dcat-hk/"
OLD, NEW, OTHER = (
    f"{BASE}record/hk-hko/{place}" for place in ("2022-2024/A-ii-1", "2024-2026/D-ii-3", "2024-2026/A-ii-9")
)


def judge(*lines):
    """Return judgements of lines of author, subject, verdict and object, dated one month after another."""
    judgements = [
        Judgement(subject, verdict, other, author, f"2024-{number:02}-01", "because", number)
        for number, (author, subject, verdict, other) in enumerate(lines, 1)
    ]
    return Judgements(tuple(judgements))


def both(one, other):
    """Return a pair in both orders."""
    return {(one, other), (other, one)}


def write(folder, *judgements):
    """Write judgements and return the path."""
    path = folder / "judgements.sssom.tsv"
    lines = [write_line(to_mapping(one, BASE), BASE) for one in judgements]
    path.write_text("".join([*write_head("judgements", BASE), *lines]), encoding="utf-8")
    return path


def test_every_verdict_is_written_and_read(tmp_path):
    """Each answer of a person comes back from the file as it was given."""
    given = [
        Judgement(OLD, "same", NEW, "mailto:a@example.org", "2024-03-01", "=so"),
        Judgement(OLD, "not-same", OTHER, "b", "2024-03-02", ""),
        Judgement(OLD, "part-of", OTHER, "c", "2024-03-02", ""),
        Judgement(OLD, "split", OTHER, "d", "2024-03-02", ""),
        Judgement(OLD, "replaced", OTHER, "e", "2024-03-02", ""),
        Judgement(OLD, "replaced", "", "f", "2024-03-02", ""),
        Judgement(OLD, "dropped", "", "g", "2024-03-02", ""),
        Judgement(OLD, "cannot-tell", "", "h", "2024-03-02", "no remarks"),
        Judgement(OLD, "withdrawn", OTHER, "e", "2024-03-03", ""),
        Judgement(OLD, "withdrawn", "", "g", "2024-03-03", ""),
    ]
    lines = read_judgements(write(tmp_path, *given), BASE).lines
    assert [(one.subject, one.verdict, one.object, one.author, one.dated, one.comment) for one in lines] == [
        (one.subject, one.verdict, one.object, one.author, one.dated, one.comment) for one in given
    ]
    assert read_judgements(tmp_path / "gone.tsv", BASE).lines == ()


def test_pairs_are_in_both_orders():
    """Which of two rows a person names first makes no difference."""
    judgements = judge(("me", NEW, "same", OLD), ("me", OLD, "not-same", OTHER))
    assert judgements.judged_pairs() == both(OLD, NEW)
    assert judgements.denied_pairs() == both(OLD, OTHER)
    assert judgements.source(OLD, NEW).author == "me"
    assert judgements.source(OLD) is None


def test_parts_and_successors_are_not_the_same():
    """A row that is part of another, split into it or replaced by it is not the same dataset."""
    for verdict in ("part-of", "split", "replaced"):
        assert judge(("me", OLD, verdict, NEW)).denied_pairs() == both(OLD, NEW)
    assert judge(("me", OLD, "part-of", NEW)).part_pairs() == {(OLD, NEW)}
    assert judge(("me", OLD, "split", NEW)).split_pairs() == {(OLD, NEW)}
    assert judge(("me", OLD, "replaced", NEW)).replaced_pairs() == {(OLD, NEW)}
    assert judge(("me", OLD, "replaced", NEW)).replaced() == {OLD}


def test_a_later_line_of_the_same_author_counts():
    """An author can change what was said, take it back, or find that it cannot be told."""
    assert judge(("me", OLD, "same", NEW), ("me", NEW, "not-same", OLD)).judged_pairs() == set()
    assert judge(("me", OLD, "same", NEW), ("me", OLD, "withdrawn", NEW)).counting == ()
    assert judge(("me", OLD, "dropped", ""), ("me", OLD, "withdrawn", "")).dropped() == set()
    assert judge(("me", OLD, "same", NEW), ("me", OLD, "dropped", "")).judged_pairs() == set()
    assert judge(("me", OLD, "dropped", ""), ("me", OLD, "same", NEW)).dropped() == set()
    unsure = judge(("me", OLD, "same", NEW), ("me", OLD, "not-same", OTHER), ("me", OLD, "cannot-tell", ""))
    assert (unsure.judged_pairs(), unsure.denied_pairs(), unsure.undecided()) == (set(), set(), {OLD})
    assert judge(("me", OLD, "cannot-tell", ""), ("me", OLD, "same", NEW)).undecided() == set()
    assert judge(("me", OLD, "same", NEW), ("you", OLD, "withdrawn", NEW)).judged_pairs() == both(OLD, NEW)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("same", NEW), ("not-same", NEW)),
        (("same", NEW), ("part-of", NEW)),
        (("part-of", NEW), ("split", NEW)),
        (("same", NEW), ("dropped", "")),
        (("replaced", ""), ("same", NEW)),
        (("replaced", ""), ("dropped", "")),
    ],
)
def test_judgements_that_disagree_do_not_count(first, second):
    """Where two authors contradict one another neither counts, and a finding names both and their lines."""
    judgements = judge(("me", OLD, *first), ("you", OLD, *second), ("you", OTHER, "dropped", ""))
    assert [one.line for one in judgements.counting] == [3]
    (finding,) = judgements.findings({OLD, NEW, OTHER})
    assert (finding.code, finding.place.first, finding.place.last) == ("judgements-disagree", 1, 2)
    assert "me, you" in finding.message()


def test_part_of_one_another_disagree():
    """That each of two rows is part of the other cannot be right."""
    assert judge(("me", OLD, "part-of", NEW), ("you", NEW, "part-of", OLD)).counting == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("same", NEW), ("same", NEW)),
        (("not-same", NEW), ("part-of", NEW)),
        (("not-same", NEW), ("dropped", "")),
        (("dropped", ""), ("cannot-tell", "")),
        (("same", NEW), ("cannot-tell", "")),
    ],
)
def test_judgements_that_agree_count(first, second):
    """What does not contradict counts."""
    judgements = judge(("me", OLD, *first), ("you", OLD, *second))
    assert len(judgements.counting) == 2
    assert judgements.findings({OLD, NEW}) == []


def test_a_disagreement_ends_when_one_author_gives_in():
    """A later line that agrees ends a disagreement."""
    lines = [("me", OLD, "same", NEW), ("you", OLD, "not-same", NEW), ("you", OLD, "same", NEW)]
    assert judge(*lines).judged_pairs() == both(OLD, NEW)


def test_only_what_had_been_said_counts_for_a_past_month():
    """Withdrawals and disagreements count from the month they are dated on."""
    judgements = judge(("me", OLD, "same", NEW), ("you", OLD, "not-same", NEW), ("you", OLD, "withdrawn", NEW))
    assert [len(judgements.as_of(f"2024-{month:02}").judged_pairs()) for month in range(4)] == [0, 2, 0, 2]


def test_a_judgement_on_nothing_is_told_and_stays():
    """An IRI that nobody knows is a finding on its line; the judgement is kept."""
    judgements = judge(("me", OLD, "same", NEW), ("me", OTHER, "dropped", ""))
    (finding,) = judgements.findings({OLD, NEW})
    assert (finding.code, str(finding.place), OTHER in finding.message()) == ("judgement-on-nothing", "lines 2-2", True)
    assert judgements.dropped() == {OTHER}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"author_id": ""}, "author_id"),
        ({"mapping_date": ""}, "mapping_date"),
        ({"mapping_justification": "semapv:LexicalMatching"}, "not that of a person"),
        ({"predicate_id": "skos:related"}, "no predicate of judgements"),
        ({"predicate_id": "plan:fate", "object_id": "plan:kept"}, "no fate that people judge"),
        ({"predicate_id": "skos:broadMatch", "predicate_modifier": "Not"}, "“Not” stands only"),
        ({"object_id": "sssom:NoTermFound", "comment": ""}, "say why"),
        ({"object_id": "record:hk-hko/2022-2024/A-ii-1"}, "with itself"),
    ],
)
def test_a_bad_judgement_is_named(tmp_path, change, message):
    """A line that is no judgement is an error that names file and line."""
    good = {
        "subject_id": "record:hk-hko/2022-2024/A-ii-1",
        "predicate_id": "skos:exactMatch",
        "predicate_modifier": "",
        "object_id": "record:hk-hko/2024-2026/D-ii-3",
        "mapping_justification": "semapv:ManualMappingCuration",
        "author_id": "me",
        "mapping_date": "2024-03-01",
        "comment": "because",
    }
    path = tmp_path / "judgements.sssom.tsv"
    rows = [list(good), list(good.values()), list((good | change).values())]
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    assert len(read_mappings(path, BASE)) == 2
    with pytest.raises(NotReadable, match=message) as raised:
        read_judgements(path, BASE)
    assert raised.value.where == f"{path}: line 3"
