"""The server starts at an available address only, and ends without an error when it is interrupted."""

from __future__ import annotations

import signal
import socket

import pytest
from support.web_servers import serving

from dcat_hk.core.errors import NotReadable, UsageError
from dcat_hk.serving.web.host import ServerOptions
from dcat_hk.serving.web.server import run_server


def test_an_address_that_is_taken_is_an_error(tmp_path):
    """The message names host and port; the folder is not even read."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"127.0.0.1:{port}: The address is not available"):
            run_server(tmp_path, ("127.0.0.1", port), ServerOptions())


def test_a_folder_without_a_catalogue_releases_the_port(tmp_path):
    """After the error another program can use the address."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    with pytest.raises(NotReadable, match="no published catalogue"):
        run_server(tmp_path, ("127.0.0.1", port), ServerOptions())
    socket.create_server(("127.0.0.1", port)).close()


def test_an_interrupted_server_ends_with_code_0(catalogue, tmp_path):
    """Ctrl-C is the usual end of the server and no failure; nothing is printed about it."""
    with serving(catalogue, tmp_path / "log", "--query-processes", "1") as server:
        assert server.ask("health").status == 200
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(300) == 0
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
