"""Files of hundreds of megabytes, and programs that say how much memory they had at most."""

import subprocess
import sys

#: Lines that define `look`: how many megabytes of memory the process has had at most.
_LOOK = """
import re, sys
from pathlib import Path
def look(): return int(re.search("VmHWM: *\\\\t*(.*) kB", Path("/proc/self/status").read_text())[1]) // 1024
"""


def write_large_triples(path):
    """Write a file of N-Triples of more than 300 MB."""
    lines = b"".join(b'<urn:ex:%d> <urn:ex:p> "%s" .\n' % (n, b"x" * 400) for n in range(5000))
    with path.open("wb") as file:
        for _ in range(150):
            file.write(lines)
    assert path.stat().st_size > 300 << 20


def run_looking(code, *arguments):
    """Run a program that has `look` in a process of its own; return the numbers that it prints."""
    command = [sys.executable, "-c", _LOOK + code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [int(number) for number in done.stdout.split()]
