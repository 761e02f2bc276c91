"""
Hong Kong's annual open data plans as validated DCAT-AP 3 linked data.

The folders are the architecture. Data flows one way::

    file -> reading -> plan -> catalogue -> output folder -> serving
                                   |
                                checking

`core` is the ground floor that every room stands on. `reading` turns files into plans and never sees RDF; `catalogue`
turns plans into RDF and never sees documents; `checking` judges any RDF; `serving` works on what was published.
`build` is the only room that joins the halves, and `commands` is the command line. Who may import whom is a table in
``tests/project/test_architecture.py``.
"""

__version__ = "0.1.0"
