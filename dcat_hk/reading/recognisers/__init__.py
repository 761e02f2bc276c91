"""
Words of plans -> what they mean: dates, frequencies, formats, row numbers, labels of columns, headings of sections.

In: text of a cell or line. Out: values, or that the text is none. It knows no document: what it recognises, readers of
files and ways of parsing recognise alike.
"""
