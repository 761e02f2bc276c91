"""
Makes a Python on this system look like one on another: without the modules and functions that only Unix has.

Python imports a module of this name when it starts, in every process whose PYTHONPATH has this folder.
"""

import importlib.abc
import multiprocessing
import os
import signal
import sys

#: Modules that Windows has not.
MODULES = frozenset({"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty"})
#: What Windows has not in modules that it has, as far as the standard library of this system does without.
FUNCTIONS = {
    os: ("fork", "register_at_fork", "pread", "fwalk", "sync", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "getuid"),
    signal: ("SIGHUP", "SIGALRM", "SIGXCPU", "SIGBUS", "setitimer", "alarm"),
}


class Missing(importlib.abc.MetaPathFinder):
    """Finds none of the modules that are missing elsewhere."""

    def find_spec(self, name, _path=None, _target=None):
        """Refuse a module that is missing."""
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def take_away():
    """Take the modules and the functions from this process, and from those that it starts."""
    sys.meta_path.insert(0, Missing())
    for name in MODULES:
        sys.modules.pop(name, None)
    for module, names in FUNCTIONS.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    multiprocessing.set_start_method("spawn")


# Whoever imports this file by another name, such as pytest when it looks for examples, only looks at it.
if __name__ == "sitecustomize":
    take_away()
