"""`lambdaward completion`."""

from __future__ import annotations

import click

from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

EXITS = {0: "always"}
EXAMPLES = {
    'eval "$(lambdaward completion bash)"': "in ~/.bashrc",
    'eval "$(lambdaward completion zsh)"': "in ~/.zshrc",
    "lambdaward completion fish | source": "in ~/.config/fish/config.fish",
}


@command("completion", examples=EXAMPLES, exits=EXITS)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print a script that completes commands, options and paths in a shell."""
    from click.shell_completion import get_completion_class

    from lambdaward.cli.app import lambdaward

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"this click cannot complete in {shell}")
    script = kind(lambdaward, {}, "lambdaward", "_LAMBDAWARD_COMPLETE")
    # `source()` would first run the shell to ask for its version.
    with stdout("terminal") as stream:
        stream.write(script.source_template % script.source_vars() + "\n")
    return 0
