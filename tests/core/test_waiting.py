"""Values that wait in files are read only if this program wrote them there."""

import os
import pickle

import pytest

from dcat_hk.core.errors import NotReadable
from dcat_hk.core.processes import open_workers
from dcat_hk.core.waiting import load_value, save_value


class Trap:
    """A value that runs a command when it is read."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def save_in(folder, name):
    """Save a value from a worker."""
    save_value(folder / name, [name])


def test_what_a_worker_saved_is_read(tmp_path):
    """A forked process knows the key."""
    with open_workers(tmp_path, 2) as workers:
        list(workers.map(save_in, ["a", "b"]))
    assert [load_value(tmp_path / name) for name in "ab"] == [["a"], ["b"]]


def test_what_others_put_there_is_not_run(tmp_path):
    """A file of somebody else, one that was changed, and one of another name are refused before they are read."""
    path = tmp_path / "value"
    trap = pickle.dumps(Trap(tmp_path / "sprung"))
    save_value(path, ["value"])
    good = path.read_bytes()
    save_value(tmp_path / "other", ["other"])
    for data in (trap, good[:32] + trap, good[:-1] + b"x", b"", (tmp_path / "other").read_bytes()):
        path.write_bytes(data)
        with pytest.raises(NotReadable, match="was changed"):
            load_value(path)
    assert not (tmp_path / "sprung").exists()
    path.write_bytes(good)
    assert load_value(path) == ["value"]
