"""
Where an output folder may lie: on file systems that are small, read-only, mounted or layered, and in containers.

Each test mounts what it needs in a namespace of its own, which is gone with it. Where the system does not permit that,
they are skipped.
"""

import os
import subprocess
import sys

import pytest
from support.fault_trials import write_plan
from support.faults import snapshot
from support.paths import ROOT

UNSHARE = ["unshare", "--mount"] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["unshare", "-Ur", "--mount"]


def may(*options):
    """Tell whether namespaces can be made here, and file systems mounted in them."""
    try:
        command = [*UNSHARE, *options, "mount", "-t", "tmpfs", "none", "/mnt"]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


pytestmark = pytest.mark.skipif(not may(), reason="needs to mount")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Make plans, an old output and a new one."""
    folder = tmp_path_factory.mktemp("world")
    (folder / "plans").mkdir()
    write_plan(folder / "plans" / "a.txt", 2024)
    for name in ("old", "new"):
        assert build(folder, f"-o {folder / name}")[0] == 0
        write_plan(folder / "plans" / "b.txt", 2025)
    return folder


def build(folder, command, before=":", after=":"):
    """Build in a namespace; return the exit code and what is said."""
    program = f"{sys.executable} -m dcat_hk build {folder / 'plans'} -q -j 1 --skip-validation"
    script = f"set -e; {before}; set +e; {program} {command}; code=$?; {after}; exit $code"
    done = subprocess.run([*UNSHARE, "bash", "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


#: What is mounted in the folder `it` before the build, the output folder, and what is said. `OLD` is the old output.
REFUSED = {
    "a mount of the same file system": (
        "cp -r OLD it/output; mount --bind it/output it/output",
        "it/output",
        "mounted",
    ),
    "a mount of another one": (
        "mkdir it/output; mount -t tmpfs none it/output; cp -r OLD/. it/output",
        "it/output",
        "mounted",
    ),
    "a mount with a blank in its name": ("cp -r OLD 'it/a b'; mount --bind 'it/a b' 'it/a b'", "'it/a b'", "mounted"),
    "read-only": ("mount -t tmpfs none it; cp -r OLD it/output; mount -o remount,ro it", "it/output", "Read-only"),
    "read-only above": ("mount -t tmpfs none it; cp -r OLD it/output; mount -o remount,ro it", "it/x/y", "Read-only"),
    "full": ("mount -t tmpfs -o size=SIZE none it; cp -r OLD it/output", "it/output", "No space left on device"),
    "full of files": ("mount -t tmpfs -o nr_inodes=50 none it; cp -r OLD it/output", "it/output", "No space left"),
    "a layer of an image": (
        (
            "mkdir it/l it/o; cp -r OLD it/l/output; mount -t tmpfs none it/o; mkdir it/o/u it/o/w it/o/m;"
            " mount -t overlay overlay -o lowerdir=it/l,upperdir=it/o/u,workdir=it/o/w it/o/m"
        ),
        "it/o/m/output",
        "is part of the image of this container. Name another folder",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_replaced_stays_whole(world, tmp_path, name):
    """A sentence and the exit code 3; the old output is whole, and nothing is left beside it."""
    before, output, said = REFUSED[name]
    size = sum(len(data) for data in snapshot(world / "old").values()) + 300_000
    before = before.replace("OLD", str(world / "old")).replace("SIZE", str(size))
    seen = tmp_path / "seen"
    kept = "it/output" if output == "it/x/y" else output
    after = f'cp -r {kept} {seen}; ls -A "$(dirname {kept})" > {tmp_path}/beside'
    code, told = build(world, f"-o {output}", f"cd {tmp_path}; mkdir it; {before}", after)
    if "mount: " in told:
        pytest.skip(told)
    assert code == 3, told
    assert said in told
    assert told.count("\n") == 1
    assert snapshot(seen) == snapshot(world / "old")
    assert (tmp_path / "beside").read_text(encoding="utf-8").splitlines() == [kept.strip("'").rpartition("/")[2]]


#: What is mounted, the environment, and the output folder.
TAKEN = {
    "inside a mount": ("mount -t tmpfs none it", "it/output"),
    "another file system than temporary files": ("mount -t tmpfs none it; export TMPDIR=$PWD/it", "output"),
    "a link to another file system": ("mount -t tmpfs none it; cp -r OLD it/place; ln -s it/place output", "output"),
    "a dangling link to another file system": ("mount -t tmpfs none it; ln -s it/place output", "output"),
    "no folder for temporary files": ("export TMPDIR=/nowhere; cp -r OLD output", "output"),
    "an upper layer": (
        (
            "mkdir l; mount -t tmpfs none it; mkdir it/u it/w it/m;"
            " mount -t overlay overlay -o lowerdir=l,upperdir=it/u,workdir=it/w it/m; cp -r OLD it/m/output"
        ),
        "it/m/output",
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_can_be_replaced_is(world, tmp_path, name):
    """The new output is whole, a link stays a link, and nothing is left beside what it leads to."""
    before, output = TAKEN[name]
    before = f"cd {tmp_path}; mkdir it; {before}".replace("OLD", str(world / "old"))
    after = f"cp -rL {output} seen; ls -A it > beside; test ! -L output || touch link"
    code, told = build(world, f"-o {output}", before, after)
    if "mount: " in told:
        pytest.skip(told)
    assert (code, told) == (0, "")
    assert snapshot(tmp_path / "seen") == snapshot(world / "new")
    assert (tmp_path / "link").exists() == ("link" in name)
    beside = (tmp_path / "beside").read_text(encoding="utf-8").split()
    assert [entry for entry in beside if "building" in entry or "lock" in entry or entry.startswith("dcat-hk")] == []


@pytest.mark.skipif(not may("--pid", "--fork"), reason="needs namespaces of processes")
@pytest.mark.parametrize("attempt", range(3))
def test_builds_in_two_containers_do_not_meet(world, tmp_path, attempt):
    """Each is process number 1 of its container; one waits for the other, and both are published."""
    old = tmp_path / "output"
    command = [*UNSHARE, "--pid", "--fork", "--mount-proc", sys.executable, "-m", "dcat_hk", "build"]
    command += [str(world / "plans"), "-o", str(old), "-q", "-j", "2", "--skip-validation"]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2 + attempt % 2)]
    assert [one.communicate(timeout=300)[1] for one in both] == [""] * len(both)
    assert [one.returncode for one in both] == [0] * len(both)
    assert snapshot(old) == snapshot(world / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
