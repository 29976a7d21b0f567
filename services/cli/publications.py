"""Publications: importing the files that sources give."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console

from services import importing
from services.bibliometrics.domain.publication import Source
from shared.serving import say

from .application import app
from .reached import Token, Url, caller


@app.command("import")
def import_(
    source: Source,
    files: Annotated[list[Path], typer.Argument(help="Les fichiers, tels que leur source les a exportés.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Montrer le rapport sans rien écrire.")] = False,
    extracted_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Le jour de l’export, si le fichier ne le dit pas.")
    ] = None,
    url: Url = "",
    token: Token = "",
) -> None:
    """Importer des fichiers de Scopus, SciVal, HAL ou OpenAlex."""
    day = extracted_on.date() if extracted_on else None
    sending = importing.Sending(source=source, dry_run=dry_run, extracted_on=day)
    if not asyncio.run(_import(caller(url, token), files, sending)):
        raise typer.Exit(1)


async def _import(client: httpx.AsyncClient, files: list[Path], sending: importing.Sending) -> bool:
    """What became of a file is said before the next is sent."""
    done, console = True, Console(stderr=True)
    async with client:
        async for imported in importing.import_files(client, files, sending, console):
            for line in importing.lines(imported):
                say(line)
            done = done and imported.taken
    return done
