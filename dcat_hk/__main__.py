"""
Runs the command line: ``python -m dcat_hk``, and the program ``dcat-hk``.

In: arguments. Out: what the command does. Signals that come while the commands are being imported are kept for them.
"""

from __future__ import annotations

from .core.signals import keep_signals


def run() -> None:
    """Run the command line."""
    keep_signals()
    from .commands.cli import main

    main()


if __name__ == "__main__":
    run()
