"""
Reads RDF as a CKAN harvester does and prints what it found as JSON; runs in the environment of ckanext-dcat.

read_ckan.py PROFILE FORMAT MOST FILE... reads files; an http address is read page by page, as ckanext-dcat follows
them, at most MOST pages.
"""

import json
import sys
import urllib.request
from pathlib import Path

from ckanext.dcat.processors import RDFParser


def main(profile, form, most, *sources):
    """Print a list of pages, each with the datasets found in it and the page that follows."""
    pages = []
    for source in sources:
        address = source
        while address and len(pages) < int(most):
            parser = RDFParser(profiles=[profile])
            parser.parse(read(address), _format=form)
            following = parser.next_page() if address.startswith("http") else None
            pages.append({"source": address, "next": following, "datasets": list(parser.datasets())})
            assert following not in {page["source"] for page in pages}, "the pages go round"
            address = following
    json.dump(pages, sys.stdout)


def read(address):
    """Return the text of a file or an address."""
    if address.startswith("http"):
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=600) as answer:
            return answer.read().decode()
    return Path(address).read_text(encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
