"""Files and folders that several threads and processes replace at once: each is whole, nothing is left beside it."""

from __future__ import annotations

import contextlib
import errno
import gzip
import json
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import pytest
from support.paths import SEEDS
from support.web_servers import serving

from dcat_hk.build import build
from dcat_hk.core.errors import NotReadable, UsageError
from dcat_hk.core.files import read_manifest, replace_file, replace_folder, write_file, write_files
from dcat_hk.core.settings import Settings
from dcat_hk.serving.web.library import Library, fill_store
from dcat_hk.serving.web.site import Site
from dcat_hk.serving.web.snapshot import take_snapshot

#: Everything that is made when it is first asked for.
DUMPS = ["catalogue.nt", "catalogue.rdf", *(f"catalogue.{form}.gz" for form in ("ttl", "jsonld", "rdf", "nt", "nq"))]


def names(folder):
    """Return the names of all that is in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


def at_once(count, work):
    """Do work in threads that begin together; what one of them raises is raised here."""
    together = threading.Barrier(count)

    def one(number):
        together.wait(30)
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


# ---- files


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_files_that_belong_together_stay_old_together(tmp_path, bad):
    """If one of them cannot be written, none is replaced, and nothing is left beside them."""
    paths = [tmp_path / name for name in "abc"]
    write_files([(path, ["old"]) for path in paths])

    def pieces(number):
        yield b"new"
        if number == bad:
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(NotReadable, match=f"{paths[bad].name}: "):
        write_files([(path, pieces(number)) for number, path in enumerate(paths)])
    assert [path.read_text(encoding="utf-8") for path in paths] == ["old"] * 3
    assert names(tmp_path) == ["a", "b", "c"]
    write_files([(path, ["new"]) for path in paths])
    assert [path.read_text(encoding="utf-8") for path in paths] == ["new"] * 3


@pytest.mark.parametrize(
    "text", ["", "[]", "nil", '{"outputs": 5}', '{"outputs": []}', '{"inputs": "x"}', '{"a":' * 99_999, "\ud800"]
)
def test_a_manifest_that_is_none_says_nothing(tmp_path, text):
    """Whatever stands in it; a folder with other files is not replaced because of it."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "manifest.json").write_text(text, encoding="utf-8", errors="surrogatepass")
    (tmp_path / "output" / "mine.txt").write_text("mine", encoding="utf-8")
    assert read_manifest(tmp_path / "output") == {}
    with pytest.raises(UsageError), replace_folder(tmp_path / "output"):
        pass
    assert names(tmp_path / "output") == ["manifest.json", "mine.txt"]


@pytest.mark.parametrize("problem", [ValueError, OSError, KeyboardInterrupt, GeneratorExit])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path, problem):
    """Whatever ends the writing, the old file stays, and a file that was not there does not appear."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"old")

    def write_half(path):
        with replace_file(path) as file:
            file.write(b"half")
            raise problem

    for path in (old, new):
        with pytest.raises(problem):
            write_half(path)
    assert old.read_bytes() == b"old"
    assert names(tmp_path) == ["old"]


def test_a_target_that_cannot_be_replaced_leaves_nothing_beside_it(tmp_path):
    """Where a folder stands in the way, the error names it and the new file is removed."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotReadable, match="folder"):
        write_file(tmp_path / "folder", ["text"])
    with pytest.raises(NotReadable, match="missing"):
        write_file(tmp_path / "missing" / "file", ["text"])
    assert names(tmp_path) == ["folder"]


def test_of_two_writers_the_last_one_leaves_its_file_whole(tmp_path):
    """Two that write the same file in turns do not write into each other's."""
    path = tmp_path / "file"
    with replace_file(path) as one, replace_file(path) as other:
        for _ in range(3):
            one.write(b"a" * 10_000)
            other.write(b"b" * 20_000)
        assert not path.exists()
    assert path.read_bytes() == b"a" * 30_000
    assert names(tmp_path) == ["file"]


def test_a_file_that_many_write_is_always_whole(tmp_path):
    """Threads that write different texts into one file leave the text of one of them."""
    path, texts = tmp_path / "file", [f"{number}" * 50_000 for number in range(6)]
    for _ in range(20):
        assert at_once(6, lambda number: write_file(path, [texts[number]])) == [50_000] * 6
        assert path.read_text(encoding="utf-8") in texts
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_umask_says_who_may_read_a_file_and_a_folder(tmp_path, umask, mode):
    """A web server of another user may read what the umask lets it read."""
    before = os.umask(umask)
    try:
        write_file(tmp_path / "file", ["text"])
        with replace_folder(tmp_path / "folder") as new:
            (new / "file").touch()
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == mode
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o777 & ~umask


def test_the_longest_name_that_a_file_can_have_can_be_written(tmp_path):
    """The temporary file's name does not grow with the name of the file."""
    path = tmp_path / ("n" * 255)
    assert write_file(path, ["書", "\r\n"]) == 5
    assert path.read_bytes() == "書\r\n".encode()


def test_a_pipe_is_written_and_not_replaced(tmp_path):
    """What reads a named pipe gets the text, and the pipe stays a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        text = pool.submit(pipe.read_bytes)
        assert write_file(pipe, ["text"]) == 4
        assert text.result(30) == b"text"
    assert pipe.is_fifo()
    assert names(tmp_path) == ["pipe"]


def test_a_device_is_written_and_not_replaced(tmp_path):
    """A device that is full gives an error, and is the same device afterwards."""
    device = tmp_path / "full"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 7))
        device.open("wb").close()
    except PermissionError:
        pytest.skip("devices cannot be made or opened here")
    with pytest.raises(NotReadable, match="No space left"):
        write_file(device, ["text"])
    assert device.is_char_device()
    assert names(tmp_path) == ["full"]


def test_the_output_of_the_process_is_written_where_it_leads(tmp_path):
    """Whoever redirects standard output to a file finds there what is written to /dev/stdout."""
    program = (
        "from pathlib import Path; from dcat_hk.core.files import write_file; write_file(Path('/dev/stdout'), ['x'])"
    )
    with (tmp_path / "out").open("wb") as out:
        subprocess.run([sys.executable, "-c", program], stdout=out, check=True)
    assert (tmp_path / "out").read_bytes() == b"x"
    assert names(tmp_path) == ["out"]


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path):
    """A link to a file and a link to a folder stay links."""
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "file").symlink_to(tmp_path / "real")
    write_file(tmp_path / "file", ["new"])
    assert (tmp_path / "real").read_bytes() == b"new"
    (tmp_path / "folder").symlink_to(tmp_path / "real-folder")
    for word in ("old", "new"):
        with replace_folder(tmp_path / "folder") as new:
            fill_folder(new, word)
    assert set(words(tmp_path / "real-folder")) == {"new"}
    assert names(tmp_path) == ["file", "folder", "real", "real-folder"]
    assert (tmp_path / "file").is_symlink()
    assert (tmp_path / "folder").is_symlink()


def test_links_that_lead_in_a_circle_are_refused_and_stay(tmp_path):
    """There is no file to replace, and a link is not replaced."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(NotReadable, match="one"):
        write_file(one, ["text"])
    assert one.is_symlink()
    assert other.is_symlink()
    assert names(tmp_path) == ["one", "other"]


def test_what_killed_writers_left_is_removed_and_nothing_else(tmp_path):
    """The next writer removes files that nobody writes any more; one that is being written, and others', stay."""
    program = f"""
import os
from pathlib import Path
from dcat_hk.core.files import replace_file
with replace_file(Path({str(tmp_path / "a")!r})) as file:
    file.write(b"half")
    os._exit(0)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    (left,) = names(tmp_path)
    (tmp_path / ".mine.tmp").write_text("mine", encoding="utf-8")
    with replace_file(tmp_path / "b") as file:
        file.write(b"b")
        write_file(tmp_path / "c", ["c"])
        assert left not in names(tmp_path)
    assert names(tmp_path) == [".mine.tmp", "b", "c"]


# ---- folders


def fill_folder(new, word):
    """Write files whose names and text are of the same word, and the manifest that lists them."""
    outputs = {f"{word}-{number}": {} for number in range(5)}
    for name in outputs:
        (new / name).write_text(word, encoding="utf-8")
    (new / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")


def words(folder):
    """Return the word of every file in a folder, its manifest aside."""
    return [path.read_text(encoding="utf-8") for path in folder.glob("*-*")]


def test_of_two_builds_the_second_says_who_is_first(tmp_path):
    """It waits for a while, says who holds the folder since when, and changes nothing of what the first one writes."""
    target = tmp_path / "output"
    told = []
    with replace_folder(target) as one:
        fill_folder(one, "one")
        with (
            pytest.raises(NotReadable, match=r"Somebody else is writing this folder, on .+ since 20.+ UTC\. Try again"),
            replace_folder(target, patience=0.2, progress=lambda *stage: told.append(stage)),
        ):
            pytest.fail("both write")
        assert words(one) == ["one"] * 5
    assert words(target) == ["one"] * 5
    assert names(tmp_path) == ["output"]
    assert len(told) == 1
    assert told[0][0].startswith(f"waiting: somebody else is writing {target}, on ")


def test_the_second_build_goes_on_when_the_first_is_done(tmp_path):
    """Neither fails, and the last one leaves its folder."""
    target, inside, waited = tmp_path / "output", threading.Event(), threading.Event()

    def write(number):
        if number:
            inside.wait(20)
        with replace_folder(target, progress=lambda *_stage: waited.set()) as new:
            inside.set()
            if not number:
                assert waited.wait(20)
            fill_folder(new, str(number))

    at_once(2, write)
    assert words(target) == ["1"] * 5
    assert names(tmp_path) == ["output"]


def test_folders_that_were_made_for_a_build_that_failed_are_gone(tmp_path):
    """Folders above the target stay only where something is in them."""
    with pytest.raises(KeyboardInterrupt), replace_folder(tmp_path / "a" / "b" / "output"):
        raise KeyboardInterrupt
    assert names(tmp_path) == []


@pytest.mark.parametrize("swaps", [True, False])
def test_a_folder_that_many_replace_is_always_whole(tmp_path, monkeypatch, swaps):
    """Builds that end at once leave the folder of one of them, with an atomic exchange of folders and without."""
    from dcat_hk.core import files as folder

    if not swaps:
        monkeypatch.setattr(folder, "_swap", lambda _one, _other: False)
    target = tmp_path / "output"

    def replace(number):
        for _ in range(8):
            with replace_folder(target) as new:
                fill_folder(new, str(number))

    at_once(4, replace)
    assert words(target) in [[str(number)] * 5 for number in range(4)]
    assert names(tmp_path) == ["output"]


def test_files_of_a_build_that_comes_in_between_are_no_strangers(tmp_path):
    """Files of one build are not held against the manifest of another that takes its place meanwhile."""
    target, one, other = tmp_path / "output", tmp_path / "one", tmp_path / "other"
    for folder in (target, other):
        folder.mkdir()
        fill_folder(folder, folder.name)
    done = threading.Event()

    def come_and_go():
        while not done.is_set():
            for aside, next_one in ((one, other), (other, one)):
                target.rename(aside)
                next_one.rename(target)

    def begin():
        try:
            for _ in range(400):
                with contextlib.suppress(InterruptedError), replace_folder(target):
                    raise InterruptedError
        finally:
            done.set()

    at_once(2, lambda number: (come_and_go, begin)[number]())
    assert sorted(names(tmp_path)) in (["one", "output"], ["other", "output"])


def killed_in_block(target, *lines):
    """Run a process that ends without cleaning up while it writes a folder; return what it printed."""
    program = f"""
import os, sys, time
from pathlib import Path
from dcat_hk.core.files import replace_folder
with replace_folder(Path({str(target)!r})) as new:
    {"; ".join(lines)}
    os._exit(0)
"""
    return subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.PIPE, text=True).stdout


def test_what_a_killed_build_left_is_removed_even_if_its_workers_live_on(tmp_path):
    """A process that was forked by a build does not hold the folder of that build."""
    target = tmp_path / "output [1]"
    fork = "child = os.fork()"
    wait = "child or (os.close(1), time.sleep(300))"
    child = int(killed_in_block(target, fork, wait, "print(child, flush=True)"))
    try:
        assert len(names(tmp_path)) == 2  # the folder and its lock
        with replace_folder(target) as new:
            fill_folder(new, "new")
    finally:
        os.kill(child, signal.SIGKILL)
    assert names(tmp_path) == [target.name]


def test_a_folder_that_a_killed_build_put_aside_is_put_back(tmp_path):
    """Killed between its two renames, a build leaves no target; the next build puts the old one back first."""
    target, remains = tmp_path / "output", tmp_path / ".output.building-x"
    with replace_folder(target) as new:
        fill_folder(new, "old")
    (remains / "new").mkdir(parents=True)
    target.rename(remains / "old")
    with pytest.raises(KeyboardInterrupt), replace_folder(target):
        raise KeyboardInterrupt
    assert words(target) == ["old"] * 5
    assert names(tmp_path) == ["output"]


# ---- dumps of a catalogue


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Build a catalogue of one plan."""
    folder = tmp_path_factory.mktemp("small") / "output"
    assert build([next(SEEDS.glob("004*"))], folder, Settings(), jobs=1).published
    return folder


@pytest.fixture(scope="module")
def snapshot(small, tmp_path_factory):
    """Return a copy of the catalogue whose store is filled."""
    found = take_snapshot(small, tmp_path_factory.mktemp("snapshots"))
    fill_store(found)
    return found


@pytest.fixture(scope="module")
def expected(small, tmp_path_factory):
    """Return the bytes of every dump, made one after the other."""
    alone = take_snapshot(small, tmp_path_factory.mktemp("alone"))
    fill_store(alone)
    site = Site(Library(alone), queries=False)
    return {name: site.find(name).file.read_bytes() for name in DUMPS}


def read_dumps(site, first):
    """Return the bytes of every dump, asked for from one of them on."""
    order = DUMPS[first:] + DUMPS[:first]
    return {name: site.find(name).file.read_bytes() for name in order}


def empty(folder):
    """Remove the files of a folder."""
    for path in folder.iterdir():
        path.unlink()


def test_sites_that_make_the_same_dumps_at_once_do_not_disturb_each_other(snapshot, expected):
    """Every site gets every form of the catalogue under its own name, whole; nothing else lies in the folder."""
    sites = [Site(Library(snapshot), queries=False) for _ in range(4)]
    for _ in range(5):
        empty(snapshot.made)
        found = at_once(len(sites), lambda number: read_dumps(sites[number], 2 * number))
        assert found == [expected] * len(sites)
        assert names(snapshot.made) == sorted(DUMPS)


def _read_in_rounds(number, snapshot, together, rounds):
    """Open the site in a process of its own; return every dump of every round."""
    site, found = Site(Library(snapshot), queries=False), []
    for _ in range(rounds):
        together.wait(60)
        if not number:
            empty(snapshot.made)
        together.wait(60)
        found.append(read_dumps(site, 2 * number))
    return found


def test_processes_that_make_the_same_dumps_at_once_do_not_disturb_each_other(snapshot, expected):
    """What holds for threads holds for processes, which share no lock."""
    # Not forked: a store that is open must not be copied into another process.
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(3, context) as pool:
        task = partial(_read_in_rounds, snapshot=snapshot, together=manager.Barrier(3), rounds=5)
        found = list(pool.map(task, range(3)))
    assert found == [[expected] * 5] * 3
    assert names(snapshot.made) == sorted(DUMPS)


def test_feeds_and_a_server_make_all_forms_at_once(small, expected, tmp_path, monkeypatch):
    """Three feeds into one folder and a server that is asked for every form succeed and leave no temporary file."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    command = [sys.executable, "-m", "dcat_hk", "feed", str(small), "-o", str(tmp_path / "site"), "-q", "-j", "5"]
    command += ["--format", "ttl"]
    history = tmp_path / "history"
    with serving(small, tmp_path / "log", "--history", str(history)) as server:
        feeds = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
        try:
            sent = at_once(4, lambda number: {name: server.ask(name).body for name in DUMPS[number:] + DUMPS[:number]})
            problems = [feed.communicate(timeout=120)[1] for feed in feeds]
        finally:
            for feed in feeds:
                feed.kill()
                feed.wait()
    assert problems == [""] * 3
    assert sent == [expected] * 4
    assert {name: (tmp_path / "site" / name).read_bytes() for name in DUMPS} == expected
    assert gzip.decompress(expected["catalogue.nt.gz"]) == expected["catalogue.nt"]
    assert names(tmp_path) == ["history", "log", "site", "temporary"]
    assert names(tmp_path / "temporary") == []
    assert names(history) == ["1.nq", "1.trig", "state.jsonl"]
    assert names(tmp_path / "site" / "changes") == ["1.nq", "1.trig", "state.jsonl"]
