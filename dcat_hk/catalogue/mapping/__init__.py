"""From a plan to RDF: names, things, syntaxes, validation."""
