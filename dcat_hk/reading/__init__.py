"""From files to plans: documents, parsing, editions. This room never sees RDF."""
