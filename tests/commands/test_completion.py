"""Shells complete commands, options and values by the script that the command prints."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import run

from dcat_hk.commands.cli import main
from dcat_hk.commands.completion import make_script

#: For each shell: how it is asked for what may follow some words. The script is the first argument, the words follow.
ASKING = {
    "bash": (
        ("bash", "--norc", "-c"),
        """source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }
        _dcat_hk_completion dcat-hk; printf '%s\\n' "${COMPREPLY[@]}" """,
    ),
    "zsh": (
        ("zsh", "-f", "-c"),
        """compdef() { :; }; compadd() { eval "print -l -- \\${(@)$@[-1]}"; }
        _describe() { eval "print -l -- \\${(@)$3}"; }; _path_files() { :; }
        words=("$@"); CURRENT=$#; source "$0"; _dcat_hk_completion""",
    ),
    "fish": (("fish", "--no-config", "-c"), 'source $argv[1]; complete -C "$argv[2..]"'),
}


def complete(shell, folder, *words):
    """Return what a shell offers after some words, the last of which is not complete."""
    if shutil.which(shell) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {shell}: CI must have it")
        pytest.skip(f"needs the program {shell}")
    script = folder / f"script.{shell}"
    script.write_text(run("completion", shell).stdout, encoding="utf-8")
    command, code = ASKING[shell]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [*command, code, str(script), "dcat-hk", *words],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    # Fish and zsh show what an option is for.
    return {line.split("\t")[0].split(":")[0] for line in done.stdout.splitlines()}


@pytest.mark.parametrize("shell", ASKING)
def test_commands_options_and_values_are_completed(shell, tmp_path):
    """Each shell offers the commands with these letters, the options of a command, and what an option may be."""
    assert complete(shell, tmp_path, "expl") == {"explain"}
    assert complete(shell, tmp_path, "validate", "--fail") == {"--fail-on"}
    assert complete(shell, tmp_path, "validate", "--fail-on", "") == {"violation", "warning", "info"}
    assert complete(shell, tmp_path, "completion", "") == {"bash", "zsh", "fish"}


def test_scripts_need_no_shell(monkeypatch):
    """A script can be printed where its shell is not, as when an image is built."""
    monkeypatch.setenv("PATH", "")
    for shell in ASKING:
        assert make_script(main, shell).endswith("\n")


def test_another_shell_is_told():
    """It is wrong usage, and the shells that there are stand in the message."""
    done = run("completion", "tcsh")
    assert done.exit_code == 2
    assert "bash" in done.stderr
