"""From plans to a published catalogue: mapping to DCAT-AP and writing the output folder. It never reads a document."""
