"""Builds in git revisions, and what is told where there is none."""

import subprocess

import pytest
from support.compared_builds import copy_build

from dcat_hk.checking.comparing import compare
from dcat_hk.checking.comparing.revisions import is_revision
from dcat_hk.core.errors import NotReadable

WHO = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]


def git(folder, *arguments):
    """Run git in a folder."""
    subprocess.run(["git", *WHO, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


@pytest.fixture
def repository(catalogue, tmp_path, monkeypatch):
    """Return a repository, the working folder, with two builds committed one after the other."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    copy_build(catalogue, folder / "output")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    path = folder / "output" / "catalogue.nq"
    path.write_text(path.read_text(encoding="utf-8").replace("D.ii.7 交通", "D.ii.7: 交通"), encoding="utf-8")
    git(folder, "commit", "-qam", "two")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("old", ["HEAD~1:output", "HEAD~1:output/", "HEAD~1:./output", "HEAD~1:output/catalogue.nq"])
def test_a_folder_or_file_of_a_revision_is_a_build(old):
    """A build of an earlier commit is compared with the one in the folder."""
    comparison = compare(old, "output")
    assert len(comparison.changed) == 2
    assert comparison.gone == []
    assert comparison.old.name == old


@pytest.mark.usefixtures("repository")
def test_two_revisions_are_compared():
    """Neither build needs to be in the working folder."""
    assert len(compare("HEAD~1:output", "HEAD:output").changed) == 2
    assert compare("HEAD:output", "HEAD:output").changed == []


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("nowhere:output", "git knows no revision “nowhere”"),
        ("--output=x:output", "git knows no revision"),
        (":output", "git knows no revision"),
        ("HEAD:nothing", "The revision HEAD has no “nothing”"),
        ("HEAD:output/plans", "There is no published catalogue"),
    ],
)
def test_what_is_in_no_revision_is_named(source, problem):
    """A revision or path that is not there, and a folder without a build, are refused by name."""
    with pytest.raises(NotReadable, match=problem) as raised:
        compare(source, "output")
    assert raised.value.where == source


def test_a_folder_outside_a_repository_is_told(tmp_path, monkeypatch):
    """Where the working folder is in no repository, there are no revisions."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NotReadable, match="in no git repository"):
        compare("HEAD:output", "HEAD:output")


def test_a_machine_without_git_is_told(tmp_path, monkeypatch):
    """Without git a revision cannot be looked for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotReadable, match="no git"):
        compare("HEAD:output", "HEAD:output")


def test_a_file_with_a_colon_in_its_name_is_a_file(tmp_path, monkeypatch):
    """What is there under its name is read as it is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "HEAD:x.nq").touch()
    assert not is_revision("HEAD:x.nq")
