"""
What the words in a cell mean: dates, update frequencies, formats.

In: a cell's text. Out: values. What is not understood is reported as such; nothing is guessed.
"""

from .dates import StatedDate, date_at, may_state_date, read_date
from .formats import find_formats
from .frequencies import ends_with_frequency, frequencies_in, frequency_at, read_frequency, states_frequency_before
from .words import begins_with_none, is_ditto, is_none, without_notes

__all__ = [
    "StatedDate",
    "begins_with_none",
    "date_at",
    "ends_with_frequency",
    "find_formats",
    "frequencies_in",
    "frequency_at",
    "is_ditto",
    "is_none",
    "may_state_date",
    "read_date",
    "read_frequency",
    "states_frequency_before",
    "without_notes",
]
