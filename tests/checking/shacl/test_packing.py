"""Packed columns: they say of every node what a plain column says."""

import random

import pytest

from dcat_hk.checking.shacl import compile_shapes, neighbourhood
from dcat_hk.checking.shacl.packing import PackedColumn


@pytest.mark.parametrize("parts", [1, 3])
def test_a_packed_column_is_what_the_plain_one_is(parts):
    """Nodes of several parts, some in all of them with other objects, keep exactly their objects."""
    chance = random.Random(parts)
    plain, packed = {}, PackedColumn()
    for _part in range(parts):
        column = {
            f"<urn:{chance.randrange(5_000)}>": tuple(chance.sample(["<urn:A>", "<urn:B>", "<urn:C>"], 2))
            for _node in range(3_000)
        }
        other = PackedColumn()
        other.add(column)
        packed.load(other.dump())
        for node, objects in column.items():
            plain[node] = (*plain.get(node, ()), *objects)
    packed.sort()
    assert len(packed) == len(plain)
    assert [node for node, objects in plain.items() if set(packed[node]) != set(objects)] == []
    assert [node for node in plain if len(packed[node]) != len(set(packed[node]))] == []
    assert [node for node in map(str, range(5_000)) if node in packed] == []


def test_hashes_that_collide_are_told_apart(monkeypatch):
    """Nodes with the same first hash are told apart by the second, and an unknown one is not found."""
    monkeypatch.setattr(
        "dcat_hk.checking.shacl.packing.hash",
        lambda text: len(text) if text[-1] != "\0" else ord(text[5]),
        raising=False,
    )
    column = PackedColumn()
    column.add({"<urn:a>": ("<urn:A>",), "<urn:b>": ("<urn:B>",)})
    column.sort()
    assert (column["<urn:a>"], column["<urn:b>"], column.get("<urn:c>")) == (("<urn:A>",), ("<urn:B>",), ())


@pytest.mark.parametrize("jobs", [1, 2])
def test_large_columns_change_no_result(monkeypatch, tmp_path, jobs):
    """With columns packed from the first node on, the results are the same for any number of processes."""
    sh = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> . "
    shapes = tmp_path / "s.ttl"
    shapes.write_text(sh + ":s sh:targetClass :T ; sh:property [ sh:path :p ; sh:class :C ] .", encoding="utf-8")
    type_ = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    lines = [f"<urn:x{n}> {type_} <urn:T> .\n<urn:x{n}> <urn:p> <urn:y{n}> .\n" for n in range(4_000)]
    lines += [f"<urn:y{n}> {type_} <urn:{'D' if n % 7 == 0 else 'C'}> .\n" for n in range(4_000)]
    # A node whose classes stand far apart is put together again.
    lines.insert(0, f"<urn:y7> {type_} <urn:C> .\n")
    data = tmp_path / "d.nt"
    data.write_text("".join(lines), encoding="utf-8")
    monkeypatch.setattr("dcat_hk.checking.shacl.engine.SMALL", 0)
    program = compile_shapes(shapes)
    plain = program.validate(data, jobs)
    assert len(plain) == len(range(0, 4_000, 7)) - 1
    monkeypatch.setattr(neighbourhood, "MOST_IN_COLUMN", 0)
    assert program.validate(data, jobs) == plain
