"""
Running text, in which the cells of a table follow one another -> raw rows.

In: the lines of a region. Out: `RunningReading`.
"""
