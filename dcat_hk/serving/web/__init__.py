"""
What was published -> answers over HTTP, and files for a static host.

One way: `snapshot` keeps a verified copy of a build, `library` looks things up in it, `site` says what there is at
a path, as bytes. `app` and `server` put that behind HTTP; `static` writes it into a folder. `workers` run queries.
"""
