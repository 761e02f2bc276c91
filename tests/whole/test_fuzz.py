"""Damaged documents of every kind are read or refused: no crash, no hang, every ledger balanced."""

import sys
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from support.paths import ROOT

from dcat_hk.reading.parsing.running.header import find_header

SCRIPT = ROOT / "benchmarks" / "fuzz.py"
SPEC = spec_from_file_location("fuzz", SCRIPT)
fuzz = module_from_spec(SPEC)
sys.modules["fuzz"] = fuzz
SPEC.loader.exec_module(fuzz)

#: How many trials a kind gets here; `benchmarks/fuzz.py` does thousands.
TRIALS = {"docx": 40, "html": 40, "xlsx": 50, "csv": 50, "tsv": 50, "pdf": 7, "txt": 16}
TRIALS |= {"odt": 30, "ods": 30, "fods": 30, "md": 50, "mht": 50, "xls": 20}
TRIALS |= {"rdf": 40, "shapes": 40, "settings": 100, "queries": 6}


@pytest.mark.parametrize("kind", fuzz.KINDS)
@pytest.mark.exhaustive
def test_damaged_documents_do_no_harm(kind):
    """Whatever is damaged, reading ends with what is read, whose ledger balances, or with an error that says why."""
    outcomes = {trial: fuzz.attempt(trial) for trial in fuzz.trials(TRIALS[kind], 1_000_000, [kind])}
    failed = [(t.path.name, t.seed, r.about) for t, r in outcomes.items() if r.outcome in fuzz.FAILURES]
    assert failed == []
    assert any(result.outcome == "read" for result in outcomes.values())


def test_damage_can_be_repeated():
    """The same name and seed give the same bytes, another seed gives others."""
    for trial in fuzz.trials(17):
        assert fuzz.damage(trial.path, 7) == fuzz.damage(trial.path, 7)
        assert len({fuzz.damage(trial.path, seed) for seed in range(20)}) > 12


def test_a_failure_is_noticed(monkeypatch):
    """A crash and a wrong ledger are told, with what is needed to find them."""
    trial = next(fuzz.trials(1, 0, ["txt"]))

    def crash(*_arguments):
        raise ZeroDivisionError("as it happens")

    monkeypatch.setattr(fuzz, "read_plan", crash)
    monkeypatch.setattr(fuzz, "damage", lambda path, _seed: (path.read_bytes(), path.name))
    result = fuzz.attempt(trial)
    assert result.outcome == "crashed"
    assert "ZeroDivisionError at test_fuzz.py" in result.about


def test_a_line_of_signs_is_no_header():
    """Trial walkways-en.unruled.pdf 5019: a line without a letter, but with a number sign, is looked at as a header."""
    header = find_header(['"\ufffd\ufffd  # \ufffd', "1 Sunshine"], [False, True])
    assert header == find_header(["1 Sunshine"], [True])
