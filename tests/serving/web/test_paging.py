"""Pages for harvesters: every dataset once, links between pages, and everything that a dataset refers to."""

from __future__ import annotations

import pytest
from support.plan_texts import PlanText, Row, as_tabs
from support.web_servers import DATASET

from dcat_hk.build import build
from dcat_hk.core.namespaces import DCAT, DCT, RDF
from dcat_hk.core.settings import Settings
from dcat_hk.serving.web.library import Library, fill_store
from dcat_hk.serving.web.paging import FIRST, OTHERS, gather_contents, list_pages, make_page
from dcat_hk.serving.web.snapshot import take_snapshot

HYDRA = "http://www.w3.org/ns/hydra/core#"


def read_view(library, name, size):
    """Return the page itself as a thing, and the things on it by IRI."""
    things = make_page(library, name, "ttl", size, gather_contents(library, name, size))
    by_iri = {thing.iri: thing for thing in things}
    assert len(by_iri) == len(things)
    return by_iri[f"{library.base}{name}.ttl"], by_iri


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_pages_together_have_every_dataset_once(library, size):
    """Names of pages are distinct, and the ranges between them cover all datasets without overlap."""
    names = list_pages(library, size)
    total = len(library.datasets)
    assert len(set(names)) == len(names) == -(-total // size)
    assert names[0] == FIRST
    starts = [0, *(library.find_dataset_position(name.removeprefix(OTHERS)) for name in names[1:])]
    assert starts == list(range(0, total, size))


def test_links_between_pages(library):
    """The first page has no previous one and the last no next one; each names the first and the last."""
    names = list_pages(library, 50)
    views = [read_view(library, name, 50)[0].properties for name in names]
    address = [f"{library.base}{name}.ttl" for name in names]
    assert [view.get(f"{HYDRA}next", [None])[0] for view in views] == [*address[1:], None]
    assert [view.get(f"{HYDRA}previous", [None])[0] for view in views] == [None, *address[:-1]]
    assert {(view[f"{HYDRA}first"][0], view[f"{HYDRA}last"][0]) for view in views} == {(address[0], address[-1])}


def test_a_page_lists_only_its_own_datasets(library):
    """Catalogues on a page list the datasets and records of this page and no others."""
    _view, things = read_view(library, list_pages(library, 20)[2], 20)
    datasets = [iri for iri, thing in things.items() if DCAT.Dataset in thing.properties.get(RDF.type, ())]
    assert datasets == library.datasets[40:60]
    listed = [iri for thing in things.values() for iri in thing.properties.get(DCAT.dataset, ())]
    assert set(listed) == set(datasets)
    top = things[f"{library.base}catalogue"]
    assert f"{HYDRA}Collection" in top.properties[RDF.type]


def test_a_page_that_begins_at_a_deleted_dataset_begins_at_the_next(library):
    """A harvester that follows a link of an older build misses nothing."""
    name = f"{OTHERS}{library.datasets[3].rpartition('/')[2]}-gone"
    contents = gather_contents(library, name, 2)
    assert [iri for iri in library.datasets if iri in contents] == library.datasets[4:6]


def test_things_that_a_dataset_refers_to_are_on_its_page(library):
    """Distributions, publisher and records are described; other datasets are not drawn in."""
    position = library.datasets.index(library.base + DATASET)
    contents = gather_contents(library, f"{OTHERS}{DATASET.rpartition('/')[2]}", 1)
    dataset = contents[library.base + DATASET]
    assert set(dataset.properties[DCAT.distribution]) <= set(contents)
    assert set(library.find_records(dataset.iri)) <= set(contents)
    assert f"{library.base}organisation/hk-hkpf" in contents
    assert library.datasets[position + 1] not in contents


def test_the_period_of_a_dataset_is_on_its_page(tmp_path):
    """What a title states of the data is described where the dataset is."""
    rows = [Row("氣象", "2016至2019年雨量統計", "02/2020", "每年", "(CSV)")]
    (tmp_path / "a.txt").write_text(as_tabs(PlanText("香港天文台", 2024, {("D", "ii"): rows})), encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out", Settings(), jobs=1)
    snapshot = take_snapshot(tmp_path / "out")
    try:
        fill_store(snapshot)
        library = Library(snapshot)
        contents = gather_contents(library, FIRST, 1)
        (dataset,) = library.datasets
        (period,) = contents[dataset].properties[DCT.temporal]
        assert contents[period].properties[DCAT.startDate][0].value == "2016"
    finally:
        snapshot.discard()
