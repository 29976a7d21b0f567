"""Applying a contract's data package over HTTP: the tables as they are in its folder, and the plan that comes back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any

import httpx

from shared.intake.tables import Tables
from shared.problems import Invalid
from shared.serving import RefusedError
from shared.spreadsheets import Table, read_table

from .bibliometrics.rows import TABLES as BIBLIOMETRICS
from .files import why
from .indicators.rows import TABLES as INDICATORS
from .merging import merged_plan, merged_refusals
from .milestones.rows import TABLES as MILESTONES
from .reaching import ask, body_of, refusal

DESCRIPTOR = "datapackage.json"
OWNERS: Mapping[str, Tables] = {  # what each is loaded with
    "indicators": INDICATORS,
    "milestones": MILESTONES,
    "bibliometrics": BIBLIOMETRICS,
}


def _own(owner: str) -> set[str]:
    return {*OWNERS[owner].names} - {name for other in OWNERS if other != owner for name in OWNERS[other].names}


@dataclass(frozen=True, slots=True)
class Package:
    """A package's tables by name, and the file that each came from."""

    code: str
    tables: Mapping[str, Table]
    files: Mapping[str, str]

    @property
    def owners(self) -> list[str]:
        """Those that take a table which no other takes, the first one whatever there is."""
        first, *others = OWNERS
        return [first, *(owner for owner in others if self.tables.keys() & _own(owner))]

    def body(self, owner: str) -> dict[str, list[dict[str, str]]]:
        """The tables that an owner takes; those that nobody knows are refused by the first one."""
        others = {name for other, tables in OWNERS.items() if other != owner for name in tables.names}
        unknown = self.tables.keys() - others if owner == next(iter(OWNERS)) else set()
        taken = self.tables.keys() & {*OWNERS[owner].names, *unknown}
        return {name: [row for _, row in table.rows] for name, table in self.tables.items() if name in taken}

    def place(self, error: Mapping[str, Any]) -> str:
        """« observations.csv, ligne 12, colonne value » for an error of the plan."""
        table: str = error.get("table", "")
        rows = self.tables[table].rows if table in self.tables else []
        line = f", ligne {rows[error['row']][0]}" if error.get("row", 0) < len(rows) else ""
        column = f", colonne {error['column']}" if error.get("column") else ""
        return f"{self.files.get(table, table + '.csv')}{line}{column}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did or would do; `errors` are why it did nothing."""

    plan: dict[str, Any]
    errors: Sequence[Mapping[str, Any]]


def packages_in(folder: Path) -> list[Path]:
    """Raises RefusedError where there is no such folder."""
    if not folder.is_dir():
        raise RefusedError(f"CADRAN_CONTRACTS={folder} n’est pas un dossier : indiquez celui des contrats")
    return sorted(path.parent for path in folder.glob(f"*/{DESCRIPTOR}"))


def read_package(path: Path) -> Package:
    """The package in a folder. Raises RefusedError where it is none, or a file of it is no table."""
    folder = path.parent if path.name == DESCRIPTOR else path
    resources = _resources(folder)
    tables = {name: read_file(folder, file) for name, file in resources.items()}
    contract = tables.get("contract")
    if contract is None or not contract.rows or "code" not in contract.rows[0][1]:
        raise RefusedError(f"{folder} : le tableau « contract » doit avoir une ligne, avec son code")
    return Package(contract.rows[0][1]["code"], tables, resources)


def _resources(folder: Path) -> dict[str, str]:
    descriptor = folder / DESCRIPTOR
    try:
        document = json.loads(descriptor.read_text("utf-8-sig"))
        listed = [(str(each["name"]), str(each["path"])) for each in document["resources"]]
        _check_once(descriptor, listed)
        _check_all(folder, {file for _, file in listed})
    except FileNotFoundError as error:
        raise RefusedError(f"{descriptor} n’existe pas : un paquet est un dossier qui contient {DESCRIPTOR}") from error
    except OSError as error:
        raise RefusedError(f"{descriptor} n’est pas lisible : {why(error)}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedError(f"{descriptor} n’est pas lisible : {error}") from error
    return dict(listed)


def _check_once(descriptor: Path, listed: list[tuple[str, str]]) -> None:
    for what, values in (
        ("le tableau", [name for name, _ in listed]),
        ("le fichier", [str(PurePosixPath(file)) for _, file in listed]),
    ):
        if twice := sorted({each for each in values if values.count(each) > 1}):
            raise RefusedError(f"{descriptor} : {what} « {twice[0]} » y est décrit deux fois ; n’en gardez qu’un")


def _check_all(folder: Path, listed: set[str]) -> None:
    """A table that nobody described would silently be left out; a hidden file is no table."""
    known = {(folder / file).resolve() for file in listed}
    tables = (path for path in sorted(folder.iterdir()) if path.suffix.lower() == ".csv" and path.name[0] != ".")
    if forgotten := [path.name for path in tables if path.resolve() not in known]:
        names = ", ".join(forgotten)
        raise RefusedError(
            f"{folder} : {names} n’est pas décrit dans {DESCRIPTOR} ; décrivez-le, ou ôtez-le du dossier"
        )


def read_file(folder: Path, file: str) -> Table:
    """Raises RefusedError where it can't be read, is no table, or is not in the folder."""
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise RefusedError(f"{file} sort du dossier du paquet")
    try:
        return read_table(path.read_bytes())
    except OSError as error:
        raise RefusedError(f"{path} n’est pas lisible : {why(error)}") from error
    except Invalid as error:
        raise RefusedError(f"{file} : {error.detail}") from error


async def apply(client: httpx.AsyncClient, package: Package, *, dry_run: bool) -> Report:
    """Load the package, each owner its tables: nothing is written unless every owner takes it.

    Raises RefusedError where a service can't be reached, or refuses the caller, or what it took at the trial.
    """
    return await _apply(client, package, await _concerned(client, package), dry_run=dry_run)


async def apply_missing(client: httpx.AsyncClient, package: Package) -> Report | None:
    """Load the package into the owners that do not know its contract, and leave what the others hold; none: all do."""
    missing = [each for each in package.owners if not await _knows(client, each, package.code)]
    return await _apply(client, package, missing, dry_run=False) if missing else None


async def _apply(client: httpx.AsyncClient, package: Package, owners: Sequence[str], *, dry_run: bool) -> Report:
    tried = [await _send(client, package, owner, dry_run=True) for owner in owners]
    if dry_run or any(report.errors for report in tried):
        return _together(tried)
    return _together([await _write(client, package, owner) for owner in owners])


async def _concerned(client: httpx.AsyncClient, package: Package) -> list[str]:
    """Those that take a table, and those that know the contract: what a package leaves out is withdrawn."""
    return [each for each in OWNERS if each in package.owners or await _knows(client, each, package.code)]


async def _write(client: httpx.AsyncClient, package: Package, owner: str) -> Report:
    report = await _send(client, package, owner, dry_run=False)
    if report.errors:
        message = report.errors[0]["message"]
        raise RefusedError(f"« {owner} » refuse à présent ce qu’il acceptait à l’essai : {message} ; recommencez")
    return report


async def _send(client: httpx.AsyncClient, package: Package, owner: str, *, dry_run: bool) -> Report:
    path = f"/{owner}/v1/contracts/{package.code}"
    answer = await ask(client, "PUT", path, params={"dryRun": dry_run}, json=package.body(owner))
    body = body_of(answer)
    if answer.status_code == HTTPStatus.OK:
        return Report(body, body["errors"])
    if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and "plan" in body:
        return Report(body["plan"], body["errors"])
    raise refusal(answer)


def _together(reports: Sequence[Report]) -> Report:
    return Report(merged_plan([each.plan for each in reports]), merged_refusals([each.errors for each in reports]))


async def _knows(client: httpx.AsyncClient, owner: str, contract: str) -> bool:
    """Raises RefusedError where the owner does not say."""
    answer = await ask(client, "GET", f"/{owner}/v1/contracts/{contract}")
    if answer.status_code not in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}:
        raise refusal(answer)
    return answer.status_code == HTTPStatus.OK
