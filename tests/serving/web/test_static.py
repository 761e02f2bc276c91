"""The static site is what the server has, as files; the feed of changes goes on from build to build."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote, urljoin

import pyoxigraph
import pytest
from click.testing import CliRunner
from support.web_servers import BASE, DATASET, republish, serving

from dcat_hk.commands.cli import main
from dcat_hk.core.errors import UsageError
from dcat_hk.serving.web.static import SiteSelection, write_site
from dcat_hk.serving.web.views import LIST_KINDS

AS = "https://www.w3.org/ns/activitystreams#"


@pytest.fixture(scope="module")
def site(built, tmp_path_factory):
    """Write the site of the seeds once."""
    folder = tmp_path_factory.mktemp("static") / "site"
    write_site(built[0], folder, SiteSelection(), size=50)
    return folder


def names(folder):
    """Return the names of all files of a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_files_are_what_the_server_sends(built, site, tmp_path):
    """Byte for byte, but for the way to the queries, which a static host has not."""
    chosen = [name for number, name in enumerate(sorted(names(site))) if number % 97 == 0]
    chosen += [f"{DATASET}.{ending}" for ending in ("html", "en.html", "zh-Hans.html", "ttl", "jsonld", "rdf", "nt")]
    chosen += ["feed/datasets.ttl", "catalogue.ttl", "catalogue.rdf.gz", "sitemap.xml", "changes/1.trig", "changes.nq"]
    chosen = [name for name in chosen if name not in {"feed.json", "changes/state.jsonl"}]
    # Where nobody names a month, a server answers as of this one, and files are as of that of the newest plan.
    kinds = (*LIST_KINDS, "index", "about", "bodies", "years", "months")
    kinds += ("search", "assets")
    chosen = [name for name in chosen if name.partition("/")[0].partition(".")[0] not in kinds]
    # A server needs no pages that lead from identifiers to pages, and has one of its own for what it has not.
    chosen = [name for name in chosen if not name.endswith("/index.html") and name != "404.html"]
    chosen += ["overdue/2020-12.csv", "bodies/2023-12.json", "years/2023-12.zh-Hant.svg"]
    # The server has queries, and says what is overdue this month.
    chosen = [name for name in chosen if name != ".well-known/void" and not name.startswith("follow/overdue")]
    different = []
    with serving(built[0], tmp_path / "log", "--page-size", "50", "--history", str(tmp_path / "history")) as server:
        for name in chosen:
            sent, written = server.ask(name).body, (site / name).read_bytes()
            if name.endswith(".html"):
                sent = re.sub(rb' \xc2\xb7 <a href="[./]*sparql[^<]*</a>', b"", sent)
                sent = re.sub(rb'<li><a href="[./]*openapi.json[^\n]*?</li>', b"", sent)
                sent, written = sent.replace(b"\n", b""), written.replace(b"\n", b"")
            different += [] if sent == written else [name]
    assert different == []


def list_missing(folder):
    """Return pages and feeds with those of their links to the site that lead into nowhere."""
    known, missing = names(folder), set()
    for name in sorted(name for name in known if name.endswith((".html", ".atom"))):
        text = (folder / name).read_text(encoding="utf-8")
        start = "/" if "<base href" in text else f"/{name}"
        for href in re.findall(r'(?:href|src)="([^"]+)"', text):
            local = f"/{href.removeprefix(BASE)}" if href.startswith(BASE) else href
            if not local.startswith(("http:", "https:", "mailto:", "#")):
                # A static host passes over parameters, and sends the page of a folder.
                path = unquote(urljoin(start, local).partition("#")[0].partition("?")[0])[1:]
                if not {path, f"{path}/index.html".lstrip("/")} & known:
                    missing.add((name, href))
    return missing


def test_every_link_of_every_page_is_a_file(site):
    """Nothing leads into nowhere."""
    assert list_missing(site) == set()


def test_pages_of_the_feed_are_files(site):
    """Following next through files finds all datasets."""
    address, found = f"{BASE}feed/datasets.ttl", set()
    while address:
        body = (site / address.removeprefix(BASE)).read_bytes()
        quads = list(pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.TURTLE, base_iri=BASE))
        found |= {q.subject.value for q in quads if q.object.value == "http://www.w3.org/ns/dcat#Dataset"}
        following = [q.object.value for q in quads if q.predicate.value.endswith("core#next")]
        address = following[0] if following else ""
    assert len(found) == len({name for name in names(site) if re.fullmatch(r"dataset/[^/]+\.ttl", name)}) > 100


def activities(path):
    """Return the kinds of activities of a page by what they are about, in order."""
    quads = list(pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.N_QUADS))
    about = {q.subject.value: q.object.value for q in quads if q.predicate.value == f"{AS}object"}
    kinds = {q.subject.value: q.object.value for q in quads if q.object.value.startswith(AS)}
    return {about[iri].removeprefix(BASE): kinds[iri].removeprefix(AS) for iri in about}


def test_changes_are_told_from_build_to_build(built, tmp_path):
    """Update, delete, create; old pages stay as they were; the same build again says nothing."""
    quads = (built[0] / "catalogue.nq").read_text(encoding="utf-8")
    gone = min(re.findall(rf"<({re.escape(BASE)}dataset/hk-hhb-[a-z0-9]+)>", quads))
    site, output = tmp_path / "site", tmp_path / "output"
    runner = CliRunner()

    def write():
        done = runner.invoke(main, ["feed", str(output), "-o", str(site), "-j", "1", "--format", "ttl"])
        assert done.exit_code == 0, done.output
        return done.output

    republish(built[0], output, lambda quads: quads)
    write()
    before = {name: (site / "changes" / name).read_bytes() for name in ("1.trig", "1.nq", "2.nq")}
    assert "0 changes" in write()

    def without(quads):
        kept = [line for line in quads.splitlines(keepends=True) if gone not in line]
        return "".join(kept).replace("罪案數字比較", "罪案")

    republish(built[0], output, without)
    assert "2 changes" in write()
    assert {name: (site / "changes" / name).read_bytes() for name in before} == before
    found = activities(site / "changes" / "3.nq")
    assert list(found.items()) == [(DATASET, "Update"), (gone.removeprefix(BASE), "Delete")]
    republish(built[0], output, lambda quads: quads)
    write()
    found = activities(site / "changes" / "4.nq")
    assert found == {gone.removeprefix(BASE): "Create", DATASET: "Update"}
    times = json.loads((site / "changes" / "state.jsonl").read_text(encoding="utf-8").splitlines()[0])["times"]
    assert times == sorted(times)
    assert len(set(times)) == len(times) == 4


def test_only_what_is_wanted_is_written(built, tmp_path):
    """Forms and languages can be chosen."""
    write_site(built[0], tmp_path / "site", SiteSelection(("html",), ("en",)), jobs=1)
    found = names(tmp_path / "site")
    assert f"{DATASET}.en.html" in found
    assert not {f"{DATASET}.html", f"{DATASET}.ttl"} & found


@pytest.mark.parametrize(
    "selection", [SiteSelection(("html",), ("en",)), SiteSelection(("ttl", "html"), ("zh-Hans", "en"))]
)
def test_a_site_in_fewer_languages_leads_to_no_others(built, tmp_path, selection):
    """Nor to formats that it has not: pages, the one for nothing, feeds, sitemaps; its root leads to the start page."""
    write_site(built[0], tmp_path / "site", selection, jobs=1)
    assert list_missing(tmp_path / "site") == set()
    first = selection.languages[0]
    assert f'lang="{first}"' in (tmp_path / "site" / "404.html").read_text(encoding="utf-8")
    assert f"./index.{first}.html" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'hreflang="zh-Hant"' not in (tmp_path / "site" / "sitemap-1.xml").read_text(encoding="utf-8")
    assert not [name for name in names(tmp_path / "site") if name.startswith("follow/") and name.count(".") == 1]


def test_a_folder_of_others_is_left_alone(built, tmp_path):
    """Nothing that we did not write is replaced."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "diary.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="dcat-hk did not write"):
        write_site(built[0], tmp_path / "site", SiteSelection(("ttl",)), jobs=1)
    assert (tmp_path / "site" / "diary.txt").read_text(encoding="utf-8") == "mine"
    done = CliRunner().invoke(main, ["feed", str(built[0]), "-o", str(built[0])])
    assert done.exit_code == 2
    assert Path(built[0] / "manifest.json").exists()


def test_identifiers_lead_to_pages_on_hosts_that_know_no_suffixes(site):
    """An address without suffix is a folder there, and its page leads on; also that of a list."""
    for name in (DATASET, "overdue", "def/plan"):
        text = (site / name / "index.html").read_text(encoding="utf-8")
        target = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text)[1]
        assert (site / name / target).resolve() == (site / f"{name}.html").resolve()
        assert (site / name / target).resolve().is_file()
    assert "../hk-hkpf-u3djbhogev.ttl" in (site / DATASET / "index.html").read_text(encoding="utf-8")
    assert ".ttl" not in (site / "overdue" / "index.html").read_text(encoding="utf-8")


def test_the_page_for_nothing_works_at_any_path(site):
    """Its addresses count from the base IRI."""
    text = (site / "404.html").read_text(encoding="utf-8")
    assert text.index(f'<base href="{BASE}">') < text.index('href="./')
    assert 'lang="en"' in text
    assert 'action="./search.html"' in text
