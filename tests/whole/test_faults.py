"""Whatever fails, and wherever a command is killed: files are the old or the new ones, and the next run works."""

import random

import pytest
from support.fault_trials import make_trials
from support.faults import FAULTS, count_steps

#: How many steps of a command are tried here; `make faults` tries all of them.
TRIED = {"build": 8, "feed": 5, "reconcile": 8, "review": 7, "portal": 8, "link": 8}


@pytest.fixture(scope="module")
def trials(tmp_path_factory):
    """Return the commands that change files."""
    return make_trials(tmp_path_factory.mktemp("start"))


@pytest.mark.parametrize("name", TRIED)
@pytest.mark.exhaustive
def test_a_fault_leaves_the_old_files_or_the_new_ones(trials, name, tmp_path):
    """A full disk, a worn one, no permission, a kill: nothing half, nothing left, a sentence, a next run that works."""
    trial = trials[name]
    steps, _kinds, new = count_steps(trial, tmp_path / "run")
    chosen = random.Random(name)
    found = {}
    for number in chosen.sample(range(1, steps + 1), min(steps, TRIED[name])):
        fault = chosen.choice(list(FAULTS))
        if problems := trial.problems(tmp_path / "run", number, FAULTS[fault], new):
            found[number, fault] = problems
    assert found == {}


def test_the_trial_itself_can_fail(trials, tmp_path):
    """A command that leaves something else than old or new files is found out."""
    trial = trials["review"]
    _steps, _kinds, new = count_steps(trial, tmp_path / "run")
    wrong = {name: data + b"x" for name, data in new.items()}
    assert any("the next run" in problem for problem in trial.problems(tmp_path / "run", 1, FAULTS["EIO"], wrong))
