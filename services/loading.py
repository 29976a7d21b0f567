"""Applying a contract's data package over HTTP: the tables as they are in its folder, and the plan that comes back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from shared.problems import Invalid
from shared.serving import RefusedError
from shared.spreadsheets import Table, read_table

DESCRIPTOR = "datapackage.json"
_OK, _INVALID = 200, 422


@dataclass(frozen=True, slots=True)
class Package:
    """A package's tables by name, and the file that each came from."""

    code: str
    tables: Mapping[str, Table]
    files: Mapping[str, str]

    def body(self) -> dict[str, list[dict[str, str]]]:
        return {name: [row for _, row in table.rows] for name, table in self.tables.items()}

    def place(self, error: Mapping[str, Any]) -> str:
        """« observations.csv, ligne 12, colonne value » for an error of the plan."""
        table = error.get("table", "")
        rows = self.tables[table].rows if table in self.tables else []
        line = f", ligne {rows[error['row']][0]}" if error.get("row", 0) < len(rows) else ""
        column = f", colonne {error['column']}" if error.get("column") else ""
        return f"{self.files.get(table, table + '.csv')}{line}{column}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did or would do; `errors` are why it did nothing."""

    plan: dict[str, Any]
    errors: list[dict[str, Any]]
    detail: str = ""


def packages_in(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob(f"*/{DESCRIPTOR}"))


def read_package(path: Path) -> Package:
    """The package in a folder. Raises RefusedError where it is none, or a file of it is no table."""
    folder = path.parent if path.name == DESCRIPTOR else path
    resources = _resources(folder)
    tables = {name: _table(folder, file) for name, file in resources.items()}
    contract = tables.get("contract")
    if contract is None or not contract.rows or "code" not in contract.rows[0][1]:
        raise RefusedError(f"{folder} : le tableau « contract » doit avoir une ligne, avec son code")
    return Package(contract.rows[0][1]["code"], tables, resources)


def _resources(folder: Path) -> dict[str, str]:
    descriptor = folder / DESCRIPTOR
    try:
        document = json.loads(descriptor.read_text("utf-8-sig"))
        return {str(each["name"]): str(each["path"]) for each in document["resources"]}
    except FileNotFoundError as error:
        raise RefusedError(f"{descriptor} n’existe pas : un paquet est un dossier qui contient {DESCRIPTOR}") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RefusedError(f"{descriptor} n’est pas lisible : {error}") from error


def _table(folder: Path, file: str) -> Table:
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise RefusedError(f"{file} sort du dossier du paquet")
    try:
        return read_table(path.read_bytes())
    except OSError as error:
        raise RefusedError(f"{path} n’est pas lisible : {error.strerror}") from error
    except Invalid as error:
        raise RefusedError(f"{file} : {error.detail}") from error


async def apply(client: httpx.AsyncClient, package: Package, *, dry_run: bool) -> Report:
    """Load the package. Raises RefusedError where the service can't be reached or refuses the caller."""
    try:
        answer = await client.put(
            f"/indicators/v1/contracts/{package.code}", params={"dryRun": dry_run}, json=package.body(), timeout=120
        )
    except httpx.TransportError as error:
        raise RefusedError(f"{client.base_url} ne répond pas ({error}) : l’instance tourne-t-elle ?") from error
    body = _json(answer)
    if answer.status_code == _OK:
        return Report(body, body["errors"])
    if answer.status_code == _INVALID and "plan" in body:
        return Report(body["plan"], body["errors"], body["detail"])
    raise RefusedError(f"{answer.status_code} : {body.get('detail', answer.text[:200])}")


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


async def is_loaded(client: httpx.AsyncClient, code: str) -> bool:
    answer = await client.get(f"/indicators/v1/contracts/{code}")
    return answer.status_code == _OK
