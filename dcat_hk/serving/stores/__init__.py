"""SPARQL stores: load a published catalogue into a store, and query a store or a published folder."""
