"""Runs the command line: ``python -m dcat_hk``."""

from .commands.cli import main

if __name__ == "__main__":
    main()
