"""
A published catalogue -> a website: over HTTP, or as files for a static host.

Data flows one way: `snapshot` takes a verified copy of a build, `library` looks things up in it, `site` returns the
representation of a path as bytes. `app` and `server` serve it over HTTP, `static` writes it into a folder.
`query_workers` run SPARQL queries.
"""
