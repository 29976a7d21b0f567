"""Operating: verifying the views, parked events, and the backups of the local instance."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console

from services import backing_up, parked, restoring, verifying
from services.local import Settings
from shared.serving import say

from .application import app
from .reached import Token, Url, caller

aside = typer.Typer(help="Voir et reprendre les événements que les vues n’ont pas pu prendre.", no_args_is_help=True)
app.add_typer(aside, name="parked")
Number = Annotated[int, typer.Argument(help="Le numéro que « cadran parked list » donne.", min=1)]


@app.command()
def verify(url: Url = "", token: Token = "") -> None:
    """Comparer les faits de chaque service avec ce que les vues tiennent."""
    report = asyncio.run(_verify(caller(url, token)))
    for line in verifying.lines(report):
        say(line)
    if report.count:
        raise typer.Exit(1)


async def _verify(client: httpx.AsyncClient) -> verifying.Report:
    with Console(stderr=True).status("Lecture des inventaires…") as status:
        async with client:
            return await verifying.verify(client, status.update)


@aside.command("list")
def list_(url: Url = "", token: Token = "") -> None:
    """Les événements mis de côté, chacun avec son motif."""
    asyncio.run(_list(caller(url, token)))


async def _list(client: httpx.AsyncClient) -> None:
    async with client:
        async for line in parked.listed(client):
            say(line)


@aside.command()
def show(number: Number, url: Url = "", token: Token = "") -> None:
    """Un événement mis de côté, en entier."""
    for line in asyncio.run(_show(caller(url, token), number)):
        say(line)


async def _show(client: httpx.AsyncClient, number: int) -> list[str]:
    async with client:
        return await parked.shown(client, number)


@aside.command()
def replay(
    number: Annotated[int | None, typer.Argument(help="Son numéro ; par défaut, tous.", min=1)] = None,
    url: Url = "",
    token: Token = "",
) -> None:
    """Reprendre ce qui était mis de côté : dans les vues s’il peut l’être, sinon gardé avec son nouveau motif."""
    lines, done = asyncio.run(_replay(caller(url, token), number))
    for line in lines:
        say(line)
    if not done:
        raise typer.Exit(1)


async def _replay(client: httpx.AsyncClient, number: int | None) -> tuple[list[str], bool]:
    async with client:
        return await parked.replayed(client, number)


@aside.command()
def dismiss(
    number: Number,
    reason: Annotated[str, typer.Option(help="Pourquoi il n’est plus attendu ; sans donnée personnelle.")],
    url: Url = "",
    token: Token = "",
) -> None:
    """Ne plus attendre un événement mis de côté ; le motif est gardé."""
    say(asyncio.run(_dismiss(caller(url, token), number, reason)))


async def _dismiss(client: httpx.AsyncClient, number: int, reason: str) -> str:
    async with client:
        return await parked.dismissed(client, number, reason)


@app.command()
def backup(folder: Annotated[Path, typer.Argument(help="Un dossier nouveau, où écrire la sauvegarde.")]) -> None:
    """Sauvegarder l’instance locale, en marche ou arrêtée."""
    manifest = backing_up.take(Settings(), folder)
    for line in _said(manifest):
        say(line)
    say(f"Sauvegarde faite dans {folder}. Gardez-la en lieu sûr : elle contient la clef des jetons.")


@app.command()
def restore(folder: Annotated[Path, typer.Argument(help="Le dossier d’une sauvegarde.")]) -> None:
    """Remettre une sauvegarde à la place de l’instance locale, arrêtée."""
    settings = Settings()
    for line in _said(restoring.restore(settings, folder)):
        say(line)
    say(f"{settings.data} est comme à cette sauvegarde ; les vues seront reconstruites par « cadran run ».")


def _said(manifest: backing_up.Manifest) -> Iterator[str]:
    yield f"Cadran {manifest.product}, le {manifest.taken_at.astimezone():%d/%m/%Y à %H:%M:%S}"
    for each in manifest.files:
        held = f" : {each.events} événement(s) de {each.subjects} sujet(s)" if each.revision else ""
        yield f"  {each.name}{held}"
