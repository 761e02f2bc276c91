"""
Hong Kong's annual open data plans as validated DCAT-AP 3 linked data.

The flow, one way::

    file -> documents -> parsing -> plan -> rdf -> validation -> publication -> output folder

`documents` turns a file into lines and rows, `parsing` those into a `Plan`, `rdf` a plan into things and
their triples, `publication` the whole into a folder. `pipeline` is the only module that knows both halves.
"""

__version__ = "0.1.0"
