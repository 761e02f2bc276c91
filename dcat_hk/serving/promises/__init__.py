"""
A published catalogue and a month -> what became of every promise, in a file that pages look things up in.

Data flows one way: `keeping` keeps what the plans list, `recording` works out the states as of a month and writes them
into a file, `asking` answers from it. Every state comes from `reconciliation`, none is worked out here.
"""
