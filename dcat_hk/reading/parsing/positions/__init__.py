"""
Lines whose words are known by where they stand -> raw rows.

In: the lines of a region of a page without ruled lines, or of text laid out with blanks. Out: `TableReading`.
"""
