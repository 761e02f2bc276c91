"""Copies of the evaluation set's plans beside their Word files: the Word file leads whatever is added."""

import sys
from dataclasses import replace

import pytest
from support.paths import ROOT

from dcat_hk.build.editions import group_editions
from dcat_hk.build.publish import no_progress
from dcat_hk.build.read import Reader, read_files
from dcat_hk.catalogue.mapping.identities import Bodies, Links, identify
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import find_inputs

sys.path.insert(0, str(ROOT / "evaluation"))

import evaluate

#: One plan of each department, so that all languages and both templates are there.
PLANS = ("care-sc", "coast-en", "walkways-tc", "water-tc")
PATHS = [path for path in evaluate.documents() if path.name.startswith(PLANS)]
LEADER = "framed.docx"
RENDERINGS = [path.name for path in PATHS if not path.name.endswith(LEADER)]
#: Names before and after that of the Word file.
NAMES = ("0", "plan.docx", "zz")
#: What of a row stays the same whatever copies there are.
PRINTED = (
    *("section", "spatial", "organisation", "group", "number", "part", "category", "title", "description"),
    *("date_raw", "date", "period", "date_role", "frequency_raw", "frequency", "formats", "publisher"),
)


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """Read every rendering once; return what was read by the rendering's name, None for one that is refused."""
    spool = tmp_path_factory.mktemp("spool")
    results = read_files(find_inputs(PATHS), spool, Reader(), 2, no_progress)
    return {result.outcome.name: result.file for result in results}


def group(folder, files, names):
    """Return the identifiers and the rows of the plans that files under some names are."""
    given = []
    for place, (file, name) in enumerate(zip(files, names, strict=True)):
        path = folder / f"{place}.plan"
        plan = replace(file.load(), doc=name)
        renamed = replace(file, head=replace(file.head, doc=name), path=path, outcome=replace(file.outcome, name=name))
        renamed.save(plan)
        given.append(renamed)
    bodies = Bodies(load())
    codes = {file.path: bodies.find(file.head.bureau).code for file in given}
    plans = [group[0].load() for group in group_editions(given, codes, load())]
    identities = [one.identifier for plan in plans for one in identify(plan, bodies, Links()).identities]
    return identities, [[getattr(entry, name) for name in PRINTED] for plan in plans for entry in plan.entries]


def test_the_renderings_are_of_all_kinds():
    """Every kind of document that the set has is added to a Word file."""
    kinds = {kind for name in RENDERINGS if (kind := evaluate._kind(name))}
    assert len(RENDERINGS) == 72
    assert kinds == set(evaluate.KINDS)


@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.exhaustive
def test_a_rendering_beside_the_word_file_changes_nothing(copies, tmp_path, rendering):
    """No identifier and no row changes, under whichever names the files are given; a refused rendering adds nothing."""
    leader = copies[f"{rendering.partition('.')[0]}.{LEADER}"]
    expected = group(tmp_path, [leader], ["plan"])
    added = [copies[rendering]] if copies[rendering] else []
    for name in NAMES:
        assert group(tmp_path, [*added, leader], [*[name] * len(added), "plan"]) == expected


@pytest.mark.parametrize("plan", PLANS)
def test_all_renderings_beside_the_word_file_change_nothing(copies, tmp_path, plan):
    """Neither do all renderings of a plan together, in any order."""
    files = [file for name, file in sorted(copies.items()) if file and name.startswith(f"{plan}.")]
    expected = group(tmp_path, [copies[f"{plan}.{LEADER}"]], ["plan"])
    for order in (files, files[::-1]):
        assert group(tmp_path, order, [f"{place:02}" for place in range(len(order))]) == expected
