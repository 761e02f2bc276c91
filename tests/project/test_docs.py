"""The documentation says what the program does: generated parts are current, queries and tables are tried."""

import json
import re
import tomllib
from collections import Counter
from dataclasses import fields, replace

import pyoxigraph
import pytest
from click.testing import CliRunner
from support.linked_datasets import build_linked, write_asked, write_every_link
from support.paths import ROOT, SEEDS
from support.plan_texts import PlanText, Row, as_tabs
from support.worked_plans import write_judgement, write_worked_plans

from dcat_hk.build import build
from dcat_hk.build.explain import explain
from dcat_hk.catalogue.publishing.export import Selection, export_framed
from dcat_hk.checking.validating.profiles import load_shapes
from dcat_hk.checking.validating.validator import validate
from dcat_hk.commands.build_summary import plan_table
from dcat_hk.commands.cli import main
from dcat_hk.core import errors
from dcat_hk.core.limits import RdfLimits
from dcat_hk.core.settingfiles import variable_of
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import LINK_PREFIXES, PREFIXES
from dcat_hk.core.vocabularies import DEFAULT_BASE, load
from dcat_hk.core.wording.messages import load_setting_wordings
from dcat_hk.reading.documents import Limits, read_file
from dcat_hk.reading.parsing import read_plan

README = ROOT / "README.md"
#: The row that the README shows: released, with a format.
SHOWN = "record/hk-hkpf/2024-2026/D-ii-1"
_BLOCK = re.compile(r"(<!-- begin: ([a-z ]+) -->\n)(.*?)(<!-- end: \2 -->)", re.DOTALL)
_QUERY = re.compile(r"<!-- query: (\w+) -->\n```sparql\n(.*?)```", re.DOTALL)


# ---- generated parts


def fenced(text, language="text"):
    """Return text as a block of code."""
    return f"```{language}\n{text.strip(chr(10))}\n```\n"


def serving_figures():
    """Return the lines of benchmarks/serving.txt about eight requests at a time, and what is said around them."""
    lines = (ROOT / "benchmarks/serving.txt").read_text(encoding="utf-8").splitlines()
    return fenced("\n".join(line for line in lines if not re.fullmatch(r"(1|32)", line[17:24].strip())))


def rows(columns, lines):
    """Return a table in Markdown."""
    cells = [columns, ["---"] * len(columns), *lines]
    return "".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |\n" for line in cells)


def help_of(name=""):
    """Return the help of a command, or of the program."""
    return CliRunner().invoke(main, [*name.split(), "--help"], prog_name="dcat-hk", terminal_width=100).output


def turtle_blocks(text, iris):
    """Return the blocks of a Turtle file that begin with the given IRIs."""
    blocks = {block.split(None, 1)[0].strip("<>"): block.rstrip() for block in text.split("\n\n") if block.strip()}
    return "\n\n".join(blocks[iri] for iri in iris)


def printed_row(folder):
    """Return the lines of the row that the tutorial shows, tabs as arrows."""
    (origin,) = explain(folder, SHOWN, [SEEDS]).origins
    return fenced("\n".join(origin.lines).replace("\t", " → "))


def turtle_excerpt(folder):
    """Return the dataset, its distribution and the record of the row that the tutorial shows."""
    text = (folder / "plans/hk-hkpf/2024-2026.ttl").read_text(encoding="utf-8")
    dataset = re.search(rf"<{SHOWN}> .*?foaf:primaryTopic <([^>]+)>", text, re.DOTALL)[1]
    return fenced(turtle_blocks(text, [dataset, f"{dataset}/distribution/csv", SHOWN]), "turtle")


def framed_dataset(folder):
    """Return the dataset of the row that the tutorial shows as `export --framed` writes it."""
    text = (folder / "plans/hk-hkpf/2024-2026.ttl").read_text(encoding="utf-8")
    dataset = re.search(rf"<{SHOWN}> .*?foaf:primaryTopic <([^>]+)>", text, re.DOTALL)[1]
    selection = Selection(plan="hk-hkpf/2024-2026", derived="plain")
    datasets = json.loads("".join(export_framed(folder, selection)))["@graph"]
    (found,) = [one for one in datasets if one["@id"].endswith(dataset)]
    return fenced(json.dumps(found, ensure_ascii=False, indent=2), "json")


def settings_table():
    """Return every setting with its variable, its default and an example."""
    lines = []
    for key, wording in load_setting_wordings().items():
        default = getattr(Settings(), key.replace("-", "_"))
        shown = f"`{default}`" if default or default == 0 else ""
        lines.append([f"`{key}`", f"`{variable_of(key)}`", wording.about["en"], shown, f"`{wording.example}`"])
    return rows(["setting", "variable", "meaning", "default", "example"], lines)


def limits(table=Limits):
    """Return every limit on reading with its default."""
    lines = [
        [f"`{item.name}`", f"{getattr(table(), item.name):,g}" if item.type == "float" else f"{item.default:,}",
         item.metadata["help"]]
        for item in fields(table)
    ]  # fmt: skip
    return rows(["limit", "default", "what it counts"], lines)


def own_results(graph):
    """Return how often each shape answers to the catalogue of the seeds."""
    results = validate(graph, load_shapes("dcat-ap-hk", DEFAULT_BASE, "2026-11-20"))
    counts = Counter((result.severity, result.path.rsplit("/", 1)[1].replace("dcat#", "")) for result in results)
    return rows(["severity", "property", "times"], [[*what, count] for what, count in sorted(counts.items())])


def mutants():
    """Return what the comparison of our shapes with the official files found."""
    found = json.loads((ROOT / "tests/golden/mutants.json").read_text(encoding="utf-8"))
    counted = {"mutants", "agreed", "untouched"}
    names = sorted({name for counts in found.values() for name in counts} - counted)
    excused = {catalogue: sum(counts.get(name, 0) for name in names) for catalogue, counts in found.items()}
    lines = [
        [name, *(f"{n:,}" for n in (counts["mutants"], counts["agreed"], excused[name])), 0,
         f"{counts['untouched']:,}"]
        for name, counts in found.items()
    ]  # fmt: skip
    table = rows(["catalogue", "mutants", "agreed", "excused", "missed", "as untouched"], lines)
    each = [[f"`{name}`", *(f"{counts.get(name, 0):,}" for counts in found.values())] for name in names]
    return table + "\n" + rows(["excused by", *found], each)


def defects():
    """Return the defects of the official files."""
    table = tomllib.loads((ROOT / "tools/official-defects.toml").read_text(encoding="utf-8"))
    lines = [
        [f"`{row['name']}`", row["date"], f"`{row['file']}`", " ".join(f"`{p}`" for p in row["paths"]), row["reason"]]
        for row in table["reported"]
    ]
    passed = [[f"`{row['name']}`", row["date"], f"`{row['file']}`", row["what"]] for row in table["passed"]]
    contexts = [[f"`{row['name']}`", row["date"], row["file"], row["what"], row["read"]] for row in table["contexts"]]
    digests = [[f"`{name}`", f"`{digest}`"] for name, digest in table["files"].items()]
    return "\n".join(
        [
            rows(["reported although correct", "since", "file", "on", "why it is correct"], lines),
            rows(["accepted although wrong", "since", "file", "error"], passed),
            rows(["JSON-LD context", "since", "release and file", "error", "how dcat-hk reads it"], contexts),
            rows(["file", "sha256"], digests),
        ]
    )


def findings():
    """Return every finding in English and Traditional Chinese."""
    lines = [
        [f"`{rule.code}`", rule.severity, f"{rule.message['en']}<br>{rule.advice['en']}",
         f"{rule.message['zh-Hant']}<br>{rule.advice['zh-Hant']}"]
        for rule in errors.rules().values()
    ]  # fmt: skip
    return rows(["code", "severity", "finding and advice", "說明及建議"], lines)


def score_of(folder):
    """Return the assessment of a published catalogue."""
    from dcat_hk.checking.scoring.run import ScoringOptions, score_catalogue

    return score_catalogue([folder], ScoringOptions())


def score_figures(folder):
    """Return the three figures of the quality score, and those of each publisher."""
    from dcat_hk.checking.scoring.assessment import rounded
    from dcat_hk.checking.scoring.report_rows import band_name, figure_rows

    found = score_of(folder)
    every = [("all publishers", found.figures())]
    every += [(found.names[iri].text, found.figures_of(iri)) for iri in found.ordered]
    lines = []
    for name, figures in every:
        strict, released, fit = figure_rows(found, figures)
        counted = f"{rounded(released.figure.points)} ({released.datasets})" if released.datasets else ""
        lines.append([name, strict.datasets, rounded(strict.figure.points), band_name(strict.band, "en"),
                      f"{strict.figure.unmeasured:.1f}", counted,
                      f"{fit.figure.points:.1f} of {fit.figure.of:.1f}"])  # fmt: skip
    columns = ["publisher", "datasets", "points of 405", "band", "not measured", "released only", "applicable only"]
    return rows(columns, lines)


def score_causes(folder):
    """Return why the seeds' catalogue loses points."""
    from dcat_hk.checking.scoring.report_rows import group_rows

    found = score_of(folder)
    lines = [
        [row.cause, row.why, row.indicators, row.datasets, f"{row.mean:.1f}"] for row in group_rows(found, found.whole)
    ]
    return rows(["cause", "why", "indicators", "datasets", "mean points"], lines)


def score_metrics():
    """Return the indicators with their points."""
    from dcat_hk.checking.scoring.rubric import load_rubric

    return rows(
        ["dimension", "indicator", "looked at", "property", "points", "a planned dataset can have it"],
        [[m.dimension, f"`{m.code}`", m.on, f"`{m.property}`", m.points, "" if m.planned else "no"]
         for m in load_rubric().metrics.values()],
    )  # fmt: skip


def commands():
    """Return the help of the program and of every command."""
    names = []
    for name, command in sorted(main.commands.items()):
        names += [name, *(f"{name} {part}" for part in sorted(getattr(command, "commands", ())))]
    texts = [f"## {name}\n\n{fenced(help_of(name))}\n" for name in names]
    return f"{fenced(help_of())}\n" + "".join(texts).rstrip("\n") + "\n"


def seeds():
    """Return what is read of each seed."""
    vocabularies = load()
    lines = []
    for path in sorted(SEEDS.glob("*.txt")):
        plan = read_plan(read_file(path), vocabularies).require()
        years = "–".join(map(str, plan.years))
        lines.append([f"`{path.name}`", plan.bureau, years, plan.script, plan.dated or "not stated", len(plan.entries),
                      f"`{plan.sha256}`"])  # fmt: skip
    return rows(["file", "publisher", "plan", "script", "issued", "rows", "sha256"], lines)


def written(name, built, graph):
    """Return a generated part by its name."""
    folder, outcome = built
    parts = {
        "build table": lambda: fenced(plan_table(outcome, width=100)),
        "printed row": lambda: printed_row(folder),
        "turtle excerpt": lambda: turtle_excerpt(folder),
        "framed dataset": lambda: framed_dataset(folder),
        "settings": settings_table,
        "limits": limits,
        "rdf limits": lambda: limits(RdfLimits),
        "benchmark": lambda: fenced((ROOT / "benchmarks/results.txt").read_text(encoding="utf-8")),
        "serving figures": serving_figures,
        "own results": lambda: own_results(graph),
        "findings": findings,
        "mutants": mutants,
        "defects": defects,
        "commands": commands,
        "seeds": seeds,
        "score figures": lambda: score_figures(folder),
        "score causes": lambda: score_causes(folder),
        "score metrics": score_metrics,
    }
    return parts[name]()


PAGES = {
    "seeds/README.md": 1,
    "docs/tutorials/first-catalogue.md": 3,
    "docs/reference/settings.md": 1,
    "docs/explanation/speed.md": 1,
    "docs/reference/commands.md": 1,
    "docs/reference/jsonld.md": 1,
    "docs/reference/findings.md": 1,
    "docs/reference/limits.md": 2,
    "docs/reference/validation.md": 3,
    "docs/reference/score.md": 3,
    "docs/reference/serving.md": 1,
}


@pytest.mark.parametrize("name", PAGES)
def test_generated_parts_are_current(name, built, turtle_graph, golden):
    """Each page holds what the program would write between its markers."""
    page = (ROOT / name).read_text(encoding="utf-8")
    assert len(_BLOCK.findall(page)) == PAGES[name]
    golden(name, _BLOCK.sub(lambda m: m[1] + written(m[2], built, turtle_graph) + m[4], page), ROOT)


#: Pages whose generated parts another test keeps true.
KEPT_ELSEWHERE = {
    "docs/reference/decisions.md",
    "docs/reference/links.md",
    "docs/reference/python.md",
    "docs/reference/shacl.md",
    "docs/reference/tables.md",
}


def test_every_page_is_known():
    """A page with generated parts is tested; links between pages lead somewhere."""
    pages = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "seeds/README.md"]
    assert len(pages) >= 25
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not _BLOCK.search(text) or page.relative_to(ROOT).as_posix() in {*PAGES, *KEPT_ELSEWHERE}
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_fits_on_a_screen_and_its_example_runs(monkeypatch, capsys):
    """The README is short, and its Python example prints the rows of each seed."""
    text = README.read_text(encoding="utf-8")
    example = re.search(r"<!-- example: python -->\n```python\n(.*?)```", text, re.DOTALL)[1]
    assert len(text.splitlines()) <= 75
    assert len(example.splitlines()) <= 5
    monkeypatch.chdir(ROOT)
    exec(example, {})  # noqa: S102 - our own page
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_the_picture_of_the_architecture_shows_every_room():
    """The drawn picture names each folder of the package."""
    picture = (ROOT / "docs/images/architecture.svg").read_text(encoding="utf-8")
    titles = set(re.findall(r'class="title"[^>]*>([a-z ]+)<', picture))
    rooms = {folder.name for folder in (ROOT / "dcat_hk").iterdir() if (folder / "__init__.py").is_file()}
    assert titles == rooms | {"documents", "output folder"}


def test_the_site_lists_every_page():
    """The navigation of the documentation site names every page once."""
    listed = re.findall(r"- ([a-z/-]+\.md)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]
    assert sorted(listed) == sorted(pages)


def subclasses(kind):
    """Return everything derived from a class, with the class."""
    return {kind}.union(*(subclasses(one) for one in kind.__subclasses__()))


def test_the_tree_of_errors_is_whole():
    """The tree in the docstring of `errors` lists every error with its exit code."""
    import dcat_hk.portal.asking
    import dcat_hk.portal.snapshots
    import dcat_hk.serving.web.query_workers  # noqa: F401 - nothing else here loads their errors

    listed = dict(re.findall(r"^ +(\w+)  +(\d)  ", errors.__doc__, re.MULTILINE))
    assert listed == {e.__name__: str(e.exit_code) for e in subclasses(errors.DcatHkError) - {errors.DcatHkError}}


# ---- queries


def queries():
    """Return the queries of the tutorial by name."""
    return dict(_QUERY.findall((ROOT / "docs/tutorials/ask-questions.md").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def store(catalogue):
    """Return a SPARQL store with the catalogue's named graphs."""
    store = pyoxigraph.Store()
    store.bulk_load(path=catalogue / "catalogue.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    return store


@pytest.mark.parametrize("name", ["late", "stages", "origin"])
def test_queries_answer(name, store, golden):
    """Each query of the tutorial gives the rows that were looked at."""
    solutions = store.query(queries()[name], use_default_graph_as_union=True)
    names = [variable.value for variable in solutions.variables]
    lines = ["\t".join(value.value if value else "" for value in solution) for solution in solutions]
    assert len(lines) >= 2
    golden(f"query-{name}.tsv", "\n".join(["\t".join(names), *lines]) + "\n")


def test_every_query_is_tried():
    """The tutorial has no query that no test runs."""
    assert sorted(queries()) == ["late", "origin", "stages"]


# ---- the mapping

MADE = PlanText(
    "火星殖民地管理局",
    2024,
    {
        ("A", "i"): [Row("氣象", "潮汐", "2024年第三季", "每日", "")],
        ("D", "i"): [
            Row("占星", "星座", "2023年上半年", "每日", "位置 (JSON)"),
            Row("氣象", "2016至2019年潮汐統計", "2020年1月", "每年", "(CSV)"),
        ],
    },
)


@pytest.fixture(scope="module")
def things(catalogue, tmp_path_factory):
    """Return properties by types, of the seeds' catalogue and of one with what seeds lack."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "one.txt").write_text(as_tabs(MADE), encoding="utf-8")
    (folder / "two.txt").write_text(as_tabs(MADE).replace("2024", "2025"), encoding="utf-8")
    (folder / "three.txt").write_text(as_tabs(replace(MADE, first=2021)), encoding="utf-8")
    worked = write_worked_plans(folder / "worked")
    files = [catalogue / "catalogue.nq"]
    for contact in ("mailto:a@example.hk", "https://example.hk/contact"):
        output = folder / contact[:5]
        settings = Settings(contact=contact, publisher_type="Company", homepage="https://example.hk/")
        sources = [folder / "one.txt", folder / "two.txt", folder / "three.txt", *worked]
        links = write_judgement(folder / "links") if contact.startswith("mailto") else None
        assert build(sources, output, settings, jobs=1, links=links).published
        files += [output / "catalogue.nq", *output.glob("plans/*/*.ttl")]
    for name, write in (("linked", write_every_link), ("asked", write_asked)):
        result, output = build_linked(folder / name, write(folder / f"links-{name}"))
        assert result.published
        files += [output / "catalogue.nq", *output.glob("plans/*/*.ttl")]
    found = {}
    for file in files:
        graph = {}
        for quad in pyoxigraph.parse(path=file, base_iri=DEFAULT_BASE):
            graph.setdefault(quad.subject.value, set()).add((short(quad.predicate.value), short(quad.object.value)))
        for properties in graph.values():
            types = frozenset(o for p, o in properties if p == "rdf:type")
            found.setdefault(types, set()).update(p for p, _o in properties)
    return found


def short(iri):
    """Return an IRI as a prefixed name."""
    if iri.startswith(f"{DEFAULT_BASE}def/plan#"):
        return f"plan:{iri.rpartition('#')[2]}"
    for prefix, namespace in {**PREFIXES, **LINK_PREFIXES}.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def documented():
    """Return the properties of docs/reference/mapping.md by types; what is pointed at under no types."""
    text = (ROOT / "docs/reference/mapping.md").read_text(encoding="utf-8")
    tables = {}
    for section in text.split("\n## ")[1:]:
        if "| property |" in section:
            head, table = section.split("| property |")
            line = next((line for line in head.splitlines() if line.startswith("`")), "")
            types = frozenset(re.findall(r"`([a-z]+:[A-Za-z]+)`", line.partition("·")[0]))
            cells = re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE)
            tables[types] = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
    return tables


def test_the_mapping_is_documented(things):
    """Every property of every kind of thing is listed in docs/reference/mapping.md, and every one listed occurs."""
    tables = documented()
    assert len(tables) == 17
    rest = set().union(*(names for types, names in things.items() if types not in tables))
    for types, names in tables.items():
        assert names == (things[types] if types else rest), types
