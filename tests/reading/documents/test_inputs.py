"""What there is to read: files, folders, archives, standard input; nothing hangs and nothing is left out in silence."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from support.bounds import is_within
from support.paths import SEEDS
from support.sheet_files import as_xlsx, as_zip, rows_of

from dcat_hk.build import build, limits_of, read_input
from dcat_hk.build.explain import explain
from dcat_hk.core.errors import NotAPlan, NotReadable, UsageError
from dcat_hk.core.pages import OWN_PAGE
from dcat_hk.core.settings import Settings, load_settings
from dcat_hk.reading.documents import Limits, find_inputs

POLICE = next(SEEDS.glob("004*"))
HEALTH = next(SEEDS.glob("003*"))


def run(*arguments, **options):
    """Run the command line and return what it did."""
    command = [sys.executable, "-m", "dcat_hk", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=600, **options)


def names(*sources):
    """Return the names of what there is to read."""
    return [source.name for source in find_inputs(sources)]


def archive(path, parts):
    """Write a ZIP file and return its path."""
    path.write_bytes(as_zip(parts))
    return path


# ---- folders


def test_a_folder_is_read_at_any_depth(tmp_path):
    """Files of a folder go by their paths below it, in order; what lies beside plans is left out."""
    for name in ("b.txt", "2024/a.pdf", "2024/x/c.docx", "README.md", "t.toml", ".git/config", "Thumbs.db", "~$c.docx"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert names(tmp_path) == ["b.txt", "2024/a.pdf", "2024/x/c.docx"]


def test_links_that_form_a_loop_end(tmp_path):
    """A link to the folder it is in is not followed; a link to a file is the file."""
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    assert names(tmp_path) == ["a.txt", "b.txt"]


def test_a_folder_that_is_closed_is_told_of(tmp_path, monkeypatch):
    """A folder without permission is an input that says so; the others are still read."""
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    closed = tmp_path / "closed"
    closed.mkdir()
    scan = os.scandir

    def refuse(path):
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "listdir", refuse)
    inputs = find_inputs([tmp_path])
    assert [source.name for source in inputs] == ["a.txt", "closed"]
    with pytest.raises(NotReadable, match="No permission"):
        inputs[1].read()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_and_devices_are_not_waited_for(tmp_path):
    """A pipe that nobody writes to, and a device without end, are refused at once; in a folder they are no files."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert names(tmp_path) == ["a.txt"]
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        (source,) = find_inputs([path])
        with pytest.raises(NotReadable, match=r"a pipe or a device, not a file\. Pass its content on standard input"):
            source.read()


def test_files_of_one_name_are_told_apart(tmp_path):
    """Files and archives of one name go by as many of their folders as it takes."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text("x", encoding="utf-8")
        archive(tmp_path / folder / "p.zip", {"x.txt": "x"})
    assert names(*sorted(tmp_path.glob("*/x.txt"))) == ["a/x.txt", "b/x.txt"]
    assert names(*sorted(tmp_path.glob("*/p.zip"))) == ["a/p.zip/x.txt", "b/p.zip/x.txt"]
    assert names(tmp_path) == ["a/p.zip/x.txt", "a/x.txt", "b/p.zip/x.txt", "b/x.txt"]


def test_nothing_to_read_is_wrong_usage(tmp_path):
    """No source and an empty folder are told of as wrong usage."""
    for sources in ([], [tmp_path]):
        with pytest.raises(UsageError):
            find_inputs(sources)


# ---- archives


def test_an_archive_stands_for_the_files_in_it(tmp_path):
    """Members are read in the order of their names, at any depth, without what lies beside plans."""
    parts = {
        "b/police.txt": POLICE.read_bytes(),
        "a.xlsx": as_xlsx({"S": rows_of(HEALTH)}),
        "__MACOSX/._a.xlsx": b"x",
        ".DS_Store": b"x",
        "README.md": "x",
        "b/": b"",
    }
    path = archive(tmp_path / "plans.zip", parts)
    inputs = find_inputs([path])
    assert [source.name for source in inputs] == ["plans.zip/a.xlsx", "plans.zip/b/police.txt"]
    assert [len(read_input(source).require().entries) for source in inputs] == [53, 33]
    (tmp_path / "README.md").write_text("x", encoding="utf-8")
    assert names(tmp_path) == ["plans.zip/a.xlsx", "plans.zip/b/police.txt"]


def test_a_file_without_a_name_in_an_archive_is_refused_alone(tmp_path):
    """A file that the archive gives no usable name is named by its number and refused; the others are read."""
    path = archive(tmp_path / "plans.zip", {"..": b"x", "police.txt": POLICE.read_bytes()})
    nameless, named = find_inputs([path])
    assert (nameless.name, named.name) == ("plans.zip/(file 1)", "plans.zip/police.txt")
    assert named.read() == POLICE.read_bytes()
    with pytest.raises(NotReadable, match=r"plans\.zip/\(file 1\): The file has no usable name"):
        nameless.read()


def test_office_files_are_no_archives(tmp_path):
    """A Word or Excel file, which is packed in the same way, is one input."""
    (tmp_path / "a.xlsx").write_bytes(as_xlsx({"S": [["a"]]}))
    archive(tmp_path / "b.docx", {"word/document.xml": "<w/>"})
    assert names(tmp_path) == ["a.xlsx", "b.docx"]


@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030", "utf-8"])
def test_names_in_other_encodings_are_read(encoding):
    """Names that are not marked as UTF-8 are read in the encoding in which they make sense."""
    wanted = ["漁農自然護理署/二零二四年度開放數據計劃.txt", "環境保護署/年度計劃.txt"]
    if encoding == "gb18030":
        wanted = ["渔农自然护理署/二零二四年度开放数据计划.txt", "环境保护署/年度计划.txt"]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in wanted:
            made.writestr(name.encode(encoding).decode("cp437"), b"x")
    data = held.getvalue()
    for name in wanted:
        raw, marked = name.encode(encoding), name.encode(encoding).decode("cp437").encode()
        data = _renamed(data, marked, raw)
    done = run("parse", "-", input=data)
    assert sorted(set(_named(done.stderr, wanted))) == sorted(wanted)


def _renamed(data, marked, raw):
    """Return a ZIP file with a name in bytes as old programs write them, not marked as UTF-8."""
    for mark, at_flags, at_length, size in ((b"PK\x03\x04", 6, 26, 30), (b"PK\x01\x02", 8, 28, 46)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            name = data[start + size : start + size + len(marked)]
            if name == marked:
                head = bytearray(data[start : start + size])
                head[at_flags + 1] &= ~0x08
                head[at_length : at_length + 2] = len(raw).to_bytes(2, "little")
                data = data[:start] + bytes(head) + raw + data[start + size + len(marked) :]
    return _measured(data)


def _measured(data):
    """Return a ZIP file whose end says where its directory is, and whose directory where its entries are."""
    starts, start = [], -1
    while (start := data.find(b"PK\x03\x04", start + 1)) >= 0:
        starts.append(start)
    made = bytearray(data)
    first = entry = data.find(b"PK\x01\x02")
    for offset in starts:
        made[entry + 42 : entry + 46] = offset.to_bytes(4, "little")
        entry = data.find(b"PK\x01\x02", entry + 1)
    end = data.find(b"PK\x05\x06")
    made[end + 12 : end + 16] = (end - first).to_bytes(4, "little")
    made[end + 16 : end + 20] = first.to_bytes(4, "little")
    return bytes(made)


def _named(stderr, wanted):
    """Return which names errors speak of."""
    return [name for name in wanted if f"-/{name}: " in stderr.decode()]


ODD_NAMES = {
    "leads out of": [
        "../../etc/passwd",
        "a/../../b.txt",
        "/abs.txt",
        "//host/share/a.txt",
        "C:\\win\\a.txt",
        "\\a.txt",
    ],
    "longer than": ["a" * 300 + ".txt", "b/" * 600 + "c.txt", "計" * 256],
}


@pytest.mark.parametrize(("reason", "name"), [(reason, name) for reason, names in ODD_NAMES.items() for name in names])
def test_a_file_of_an_odd_name_is_named_and_refused_alone(tmp_path, reason, name):
    """A name that leads out of the archive or that no disk takes is told; the files beside it are read."""
    path = archive(tmp_path / "p.zip", {name: POLICE.read_bytes(), "police.txt": POLICE.read_bytes()})
    odd, good = sorted(find_inputs([path]), key=lambda source: source.name == "p.zip/police.txt")
    assert good.read() == POLICE.read_bytes()
    assert len(odd.name) < 120
    assert odd.name.removeprefix("p.zip/").rstrip("…") in name
    with pytest.raises(NotReadable, match=reason):
        odd.read()


def test_names_that_break_or_turn_a_line_are_tidied(tmp_path):
    """What would break a line or turn it around is shown as a mark; folders with a dot or from Windows are folders."""
    path = archive(tmp_path / "p.zip", {"a\u202eb\n.txt": "x", "./c.txt": "x", "d\\e.txt": "x"})
    assert names(path) == ["p.zip/a\ufffdb\ufffd.txt", "p.zip/c.txt", "p.zip/d/e.txt"]


def test_of_members_of_one_name_the_first_is_read(tmp_path):
    """Which of two is meant is not known to whoever unpacks them: the second is named and refused."""
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.txt", "one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("a.txt", "two")
        made.writestr("./a.txt", "three")
    first, *others = find_inputs([path])
    assert (first.name, first.read()) == ("p.zip/a.txt", b"one")
    assert [source.name for source in others] == ["p.zip/a.txt (2)", "p.zip/a.txt (3)"]
    for source in others:
        with pytest.raises(NotReadable, match="An earlier file in the archive has the same name"):
            source.read()


@pytest.mark.parametrize("is_marked", [False, True])
@pytest.mark.parametrize(
    ("raw", "reason"), [(b"\xff\xfe\xf8.txt", "in no known encoding"), (b"pl\0an.txt.x", "NUL character")]
)
def test_a_name_that_cannot_be_decoded_or_is_cut(tmp_path, raw, reason, is_marked):
    """It is named and refused; the others keep their names, those in Big5 as well."""
    other = "計劃.txt".encode("big5")
    data = as_zip({"x" * len(raw): POLICE.read_bytes(), "y" * len(other): POLICE.read_bytes()})
    data = bytearray(data.replace(b"x" * len(raw), raw).replace(b"y" * len(other), other))
    if is_marked:
        data[data.find(b"PK\x01\x02") + 9] |= 0x08
    (tmp_path / "p.zip").write_bytes(data)
    good, odd = sorted(find_inputs([tmp_path / "p.zip"]), key=lambda source: source.name != "p.zip/計劃.txt")
    assert (good.name, good.read()) == ("p.zip/計劃.txt", POLICE.read_bytes())
    with pytest.raises(NotReadable, match=reason):
        odd.read()


def test_a_name_in_the_encoding_of_old_is_read(tmp_path):
    """Letters with accents of old programs are a name, although it is in none of the encodings of today."""
    raw = "caf\u00e9.txt".encode("cp437")
    (tmp_path / "p.zip").write_bytes(as_zip({"x" * len(raw): "x"}).replace(b"x" * len(raw), raw))
    assert names(tmp_path / "p.zip") == ["p.zip/caf\u00e9.txt"]


def test_a_nested_archive_is_refused_and_the_others_read(tmp_path):
    """A ZIP file in a ZIP file is told of; what lies beside it is read."""
    path = archive(tmp_path / "p.zip", {"in.zip": as_zip({"a.txt": POLICE.read_bytes()}), "b.txt": POLICE.read_bytes()})
    done = run("parse", path)
    assert done.returncode == 3
    assert b"p.zip/in.zip: This is a ZIP file, but a single document is needed." in done.stderr
    assert [plan["doc"] for plan in json.loads(done.stdout)] == ["p.zip/b.txt"]


def test_an_archive_of_nothing_says_so(tmp_path):
    """An archive without a file that could be a plan is told of as such."""
    for parts in ({}, {"README.md": "x"}, {"empty/": ""}):
        (source,) = find_inputs([archive(tmp_path / "p.zip", parts)])
        with pytest.raises(NotAPlan, match=r"without a document in it|is empty"):
            read_input(source)


def test_a_locked_member_is_told_of(tmp_path):
    """A member with a password is told of with what to do."""
    data = bytearray(as_zip({"a.txt": b"x" * 50}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    (tmp_path / "p.zip").write_bytes(data)
    (source,) = find_inputs([tmp_path / "p.zip"])
    with pytest.raises(NotAPlan, match=r"p\.zip/a\.txt: The file is locked with a password\. Remove the password"):
        source.read()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_in_other_ways_are_refused(tmp_path, method):
    """Only what can be unpacked piece by piece is unpacked."""
    (tmp_path / "p.zip").write_bytes(as_zip({"a.txt": b"x" * 50}, method))
    with pytest.raises(NotAPlan, match="compressed with a method that is not supported"):
        find_inputs([tmp_path / "p.zip"])[0].read()


def test_a_broken_archive_is_an_input_that_says_so(tmp_path):
    """A cut archive is refused by name; a broken member costs only itself."""
    data = as_zip({"a.txt": os.urandom(5000), "b.txt": POLICE.read_bytes()})
    (tmp_path / "cut.zip").write_bytes(data[:3000])
    (source,) = find_inputs([tmp_path / "cut.zip"])
    with pytest.raises(NotAPlan, match="broken"):
        read_input(source)
    (tmp_path / "p.zip").write_bytes(data[:100] + b"\0" * 50 + data[150:])
    first, second = find_inputs([tmp_path / "p.zip"])
    with pytest.raises(NotAPlan, match="broken"):
        first.read()
    assert len(read_input(second).require().entries) == 33


# ---- bombs


def test_a_part_that_unpacks_to_very_much_is_refused(tmp_path):
    """A member far larger than its packed form is stopped while it is unpacked, whatever its header says."""
    path = archive(tmp_path / "p.zip", {"a.txt": b"0" * 20_000_000})
    with pytest.raises(NotAPlan, match="limit “ratio”"):
        find_inputs([path])[0].read()
    with pytest.raises(NotAPlan, match="limit “size”"):
        find_inputs([path])[0].read(Limits(size=500_000))


def test_an_archive_of_very_many_parts_is_refused(tmp_path):
    """More parts than the limit are refused; very many more before their directory is even read."""
    path = archive(tmp_path / "p.zip", {f"{n}.txt": b"" for n in range(300)})
    for most in (100, 2):
        (source,) = find_inputs([path], Limits(parts=most))
        with pytest.raises(NotAPlan, match="limit “parts”"):
            read_input(source, Limits(parts=most))


def test_parts_that_overlap_are_refused(tmp_path):
    """Entries that all point to one packed part unpack to no more than the limit, or are broken."""
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", b"0" * 500_000)
        for n in range(50):
            entry = zipfile.ZipInfo(f"{n}.txt")
            whole = made.getinfo("a.txt")
            entry.header_offset, entry.compress_size, entry.file_size = 0, whole.compress_size, whole.file_size
            entry.CRC, entry.compress_type = whole.CRC, whole.compress_type
            made.filelist.append(entry)
        made._didModify = True
    inputs = find_inputs([tmp_path / "p.zip"])
    assert len(inputs) == 51
    for source in inputs[:3]:
        with pytest.raises(NotAPlan):
            read_input(source)


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    """A file of gigabytes, most of it holes, is refused by its limit in a moment."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    start = time.process_time()
    with pytest.raises(NotAPlan, match="limit “size”"):
        find_inputs([path])[0].read()
    assert is_within(time.process_time() - start, 5)


# ---- standard input


def test_standard_input_may_be_text_sheet_or_archive():
    """What comes on standard input is told by its content, like a file."""
    xlsx = as_xlsx({"S": rows_of(POLICE)})
    for data, docs in (
        (POLICE.read_bytes(), ["-"]),
        (xlsx, ["-"]),
        (as_zip({"a/b.xlsx": xlsx, "c.txt": HEALTH.read_bytes()}), ["-/a/b.xlsx", "-/c.txt"]),
    ):
        done = run("parse", "-", input=data)
        assert done.returncode == 0, done.stderr
        assert [plan["doc"] for plan in json.loads(done.stdout)] == docs


def test_a_build_reads_standard_input(tmp_path):
    """A build of what comes on standard input says how many bytes there were."""
    done = run("build", "-", "-o", tmp_path / "out", "--skip-validation", input=POLICE.read_bytes())
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["inputs"]) == ["-"]


# ---- builds


def test_a_build_of_an_archive_and_its_explanation(tmp_path):
    """Plans in an archive are published under the archive's name, and explained with their lines."""
    path = archive(tmp_path / "plans.zip", {"a/police.txt": POLICE.read_bytes()})
    assert build([path], tmp_path / "out", Settings(), jobs=1, validated=False).published
    (origin,) = explain(tmp_path / "out", "record/hk-hkpf/2024-2026/D-ii-1", [path]).origins
    assert origin.file == "plans.zip/a/police.txt"
    assert "罪案數字比較" in origin.lines[0]


def test_plans_do_not_vanish_because_their_archive_went_bad(tmp_path):
    """A build that would drop the plans of an archive that cannot be read any more publishes nothing."""
    path = archive(tmp_path / "plans.zip", {"police.txt": POLICE.read_bytes()})
    sources = [path, HEALTH]
    assert build(sources, tmp_path / "out", Settings(), jobs=1, validated=False).published
    path.write_bytes(path.read_bytes()[:500])
    done = build(sources, tmp_path / "out", Settings(), jobs=1, validated=False)
    assert not done.published
    assert "plans/hk-hkpf/2024-2026 would vanish because plans.zip cannot be read" in done.reason


# ---- limits


def test_limits_are_settings(tmp_path):
    """The table [limits] of the settings file says how much reading may cost, for parse and build."""
    config = tmp_path / "dcat-hk.toml"
    config.write_text("[limits]\ncharacters = 100\nseconds = 2.5\n", encoding="utf-8")
    assert limits_of(load_settings(config, {})) == Limits(characters=100, seconds=2.5)
    for command in (["parse"], ["build", "-o", tmp_path / "out"]):
        done = run(*command, "--config", config, POLICE)
        assert done.returncode == 3
        assert b"limit \xe2\x80\x9ccharacters\xe2\x80\x9d" in done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limits = 5", r"“limits” is 5\. Expected: a table with a number for each limit"),
        ("[limits]\npage = 5", r"There is no “limits\.page”\. Did you mean “limits\.pages”\?"),
        ("[limits]\npages = 0", r"“limits\.pages” is 0\. Expected: a whole number above zero"),
        ("[limits]\npages = 1.5", r"“limits\.pages” is 1\.5\. Expected: a whole number above zero"),
        ("[limits]\npages = true", r"“limits\.pages” is true\. Expected: a whole number above zero"),
        ("[limits]\nseconds = inf", r"“limits\.seconds” is inf\. Expected: a number of seconds from 1 to 1,000,000"),
        ('[limits]\nseconds = "5"', r"“limits\.seconds” is “5”\. Expected: a number of seconds from 1 to 1,000,000"),
    ],
)
def test_limits_that_cannot_be(tmp_path, text, message):
    """An unknown limit, and one that is no number above zero, is wrong usage."""
    config = tmp_path / "dcat-hk.toml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        load_settings(config, {})


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path, monkeypatch):
    """Half of one file and half of another are no file."""
    path = tmp_path / "plan.txt"
    path.write_text("half", encoding="utf-8")
    (source,) = find_inputs([path])
    assert source.read() == b"half"

    def grow(_budget, _limit, _amount):
        """Let the file grow between its first byte and its last."""
        path.write_text("half and more", encoding="utf-8")

    monkeypatch.setattr("dcat_hk.core.limits.Budget.check", grow)
    with pytest.raises(NotReadable, match="The file changed while it was read"):
        source.read()


def test_a_link_that_cannot_be_followed_is_an_input_that_says_so(tmp_path):
    """Into a closed folder, say; the others are read, and the folder can be gone through."""
    (tmp_path / "a.txt").write_text("A", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to("x" * 300)
    good, closed = find_inputs([tmp_path])
    assert (good.name, closed.name) == ("a.txt", "b.txt")
    with pytest.raises(NotReadable):
        closed.read()


def test_what_dcat_hk_has_written_is_no_plan_in_an_archive_either(tmp_path):
    """A published catalogue below a folder of an archive, and a page of ours, are left out as they are in a folder."""
    page = b"<!DOCTYPE html><html><head>" + OWN_PAGE + b"</head></html>"
    parts = {
        "police.txt": POLICE.read_bytes(),
        "report.HTML": page,
        "page.html": b"<!DOCTYPE html><p>a plan",
        "report.txt": page,
        "out/manifest.json": b"{}",
        "out/catalogue.nq": b"",
        "out/plans/a/2024.ttl": b"",
        "outside/catalogue.nq": b"",
    }
    path = archive(tmp_path / "p.zip", parts)
    assert names(path) == ["p.zip/outside/catalogue.nq", "p.zip/page.html", "p.zip/police.txt", "p.zip/report.txt"]
    broken = bytearray(as_zip({"report.html": page}))
    broken[40:44] = b"\xff\xff\xff\xff"
    (tmp_path / "q.zip").write_bytes(broken)
    assert names(tmp_path / "q.zip") == ["q.zip/report.html"]
