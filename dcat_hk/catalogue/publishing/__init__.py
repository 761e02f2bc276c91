"""From things to files in a folder: what is published, and what is read back from it."""
