"""What comes from others: exact versions with hashes, accepted licences, bill of materials, scan for dangers."""

import doctest
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from support.paths import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import list_licences
import locked_packages
import write_requirements
import write_sbom

FILES = sorted(write_requirements.FILES)
TABLE = tomllib.loads(locked_packages.LICENCES.read_text(encoding="utf-8"))
HASH = "    --hash=sha256:" + 64 * "a"


def text_of(file):
    """Return the text of a file of requirements."""
    return (ROOT / "requirements" / file).read_text(encoding="utf-8")


def run_tool(name, *arguments):
    """Run a tool as `make lint` does."""
    command = [sys.executable, f"tools/{name}.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def locked(name="thing", version="1.0", **more):
    """Return a package as a file of requirements has it."""
    values = {"marker": "", "hashes": (64 * "a",), "needed_by": ("dcat-hk",), **more}
    return locked_packages.LockedPackage(name, version, **values)


def table_with(expression, name="thing", **more):
    """Return a table of licences with one package."""
    return {**TABLE, "packages": {name: expression}, "seen": {}, "carries": {}, "mentions": {}, **more}


class FakePackage:
    """An installed package with the metadata and licence files that a test wants."""

    def __init__(self, folder, fields, files=()):
        from email.message import Message

        self.metadata = Message()
        for name, value in fields:
            self.metadata[name] = value
        self._folder, self._files = folder, dict(files)

    @property
    def files(self):
        """Return the files, which are written as they are asked for."""
        from importlib.metadata import PackagePath

        found = []
        for name, text in self._files.items():
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            package_path = PackagePath(name)
            package_path.dist = self
            found.append(package_path)
        return found

    def locate_file(self, path):
        """Return where a file is."""
        return self._folder / path


@pytest.mark.parametrize("tool", [list_licences, locked_packages, write_requirements, write_sbom])
def test_examples_of_the_tools(tool):
    """The examples in their docstrings run."""
    assert doctest.testmod(tool).failed == 0


# ---- versions and hashes


def test_requirements_are_current():
    """Each file has the versions of constraints.txt and whatever pyproject.toml declares; nothing is left over."""
    done = run_tool("write_requirements", "--check")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("file", FILES)
def test_every_package_is_exact_and_has_hashes(file):
    """No package stands twice, and no file says where packages are fetched from."""
    packages = locked_packages.read_locked(text_of(file))
    assert max(Counter(package.name for package in packages).values()) == 1
    assert not re.search(r"://|--(?:extra-)?index|--find-links|@ ", text_of(file))


def test_the_run_time_is_the_same_in_both_files():
    """Tests run with the very files that users install."""
    run_time = {one.name: one.hashes for one in locked_packages.read_locked(text_of("run-time.txt"))}
    development = {one.name: one.hashes for one in locked_packages.read_locked(text_of("development.txt"))}
    assert run_time.items() <= development.items()


@pytest.mark.parametrize(
    "text",
    [
        "click>=8\n",
        "click==8.5.1\n",
        f"click==8.5.1 \\\n{HASH[:-1]}\n",
        f"click==8.5.1 \\\n{HASH.replace('sha256', 'md5')}\n",
        f"{HASH}\n",
        f"-e .\n{HASH}\n",
        f"click @ file:///click.whl \\\n{HASH}\n",
        f"--index-url somewhere\nclick==8.5.1 \\\n{HASH}\n",
        f"click==8.5.1 \\\n{HASH}\nrich==15.0.0\n",
        f"click==8.5.1 --hash=sha256:{64 * 'a'}\nrich\n",
    ],
)
def test_what_is_not_exact_is_refused(text):
    """A range, a missing, short or weak hash, a path, an option: no list of exact versions."""
    with pytest.raises(ValueError, match=r"line \d+|no hash"):
        locked_packages.read_locked(text)


def test_a_stale_file_is_told():
    """A missing package, another version, a version nobody wrote down, a missing user: each is a sentence."""
    declared = sorted(write_requirements.declared_names("build.txt"))
    packages = [locked(declared[0], "1"), locked("other", "2", needed_by=("absent",))]
    problems = write_requirements.find_problems("build.txt", packages, {declared[0]: "3"})
    assert [problem for problem in problems if "is missing" in problem and "declares" in problem]
    assert f"build.txt: {declared[0]} is 1, in constraints.txt it is 3" in problems
    assert "build.txt: other is 2, in constraints.txt it is missing" in problems
    assert "build.txt: absent needs a package and is missing" in problems


def test_what_is_installed_needs_nothing_else():
    """Whatever the installed packages say that they need is in run-time.txt, as far as it applies here."""
    from importlib.metadata import PackageNotFoundError, requires

    from packaging.requirements import Requirement

    names = {one.name for one in locked_packages.read_locked(text_of("run-time.txt"))}
    for name in sorted(names):
        try:
            needed = [Requirement(one) for one in requires(name) or []]
        except PackageNotFoundError:
            continue
        here = [one for one in needed if not one.marker or one.marker.evaluate({"extra": ""})]
        assert {locked_packages.normal_name(one.name) for one in here} <= names, name


# ---- licences


def test_licences_are_accepted_and_their_page_is_current():
    """Everything at run time has an accepted licence, which its own metadata confirm."""
    done = run_tool("list_licences", "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_list_has_every_package():
    """`make licences` names each package of run-time.txt."""
    listed = [line.split()[0] for line in run_tool("list_licences").stdout.splitlines()]
    assert listed == [one.name for one in locked_packages.read_locked(text_of("run-time.txt"))]


@pytest.mark.parametrize(
    "expression",
    ["GPL-3.0-only", "GPL-2.0-or-later", "AGPL-3.0-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "SSPL-1.0", "EUPL-1.2",
     "MIT AND LGPL-3.0-only", "GPL-3.0-only WITH GCC-exception-3.1", "MIT AND (GPL-3.0-only OR AGPL-3.0-only)"],
)  # fmt: skip
def test_other_licences_are_refused(expression):
    """Copyleft that reaches further than its own files, and licences nobody has decided about, are refused."""
    assert list_licences.find_problems([locked()], table_with(expression)) == [f"thing: {expression} is not accepted"]


@pytest.mark.parametrize("expression", ["MIT", "MIT OR GPL-3.0-only", "(MIT OR LGPL-3.0-only) AND ISC", "MPL-2.0"])
def test_accepted_licences(expression):
    """Of a choice, one accepted licence is enough."""
    assert list_licences.find_problems([locked()], table_with(expression)) == []


@pytest.mark.parametrize("expression", ["", "BSD", "MIT AND", "MIT and something", "Proprietary"])
def test_what_is_no_licence_is_told(expression):
    """A text that SPDX does not know is no licence."""
    with pytest.raises(ValueError, match="SPDX"):
        list_licences.licences_of(expression)


def test_a_package_without_licence_is_told():
    """A new package must be looked at, and one that is gone leaves the table."""
    problems = list_licences.find_problems([locked("new")], table_with("MIT", "gone"))
    assert problems == ["gone: nothing needs it", "new: its licence is missing in tools/licences.toml"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ([("License-Expression", "GPL-3.0-only")], "GPL-3.0-only"),
        ([("License", "LGPL-2.1-or-later")], "LGPL-2.1-or-later"),
        ([("Classifier", "License :: OSI Approved :: GNU General Public License v3 (GPLv3)")], "GPL-3.0-only"),
        ([("License", "MIT"), ("Classifier", "License :: OSI Approved :: BSD License")], "BSD-3-Clause"),
        ([("License", "as you like")], "name no licence"),
        ([], "name no licence"),
        ([("License-Expression", "MIT")], None),
        ([("Classifier", "License :: OSI Approved :: MIT License")], None),
    ],
)
def test_metadata_must_say_the_same(tmp_path, monkeypatch, fields, told):
    """What the table says is compared with what the installed package says, wherever it says it."""
    monkeypatch.setattr(list_licences, "distribution", lambda _: FakePackage(tmp_path, fields))
    problems = list_licences.find_problems([locked()], table_with("MIT"))
    assert len(problems) == (told is not None)
    assert told is None or told in problems[0]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("thing-1.dist-info/LICENSE.txt", "GNU LESSER GENERAL PUBLIC LICENSE", True),
        ("thing-1.dist-info/licenses/COPYING", "License: GPL-3.0-or-later", True),
        ("thing-1.dist-info/licenses/deep/agpl.txt", "GNU Affero General Public License", True),
        ("thing-1.dist-info/NOTICE", "under LGPL 2.1 as LGPLv2", True),
        ("thing-1.dist-info/LICENSE", "MIT, which may be used with the GPL", False),
        ("thing/licence_of_others.py", "GNU General Public License", False),
    ],
)
def test_copyleft_in_a_wheel_is_told(tmp_path, monkeypatch, name, text, told):
    """A licence text of the GPL family in a package asks for a word about it in the table, and then is silent."""
    package = FakePackage(tmp_path, [("License-Expression", "MIT")], [(name, text)])
    monkeypatch.setattr(list_licences, "distribution", lambda _: package)
    assert bool(list_licences.find_problems([locked()], table_with("MIT"))) == told
    assert list_licences.find_problems([locked()], table_with("MIT", carries={"thing": "a library"})) == []


# ---- bill of materials


def test_the_bill_of_materials_is_valid_and_whole(tmp_path):
    """It is valid CycloneDX 1.6, the same at each run, and has every package with its hashes and what it needs."""
    for name in ("one.json", "two.json"):
        assert run_tool("write_sbom", str(tmp_path / name)).returncode == 0
    text = (tmp_path / "one.json").read_text(encoding="utf-8")
    assert text == (tmp_path / "two.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    packages = {one.name: one for one in locked_packages.read_locked(text_of("run-time.txt"))}
    assert {one["name"]: one["version"] for one in bill["components"]} == {
        name: package.version for name, package in packages.items()
    }
    for component in bill["components"]:
        (reference,) = component["externalReferences"]
        assert tuple(one["content"] for one in reference["hashes"]) == packages[component["name"]].hashes
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    own = bill["metadata"]["component"]["bom-ref"]
    assert len(needs[own]) == len(locked_packages.read_project()["project"]["dependencies"])
    reached, waiting = set(), [own]
    while waiting:
        reached.add(one := waiting.pop())
        waiting += set(needs[one]) - reached
    assert reached == {own, *(component["bom-ref"] for component in bill["components"])}


def test_another_content_has_another_serial_number():
    """The serial number is made from the content, and the validator does refuse what is no bill of materials."""
    project = locked_packages.read_project()["project"]
    texts = [write_sbom.write_bill([locked(version=version)], {"thing": "MIT"}, project) for version in ("1", "2")]
    assert len({json.loads(text)["serialNumber"] for text in texts}) == 2
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(texts[0].replace('"library"', '"book"')) is not None


def test_the_usage_is_told():
    """Without a file to write there is nothing to do."""
    assert run_tool("write_sbom").returncode == 2


# ---- dangers


def test_the_scan_for_dangers_is_in_force(tmp_path):
    """A call that only the scan knows is found with the settings of this project."""
    bad = tmp_path / "bad.py"
    bad.write_text("import pickle\n\n\ndef load(data):\n    return pickle.loads(data)\n", encoding="utf-8")
    command = [sys.executable, "-m", "bandit", "-q", "-f", "json", "-c", str(ROOT / "pyproject.toml"), str(bad)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, [one["test_id"] for one in json.loads(done.stdout)["results"]]) == (1, ["B301"])


def test_ci_installs_by_hash():
    """CI makes its environment and its packages from requirements/, build tools included."""
    assert "make locked" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    for script in (ROOT / ".ci/sdist", ROOT / "Makefile"):
        assert script.read_text(encoding="utf-8").count("--require-hashes") == 2
