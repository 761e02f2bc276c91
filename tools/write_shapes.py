"""
Writes shapes/*.ttl from the tables in this folder: one shape for each thing that can be wrong.

Run ``python tools/write_shapes.py`` after a change to a table; ``--check`` fails if a file is not current.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dcat_hk.core.terms import LINK_PREFIXES
from dcat_hk.core.text import transform

HERE = Path(__file__).parent
SHAPES = HERE.parent / "shapes"
SPECIFICATION = "https://semiceu.github.io/DCAT-AP/releases/3.0.1#"
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def main() -> int:
    """Write the files, or tell whether they are current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if a file is not what would be written")
    check = parser.parse_args().check
    stale = False
    for name, text in (("dcat-ap.ttl", dcat_ap()), ("dcat-ap-hk.ttl", dcat_ap_hk())):
        path = SHAPES / name
        current = path.exists() and path.read_text(encoding="utf-8") == text
        if not check and not current:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {path.name}")
        stale |= not current
    if check and stale:
        print("shapes are not current: run python tools/write_shapes.py", file=sys.stderr)
    return int(check and stale)


def words() -> dict[str, Any]:
    """Return names of classes, messages and code lists."""
    return tomllib.loads((HERE / "shapes.toml").read_text(encoding="utf-8"))


def messages(english: str, chinese: str) -> str:
    """Return a message in three languages."""
    texts = ((english, "en"), (chinese, "zh-Hant"), (transform(chinese, "Hant"), "zh-Hans"))
    return "sh:message " + ", ".join(f"{quote(text)}@{language}" for text, language in texts)


def quote(text: str) -> str:
    """Return a Turtle string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def header(about: str, plan: bool = False) -> str:
    """Return the beginning of a file."""
    spaces = PREFIXES | ({"plan": "def/plan#", **LINK_PREFIXES} if plan else {})
    lines = [f"# {line}" for line in about.split("\n")]
    lines += ["# Written by tools/write_shapes.py; do not edit.", "", "@base <https://example.org/dcat-hk/> ."]
    lines += [f"@prefix {prefix}: <{space}> ." for prefix, space in sorted(spaces.items())]
    return "\n".join(lines) + "\n"


# ---- DCAT-AP 3.0.1


def dcat_ap() -> str:
    """Return the shapes of DCAT-AP 3.0.1."""
    with (HERE / "dcat-ap.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parts = [header("What DCAT-AP 3.0.1 requires and recommends: cardinalities, kinds of values, ranges, code lists.")]
    for target in dict.fromkeys(row["class"] for row in rows):
        shapes = [shape for row in rows if row["class"] == target for shape in property_shapes(row)]
        parts.append(node_shape("dcat-ap", target, [name for name, _text in shapes]))
        parts += [text for _name, text in shapes]
    parts += [extra_shape(row) for row in words()["extra"]]
    return "\n".join(parts)


def extra_shape(row: dict[str, str]) -> str:
    """Return a shape that no row of the table can say."""
    return (
        f"<shapes/dcat-ap#{row['name']}> {row['shape']} ;\n  sh:targetClass {row['class']} ;\n"
        f"  sh:severity {row['severity']} ; rdfs:seeAlso <{SPECIFICATION}{row['anchor']}> ;\n"
        f"  {messages(row['en'], row['zh-Hant'])} .\n"
    )


def node_shape(file: str, target: str, shapes: list[str]) -> str:
    """Return the shape of a class."""
    listed = ",\n    ".join(f"<shapes/{file}#{name}>" for name in shapes)
    local = target.split(":")[1]
    targets = ", ".join([target, *words()["looked-at-too"].get(target, [])])
    return f"<shapes/{file}#{local}> a sh:NodeShape ; sh:targetClass {targets} ;\n  sh:property\n    {listed} .\n"


def property_shapes(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """
    Yield the names and texts of the shapes of one property, one for each thing that can be wrong.

    One wrong value breaks one of them: a value of the wrong kind is of no class and in no list, which goes without
    saying; a datatype needs no kind beside it, and a list that must be used needs no class.
    """
    codelists = words()["codelists"]
    if row["min"]:
        yield shape(row, "min", "sh:minCount 1")
    if row["recommended"] and not codelists.get(row["codelist"], {}).get("least"):
        yield shape(row, "recommended", "sh:minCount 1", "sh:Warning")
    if row["max"]:
        yield shape(row, "max", "sh:maxCount 1")
    kind = {"literal": "sh:Literal", "iri": "sh:IRI", "node": "sh:BlankNodeOrIRI"}[row["kind"]]
    if not row["datatype"]:
        yield shape(row, row["kind"], f"sh:nodeKind {kind}")
    if row["datatype"] == "temporal":
        types = " ".join(f"[ sh:datatype xsd:{name} ]" for name in ("date", "dateTime", "gYear", "gYearMonth"))
        yield shape(row, "temporal", f"sh:or ( {types} )")
    elif row["datatype"]:
        yield shape(row, "datatype", f"sh:datatype {row['datatype']}")
    codelist = codelists.get(row["codelist"], {})
    if row["range"] and codelist.get("severity") != "sh:Violation":
        yield shape(row, "range", in_range(row))
    if codelist:
        yield shape(row, "codelist", in_list(row), codelists[row["codelist"]]["severity"])
    if row["codelist"] in words()["codes"]:
        yield shape(row, "code", is_code(row), "sh:Warning")


def in_range(row: dict[str, str]) -> str:
    """
    Return the constraint that a value is of a class.

    No background knowledge is fetched: a code of the right list is known by its IRI, and what is of a narrower class is
    of the wider one too. A value of the wrong kind is left to the shape that asks for the kind.
    """
    table = words()
    lists = [f"[ sh:pattern {quote(table['codelists'][row['codelist']]['pattern'])} ]"] if row["codelist"] else []
    narrower = table["narrower"].get(row["range"], [])
    classes = [] if row["range"] == "dcat:Resource" else [row["range"]]
    choices = [*lists, *(f"[ sh:class {name} ]" for name in (*classes, *narrower)), of_wrong_kind(row)]
    return f"sh:or ( {' '.join(choices)} )"


def of_wrong_kind(row: dict[str, str]) -> str:
    """Return the condition that a value is of another kind than the property must have."""
    return f"[ sh:nodeKind {'sh:BlankNodeOrLiteral' if row['kind'] == 'iri' else 'sh:Literal'} ]"


def in_list(row: dict[str, str]) -> str:
    """Return the constraint that all values, or at least one, are codes of a list."""
    rule = words()["codelists"][row["codelist"]]
    pattern = f"sh:pattern {quote(rule['pattern'])}"
    if rule.get("least"):
        return f"sh:qualifiedValueShape [ {pattern} ] ; sh:qualifiedMinCount 1"
    return f"sh:or ( [ {pattern} ] {of_wrong_kind(row)} )"


def is_code(row: dict[str, str]) -> str:
    """Return the constraint that what begins like the codes of a list is one of them."""
    pattern = words()["codelists"][row["codelist"]]["pattern"]
    known = quote(f"{pattern}({words()['codes'][row['codelist']].replace(' ', '|')})$")
    return f"sh:or ( [ sh:pattern {known} ] [ sh:not [ sh:pattern {quote(pattern)} ] ] )"


def shape(row: dict[str, str], what: str, constraint: str, severity: str = "sh:Violation") -> tuple[str, str]:
    """Return the name and text of one property shape."""
    table = words()
    local = row["class"].split(":")[1]
    name = f"{local}-{row['property'].replace(':', '-')}-{what}"
    codelist = table["codelists"].get(row["codelist"], {"list": ""})["list"]
    both = []
    said = "least" if what == "codelist" and table["codelists"][row["codelist"]].get("least") else what
    for index, label in ((0, "name"), (1, "name-zh-Hant")):
        values = {**row, "class": table["classes"][row["class"]][index], "name": row[label], "list": codelist}
        both.append(table["messages"][said][index].format_map(values))
    text = (
        f"<shapes/dcat-ap#{name}> a sh:PropertyShape ; sh:path {row['property']} ; {constraint} ;\n"
        f"  sh:severity {severity} ; rdfs:seeAlso <{SPECIFICATION}{row['anchor']}> ;\n"
        f"  {messages(*both)} .\n"
    )
    return name, text


# ---- the Hong Kong profile

#: How grave it is to break a convention.
SEVERITY = "sh:Violation"
#: The page that tools/write_conventions.py writes, with an anchor for each convention.
PAGE = "docs/reference/conventions.md"
#: Shapes that conventions refer to.
PARTS = """
<shapes/dcat-ap-hk#released> a sh:NodeShape ;
  sh:property [ sh:path adms:status ; sh:minCount 1 ; sh:maxCount 1 ; sh:hasValue plan:released ] ,
    [ sh:path dct:available ; sh:maxCount 0 ] .

<shapes/dcat-ap-hk#planned> a sh:NodeShape ;
  sh:property [ sh:path adms:status ; sh:minCount 1 ; sh:maxCount 1 ; sh:hasValue plan:planned ] ,
    [ sh:path dct:issued ; sh:maxCount 0 ] , [ sh:path dcat:distribution ; sh:maxCount 0 ] .

<shapes/dcat-ap-hk#has-url> a sh:NodeShape ;
  sh:property [ sh:path vcard:hasURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ; sh:pattern "^https?://" ] .

<shapes/dcat-ap-hk#has-email> a sh:NodeShape ;
  sh:property [ sh:path vcard:hasEmail ; sh:minCount 1 ; sh:nodeKind sh:IRI ; sh:pattern "^mailto:" ] .

<shapes/dcat-ap-hk#progress-entry> a sh:NodeShape ;
  sh:property [ sh:path plan:stage ; sh:hasValue plan:released ; sh:maxCount 1 ] ,
    [ sh:path plan:targetDate ; sh:maxCount 0 ] , [ sh:path plan:targetStart ; sh:maxCount 0 ] ,
    [ sh:path plan:targetEnd ; sh:maxCount 0 ] .

<shapes/dcat-ap-hk#planned-entry> a sh:NodeShape ;
  sh:property [ sh:path plan:stage ; sh:hasValue plan:planned ; sh:maxCount 1 ] ,
    [ sh:path plan:releaseDate ; sh:maxCount 0 ] , [ sh:path plan:releaseStart ; sh:maxCount 0 ] ,
    [ sh:path plan:releaseEnd ; sh:maxCount 0 ] .

<shapes/dcat-ap-hk#linked-change> a sh:NodeShape ;
  sh:property [ sh:path plan:before ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path plan:after ; sh:minCount 1 ; sh:nodeKind sh:IRI ] , [ sh:path plan:candidate ; sh:maxCount 0 ] ,
    [ sh:path plan:fate ; sh:in ( plan:kept plan:released-on-time plan:released-early plan:released-late plan:released
      plan:unchanged plan:slipped plan:brought-forward plan:undated plan:dated plan:reopened ) ] .

<shapes/dcat-ap-hk#ended-change> a sh:NodeShape ;
  sh:property [ sh:path plan:before ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path plan:after ; sh:maxCount 0 ] , [ sh:path plan:candidate ; sh:maxCount 0 ] ,
    [ sh:path plan:fate ; sh:in ( plan:no-longer-listed plan:dropped ) ] .

<shapes/dcat-ap-hk#replaced-change> a sh:NodeShape ;
  sh:property [ sh:path plan:before ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path plan:fate ; sh:in ( plan:replaced ) ] .

<shapes/dcat-ap-hk#open-change> a sh:NodeShape ;
  sh:xone ( [ sh:path plan:before ; sh:minCount 1 ] [ sh:path plan:after ; sh:minCount 1 ] ) ;
  sh:property [ sh:path plan:fate ; sh:in ( plan:open plan:new ) ] .

<shapes/dcat-ap-hk#unknown-fate> a sh:NodeShape ;
  sh:not [ sh:path plan:fate ; sh:minCount 1 ; sh:in (
    plan:kept plan:released-on-time plan:released-early plan:released-late plan:released plan:unchanged
    plan:slipped plan:brought-forward plan:undated plan:dated plan:reopened plan:no-longer-listed
    plan:dropped plan:replaced plan:open plan:new ) ] .

<shapes/dcat-ap-hk#pending-promise> a sh:NodeShape ;
  sh:property [ sh:path plan:delivered ; sh:maxCount 0 ] , [ sh:path plan:delay ; sh:maxCount 0 ] .

<shapes/dcat-ap-hk#delivered-promise> a sh:NodeShape ;
  sh:property [ sh:path plan:delay ; sh:maxCount 0 ] ,
    [ sh:path plan:deliveredBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path plan:basis ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .

<shapes/dcat-ap-hk#measured-promise> a sh:NodeShape ;
  sh:property [ sh:path plan:firstTarget ; sh:minCount 1 ] , [ sh:path plan:delivered ; sh:minCount 1 ] ,
    [ sh:path plan:deliveredBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path plan:basis ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .

<shapes/dcat-ap-hk#corrected-value> a sh:NodeShape ;
  sh:property [ sh:path plan:correctedField ;
    sh:in ( "title" "description" "category" "date" "frequency" "formats" ) ] ,
    [ sh:path plan:meant ; sh:minCount 1 ; sh:maxCount 1 ; sh:disjoint plan:printed ] .

<shapes/dcat-ap-hk#withdrawn-row> a sh:NodeShape ;
  sh:property [ sh:path plan:correctedField ; sh:in ( "row" ) ] , [ sh:path plan:meant ; sh:maxCount 0 ] .
"""


def dcat_ap_hk() -> str:
    """Return the shapes of the Hong Kong profile."""
    table = tomllib.loads((HERE / "dcat-ap-hk.toml").read_text(encoding="utf-8"))
    parts = [header("The Hong Kong profile: what this catalogue promises beyond DCAT-AP 3.0.1.", plan=True)]
    for convention in table["convention"]:
        parts.append(f"# ---- {convention['code']}: {convention['title']}\n")
        for target, paths in convention["on"].items():
            parts += [convention_shape(convention, target, path, table["names"]) for path in paths]
    return "\n".join(parts) + PARTS


def anchor(convention: dict[str, Any]) -> str:
    """Return where a convention stands on the page."""
    return str(convention["code"]).lower()


def convention_shape(convention: dict[str, Any], target: str, path: str, names: dict[str, list[str]]) -> str:
    """Return one shape of a convention."""
    local = target.split(":")[1]
    tail = "" if path == "-" else "-" + (path.replace(":", "-") if path in names else "path")
    name = f"<shapes/dcat-ap-hk#{convention['code']}-{local}{tail}>"
    labels = names.get(path, ["", ""])
    both = []
    for index, language in ((0, "en"), (1, "zh-Hant")):
        values = {"class": words()["classes"][target][index], "property": path, "name": labels[index]}
        both.append(convention[language].format_map(values))
    said = messages(*both)
    if "sparql" in convention:
        query = f"{name[:-1]}-query>"
        constraint = f"sh:sparql {query}"
        extra = f"\n{query} a sh:SPARQLConstraint ; {said} ;\n  sh:select {quote(convention['sparql'])} .\n"
    else:
        constraint, extra = convention["constraint"], ""
    where = (
        ""
        if path == "-"
        else f"sh:property {name[:-1]}-property> .\n{name[:-1]}-property> a sh:PropertyShape ; sh:path {path} ; "
    )
    comment = quote(f"{convention['code']}: {PAGE}#{anchor(convention)}")
    return (
        f"{name} a sh:NodeShape ; sh:targetClass {target} ; {where}{constraint} ;\n"
        f"  sh:severity {SEVERITY} ; rdfs:comment {comment}@en ;\n  {said} .\n{extra}"
    )


if __name__ == "__main__":
    sys.exit(main())
