"""From a plan to things in RDF: identities, IRIs, texts, and what each row of a plan becomes."""
