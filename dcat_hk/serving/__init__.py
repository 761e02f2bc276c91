"""What is done with a published catalogue: queries, SPARQL stores, the web."""
