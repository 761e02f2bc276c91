"""How dcat-hk comes to people: container, services, action, hook, manual. What can be run is run."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path, PurePosixPath

import click
import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from support.action_runs import ACTION, EXPRESSION, run_action
from support.paths import ROOT, SEEDS
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.commands.cli import main

sys.path.insert(0, str(ROOT / "tools"))

import write_manual

POLICE = next(SEEDS.glob("004*"))
COMPOSE = YAML(typ="safe", pure=True).load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
(HOOK,) = YAML(typ="safe", pure=True).load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs/how-to/install-and-automate.md").read_text(encoding="utf-8")


def schema_of(name):
    """Return a schema that comes with check-jsonschema."""
    return json.loads(files("check_jsonschema").joinpath(f"builtin_schemas/vendor/{name}.json").read_text("utf-8"))


def need(program):
    """Return where a program is; skip the test where it is not there, which CI must not do."""
    if shutil.which(program) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {program}: CI must have it")
        pytest.skip(f"needs the program {program}")
    return shutil.which(program)


def parse_arguments(words):
    """Return the context of a command of ours with these arguments; what is wrong with them is raised."""
    name, *rest = words
    command = main.commands[name]
    return command.make_context(name, list(rest), parent=click.Context(main, info_name="dcat-hk"))


def run_here(*words, cwd):
    """Run a program with the command of this environment first in the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(words, cwd=cwd, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False)


# ---- the manual


def test_the_manual_is_current(golden):
    """It says what the help of each command says."""
    page = write_manual.make_page()
    golden("docs/dcat-hk.1", page, ROOT)
    for name in main.commands:
        assert f".SS dcat\\-hk {name}\n" in page


def test_the_manual_can_be_shown():
    """Man finds nothing wrong, and shows options, examples and exit codes as the help does."""
    done = subprocess.run(
        [need("man"), "--warnings", "-E", "UTF-8", "-l", "docs/dcat-hk.1"],
        cwd=ROOT,
        env={**os.environ, "MANWIDTH": "100", "MAN_KEEP_FORMATTING": "", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert "dcat-hk build seeds -o output --base-iri https://data.example.hk/plans/" in done.stdout
    assert "Exit codes: 0 success; 1 internal error;" in done.stdout
    assert not re.search(r"\.(PP|TP|nf|SS)|\\f[BR]", done.stdout)


def test_the_wheel_brings_the_manual():
    """It is put where man looks, and both distributions have it."""
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert hatch["wheel"]["shared-data"] == {"docs/dcat-hk.1": "share/man/man1/dcat-hk.1"}
    assert "docs" in hatch["sdist"]["include"]


# ---- the container


def instructions():
    """Return the instructions of the Dockerfile: a word and the rest, lines that go on joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [tuple(line.split(None, 1)) for line in lines if line.strip()]


def copied():
    """Return the files and folders that the Dockerfile copies."""
    return {source for word, rest in instructions() if word == "COPY" for source in rest.split()[:-1]}


def test_the_container_has_what_the_wheel_is_made_of():
    """Whatever pyproject.toml names is copied, each copied file is there, and none is kept out."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = table["tool"]["hatch"]["build"]["targets"]["wheel"]
    project = table["project"]
    needed = {project["readme"], *project["license-files"], *wheel["packages"], *wheel["force-include"]}
    assert copied() == needed | {*wheel["shared-data"], "pyproject.toml", "requirements"}
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert kept == copied()
    assert all((ROOT / name).exists() for name in kept)


def test_the_container_installs_what_has_hashes_and_runs_as_a_user():
    """No package comes without its hash, and nothing runs as root."""
    words = instructions()
    for word, rest in words:
        for piece in rest.split("&&"):
            if word == "RUN" and " pip " in piece and "--no-index" not in piece:
                assert "--require-hashes" in piece, piece
    named = re.findall(r"--requirement (\S+)", " ".join(rest for _word, rest in words))
    assert named == ["requirements/build.txt", "requirements/run-time.txt"]
    assert ("ENTRYPOINT", '["dcat-hk"]') in words
    last = [word for word, _rest in words]
    assert last.index("USER") > max(place for place, word in enumerate(last) if word in {"RUN", "COPY"})


# ---- the services


def test_the_services_are_as_compose_wants_them():
    """The file is valid, and each service that another waits for is there."""
    assert list(Draft7Validator(schema_of("compose-spec")).iter_errors(COMPOSE)) == []
    for service in COMPOSE["services"].values():
        assert set(service.get("depends_on", ())) <= set(COMPOSE["services"])
        for volume in service.get("volumes", ()):
            name = volume.rsplit(":/", 1)[0]
            assert name in COMPOSE["volumes"] or name.startswith("${"), volume


@pytest.mark.parametrize("name", ["serve", "load"])
def test_each_service_calls_a_command_of_ours(name):
    """Its options are those of the command, and it reads what the build writes."""
    context = parse_arguments(COMPOSE["services"][name]["command"])
    assert str(context.params["folder"]) == "/catalogue/output"


def test_the_build_of_the_services_runs(tmp_path):
    """The script builds; a later build that fails leaves what there is, and a first one fails."""
    need("bash")
    service = COMPOSE["services"]["build"]
    shell, flag, script, name = service["entrypoint"]
    script = script.replace("$$", "$").replace("/catalogue", str(tmp_path))
    good = [str(word).replace("/catalogue", str(tmp_path)) for word in service["command"]]
    good[0] = str(POLICE)
    bad = [str(tmp_path / "none.txt"), *good[1:]]
    assert run_here(shell, flag, script, name, *bad, cwd=tmp_path).returncode == 3
    assert run_here(shell, flag, script, name, *good, cwd=tmp_path).returncode == 0
    assert run_here(shell, flag, script, name, *bad, cwd=tmp_path).returncode == 0
    assert (tmp_path / "output/manifest.json").exists()


def test_the_store_of_the_services_is_called_rightly(tmp_path):
    """The program of the version in the file knows its options."""
    words = COMPOSE["services"]["oxigraph"]["command"]
    version = COMPOSE["services"]["oxigraph"]["image"].rpartition(":")[2]
    assert f"oxigraph=={version}\n" in (ROOT / "constraints.txt").read_text(encoding="utf-8")
    done = run_here("oxigraph", words[0], "--help", cwd=tmp_path)
    assert all(word in done.stdout for word in words if word.startswith("--"))


# ---- the hook


def test_the_hook_is_as_pre_commit_wants_it(tmp_path):
    """Its own checker says so."""
    done = run_here("pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"), cwd=tmp_path)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("path", "is_a_plan"),
    [
        ("plans/2024/police.docx", True),
        ("plan/a.PDF", True),
        ("data/plans/b/c.xlsx", True),
        ("plans/README.md", False),
        ("plans/decisions/organisations.csv", False),
        ("plans/links/links.sssom.tsv", False),
        ("src/main.py", False),
        ("plans/picture.png", False),
        ("explanations/a.html", False),
    ],
)
def test_the_hook_looks_at_plans(path, is_a_plan):
    """Plans stand in a folder of this name; other files there are no plans."""
    looked_at = re.search(HOOK["files"], path) and not re.search(HOOK["exclude"], path)
    assert bool(looked_at) is is_a_plan


def test_the_hook_runs(tmp_path):
    """Pre-commit passes names of files: a good plan passes, and one with a month that there is not does not."""
    plans = tmp_path / "plans"
    plans.mkdir()
    shutil.copy(POLICE, plans / "good.txt")
    faulty = PlanText(
        "香港天文台", 2024, {("A", "ii"): [Row("氣象", "潮汐預報", "13/2024", "每日", "各站潮汐 (JSON)")]}
    )
    (plans / "bad.txt").write_text(as_tabs(faulty), encoding="utf-8")
    words = shlex.split(HOOK["entry"])
    parse_arguments([*words[1:], "plans/good.txt"])
    assert run_here(*words, "plans/good.txt", cwd=tmp_path).returncode == 0
    done = run_here(*words, "plans/good.txt", "plans/bad.txt", cwd=tmp_path)
    assert done.returncode == 4
    assert "bad.txt" in done.stdout


# ---- the action


def test_the_action_is_as_the_service_wants_it():
    """The file is valid; each expression names an input or the output of an earlier step."""
    assert list(Draft7Validator(schema_of("github-actions")).iter_errors(ACTION)) == []
    seen, steps = set(), ACTION["runs"]["steps"]
    for step in steps:
        for expression in EXPRESSION.findall(json.dumps(step)):
            name = expression.split()[0]
            kind, first, *_rest = name.split(".")
            assert first in (ACTION["inputs"] if kind == "inputs" else seen), expression
        seen.add(step.get("id"))
    for output in ACTION["outputs"].values():
        (expression,) = EXPRESSION.findall(output["value"])
        assert expression.split(".")[1] in {*seen, *ACTION["inputs"]}


def test_nothing_of_an_input_is_run():
    """Scripts have no expression: whatever an input says reaches them as a variable."""
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert len(scripts) >= 4
    assert not any("${{" in script for script in scripts)
    assert all(step["shell"] == "bash" for step in ACTION["runs"]["steps"] if "run" in step)


def test_each_input_of_the_action_is_documented():
    """The page lists it with what it means."""
    for name in ACTION["inputs"]:
        assert f"| `{name}` |" in PAGE, name


def test_the_action_checks_builds_and_publishes(tmp_path):
    """A good plan gives a catalogue and a website; findings are a SARIF log."""
    need("bash")
    shutil.copy(POLICE, tmp_path / "a plan.txt")
    code, outputs, used = run_action(tmp_path, plans="a plan.txt\n\n", publish="true", upload_sarif="true")
    assert code == 0
    assert (tmp_path / "output/manifest.json").is_file()
    assert (Path(outputs["site"]["site"]) / "index.html").is_file()
    log = json.loads(Path(outputs["lint"]["sarif"]).read_text(encoding="utf-8"))
    assert log["version"] == "2.1.0"
    names = [name.partition("@")[0] for name, _values in used]
    assert names == [
        "actions/setup-python",
        "github/codeql-action/upload-sarif",
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
    assert used[1][1]["sarif_file"] == outputs["lint"]["sarif"]
    assert used[2][1]["path"] == outputs["site"]["site"]


def test_the_action_fails_where_a_plan_has_errors(tmp_path):
    """The rest is published all the same; with fail-on-errors false the job passes."""
    need("bash")
    plans = tmp_path / "plans; touch run"
    plans.mkdir()
    shutil.copy(POLICE, plans)
    (plans / "other.txt").write_text("No plan.\n", encoding="utf-8")
    code, outputs, _used = run_action(tmp_path, plans="plans; touch run")
    assert code == 3
    assert outputs["build"]["code"] == "3"
    assert (tmp_path / "output/manifest.json").is_file()
    code, _outputs, _used = run_action(tmp_path, plans="plans; touch run", fail_on_errors="false")
    assert code == 0
    assert not (tmp_path / "run").exists()


def test_the_action_ends_where_nothing_is_published(tmp_path):
    """Wrong usage, or no plan at all: no website is made of what an earlier build left."""
    need("bash")
    shutil.copy(POLICE, tmp_path / "plan.txt")
    assert run_action(tmp_path, plans="plan.txt")[0] == 0
    (tmp_path / "plan.txt").write_text("No plan.\n", encoding="utf-8")
    code, outputs, _used = run_action(tmp_path, plans="plan.txt", publish="true", fail_on_errors="false")
    assert code == 3
    assert "site" not in outputs
    assert run_action(tmp_path, plans="none.txt")[0] == 3


# ---- the page


def test_the_page_shows_the_current_versions():
    """Examples of the page are valid YAML, and name what there is."""
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) >= 2
    for block in blocks:
        found = YAML(typ="safe", pure=True).load(block)
        if "jobs" in found:
            assert list(Draft7Validator(schema_of("github-workflows")).iter_errors(found)) == []
            (used,) = [
                step for job in found["jobs"].values() for step in job["steps"] if "dcat-hk" in step.get("uses", "")
            ]
            assert set(used["with"]) <= set(ACTION["inputs"])
        if "repos" in found:
            assert found["repos"][0]["hooks"][0]["id"] == HOOK["id"]


@pytest.mark.parametrize(
    "name", ["Dockerfile", "compose.yaml", "action.yml", ".pre-commit-hooks.yaml", ".dockerignore"]
)
def test_the_source_distribution_has_each_file(name):
    """What stands in the top folder is in the source distribution."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert name in table["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert PurePosixPath(name).name == name
