"""Servers and files that tests of sources and of shapes make."""

import json

import pytest
from support.web_documents import Web


@pytest.fixture
def web():
    """Give a function that starts a server with documents."""
    started = []

    def start(**documents):
        started.append(Web({f"/{name.replace('_', '.')}": document for name, document in documents.items()}))
        return started[-1]

    yield start
    for server in started:
        server.__exit__()


@pytest.fixture
def make_file(tmp_path):
    """Give a function that writes a file and returns its path."""

    def write(name, content, server=None):
        path = tmp_path / name
        text = content if isinstance(content, bytes | str) else json.dumps(content)
        data = text if isinstance(text, bytes) else text.replace("HOST", server.host if server else "HOST").encode()
        path.write_bytes(data)
        return path

    return write
