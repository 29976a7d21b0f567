"""Rehearsing over HTTP: the simulated values of a contract as they are in its folder, loaded or taken away."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx

from shared.serving import RefusedError
from shared.spreadsheets import Table

from .loading import read_file
from .reaching import ask, body_of, refusal

FOLDER = Path(__file__).resolve().parent.parent / "rehearsals"
FILE = "observations.csv"
SOURCE = "Répétition\u00a0: valeurs simulées"
_REFUSED = {HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}


@dataclass(frozen=True, slots=True)
class Said:
    """What became of one contract's rehearsal, line by line; whether it was done."""

    lines: Sequence[str]
    done: bool = True


async def stage_all(client: httpx.AsyncClient, folder: Path | None) -> AsyncIterator[Said]:
    """Load this folder's values, or those of every rehearsal of the product; each is told as it is done."""
    for each in [folder] if folder else every_folder():
        yield await stage(client, each)


async def remove_all(client: httpx.AsyncClient, folder: Path | None) -> AsyncIterator[Said]:
    """Take away the values of this folder's contract, or of every contract; each is told as it is done."""
    codes = [folder.name] if folder else await _staged(client)
    for code in codes:
        yield await remove(client, code)
    if not codes:
        yield Said(["Aucune valeur simulée n’est chargée."])


async def _staged(client: httpx.AsyncClient) -> list[str]:
    """The contracts that have simulated values on this instance."""
    answer = await ask(client, "GET", "/indicators/v1/rehearsals")
    if answer.status_code != HTTPStatus.OK:
        raise refusal(answer)
    return [each["contract"] for each in body_of(answer)["items"]]


def every_folder() -> list[Path]:
    """Raises RefusedError where the product has none."""
    folders = sorted(path.parent for path in FOLDER.glob(f"*/{FILE}"))
    if not folders:
        raise RefusedError(f"aucune répétition dans {FOLDER} : une répétition est un dossier qui contient {FILE}")
    return folders


async def stage(client: httpx.AsyncClient, folder: Path) -> Said:
    """Load a folder's values, instead of those loaded before. Raises RefusedError."""
    code, table = folder.name, _table(folder)
    body = {"source": SOURCE, "observations": [row for _, row in table.rows]}
    answer = await ask(client, "PUT", _path(code), json=body)
    told = body_of(answer)
    if answer.status_code in _REFUSED and told.get("errors"):
        return Said([*_refused(told["errors"], table), f"{code} : rien n’a été chargé. {told['detail']}"], done=False)
    if answer.status_code != HTTPStatus.OK:
        raise refusal(answer)
    instead = f", à la place de {told['before']}" if told["before"] else ""
    return Said(
        [
            f"{code} : {told['count']} valeur(s) simulée(s) chargée(s){instead}.",
            "Aucune n’est réelle : elles sont marquées « simulé » partout. Pour les ôter : cadran rehearse --remove",
        ]
    )


async def remove(client: httpx.AsyncClient, code: str) -> Said:
    """Take a contract's simulated values away. Raises RefusedError."""
    answer = await ask(client, "DELETE", _path(code))
    if answer.status_code == HTTPStatus.NOT_FOUND:
        return Said([f"{code} : aucune valeur simulée n’est chargée."])
    if answer.status_code != HTTPStatus.OK:
        raise refusal(answer)
    return Said([f"{code} : {body_of(answer)['before']} valeur(s) simulée(s) ôtée(s) ; il n’en reste aucune."])


def _path(code: str) -> str:
    return f"/indicators/v1/contracts/{code}/rehearsal"


def _table(folder: Path) -> Table:
    if not (folder / FILE).is_file():
        raise RefusedError(f"{folder / FILE} n’existe pas : une répétition est un dossier qui contient {FILE}")
    return read_file(folder, FILE)


def _refused(errors: Sequence[Mapping[str, Any]], table: Table) -> list[str]:
    return [f"refusé : {_place(error, table)} : {error['message']}" for error in errors]


def _place(error: Mapping[str, Any], table: Table) -> str:
    """« observations.csv, ligne 12, colonne value »."""
    if "row" not in error:
        return str(error.get("place", FILE))
    return f"{FILE}, ligne {table.rows[error['row']][0]}, colonne {error['column']}"
