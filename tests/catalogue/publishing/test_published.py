"""A published catalogue is read back as things."""

import json

import pytest

from dcat_hk.catalogue.publishing.published import Described, base_of, read_things
from dcat_hk.core.errors import NotReadable
from dcat_hk.core.terms import Literal, Thing

A, B, G, H, P = (f"https://a.example/{name}" for name in "abghp")


def publish(folder, text):
    """Write the statements of a catalogue into a folder."""
    (folder / "catalogue.nq").write_text(text, encoding="utf-8")
    return folder


def test_statements_of_one_subject_are_one_thing_in_each_graph(tmp_path):
    """Things come in the order of the file; the same subject in another graph is another thing."""
    text = f'<{A}> <{P}> "x"@en <{G}> .\n<{A}> <{P}> <{B}> <{G}> .\n<{B}> <{P}> "1" <{G}> .\n<{B}> <{P}> "2" <{H}> .\n'
    assert list(read_things(publish(tmp_path, text))) == [
        Described(G, Thing(A, {P: [Literal("x", "en"), B]})),
        Described(G, Thing(B, {P: [Literal("1")]})),
        Described(H, Thing(B, {P: [Literal("2")]})),
    ]


def test_a_folder_without_catalogue_says_what_to_do(tmp_path):
    """Whether things or the base IRI are asked for, an empty folder is named with advice."""
    for read in (base_of, lambda folder: list(read_things(folder))):
        with pytest.raises(NotReadable, match="dcat-hk build first"):
            read(tmp_path)
    assert list(read_things(publish(tmp_path, ""))) == []


def test_a_broken_catalogue_is_named(tmp_path):
    """A file that is cut off is an error about that file; what was read before it stands."""
    things = read_things(publish(tmp_path, f'<{A}> <{P}> "x" <{G}> .\n<{B}> <{P}> "y" <{G}> .\n<{B}> <'))
    assert next(things).thing.iri == A
    with pytest.raises(NotReadable, match=r"catalogue\.nq: The published catalogue is broken"):
        list(things)


@pytest.mark.parametrize("manifest", [{}, [], {"settings": []}, {"settings": {"base_iri": 3}}, {"settings": "x"}])
def test_a_manifest_of_others_has_no_base_iri(tmp_path, manifest):
    """A file of the same name that no build wrote is not taken for a manifest."""
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(NotReadable):
        base_of(tmp_path)


def test_the_base_iri_is_that_of_the_build(catalogue):
    """The manifest of a build states the base IRI of its settings."""
    assert base_of(catalogue) == "https://example.org/dcat-hk/"
