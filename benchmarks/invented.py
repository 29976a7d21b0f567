"""The contract of 2018-2022 with several times its schools, of invented names: what a view of more costs."""

from collections.abc import Iterator
from dataclasses import replace

import httpx

from benchmarks.servers import PROJECT
from services import loading
from services.loading import Package

COP = "cop-2018-2022"
SIZES = (1, 4, 16)
_REPEATED = ("entities", "observations", "targets")
_NAMED = {"entities": "code"}
_KEPT = (*_REPEATED, "contract", "indicators", "objectives", "benchmarks", "deflators", "deflator_values")


def code_of(size: int, twin: str = "") -> str:
    return f"{COP}-x{size}{twin}"


def package(size: int, twin: str = "") -> Package:
    """The definition, its targets and its observations, each school's so many times; a twin has another code."""
    real = loading.read_package(PROJECT / "contracts" / COP)
    schools = {row["code"] for _, row in real.tables["entities"].rows if row["kind"] == "school"}
    tables = {name: table for name, table in real.tables.items() if name in _KEPT}
    for name in _REPEATED:
        column = _NAMED.get(name, "entity")
        rows = [again for _, row in tables[name].rows for again in _again(row, column, schools, size)]
        tables[name] = replace(tables[name], rows=list(enumerate(rows, 2)))
    line, header = tables["contract"].rows[0]
    tables["contract"] = replace(tables["contract"], rows=[(line, {**header, "code": code_of(size, twin)})])
    return Package(code_of(size, twin), tables, real.files)


def _again(row: dict[str, str], column: str, schools: set[str], size: int) -> Iterator[dict[str, str]]:
    yield row
    if row[column] in schools:
        yield from ({**row, column: f"{row[column]}-{number}"} for number in range(2, size + 1))


async def load(client: httpx.AsyncClient, size: int, twin: str = "") -> int:
    """Load it through the door. Returns how many observations it holds."""
    found = package(size, twin)
    report = await loading.apply(client, found, dry_run=False)
    if report.errors:
        raise RuntimeError(f"{report.errors[0]}")
    return len(found.tables["observations"].rows)
