"""The `cadran` command itself, to which the others add theirs."""

import typer

app = typer.Typer(help="Le suivi annuel d’un contrat d’objectifs et de performance.", no_args_is_help=True,
                  add_completion=False, pretty_exceptions_enable=False)  # fmt: skip
