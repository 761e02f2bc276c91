"""What writing a plan has given before is taken again only where nothing is other than it was."""

import shutil
import zlib

import pytest
from support.decided_plans import CATEGORIES, ORGANISATIONS, PLAN, correction
from support.kite_plans import PLANS
from support.plan_texts import as_tabs
from support.worked_plans import write_judgement, write_worked_plans

from dcat_hk.build import build
from dcat_hk.catalogue.publishing.writing import PlanWriter
from dcat_hk.core.caching import Cache
from dcat_hk.core.settings import Settings


@pytest.fixture
def work(tmp_path):
    """Return a folder with a folder of plans: lines of three bodies, one of them unknown."""
    plans = tmp_path / "plans"
    write_worked_plans(plans)
    (plans / "decided.txt").write_text(PLAN, encoding="utf-8")
    for plan in PLANS:
        (plans / f"kite-{plan.first}.txt").write_text(as_tabs(plan), encoding="utf-8")
    return tmp_path


@pytest.fixture
def written(monkeypatch):
    """Return the names of the plans that are written anew, as they are."""
    names = []
    write = PlanWriter.write

    def note(self, mapping):
        names.append(f"{mapping.plan.doc}")
        return write(self, mapping)

    monkeypatch.setattr(PlanWriter, "write", note)
    return names


def publish(work, name, settings=None, cache=True, **options):
    """Build into a folder and return what every file has."""
    kept = {"cache": Cache(work / "cache")} if cache else {}
    result = build([work / "plans"], work / name, settings or Settings(), jobs=1, **kept, **options)
    assert result.published
    return {path.relative_to(work / name): path.read_bytes() for path in (work / name).rglob("*") if path.is_file()}


def test_what_is_known_is_not_written_again(work, written):
    """A second build has the same bytes, and maps no plan."""
    first = publish(work, "first")
    assert len(written) == 5
    written.clear()
    assert publish(work, "second") == first
    assert written == []


def change_text(old, new, name):
    """Return what changes a text in a plan."""

    def change(work):
        path = work / "plans" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return {}

    return change


def remove(work):
    """Take the newer plan of a line away."""
    (work / "plans/kite-2022.txt").unlink()
    return {}


def add(work):
    """Add a plan that is older than all others, by the text of one that there is."""
    text = (work / "plans/kite-2021.txt").read_text(encoding="utf-8")
    for year in (2020, 2021, 2022, 2023):
        text = text.replace(str(year), str(year - 3))
    (work / "plans/kite-2018.txt").write_text(text, encoding="utf-8")
    return {}


def rename(work):
    """Call a file otherwise."""
    (work / "plans/kite-2021.txt").rename(work / "plans/an older kite.txt")
    return {}


def judge(work):
    """Let a person link two rows."""
    return {"links": write_judgement(work / "links")}


def decide(*files):
    """Return what lets people decide something."""

    def change(work):
        folder = work / "decisions"
        folder.mkdir()
        for name, text in files:
            (folder / name).write_text(text, encoding="utf-8")
        return {"decisions": folder}

    return change


CORRECTION = correction("frequency", "逢季", "每季")

CHANGES = {
    "a date of the newest plan": (change_text("08/2021", "07/2021", "kite-2022.txt"), ["kite-2022.txt"]),
    "a date of an older plan": (change_text("2021年第三季", "2021年第四季", "kite-2021.txt"), ["kite-2021.txt"]),
    "a title": (change_text("線軸檢定紀錄", "線軸檢定結果", "kite-2021.txt"), ["kite-2021.txt", "kite-2022.txt"]),
    "a plan less": (remove, ["kite-2021.txt"]),
    "an older plan": (add, ["kite-2018.txt"]),
    "another name": (rename, ["an older kite.txt"]),
    "a link": (judge, ["old.txt", "new.tsv"]),
    "a body": (decide(("organisations.toml", ORGANISATIONS)), ["decided.txt"]),
    "a category": (decide(("categories.toml", CATEGORIES)), ["decided.txt"]),
    "a correction": (decide(("corrections.toml", CORRECTION)), ["decided.txt"]),
}


@pytest.mark.parametrize(("change", "anew"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_written_again(work, written, change, anew):
    """After a change there are the bytes of a build without a cache; at least what it is about was written anew."""
    publish(work, "output")
    options = change(work)
    written.clear()
    changed = publish(work, "output", **options)
    assert set(anew) <= set(written)
    again = list(written)
    assert changed == publish(work, "fresh", cache=False, **options)
    written.clear()
    assert publish(work, "output", **options) == changed
    assert written == []
    assert len(again) == len(set(again))


def test_a_change_of_one_line_leaves_others(work, written):
    """Plans that neither state a dataset of the changed one nor follow it are not written again."""
    publish(work, "output")
    written.clear()
    change_text("08/2021", "07/2021", "kite-2022.txt")(work)
    publish(work, "output")
    assert set(written) <= {"kite-2021.txt", "kite-2022.txt"}


@pytest.mark.parametrize(
    "settings",
    [
        Settings(title={"en": "Other"}),
        Settings(derived="none"),
        Settings(script="Hans"),
        Settings(base_iri="https://other.example/"),
    ],
)
def test_with_other_settings_everything_is_written(work, written, settings):
    """Settings of the catalogue matter to every plan."""
    publish(work, "output")
    written.clear()
    assert publish(work, "output", settings) == publish(work, "fresh", settings, cache=False)
    assert len(written) == 10


def test_settings_of_the_machine_do_not_matter(work, written):
    """How many processes work, or in which language messages are, changes no plan."""
    publish(work, "output")
    written.clear()
    publish(work, "output", Settings(jobs=7))
    assert written == []


@pytest.mark.parametrize("damage", [b"", b"nothing of the kind", zlib.compress(b"\x90"), zlib.compress(b"\xc1")])
def test_what_is_damaged_is_written_again(work, written, damage):
    """An entry that is whole by its sum and still no plan is none."""
    first = publish(work, "output")
    cache = Cache(work / "cache")
    for path in (work / "cache").glob("*/plan-*"):
        cache.put(path.name, damage)
    written.clear()
    assert publish(work, "output") == first
    assert len(written) == 5


def test_without_a_cache_nothing_is_kept(work):
    """No folder is made, and none is needed."""
    publish(work, "output", cache=False)
    assert not (work / "cache").exists()
    shutil.rmtree(work / "output")
