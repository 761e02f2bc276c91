"""Runs commands in this process."""

from click.testing import CliRunner

from dcat_hk.commands.cli import main


def run(*arguments, **options):
    """Run a command as a shell would and return what it printed and its exit code."""
    return CliRunner().invoke(main, [str(a) for a in arguments], prog_name="dcat-hk", **options)
