"""Packages that come with extras: a test that needs one is skipped where it is missing, and fails under CI."""

import importlib
import os

import pytest


def need(name, extra):
    """Return a module of a package from outside."""
    try:
        return importlib.import_module(name)
    except ImportError:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {name}: CI must have it")
        pytest.skip(f"needs {name}, which comes with pip install 'dcat-hk[{extra}]'")
