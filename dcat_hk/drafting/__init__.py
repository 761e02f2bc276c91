"""
What officers write: empty plans to fill in, and documents that come back with comments.

In: a language and years, or a document and the findings on it. Out: the bytes of Word and Excel files. No plan is read.
"""
