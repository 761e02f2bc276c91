"""What tests share: makers of documents and catalogues, servers that are started and stopped, transcribed truth."""
