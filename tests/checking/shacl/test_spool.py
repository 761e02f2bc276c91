"""Triples by subject, in memory and in files."""

import pytest

from dcat_hk.checking.shacl.spool import Spool


@pytest.fixture(params=[0, 1_000], ids=["in files", "in memory"])
def spool(request):
    """Give a spool that writes every block to a file, and one that writes none."""
    filled = Spool(3, limit=request.param)
    yield filled
    filled.close()


def contents(spool):
    """Return all blocks of all buckets by subject; no subject is in two buckets."""
    pairs = [block for bucket in range(spool.count) for block in spool.blocks(bucket)]
    assert len({subject for subject, _block in pairs}) == len(pairs)
    return dict(pairs)


def test_blocks_of_a_subject_come_together(spool):
    """A subject whose triples lie apart has all of them, each once, in the order in which they came."""
    spool.add("<urn:a>", {"<urn:p>": ['"1"'], "<urn:q>": ['"x"']})
    spool.add("<urn:b>", {"<urn:p>": ['"1"']})
    spool.add("<urn:a>", {"<urn:p>": ['"2"', '"1"']})
    assert contents(spool) == {
        "<urn:a>": {"<urn:p>": ['"1"', '"2"'], "<urn:q>": ['"x"']},
        "<urn:b>": {"<urn:p>": ['"1"']},
    }


def test_what_is_in_files_joins_what_is_in_memory(spool):
    """Blocks that were written are put together with those that are still in memory."""
    spool.add("<urn:a>", {"<urn:p>": ['"1"']})
    spool.write()
    spool.add("<urn:a>", {"<urn:p>": ['"2"']})
    assert contents(spool) == {"<urn:a>": {"<urn:p>": ['"1"', '"2"']}}


def test_blocks_in_memory_are_taken_by_subject():
    """What is taken is gone, all blocks of a subject together, and the rest stays; nothing of it was written."""
    spool = Spool(2)
    for subject in ("<urn:a>", "<urn:b>", "<urn:a>"):
        spool.add(subject, {"<urn:p>": ['"1"']})
    assert (spool.is_in_memory, sorted(spool.subjects())) == (True, ["<urn:a>", "<urn:a>", "<urn:b>"])
    assert [subject for subject, _block in spool.take({"<urn:a>", "<urn:c>"})] == ["<urn:a>", "<urn:a>"]
    assert contents(spool) == {"<urn:b>": {"<urn:p>": ['"1"']}}
    spool.write()
    assert not spool.is_in_memory
    spool.close()


def test_another_process_writes_to_a_file_of_its_own():
    """What an empty copy writes to one of the files can be read by the spool once it knows where it lies."""
    spool = Spool(2)
    spool.open()
    spool.open()
    share = spool.only(1)
    share.add("<urn:a>", {"<urn:p>": ['"1"']})
    assert contents(spool) == {}
    share.write()
    spool.positions += [(1, position) for _file, position in share.positions]
    assert contents(spool) == {"<urn:a>": {"<urn:p>": ['"1"']}}
    spool.close()
