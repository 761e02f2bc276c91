"""
A build, or a dataset of it -> how to cite it: in words, as BibTeX, as CSL-JSON.

In: the library, the name of a dataset or nothing, a language. Out: a page or text. A citation has the digest of the
build: whoever has the same digest has the same bytes.

Spec: CSL-JSON (Citation Style Language 1.0.2).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ...core.namespaces import DCT
from ...core.pages import page_templates
from ...core.terms import Iri, Thing
from .dataset_pages import DatasetWords
from .library import Library
from .pages import make_frame
from .wording import choose_literal, get_label

#: The path of the page, without the suffix for the language.
STEM = "cite"
#: Formats of a citation, by the name in the parameter `format`.
FORMATS = {
    "bibtex": "application/x-bibtex; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json; charset=utf-8",
    "text": "text/plain; charset=utf-8",
}


class Citation(NamedTuple):
    """What is cited: its name, title, body, address, and the build that has it."""

    key: str
    title: str
    body: str
    address: Iri
    digest: str
    day: str

    def as_text(self, language: str) -> str:
        """Return the citation in words."""
        body = get_label("cite-body", language).format(body=self.body) if self.body else ""
        build = get_label("cite-build", language).format(digest=self.digest, day=self.day)
        return f"{body}{get_label('cite-title', language).format(title=self.title)} {build} {self.address}"

    def as_bibtex(self) -> str:
        """Return the citation as BibTeX."""
        fields = {
            "title": self.title,
            "author": self.body or "dcat-hk",
            "year": self.day[:4],
            "url": self.address,
            "version": self.digest,
            "note": f"dcat-hk build {self.digest}, {self.day}",
        }
        lines = [f"  {name} = {{{_escape(value)}}}" for name, value in fields.items()]
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}\n"

    def as_csl(self) -> str:
        """Return the citation as CSL-JSON."""
        item: dict[str, Any] = {
            "id": self.key,
            "type": "dataset",
            "title": self.title,
            "author": [{"literal": self.body or "dcat-hk"}],
            "issued": {"date-parts": [[int(part) for part in self.day.split("-")]]},
            "URL": self.address,
            "version": self.digest,
        }
        return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


class CitePages:
    """
    Writes citations.

    Args:
        library: The library of things.

        queries: Whether the site has a server that reads parameters.
    """

    def __init__(self, library: Library, queries: bool = True) -> None:
        """Keep the library and the option."""
        self._library, self._queries = library, queries

    def find(self, dataset: str, language: str) -> Citation | None:
        """
        Return the citation of a dataset, or of the whole build; None if there is no such dataset.

        Args:
            dataset: The name of the dataset, or its IRI; empty for the build.

            language: The language of title and body.
        """
        snapshot, base = self._library.snapshot, self._library.base
        day = datetime.fromtimestamp(snapshot.published, UTC).date().isoformat()
        words = DatasetWords(self._library, STEM, language)
        if not dataset:
            label = choose_literal(self._library.find_labels(f"{base}catalogue"), language)
            return Citation("dcat-hk", label.value if label else "dcat-hk", "", base, snapshot.digest, day)
        iri = dataset if dataset.startswith(f"{base}dataset/") else f"{base}dataset/{dataset}"
        thing: Thing | None = self._library.find_stated(iri)
        if thing is None:
            return None
        bodies = [words.name(str(term)) for term in thing.properties.get(DCT.publisher, ())]
        name = iri.rpartition("/")[2]
        return Citation(name, words.name(iri), bodies[0] if bodies else "", iri, snapshot.digest, day)

    def write_page(self, dataset: str, language: str) -> bytes:
        """
        Return the page with a citation; of the whole build if there is no such dataset.

        Args:
            dataset: The name of a dataset, or nothing.

            language: The language of the page.
        """
        found = self.find(dataset[:300], language)
        citation = found or self.find("", language)
        unknown = [get_label("no-such-value", language).format(value=dataset[:80])] if found is None else []
        assert citation is not None
        query = f"?dataset={citation.key}&format=" if citation.key != "dcat-hk" else "?format="
        frame = make_frame(STEM, STEM, language, self._queries, self._library.languages)
        tail = query.removesuffix("&format=").removesuffix("?format=")
        values = {
            **frame,
            "languages": [(tag, name, f"{address}{tail}") for tag, name, address in frame["languages"]],
            "title": get_label("cite-heading", language),
            "problems": unknown,
            "citation": citation,
            "text": citation.as_text(language),
            "bibtex": citation.as_bibtex(),
            "forms": [(name.upper(), f"{STEM}{query}{name}&lang={language}") for name in FORMATS]
            if self._queries
            else [],
        }
        return page_templates(__package__).get_template("cite.html").render(values).encode()

    def write(self, dataset: str, language: str, form: str) -> tuple[bytes, str] | None:
        """
        Return a citation and its media type; None if there is no such dataset or format.

        Args:
            dataset: The name of a dataset, or nothing.

            language: The language of the words.

            form: A key of `FORMATS`.
        """
        citation = self.find(dataset[:300], language)
        if citation is None or form not in FORMATS:
            return None
        texts = {"bibtex": citation.as_bibtex(), "csl": citation.as_csl(), "text": citation.as_text(language) + "\n"}
        return texts[form].encode(), FORMATS[form]


def _escape(text: str) -> str:
    """Return text as a value of BibTeX: what has a meaning there is taken literally."""
    signs = {
        "\\": "\\textbackslash{}",
        "{": "\\{",
        "}": "\\}",
        "%": "\\%",
        "&": "\\&",
        "#": "\\#",
        "_": "\\_",
        "$": "\\$",
    }
    return "".join(signs.get(sign, sign) for sign in text)
