"""What the package exports: cheap to import, as the kept file says, callable as a user would."""

import inspect
import re
import subprocess
import sys

import pytest
from support.paths import ROOT, SEEDS

import dcat_hk

#: A program of a user, which types must fit.
USER_SCRIPT = ROOT / "tests/support/user_script.py"


def describe(name):
    """Return the lines about an exported name: the signature of a function, the public parts of a class."""
    value = getattr(dcat_hk, name)
    if not inspect.isclass(value):
        return [f"{name}{re.sub(' at 0x[0-9a-f]+', '', str(inspect.signature(value)))}"]
    if value in {dcat_hk.Settings, dcat_hk.Limits}:
        return [f"{name}, as docs/reference has it"]
    if issubclass(value, Exception):
        return [f"{name}({', '.join(base.__name__ for base in value.__bases__)}), exit code {value.exit_code}"]
    lines = [name]
    for part in sorted(part for part in dir(value) if not part.startswith("_")):
        member = inspect.getattr_static(value, part)
        shown = inspect.signature(getattr(value, part)) if inspect.isfunction(member) else ""
        # What lists and tuples can do by themselves is no promise of ours.
        if not hasattr(list, part) and not hasattr(tuple, part):
            lines.append(f"  {part}{shown}")
    return lines


def test_the_promise_is_kept(golden):
    """Names, signatures and attributes are those of the kept file: a change is a change of what was promised."""
    golden("api.txt", "".join(f"{line}\n" for name in dcat_hk.__all__ for line in describe(name)))


def test_importing_costs_nothing():
    """Only what is used is imported: neither reading nor RDF by the package alone."""
    script = (
        "import sys, dcat_hk; print([name for name in sys.modules if name.startswith(('dcat_hk.', 'rdflib', 'lxml'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", dcat_hk.__all__)
def test_every_name_is_there_and_documented(name):
    """What `__all__` lists can be had, and says what it is."""
    assert inspect.getdoc(getattr(dcat_hk, name))
    assert name in dir(dcat_hk)


def test_a_name_that_is_not_exported_is_an_error():
    """A slip is told as Python tells it."""
    with pytest.raises(AttributeError, match="has no attribute 'raed'"):
        dcat_hk.raed  # noqa: B018


def test_the_build_is_a_function_and_still_the_room():
    """Whatever was imported before, `dcat_hk.build` can be called, and holds its modules."""
    import dcat_hk.build.publish as publish

    assert dcat_hk.build.publish is publish
    assert list(inspect.signature(dcat_hk.build).parameters)[:3] == ["sources", "output", "settings"]


def test_errors_are_of_one_kind():
    """Whoever catches `DcatHkError` catches them all."""
    with pytest.raises(dcat_hk.DcatHkError):
        dcat_hk.read(SEEDS / "no-such-file.txt")
    errors = [getattr(dcat_hk, name) for name in dcat_hk.__all__ if name.startswith("Not") or name.endswith("Error")]
    assert all(issubclass(error, dcat_hk.DcatHkError) for error in errors)


def test_types_fit_a_program_of_a_user(tmp_path):
    """The package is typed: a strict checker finds nothing in a program, and finds a slip in it."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary"]
    done = subprocess.run([*command, str(USER_SCRIPT)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    slip = tmp_path / "slip.py"
    slip.write_text("import dcat_hk\nnumber: int = dcat_hk.read('a').bureau\n", encoding="utf-8")
    done = subprocess.run([*command, str(slip)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Incompatible types in assignment" in done.stdout
