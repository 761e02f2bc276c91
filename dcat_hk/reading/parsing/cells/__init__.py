"""
Tables whose cells are known -> raw rows.

In: the rows of a region. Out: `TableReading`.
"""
