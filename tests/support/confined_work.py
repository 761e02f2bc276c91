"""What tests let a process do that is started for it: a module that such a process can import."""

import os
import signal
import sys

from dcat_hk.core.errors import NotReadable


def refuse():
    """Raise an error of ours."""
    raise NotReadable("None.", "a.txt")


def raise_it(error):
    """Raise an error."""
    raise error


def crash():
    """Crash as a library in C does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def speak(text):
    """Print a text and return it."""
    print(text)  # noqa: T201 - what is tried
    sys.stdout.flush()
    os.write(1, text.encode())
    return text
