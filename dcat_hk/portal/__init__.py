"""What DATA.GOV.HK and CSDI have: records of a day, as snapshots. It knows no RDF and no documents."""
