"""
How good the metadata of a catalogue is, by the metadata quality assessment of data.europa.eu.

The way through it::

    file -> catalogue (things by IRI) -> measuring -> points -> assessment -> text, JSON, HTML, DQV

What is measured, for how many points, and what is said about it stands in the data files of this folder.
"""
