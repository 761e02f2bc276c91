"""Entries of plans without a document."""

from dcat_hk.core.place import Place
from dcat_hk.core.plan import Entry


def make_entry(**fields):
    """Return an entry about a released dataset, with some fields as given."""
    usual = {
        "section": "D",
        "spatial": False,
        "organisation": None,
        "group": None,
        "number": 1,
        "part": 0,
        "category": "氣象",
        "title": "雨量",
        "description": "各區雨量 (CSV)",
        "date_raw": "02/2020",
        "date": "2020-02",
        "date_role": "released",
        "frequency_raw": "每小時",
        "frequency": "HOURLY",
        "formats": ("CSV",),
        "place": Place(3, 3),
    }
    return Entry(**usual | fields)
