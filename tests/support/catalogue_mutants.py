"""Broken catalogues for the comparison with the official files: seeded changes to triples as strings of N-Triples."""

import csv
import random
import re
import tomllib

import pyoxigraph

from dcat_hk.core.terms import expand
from support.paths import ROOT

DEFECTS = tomllib.loads((ROOT / "tools/official-defects.toml").read_text(encoding="utf-8"))
#: Deprecated properties of a dataset.
OLD = ("hasVersion", "isVersionOf")
BASE, DAY = "https://example.org/dcat-hk/", "2026-11-20"
#: How many mutants of which catalogue: two plans, and one with everything that DCAT-AP knows.
WANTED = {"hk-itib/2026-2028": 400, "hk-hkpf/2024-2026": 150, "everything": 1500}
TYPE = f"<{expand('rdf:type')}>"
XSD = "http://www.w3.org/2001/XMLSchema#"
EU = "http://publications.europa.eu/resource/authority/"
NAMES = dict(re.findall(r"@prefix (\w+): <([^>]+)>", (ROOT / "shapes/dcat-ap.ttl").read_text(encoding="utf-8")))
#: Values that are wrong somewhere, by what is wrong with them.
TEXTS = ['""@en', '"  "@zh-Hant', '"banana"', '"a\\nb"@fr', '"文字"@zh-Hant', '"x"@en']
DATES = [
    f'"{text}"^^<{XSD}{kind}>'
    for text, kind in (
        ("banana", "date"),
        ("2024-02-30", "date"),
        ("2019-13", "gYearMonth"),
        ("2031-03", "gYearMonth"),
        ("2024-05-01T00:00:00", "dateTime"),
        ("2024", "gYear"),
        ("2024-05-01T00:00:00Z", "dateTimeStamp"),
        ("12:00:00", "time"),
    )
]
VALUES = [
    f'"{text}"^^<{XSD}{kind}>'
    for text, kind in (("-1", "nonNegativeInteger"), ("1.5", "decimal"), ("P1D", "duration"), ("true", "boolean"))
]
CODES = [f"<{EU}{code}>" for code in ("data-theme", "file-type/NONE", "country/XXX", "frequency/", "status/COMPLETED")]
CODES += ["<urn:nothing>", "<http://purl.org/adms/status/Completed>", "<https://example.org/code/1>"]


def triples_of(path):
    """Return the triples of a Turtle file, in the order of the file."""
    return [tuple(map(str, triple))[:3] for triple in pyoxigraph.parse(path=str(path))]


def everything():
    """
    Return a catalogue with one thing of every class, and every property, that the table of DCAT-AP has.

    The catalogues of plans have no service, no series and no checksum; faults in these must be compared as well.
    """
    with (ROOT / "tools/dcat-ap.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for row in rows:
        thing = f"<https://example.org/every/{row['class'].replace(':', '-')}>"
        found[thing, TYPE, iri(row["class"])] = None
        value = value_for(row)
        found[thing, iri(row["property"]), value] = None
        if row["range"]:
            kind = "dcat:Dataset" if row["range"] == "dcat:Resource" else row["range"]
            found[value, TYPE, iri(kind)] = None
    for code, scheme in SCHEMES.values():
        found |= dict.fromkeys(described(code, scheme))
    # Two lists name things that the table has rows for, so that both ways of naming them are spoilt.
    found["<https://example.org/every/dcat-Catalog>", iri("dcat:themeTaxonomy"), f"<{EU}data-theme>"] = None
    found[
        "<https://example.org/every/dcat-Relationship>", iri("dct:relation"), "<https://example.org/every/dcat-Dataset>"
    ] = None
    return list(found)


#: A code of each list that the table names, and its scheme.
SCHEMES = {
    "frequency": (f"<{EU}frequency/DAILY>", f"<{EU}frequency>"),
    "file-type": (f"<{EU}file-type/CSV>", f"<{EU}file-type>"),
    "language": (f"<{EU}language/ENG>", f"<{EU}language>"),
    "distribution-status": (f"<{EU}distribution-status/COMPLETED>", f"<{EU}distribution-status>"),
    "availability": (f"<{EU}planned-availability/STABLE>", f"<{EU}planned-availability>"),
    "data-theme": (f"<{EU}data-theme/GOVE>", f"<{EU}data-theme>"),
    "access-right": (f"<{EU}access-right/PUBLIC>", f"<{EU}access-right>"),
    "dataset-type": (f"<{EU}dataset-type/STATISTICAL>", f"<{EU}dataset-type>"),
    "place": (f"<{EU}country/HKG>", f"<{EU}country>"),
    "media-type": ("<https://www.iana.org/assignments/media-types/text/csv>", "<urn:media-types>"),
    "checksum-algorithm": ("<http://spdx.org/rdf/terms#checksumAlgorithm_sha256>", "<urn:checksums>"),
    "publisher-type": (
        "<http://purl.org/adms/publishertype/NationalAuthority>",
        "<http://purl.org/adms/publishertype/1.0>",
    ),
    "licence-type": ("<http://purl.org/adms/licencetype/Attribution>", "<http://purl.org/adms/licencetype/1.0>"),
}


def described(code, scheme):
    """Return what is said of a code: its name, its scheme, and the scheme's name."""
    return [
        (code, TYPE, iri("skos:Concept")),
        (code, iri("skos:prefLabel"), '"code"@en'),
        (code, iri("skos:inScheme"), scheme),
        (scheme, TYPE, iri("skos:ConceptScheme")),
        (scheme, iri("dct:title"), '"list"@en'),
    ]


def value_for(row):
    """Return a value that a row of the table allows."""
    if row["codelist"]:
        return SCHEMES[row["codelist"]][0]
    if row["datatype"]:
        kind = "xsd:date" if row["datatype"] == "temporal" else row["datatype"]
        text = {"xsd:date": "2024-01-01", "xsd:decimal": "1", "xsd:duration": "P1D", "xsd:hexBinary": "aa"}.get(
            kind, "1"
        )
        return f'"{text}"^^{iri(kind)}'
    if row["kind"] == "literal":
        return '"text"@en'
    kind = "dcat:Dataset" if row["range"] == "dcat:Resource" else row["range"] or "rdfs-Resource"
    return f"<https://example.org/every/{kind.replace(':', '-')}>"


def iri(name):
    """Return a prefixed name as N-Triples has it."""
    prefix, _colon, local = name.partition(":")
    return f"<{NAMES[prefix]}{local}>"


# ---- changes: each gets the triples, one of them and a generator, and returns other triples


def drop(triples, chosen, _draw):
    """A triple is lost."""
    return [triple for triple in triples if triple != chosen]


def forget(triples, chosen, _draw):
    """A property is lost with all its values."""
    return [triple for triple in triples if triple[:2] != chosen[:2]]


def vanish(triples, chosen, _draw):
    """A thing that others point at is not described."""
    return [triple for triple in triples if triple[0] != chosen[0]]


def duplicate(triples, chosen, draw):
    """A property has another thing's value as well."""
    return [*triples, (*chosen[:2], draw([t[2] for t in triples if t[1] == chosen[1]]))]


def retype(triples, chosen, draw):
    """A thing has another class."""
    classes = sorted({t[2] for t in triples if t[1] == TYPE})
    left = [t for t in triples if t[:2] != (chosen[0], TYPE)]
    return [*left, (chosen[0], TYPE, draw(classes))]


def both(triples, chosen, draw):
    """A thing has another class as well."""
    return [*triples, (chosen[0], TYPE, draw(sorted({t[2] for t in triples if t[1] == TYPE})))]


def relabel(triples, chosen, draw):
    """A property has another name."""
    return [t if t != chosen else (t[0], draw(sorted({p for _s, p, _o in triples})), t[2]) for t in triples]


def relink(triples, chosen, draw):
    """A property points at another thing."""
    return put(triples, chosen, draw(sorted({t[0] for t in triples})))


def put(triples, chosen, value):
    """Return triples with another value for one of them."""
    return [t if t != chosen else (*t[:2], value) for t in triples]


def among(values):
    """Return a change: a value is replaced by one of these."""

    def change(triples, chosen, draw):
        return put(triples, chosen, draw(values))

    return change


def beside(values):
    """Return a change: one of these stands beside a value."""

    def change(triples, chosen, draw):
        return [*triples, (*chosen[:2], draw(values))]

    return change


def language(triples, chosen, draw):
    """A text has another language, or none."""
    text, tag = chosen[2].rpartition("@")[::2] if '"@' in chosen[2] else ('"text"', "en")
    return put(triples, chosen, draw([text, f"{text}@fr", f"{text}@zh", f"{text}@{tag}-x-other"]))


def copy(triples, chosen, _draw):
    """A property has a second value that is described as the first is, or is a text beside a text."""
    value = chosen[2]
    if not value.startswith("<"):
        return [*triples, (*chosen[:2], value.replace('"', '"another ', 1))]
    twin = value[:-1] + "-2>"
    return [*triples, (*chosen[:2], twin), *((twin, p, o) for s, p, o in triples if s == value)]


def literal(triples, chosen, _draw):
    """The IRI of a thing is written as a text."""
    return put(triples, chosen, '"' + chosen[2].strip("<>").replace('"', "'").replace("\\", "/") + '"')


def blank(triples, chosen, _draw):
    """A thing is named by a blank node that nothing describes."""
    return put(triples, chosen, "_:nameless")


def rename(triples, chosen, _draw):
    """A thing has lost its name: it is a blank node wherever it stands."""
    return [tuple("_:renamed" if term == chosen[0] else term for term in triple) for triple in triples]


CHANGES = {
    "drop": drop,
    "forget": forget,
    "vanish": vanish,
    "duplicate": duplicate,
    "copy": copy,
    "retype": retype,
    "second class": both,
    "relabel": relabel,
    "relink": relink,
    "wrong text": among(TEXTS),
    "wrong date": among(DATES),
    "wrong value": among(VALUES),
    "wrong code": among(CODES),
    "text beside": beside(TEXTS),
    "date beside": beside(DATES),
    "thing beside": beside(CODES),
    "language": language,
    "text for a thing": literal,
    "blank node": blank,
    "nameless": rename,
}


def mutants(triples, count, seed):
    """
    Yield the kind of a change and the triples with it, kinds in turn, the same for the same seed.

    A change that fits a kind of value is made to such a value; properties are drawn before triples, so that rare ones
    are spoilt as often as frequent ones.
    """
    names = list(CHANGES)
    places = {}
    kinds = {s: o for s, p, o in triples if p == TYPE}
    for triple in triples:
        places.setdefault((kinds.get(triple[0], ""), triple[1]), []).append(triple)
    keys = sorted(places)
    for number in range(count):
        generator = random.Random(f"{seed}-{number}")
        name = names[number % len(names)]
        chosen = generator.choice(places[generator.choice(keys)])
        yield name, CHANGES[name](triples, chosen, generator.choice)
