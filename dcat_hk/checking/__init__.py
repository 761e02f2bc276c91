"""Judging RDF, ours or others': sources, the SHACL engine, validation, the quality score."""
