"""A portal on the loopback: pages of records, with the faults that portals have."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

HTML = b"<!DOCTYPE html><html><body>The portal is busy.</body></html>"


class PortalServer:
    """
    A portal that answers `package_search` in three languages, its lists, and CSW.

    `faults` has for the number of a request (from 1) what goes wrong with it. `paths` are the requests so far.
    """

    def __init__(self, packages, faults=None, lists=None, csdi=None, count=None):
        self.packages, self.faults, self.lists, self.csdi = packages, dict(faults or {}), lists or {}, csdi
        self.count, self.paths, self.agents, self.most = count, [], set(), 1000

    def answer(self, path):
        """Return the status and the body of an answer."""
        parts = urlsplit(path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        name = parts.path.rpartition("/")[2]
        if name == "package_search":
            return 200, self.search(parts.path[1:3], int(query["rows"]), int(query["start"]))
        if name == "csw" and self.csdi:
            return 200, self.csdi(int(query["startPosition"]), int(query["maxRecords"]))
        if name in self.lists:
            return 200, self.lists[name]
        return 404, b'{"success": false}'

    def search(self, language, rows, start):
        """Return a page."""
        packages = self.packages[language]
        page = packages[start : start + min(rows, self.most)]
        result = {"count": len(packages) if self.count is None else self.count, "results": page}
        address = f"https://data.gov.hk/{language}-data/api/3/action/help_show?name=package_search"
        return json.dumps({"help": address, "success": True, "result": result}, ensure_ascii=False).encode()


def _send(handler, status, body, headers=(), length=None):
    """Send an answer, which may say that it is longer than it is."""
    handler.send_response(status)
    for name, value in headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)
    handler.close_connection = True


#: What can go wrong with a request: how a good answer is sent then.
FAULTS = {
    "busy": lambda handler, _body: _send(handler, 429, b"slow down", [("Retry-After", "0")]),
    "busy for hours": lambda handler, _body: _send(handler, 429, b"slow down", [("Retry-After", "86400")]),
    "error": lambda handler, _body: _send(handler, 500, b"error"),
    "gateway": lambda handler, _body: _send(handler, 502, HTML),
    "page": lambda handler, _body: _send(handler, 200, HTML),
    "refusal": lambda handler, _body: _send(handler, 200, b'{"success": false, "error": {"message": "busy"}}'),
    "cut body": lambda handler, body: _send(handler, 200, body[: len(body) // 2], length=len(body)),
    "cut text": lambda handler, body: _send(handler, 200, body[: len(body) // 2]),
    "nothing": lambda handler, _body: _send(handler, 200, b""),
    "hang up": lambda handler, _body: handler.connection.close(),
    "gone": lambda handler, _body: _send(handler, 404, b"{}"),
}


@contextlib.contextmanager
def portal_server(server):
    """Give the address of a portal that answers while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        """Answers a request, or lets it go wrong."""

        def do_GET(self):
            """Answer."""
            server.paths.append(self.path)
            server.agents.add(self.headers["User-Agent"])
            fault = server.faults.get(len(server.paths))
            status, body = server.answer(self.path)
            with contextlib.suppress(OSError):
                if callable(fault):
                    fault(self, body)
                elif fault:
                    FAULTS[fault](self, body)
                else:
                    _send(self, status, body)

        def log_message(self, *_arguments):
            """Say nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}/"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def recorded_packages(shared):
    """Return the recorded records of the real portal as packages: thousands in English, twelve in Chinese."""
    folder = shared / "reference/portal"
    lines = (folder / "derived_catalogue_en_2025-09.tsv").read_text(encoding="utf-8").splitlines()
    english = []
    for line in sorted(lines[1:]):
        slug, body, category, title, formats, created, modified = line.split("\t")
        english.append(
            {
                "name": slug,
                "title": title,
                "organization": {"title": body},
                "groups": [{"title": category}],
                "formats": formats.split("/"),
                "metadata_created": created,
                "metadata_modified": modified,
            }
        )
    text = (folder / "package_show_samples_zh-Hant.jsonl").read_text(encoding="utf-8")
    return {"en": english, "tc": [json.loads(line) for line in text.splitlines()], "sc": []}
