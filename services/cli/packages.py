"""Contracts' packages: loading them, reading them over, and rehearsing with invented values."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Annotated

import httpx
import typer

from services import linting, loading, rehearsing, showing
from shared.serving import say

from .application import app
from .reached import Token, Url, caller

Rehearse = Callable[[httpx.AsyncClient, Path | None], AsyncIterator[rehearsing.Said]]


@app.command()
def load(
    path: Annotated[Path, typer.Argument(help="Le dossier du paquet de données.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Montrer le plan sans rien écrire.")] = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Montrer ce que charger un contrat change, et le charger."""
    package = loading.read_package(path)
    report = asyncio.run(_load(package, caller(url, token), dry_run))
    showing.show(package, report, dry_run=dry_run)
    if report.errors:
        raise typer.Exit(1)


async def _load(package: loading.Package, client: httpx.AsyncClient, dry_run: bool) -> loading.Report:
    async with client:
        return await loading.apply(client, package, dry_run=dry_run)


@app.command()
def lint(paths: Annotated[list[Path], typer.Argument(help="Les dossiers des paquets de données.")]) -> None:
    """Montrer ce que des contrats contredisent ou laissent en suspens."""
    linted = linting.lint_packages(paths)
    for line in linting.report(linted):
        say(line)
    raise typer.Exit(linting.status(linted))


@app.command()
def rehearse(
    folder: Annotated[
        Path | None, typer.Argument(help="Le dossier d’une répétition ; par défaut, toutes.", show_default=False)
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Ôter les valeurs simulées : sans dossier, toutes celles de l’instance.")
    ] = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Charger les valeurs simulées de rehearsals/, marquées comme telles, ou les ôter."""
    act = rehearsing.remove_all if remove else rehearsing.stage_all
    if not asyncio.run(_rehearse(act, folder.resolve() if folder else None, caller(url, token))):
        raise typer.Exit(1)


async def _rehearse(act: Rehearse, folder: Path | None, client: httpx.AsyncClient) -> bool:
    """What is done is said before the next is tried, which may be refused."""
    done = True
    async with client:
        async for said in act(client, folder):
            for line in said.lines:
                say(line)
            done = done and said.done
    return done
