"""Things in the syntaxes of RDF: Turtle, JSON-LD, N-Quads, RDF/XML."""
