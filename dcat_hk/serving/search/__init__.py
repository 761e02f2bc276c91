"""
A published catalogue -> an index of its datasets that people search by words, in Chinese of both scripts and English.

Data flows one way: `words` makes search terms of texts, `indexing` writes an index file, `searching` looks things up in
it.
"""
