"""SPARQL stores: load a published catalogue into one, and ask questions of it or of the folder itself."""
