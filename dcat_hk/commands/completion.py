"""
The command `completion`: prints what lets a shell complete commands and options.

In: the name of a shell. Out: a script for this shell on standard output.
"""

from __future__ import annotations

import click

from .options import epilog

#: What the program is called in a shell, and the variable by which the script asks it.
PROGRAM, VARIABLE = "dcat-hk", "_DCAT_HK_COMPLETE"


@click.command(
    epilog=epilog(
        "dcat-hk completion bash > ~/.local/share/bash-completion/completions/dcat-hk",
        'dcat-hk completion zsh > "${fpath[1]}/_dcat-hk"',
        "dcat-hk completion fish > ~/.config/fish/completions/dcat-hk.fish",
    )
)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """
    Print the script by which a shell completes commands.

    Options and their values are completed, too. The script asks this program for what may follow, so it stays right
    when the program is renewed. Bash needs version 4.4 or newer.
    """
    click.echo(make_script(context.find_root().command, shell), nl=False)


def make_script(program: click.Command, shell: str) -> str:
    """
    Return the script for a shell.

    Args:
        program: The group of all commands.

        shell: bash, zsh or fish.

    >>> "_DCAT_HK_COMPLETE=bash_complete" in make_script(click.Group(), "bash")
    True
    """
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, shell
    # The method of the class itself: that of bash starts a bash, which the machine need not have.
    return ShellComplete.source(kind(program, {}, PROGRAM, VARIABLE)).strip("\n") + "\n"
