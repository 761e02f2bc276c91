"""A process that runs queries of strangers has no sockets, little memory and little time."""

from __future__ import annotations

import subprocess
import sys


def test_no_worker_can_connect_anywhere():
    """Even a query that was not read could not: the process has no right to make a socket."""
    code = (
        "import socket\nfrom dcat_hk.serving.web.confinement import confine_process\nprint(confine_process(10**9))\n"
        "try:\n    socket.socket()\nexcept PermissionError:\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check_request=True)
    assert done.stdout.split() == ["True", "refused"]
