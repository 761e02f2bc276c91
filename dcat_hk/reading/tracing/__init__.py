"""
Shows what each step of reading hands over, for whoever looks for the step that reads a document wrongly.

`documents` shows the lines and rows of a reader, `regions` the sections with their headers and columns, `rows` the rows
with the places of their cells, `pages` draws a page of a PDF with what was found on it, as `svg`. `values` is shared.
Parsing knows nothing of it: what is shown is part of every `Reading`.
"""
