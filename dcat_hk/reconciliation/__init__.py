"""Plans of different years, compared: which rows are one dataset, and what became of every promise. No RDF."""
