"""The ground floor, which every room may know: errors, the plan, text, settings, limits, RDF terms and syntaxes."""
