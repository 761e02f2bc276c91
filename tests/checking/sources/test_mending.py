"""Files that are mended: the same findings in every syntax, and nothing mended that need not be."""

import json

import pytest
from support.web_documents import TURTLE, command

from dcat_hk.checking.sources import Intake

D, P = "http://www.w3.org/ns/dcat#Dataset", "http://www.w3.org/ns/dcat#landingPage"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LINES = "".join(
    f"<urn:ex:d> <{predicate}> <{value}>{{0}} .\n"
    for predicate, value in [(TYPE, D), (P, "http://a.example/b c"), (P, "http://a.example/b")]
)
SYNTAXES = {
    "a.ttl": LINES.format(""),
    "a.nt": LINES.format(""),
    "a.nq": LINES.format(" <urn:ex:g>"),
    "a.trig": "<urn:ex:g> {" + LINES.format("") + "}",
    "a.jsonld": f'{{"@id": "urn:ex:d", "@type": "{D}",\n"{P}": [{{"@id": "http://a.example/b c"}}, {{"@id": "http://a.example/b"}}]}}',
    "a.rdf": f'<rdf:RDF xmlns:rdf="{TYPE[:-4]}" xmlns:d="{P[:-11]}"><d:Dataset rdf:about="urn:ex:d">\n'
    '<d:landingPage rdf:resource="http://a.example/b c"/><d:landingPage rdf:resource="http://a.example/b"/></d:Dataset></rdf:RDF>',
}  # fmt: skip


@pytest.mark.parametrize("name", SYNTAXES)
@pytest.mark.parametrize("named", [True, False])
def test_one_bad_iri_is_one_finding_in_every_syntax(make_file, name, named):
    """The second line has it; the rest is validated just as without it."""
    path = make_file(name if named else "a", SYNTAXES[name])
    done = command("validate", "--profile", "dcat-ap", "--format", "json", path)
    report = json.loads(done.stdout)
    sources = [result for result in report["results"] if "source:" in result["component"]]
    assert done.exit_code == 4
    assert [(result["focus_node"], result["value"]) for result in sources] == [(f"{path}:2", '"http://a.example/b c"')]
    fine = make_file(f"fine.{name}" if named else "fine", SYNTAXES[name].replace("b c", "b%20c"))
    others = json.loads(command("validate", "--profile", "dcat-ap", "--format", "json", fine).stdout)["results"]
    for result in (*report["results"], *others):
        result.pop("file", None)
    assert [result for result in report["results"] if result not in sources] == others
    assert done.stdout == command("validate", "--profile", "dcat-ap", "--format", "json", path).stdout


def test_a_large_file_is_mended_too(make_file):
    """What several processes read in pieces is mended as a whole."""
    lines = [f"<urn:ex:{n}> <{TYPE}> <{D}> .\n" for n in range(40_000)]
    lines[30_000] = f"<urn:ex: 30000> <{TYPE}> <{D}> .\n"
    path = make_file("a.nt", "".join(lines))
    done = command("validate", "--profile", "dcat-ap", "--format", "json", "--summary", path)
    counts = [cause["count"] for cause in json.loads(done.stdout)["causes"] if "source:" in cause["shape"]]
    assert (path.stat().st_size > 1_500_000, counts) == (True, [1])


def test_files_that_can_be_read_are_not_copied(make_file):
    """Of two files only the wrong one is mended; what work raises for another reason is raised."""
    good, bad = make_file("good.ttl", TURTLE), make_file("bad.ttl", "<urn:ex:a> <urn:ex:p> <b c> .")
    from dcat_hk.checking.shacl.triples import read_triples

    seen = []

    def work(files):
        seen.append([file.path for file in files])
        return list(read_triples(files))

    with Intake() as intake:
        assert len(intake.read(intake.files([good, bad]), work)) == 2
    assert seen[0] == [good, bad]
    assert (seen[1][0], seen[1][1] == bad) == (good, False)


def test_shapes_with_a_bad_iri_are_refused(make_file):
    """Shapes are no data of strangers: what is wrong in them would be wrong in every report."""
    shapes = make_file("s.ttl", "<urn:s> a <http://www.w3.org/ns/shacl#NodeShape> ; <urn:p> <b c> .")
    done = command("validate", "--shapes", shapes, make_file("a.ttl", TURTLE))
    assert (done.exit_code, "s.ttl:1" in done.stderr) == (3, True)
