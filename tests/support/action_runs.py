"""The steps of action.yml, run as the service does: expressions filled in, each script in a bash of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

from ruamel.yaml import YAML

from support.paths import ROOT

ACTION = YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text(encoding="utf-8"))
EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")


def run_action(folder, **inputs):
    """
    Run the scripts of the action in a folder and return the exit code, outputs by step, and the actions of others.

    What installs dcat-hk is left out: the command is that of this environment.
    """
    values = {name: value.get("default", "") for name, value in ACTION["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    temporary = folder / "runner"
    temporary.mkdir(exist_ok=True)
    outputs, used = {}, []

    def fill(text):
        return EXPRESSION.sub(lambda found: str(evaluate(found[1], values, outputs)), str(text))

    for step in ACTION["runs"]["steps"]:
        if step.get("name") == "Install dcat-hk" or fill(step.get("if", "${{ true }}")) == "False":
            continue
        if "uses" in step:
            used.append((step["uses"], {name: fill(value) for name, value in step.get("with", {}).items()}))
            continue
        file = temporary / "outputs"
        file.write_text("", encoding="utf-8")
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(temporary),
            "GITHUB_OUTPUT": str(file),
            **{name: fill(value) for name, value in step.get("env", {}).items()},
        }
        # The options are those with which the service starts bash.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        pairs = [line.partition("=")[::2] for line in file.read_text(encoding="utf-8").splitlines()]
        outputs[step.get("id", step["name"])] = dict(pairs)
        if done.returncode:
            return done.returncode, outputs, used
    return 0, outputs, used


def evaluate(expression, inputs, outputs):
    """Return the value of an expression: a name, or the comparison of one with a text."""
    left, is_compared, right = expression.partition(" == ")
    if is_compared:
        return evaluate(left, inputs, outputs) == right.strip("'")
    if expression == "true":
        return True
    kind, *names = expression.split(".")
    if kind == "inputs":
        return inputs[".".join(names)]
    assert kind == "steps", expression
    step, word, name = names
    assert word == "outputs", expression
    return outputs.get(step, {}).get(name, "")
