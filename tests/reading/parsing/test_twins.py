"""Tables whose words are known by where they stand, with a column in each language, are read in both."""

from support.plan_readings import leftovers, read

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing.twins import has_twins, tabulate

HEAD = """Marine Department
Annual Open Data Plan 2026-2028
December 2025

A. Datasets to be released in 2026

"""
ROWS = """No.  Category      English name      Chinese name    Description             Target date          Frequency

1    Transport     Ferry berth       渡輪泊位        Occupancy of ferry      01/2026              Monthly
                   occupancy         使用率          berths (CSV)

2    Environment   Harbour litter    海港垃圾        Tonnage of litter       02/2026              Monthly
                   tonnage           重量            collected (XLSX)

3    Health        Seafarer          海員體檢        List of centres         03/2026              Yearly
                   medical centres   中心            (JSON)
"""


def test_names_in_two_columns_are_two_editions():
    """The names in the language of the other columns lead, as in tables with cells; the others are an edition."""
    reading = read(HEAD + ROWS)
    plan = reading.require()
    assert [entry.title for entry in plan.entries] == [
        "Ferry berth occupancy",
        "Harbour litter tonnage",
        "Seafarer medical centres",
    ]
    assert [entry.also[0][1].title for entry in plan.entries] == ["渡輪泊位使用率", "海港垃圾重量", "海員體檢中心"]
    assert plan.entries[0].description == "Occupancy of ferry berths (CSV)"
    assert [finding.code for finding in reading.findings] == ["bilingual-cells"]
    assert leftovers(reading) == []


def test_two_columns_in_one_language_stay_as_they_are():
    """Without a language of its own in each there is nothing to put apart."""
    reading = read(
        HEAD + ROWS.replace("渡輪泊位", "Berths  ").replace("使用率", "of use").replace("海港垃圾", "Litter  ")
    )
    assert not reading.require().editions


def test_only_words_in_columns_are_looked_at():
    """Twins are two columns of one name, and other lines stay where they are."""
    reading = read(HEAD + ROWS)
    assert has_twins(reading.regions) is False  # They were read as cells.
    document = read_bytes((HEAD + ROWS + "\nNote: dates may change.\n").encode(), "plan.txt")
    tabled = tabulate(document, "Transport".__eq__, "Marine Department".__eq__)
    assert [len(block.cells) for block in tabled.blocks if hasattr(block, "cells")] == [7, 7, 7, 7]
    assert tabled.blocks[0] == document.blocks[0]
    assert tabled.blocks[-1] == document.blocks[-1]
