"""Runs the command line: ``python -m dcat_hk``."""

from .cli import main

if __name__ == "__main__":
    main()
