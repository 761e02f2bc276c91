"""Named queries give the same rows in every store, and the values of parameters cannot change them."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata

import pyoxigraph
import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from support.lighthouse_plans import as_consolidated, as_old_template, as_third_plan
from support.paths import ROOT
from support.plan_texts import PlanText, Row, as_tabs
from support.stores import oxigraph, virtuoso
from support.worked_plans import write_worked_plans

from dcat_hk.build import build
from dcat_hk.build.fulfilment import read_published_promises
from dcat_hk.commands.cli import main
from dcat_hk.core.errors import UsageError
from dcat_hk.core.settings import Settings
from dcat_hk.reconciliation.states import state_of
from dcat_hk.reconciliation.summaries import summarise
from dcat_hk.serving.queries import bind_parameters, check_query_form, find_query, load_named_queries, read_query
from dcat_hk.serving.stores.access import Credentials
from dcat_hk.serving.stores.answers import WRITERS, GraphResult, SelectResult
from dcat_hk.serving.stores.client import StoreClient
from dcat_hk.serving.stores.graphs import QuadsFile
from dcat_hk.serving.stores.loading import load_graphs
from dcat_hk.serving.stores.querying import query_folder, query_store
from dcat_hk.serving.stores.target import StoreAddresses, TargetStore

NAMES = sorted(load_named_queries())
TABLES = [name for name in NAMES if check_query_form(load_named_queries()[name].text) == "SELECT"]
#: The day that the golden answers are for.
DAY = datetime.date(2026, 11, 20)
SECONDS = 120


def text_of(name, **values):
    """Return the text of a named query, as of the day of the golden answers."""
    return bind_parameters(load_named_queries()[name], values, today=DAY)


def ask_tsv(outcome):
    """Return an answer as lines with tabs."""
    rows = [[("" if t is None else t if isinstance(t, str) else t.value) for t in row] for row in outcome.rows]
    return ["\t".join(outcome.variables), *("\t".join(row) for row in rows)]


@pytest.fixture(scope="module")
def slipped(tmp_path_factory):
    """Return a catalogue of two plans of one bureau: a month slips, a dataset is released, another is gone."""
    folder = tmp_path_factory.mktemp("slipped")
    for first, months in ((2024, ["2024年3月", "2024年6月"]), (2025, ["2025年9月", "2024年6月"])):
        rows = [Row("氣象", "潮汐", months[0], "每日", "(CSV)"), Row("氣象", "日出", months[1], "每日", "(CSV)")]
        gone = [Row("氣象", "月出", "2024年9月", "每日", "(CSV)")] if first == 2024 else []
        closed = {("D", "i"): [Row("氣象", "日蝕", "2020年3月", "每年", "(XLS)")]} if first == 2025 else {}
        plan = PlanText("火星殖民地管理局", first, {("A", "i"): [*rows, *gone], **closed})
        (folder / f"{first}.txt").write_text(as_tabs(plan), encoding="utf-8")
    assert build([folder], folder / "output", Settings(), jobs=1).published
    return folder / "output"


# ---- answers


@pytest.mark.parametrize("name", NAMES)
def test_answers_on_the_seeds(name, catalogue, golden):
    """Each named query gives the rows that were looked at."""
    with query_folder(catalogue, text_of(name), SECONDS) as outcome:
        if isinstance(outcome, GraphResult):
            golden(f"queries/{name}.ttl", "".join(WRITERS["turtle"](outcome, Settings().base_iri, None)))
        else:
            golden(f"queries/{name}.tsv", "\n".join(ask_tsv(outcome)) + "\n")


def test_what_slipped(slipped):
    """A month that differs between two plans is found, with both months."""
    with query_folder(slipped, text_of("date-changes"), SECONDS) as outcome:
        (row,) = [line.split("\t") for line in ask_tsv(outcome)[1:]]
    assert row[:3] == ["潮汐", "2024-03", "2025-09"]
    with query_folder(slipped, text_of("history", dataset=row[3]), SECONDS) as outcome:
        found = [line.split("\t") for line in ask_tsv(outcome)[1:]]
    assert [line[0][-9:] for line in found] == ["2024-2026", "2025-2027"]
    assert [line[3] for line in found] == ["2024年3月", "2025年9月"]


@pytest.mark.parametrize("name", ["promises", "fates", "slipped", "not-listed", "overdue", "kept-on-time"])
def test_rdflib_answers_alike_about_promises(name, slipped):
    """A processor of another family gives the same rows, and there are some."""
    text = bind_parameters(load_named_queries()[name], {"as_of": "2026-11"} if name == "overdue" else {}, today=DAY)
    graph = rdflib.Graph().parse(slipped / "catalogue.ttl")
    rows = ["\t".join("" if term is None else str(term) for term in row) for row in graph.query(text)]
    with query_folder(slipped, text, SECONDS) as outcome:
        assert sorted(rows) == sorted(ask_tsv(outcome)[1:])
    assert rows


def ask(folder, name, **values):
    """Return the rows of the answer to a named query."""
    with query_folder(folder, text_of(name, **values), SECONDS) as outcome:
        return [line.split("\t") for line in ask_tsv(outcome)[1:]]


def test_what_became_of_promises(slipped):
    """A month was put off, one is unchanged, one dataset is gone, and each promise says so."""
    body = ["火星殖民地管理局"]
    assert [row[:5] for row in ask(slipped, "slipped")] == [["18", "2024-03", "2025-09", *body, "潮汐"]]
    assert [row[:3] for row in ask(slipped, "not-listed")] == [["2024-09", *body, "月出"]]
    assert {row[2]: row[3] for row in ask(slipped, "fates")} == {
        "slipped": "1",
        "unchanged": "1",
        "no-longer-listed": "1",
    }
    assert {row[7]: row[:4] for row in ask(slipped, "promises")} == {
        "潮汐": ["planned", "2024-03", "2025-09", "1"],
        "日出": ["planned", "2024-06", "2024-06", "0"],
        "月出": ["no-longer-listed", "2024-09", "2024-09", "0"],
    }


@pytest.mark.parametrize("name", [name for name in TABLES if "?name_english" in load_named_queries()[name].text])
def test_a_body_without_an_english_name_is_told_by_its_chinese_one(slipped, name):
    """In every query that names bodies, not by an empty cell."""
    with query_folder(slipped, text_of(name, language="en"), SECONDS) as outcome:
        place = outcome.variables.index("publisher")
        rows = [line.split("\t") for line in ask_tsv(outcome)[1:]]
    assert {row[place] for row in rows} <= {"火星殖民地管理局"}


@pytest.mark.parametrize(
    ("month", "judged", "titles"),
    [
        ("2024-03", "first", []),
        ("2024-06", "first", ["潮汐"]),
        ("2024-06", "last", []),
        ("2025-09", "last", ["日出"]),
        ("2027-12", "last", ["日出", "潮汐"]),
        ("2027-12", "first", ["潮汐", "日出"]),
        ("2028-01", "first", []),
    ],
)
def test_what_is_overdue(slipped, month, judged, titles):
    """A promise is judged by the month that is asked for, and never after the end of the newest plan, 2025 to 2027."""
    assert [row[2] for row in ask(slipped, "overdue", as_of=month, promise=judged)] == titles


def test_the_query_and_the_command_accuse_alike(tmp_path_factory):
    """What is overdue by the query is what the command calls overdue, as of months when all plans are known."""
    folder = tmp_path_factory.mktemp("worked")
    assert build(write_worked_plans(folder / "plans"), folder / "output", Settings(), jobs=1).published
    for month in ("2022-01", "2022-06", "2022-12", "2024-12", "2025-01"):
        for judged in ("first", "last"):
            known = read_published_promises(folder / "output", month)
            states = [state_of(promise, month, judged) for promise in known.promises]
            overdue = {one.promise.first.listing.title for one in states if one.state == "overdue"}
            assert {row[2] for row in ask(folder / "output", "overdue", as_of=month, promise=judged)} == overdue


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.exhaustive
def test_rdflib_answers_alike(name, catalogue, turtle_graph):
    """A processor of another family gives the same rows."""
    found = turtle_graph.query(text_of(name))
    with query_folder(catalogue, text_of(name), SECONDS) as outcome:
        if isinstance(outcome, GraphResult):
            assert {tuple(map(str, triple)) for triple in found} == {
                tuple(term.value for term in triple) for triple in outcome.triples
            }
        else:
            rows = ["\t".join("" if term is None else str(term) for term in row) for row in found]
            assert sorted(rows) == sorted(ask_tsv(outcome)[1:])


@pytest.fixture(scope="module", params=[oxigraph, virtuoso], ids=["oxigraph", "virtuoso"])
def server(request, tmp_path_factory, catalogue, slipped, years):
    """Give a store of each kind with the seeds, the plans that slipped, and those of several years."""
    server = request.param(tmp_path_factory.mktemp("store")).start()
    access = Credentials("auto", "dba", "dba") if server.name == "virtuoso" else Credentials()
    with StoreClient(access) as client:
        for folder in (slipped, years, catalogue):
            with QuadsFile(folder) as quads:
                assert load_graphs(
                    quads, TargetStore(client, StoreAddresses(server.graphs, query=server.query))
                ).is_complete
    yield server
    server.stop()


@pytest.fixture(scope="module")
def both(catalogue, slipped, years, tmp_path_factory):
    """Return a folder with what the servers hold: of graphs that several catalogues have, those of the seeds."""
    folder = tmp_path_factory.mktemp("both")
    store = pyoxigraph.Store()
    for source in (slipped, years, catalogue):
        for quad in pyoxigraph.parse(path=source / "catalogue.nq", format=pyoxigraph.RdfFormat.N_QUADS):
            name = quad.graph_name.value
            if source is catalogue or "/x-" in name:
                store.add(quad)
    store.dump(folder / "catalogue.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    return folder


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.exhaustive
def test_servers_answer_alike(name, server, both):
    """Each named query runs unchanged on every server and gives the same rows."""
    values = {"language": "en"} if "language" in {p.name for p in load_named_queries()[name].parameters} else {}
    text = text_of(name, **values)
    with query_folder(both, text, SECONDS) as ours, query_store(server.query, text, Credentials(), SECONDS) as theirs:
        assert type(ours) is type(theirs)
        if isinstance(ours, GraphResult):
            assert [str(triple) for triple in theirs.triples] == [str(triple) for triple in ours.triples]
        else:
            rows = ask_tsv(ours)
            assert sorted(ask_tsv(theirs)) == sorted(rows)
            assert len(rows) >= 2, "a query without an answer shows nothing"


def test_no_row_is_cut(server):
    """A store that may have left rows out says so, and we do."""
    with query_store(server.query, "SELECT ?s { ?s ?p ?o } LIMIT 5", Credentials(), SECONDS) as outcome:
        assert len(list(outcome.rows)) == 5
        assert isinstance(outcome, SelectResult)


# ---- what is declared


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    """Return a catalogue of two bodies with plans of several years, in which something of everything has happened."""
    folder = tmp_path_factory.mktemp("years")
    write_worked_plans(folder / "plans")
    for number, write in enumerate((as_old_template, as_consolidated, as_third_plan)):
        (folder / "plans" / f"light{number}.txt").write_text(write("zh-Hant"), encoding="utf-8")
    assert build([folder / "plans"], folder / "output", Settings(), jobs=1).published
    return folder / "output"


@pytest.mark.parametrize("month", ["2022-12", "2023-06", "2024-12", "2025-06", "2026-11"])
def test_figures_by_body_and_year_are_those_of_the_command(years, month):
    """As of months when all plans are known."""
    known = read_published_promises(years, month)
    states = [state_of(promise, month) for promise in known.promises]
    wanted = {
        (one.group[0], str(one.group[1])): [one.promises, one.due, one.kept, one.late, one.overdue, one.unknown]
        for one in summarise(states, month)[:-1]
        if one.group[1] is not None
    }
    rows = ask(years, "kept-on-time", as_of=month)
    assert {(row[9].rpartition("/")[2], row[1]): [int(value) for value in row[2:8]] for row in rows} == wanted
    assert all(int(row[3]) == sum(int(value) for value in row[4:9]) for row in rows), "each that is due counts once"
    assert len(wanted) > 4


def test_delays_are_those_of_the_command(years):
    """The middle one, the longest, and how many there are."""
    known = read_published_promises(years, "2026-11")
    states = [state_of(promise, "2026-11") for promise in known.promises]
    wanted = {
        one.group[0]: (one.median_delay, one.largest_delay)
        for one in summarise(states, "2026-11", ("body",))[:-1]
        if one.median_delay is not None
    }
    rows = ask(years, "slowest-bodies")
    assert {row[5].rpartition("/")[2]: (float(row[1]), int(row[2])) for row in rows} == wanted
    assert [float(row[1]) for row in rows] == sorted((float(row[1]) for row in rows), reverse=True)
    assert sum(int(row[3]) for row in rows) == sum(one.delay is not None for one in states)


def test_formats_that_are_closed_stand_in_one_list():
    """The query and the pages call the same formats closed."""
    from dcat_hk.serving.promises.recording import load_closed_formats

    lists = re.findall(r'"\^\(([A-Z0-9_|]+)\)\$"', load_named_queries()["no-open-format"].text)
    assert {frozenset(one.split("|")) for one in lists} == {load_closed_formats()}


def test_what_was_released_in_a_closed_format_only(tmp_path):
    """One open format is enough, and who states none is not accused."""
    rows = [
        Row("氣象", "潮汐", "2023年3月", "每日", "(XLS)"),
        Row("氣象", "日出", "2023年6月", "每日", "(XLSX, CSV)"),
        Row("氣象", "月出", "2023年6月", "每日", ""),
    ]
    plan = PlanText("火星殖民地管理局", 2024, {("D", "i"): rows})
    (tmp_path / "plan.txt").write_text(as_tabs(plan), encoding="utf-8")
    assert build([tmp_path / "plan.txt"], tmp_path / "output", Settings(), jobs=1).published
    assert [row[1:3] for row in ask(tmp_path / "output", "no-open-format")] == [["潮汐", "XLS"]]


def test_what_a_body_and_a_month_have(slipped):
    """Datasets of the plans of a body; those due in a month."""
    body = next(name.name for name in (slipped / "plans").iterdir())
    assert {row[3] for row in ask(slipped, "body", body=body)} == {"潮汐", "日出", "月出", "日蝕"}
    assert [row[2] for row in ask(slipped, "due", month="2025-09")] == ["潮汐"]
    assert ask(slipped, "due") == []
    assert [row[3] for row in ask(slipped, "new-since", since="2025-01")] == ["日蝕"]
    assert len(ask(slipped, "new-since", since="2024-01")) == 4


@pytest.mark.parametrize("name", NAMES)
def test_queries_are_described(name):
    """Each query and each parameter is described in three languages; each parameter is a term in the text."""
    query = load_named_queries()[name]
    assert set(query.description) == {"en", "zh-Hant", "zh-Hans"}
    for parameter in query.parameters:
        assert set(parameter.description) == {"en", "zh-Hant", "zh-Hans"}
        assert f"  # ${parameter.name}\n" in query.text
        if parameter.default == "newest":
            # The query itself finds the newest plan where it is given nothing, or the word that the list shows.
            assert bind_parameters(query, {parameter.name: "newest"}) == query.text
            assert re.search(rf'"".*  # \${parameter.name}\n', query.text)
            continue
        default = {"today": "2026-11", "next": "2026-12"}.get(parameter.default, parameter.default)
        assert bind_parameters(query, {parameter.name: default}, today=DAY) == bind_parameters(query, {}, today=DAY), (
            "the text holds the default"
        )


def test_every_query_has_a_page():
    """docs/reference/stores.md names every query and every parameter."""
    page = (ROOT / "docs/reference/stores.md").read_text(encoding="utf-8")
    for query in load_named_queries().values():
        assert f"`{query.name}`" in page
        assert all(f"`{parameter.name}`" in page for parameter in query.parameters)


def test_another_base_iri():
    """Our own terms are looked for under the base IRI of the catalogue that is asked."""
    text = bind_parameters(load_named_queries()["overdue"], {}, "https://data.example.hk/plans/")
    assert "PREFIX plan: <https://data.example.hk/plans/def/plan#>" in text
    assert "example.org" not in text


# ---- values stay values


@given(st.text(max_size=40))
def test_no_word_becomes_part_of_the_query(word):
    """Whatever is searched for, it is one literal with just that value, or it is refused."""
    query = read_query("", '# $word (text, sea) en: word\nASK { BIND ("sea" AS ?x)  # $word\n}')
    try:
        text = bind_parameters(query, {"word": word})
    except UsageError:
        assert not word or "\\" in word or not word.isprintable()
        return
    store = pyoxigraph.Store()
    (row,) = store.query(text.replace("ASK {", "SELECT ?x {"))
    assert row["x"].value == word
    assert check_query_form(text) == "ASK"


REFUSED = [
    ("overdue", "as_of", ["2026", "2026-13", '2026-11") } #', "2026-11\n", "２０２６-１１"]),
    ("overdue", "promise", ["", "newest", 'first" #', "first\n"]),
    ("theme", "theme", ["", "A> . ?a ?b <c", "TRAN/X", "TRAN\n"]),
    ("history", "dataset", ["", 'a" . ?x ?y "b', "a b", "數據"]),
    ("search", "word", ["", " ", "a\\u0022", "a\nb", "x" * 501, "a b c d e"]),
    ("search", "language", ["", "xx", 'en") #', "zh-Hant\n"]),
    ("search", "nothing", ["x"]),
]


@pytest.mark.parametrize(("name", "parameter", "value"), [(n, p, v) for n, p, values in REFUSED for v in values])
def test_values_are_checked(name, parameter, value):
    """A value that is not of its kind is refused."""
    with pytest.raises(UsageError):
        bind_parameters(load_named_queries()[name], {parameter: value})


@given(st.text(max_size=40))
def test_no_words_become_part_of_the_query(words):
    """Whatever is searched for, it is one pattern that can be used and finds those words, or it is refused."""
    query = read_query("", '# $word (words, sea) en: words\nASK { FILTER(REGEX("", "sea"))  # $word\n}')
    try:
        text = bind_parameters(query, {"word": words})
    except UsageError:
        return
    assert check_query_form(text) == "ASK"
    pattern = json.loads(text.partition('REGEX("", ')[2].partition("))  # $word")[0])
    assert "\\" not in pattern
    searched = " ".join(reversed(unicodedata.normalize("NFKC", words).lower().split()))
    store = pyoxigraph.Store()
    found = store.query(f'ASK {{ FILTER(REGEX({json.dumps(searched, ensure_ascii=False)}, "{pattern}", "s")) }}')
    assert bool(found)


@pytest.mark.parametrize(
    ("words", "same"),
    [("衛生", "衞生"), ("衛生", "卫生"), ("ＣＳＶ", "csv"), ("CSV", "csv"), ("急症 醫院", "醫院 急症"), ("台", "臺")],
)
def test_searches_do_not_depend_on_how_words_are_written(catalogue, words, same):
    """Variants of characters, full width, capital letters and the order of words make no difference."""
    found = [run(catalogue, "search", "--set", f"word={one}", "--format", "csv").stdout for one in (words, same)]
    assert found[0] == found[1]


def test_all_words_must_occur(catalogue):
    """Two words find less than each of them."""
    counts = [
        len(run(catalogue, "search", "--set", f"word={words}", "--format", "csv").stdout.splitlines())
        for words in ("醫院 急症", "醫院", "急症")
    ]
    assert 1 < counts[0] <= min(counts[1:])


def test_a_query_is_shown_without_a_catalogue(tmp_path):
    """Nothing of a folder is needed to show it."""
    shown = run(tmp_path / "none", "overdue", "--base-iri", "https://data.example.hk/", "--show")
    assert shown.exit_code == 0
    assert "<https://data.example.hk/def/plan#>" in shown.stdout


def test_an_overdue_promise_names_the_plan_that_says_so(slipped):
    """Each row has the plan, and the last month that the plan is about."""
    rows = ask(slipped, "overdue", as_of="2026-11", promise="last")
    assert all("/plan/" in row[4] and re.fullmatch("[0-9]{4}-[0-9]{2}", row[5]) for row in rows)


def test_values_are_understood():
    """Languages may be written as people do; a dataset may be named by its IRI."""
    assert '"zh-Hant"))  # $language' in bind_parameters(load_named_queries()["search"], {"language": "zh_HK"})
    iri = "https://example.org/dcat-hk/dataset/hk-hkpf-u3djbhogev"
    assert 'dct:identifier "hk-hkpf-u3djbhogev" .  # $dataset' in bind_parameters(
        load_named_queries()["history"], {"dataset": iri}
    )
    assert "/data-theme/HEAL> ;  # $theme" in bind_parameters(load_named_queries()["theme"], {"theme": "HEAL"})
    assert '< "2027-01")  # $as_of' in bind_parameters(
        load_named_queries()["overdue"], {}, today=datetime.date(2027, 1, 31)
    )


@pytest.mark.parametrize(("name", "parameter"), [("overdue", "as_of"), ("due", "month"), ("new-since", "since")])
@pytest.mark.parametrize(("word", "month"), [("today", "2026-12"), ("next", "2027-01")])
def test_months_may_be_said_in_words(name, parameter, word, month):
    """Those that the list shows as defaults, at the turn of a year, too; other words are refused."""
    query, day = load_named_queries()[name], datetime.date(2026, 12, 31)
    assert bind_parameters(query, {parameter: word}, today=day) == bind_parameters(query, {parameter: month}, today=day)
    with pytest.raises(UsageError, match="tomorrow"):
        bind_parameters(query, {parameter: "tomorrow"})


# ---- read-only queries


def test_words_that_look_like_service_are_fine():
    """Only the keyword counts, not names and texts."""
    text = 'PREFIX service: <http://e/> SELECT ?service { ?service service:load "SERVICE <a:b> {}" } # SERVICE <a:b> {}'
    assert check_query_form(text) == "SELECT"


@pytest.mark.parametrize(
    "text", ["DESCRIBE <https://example.org/x>", "DROP ALL", "LOAD <http://e/x>", "clear graph <a:b>"]
)
def test_a_query_needs_no_brace(text):
    """It is read as SPARQL, not as the name of a file."""
    assert find_query(text) is not None


@pytest.mark.parametrize("name", [name for name in TABLES if "title_wanted" in load_named_queries()[name].text])
def test_who_reads_english_gets_the_chinese_title_where_there_is_no_other(name, catalogue):
    """No dataset is without a title, in whatever language is asked for."""
    for language in ("en", "zh-Hans"):
        with query_folder(catalogue, text_of(name, language=language), SECONDS) as outcome:
            place = outcome.variables.index("title")
            assert all(row[place] for row in outcome.rows)


# ---- the command


def run(catalogue, *arguments):
    """Run the command on a folder."""
    return CliRunner().invoke(main, ["query", "--from", str(catalogue), *arguments])


def test_forms(catalogue, tmp_path):
    """Table, CSV, JSON and Turtle; a form that does not fit is told."""
    assert "Digital Policy Office" in run(catalogue, "renamed-bodies", "--format", "table", "--lang", "en").stdout
    assert run(catalogue, "renamed-bodies", "--format", "csv").stdout_bytes.startswith(b"old,new,datasets\r\n")
    assert '"xml:lang": "zh-Hant"' in run(catalogue, "renamed-bodies").stdout
    assert "@prefix dcat:" in run(catalogue, "dataset").stdout
    assert run(catalogue, "ASK { ?s ?p ?o }").stdout == '{"head": {}, "boolean": true}\n'
    assert run(catalogue, "ASK { ?s ?p ?o }", "--format", "table").stdout == "yes\n"
    assert run(catalogue, "dataset", "--format", "csv").exit_code == 2
    assert run(catalogue, "plans", "--format", "turtle").exit_code == 2
    file = tmp_path / "plans.csv"
    assert run(catalogue, "plans", "--format", "csv", "-o", str(file)).stdout == ""
    assert len(file.read_text(encoding="utf-8").splitlines()) == 6


def test_a_file_of_ones_own(catalogue, tmp_path):
    """A file may declare parameters as the named queries do."""
    file = tmp_path / "mine.rq"
    text = '# $word (text, sea) en: word\nSELECT ?x { BIND ("sea" AS ?x)  # $word\n}\n'
    file.write_text(text, encoding="utf-8")
    assert run(catalogue, str(file), "--set", "word=land", "--format", "csv").stdout_bytes == b"x\r\nland\r\n"


def test_text_is_harmless(catalogue):
    """Formulas, escape sequences and turned writing stay text."""
    text = 'SELECT ?a ?b { BIND ("=1+1" AS ?a) BIND ("\\u001B[31m\\u202Ex" AS ?b) }'
    assert "'=1+1" in run(catalogue, text, "--format", "csv").stdout
    table = run(catalogue, text, "--format", "table").stdout
    assert "\x1b" not in table
    assert "\u202e" not in table


@pytest.mark.parametrize(
    "arguments",
    [[], ["overdu"], ["overdue", "--set", "as_of"], ["overdue", "--set", "when=2026-11"], ["plans", "--endpoint", "x"]],
)
def test_wrong_usage(catalogue, arguments):
    """What cannot be asked is told with what to do."""
    done = run(catalogue, *arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: ")


def test_list_and_show(catalogue):
    """The list names every query in the language that is asked for; show prints what would be asked."""
    listed = run(catalogue, "--list", "--lang", "zh-CN").stdout
    assert all(query.name in listed for query in load_named_queries().values())
    assert "名称及标题的语文" in listed
    shown = run(catalogue, "overdue", "--set", "as_of=2027-01", "--show").stdout
    assert '"2027-01"' in shown
    assert check_query_form(shown) == "SELECT"


def test_an_example_is_called_one(catalogue):
    """Who asks about a dataset without naming one is told that the query's example was asked for."""
    assert "its example dataset, hk-hkpf-ukhk7mhen5" in run(catalogue, "history").stderr
    assert "example" not in run(catalogue, "history", "--set", "dataset=hk-hkpf-ukhk7mhen5").stderr


@pytest.mark.parametrize("text", ["ASK { ?s ?p '\\UFFFFFFFF' }", "ASK { ?s ?p '\\ud800\\U00110000' }"])
def test_an_escape_of_no_character_is_told(text):
    """An escape that stands for no character is an error of syntax."""
    with pytest.raises(UsageError, match="not a valid SPARQL"):
        check_query_form(text)
