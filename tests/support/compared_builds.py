"""What tests of comparing builds share: a small build by hand, and builds of the seeds with something changed."""

import shutil

from dcat_hk.build import build
from dcat_hk.checking.comparing import compare
from dcat_hk.core.settings import Settings
from support.paths import SEEDS

BASE = "https://plans.example/"
PREFIXES = f"""
@prefix : <{BASE}> . @prefix plan: <{BASE}def/plan#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def plan_of(body, years, digest, datasets=("a",)):
    """Return the Turtle of a plan of a body with one file and a row for each dataset."""
    name = f"{body}/{years}"
    lists = ", ".join(f"<{BASE}dataset/{body}-{one}>" for one in datasets)
    records = ", ".join(f"<{BASE}record/{name}/{one}>" for one in datasets)
    text = f"""
<{BASE}catalogue/{name}> a dcat:Catalog ; prov:wasDerivedFrom <{BASE}plan/{name}> ; dcat:dataset {lists} ;
  dcat:record {records} .
<{BASE}plan/{name}> a plan:Plan .
<{BASE}plan/{name}/source/{digest}> prov:specializationOf <{BASE}plan/{name}> ; dct:title "{body}.txt" ;
  dct:identifier "sha256:{digest}" .
"""
    for one in datasets:
        text += f"""
<{BASE}record/{name}/{one}> foaf:primaryTopic <{BASE}dataset/{body}-{one}> ; plan:part 0 ;
  prov:wasDerivedFrom <{BASE}plan/{name}/source/{digest}> .
<{BASE}dataset/{body}-{one}> a dcat:Dataset ; dct:title "{one}"@en ; dct:issued "2024-01" .
"""
    return text


TWO_PLANS = plan_of("parks", "2024-2026", "1111") + plan_of("roads", "2024-2026", "2222", ("b", "c"))


def compare_turtle(tmp_path, old, new, **options):
    """Return what differs between two texts of Turtle."""
    for name, text in (("old", old), ("new", new)):
        (tmp_path / f"{name}.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return compare(str(tmp_path / "old.ttl"), str(tmp_path / "new.ttl"), **options)


def build_seeds(folder, *, without=(), **edits):
    """Build the seeds, some files left out and some texts replaced, and return the output folder."""
    plans = folder / "plans"
    shutil.copytree(SEEDS, plans)
    for path in plans.glob("*.txt"):
        if path.name[:3] in without:
            path.unlink()
    for number, (before, after) in edits.items():
        (path,) = plans.glob(f"{number[1:]}_*.txt")
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert build([plans], folder / "output", Settings(), jobs=1).published
    return folder / "output"


def copy_build(catalogue, folder, *edits):
    """Return a copy of an output folder whose catalogue was edited by hand: pairs of text before and after."""
    shutil.copytree(catalogue, folder)
    path = folder / "catalogue.nq"
    text = path.read_text(encoding="utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    return folder
