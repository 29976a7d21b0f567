"""The documents of bibliometrics say what the product does: their routes, rights, rules, counts and commands."""

import re
import shlex
from collections.abc import AsyncIterator, Iterator
from datetime import date
from itertools import pairwise
from typing import Any, get_args

import httpx
import pytest
from fastapi.routing import APIRoute
from rich.console import Console

from services import importing
from services.bibliometrics import api
from services.bibliometrics.domain.exclusion import EXCLUSIONS, RULES
from services.bibliometrics.domain.matching import Rule
from services.bibliometrics.domain.registry import MeasureKind, Perimeter
from shared.identity import Certifier, Definer, Observer, Reader
from tests.conftest import ROOT, World

from .bibliometrics_calls import by_entity, plain
from .test_docs_milestones import forms, table

PAGE = plain((ROOT / "docs" / "bibliometrics.md").read_text("utf-8"))
README = plain((ROOT / "README.md").read_text("utf-8"))
V1 = "/bibliometrics/v1"
RIGHTS = {"lire": Reader, "observer": Observer, "définir": Definer, "certifier": Certifier}
DAYS = {"scopus": "2026-03-10", "hal": "2026-03-12"}
CONTRACT = "cop-2023-2027"


@pytest.fixture
async def steward(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client("steward") as client:
        yield client


def printed_routes() -> Iterator[tuple[str, str, str]]:
    """The method, the path and the right of every route of the table."""
    for routes, right, _ in table(PAGE, "Route"):
        for form in forms(routes):
            method, path = form.split()
            yield method, V1 + path, right


def rights_of(route: APIRoute) -> list[str]:
    asked = {each.call for each in route.dependant.dependencies}
    return [name for name, caller in RIGHTS.items() if get_args(caller)[1].dependency in asked]


def routes_of(router: Any) -> Iterator[APIRoute]:
    return (each for each in router.routes if isinstance(each, APIRoute))


def test_every_route_is_told_with_its_right() -> None:
    parts = (api.contracts, api.imports, api.fetches, api.publications, api.counts, api.extractions, api.decisions,
             api.contestations)  # fmt: skip
    known = {
        (method, V1 + route.path.replace(":path", ""), right)
        for part in parts
        for route in routes_of(part.router)
        for method in route.methods or ()
        for right in rights_of(route)
    }
    assert {*printed_routes()} == known


async def test_every_route_that_is_told_is_described(still_world: World) -> None:
    async with still_world.client() as client:
        paths = (await client.get("/bibliometrics/openapi.json")).json()["paths"]
    described = {
        (method.upper(), path) for path, methods in paths.items() for method in methods if "/inventory" not in path
    }
    assert {(method, path) for method, path, _ in printed_routes()} == {each for each in described if V1 in each[1]}


def test_the_rules_of_exclusion_are_those_of_the_product() -> None:
    printed = [(code.strip("`"), reason) for code, reason in table(PAGE, "Code")]
    assert printed == [(each.code, each.label.replace("'", "’")) for each in EXCLUSIONS]
    assert f"jeu de règles `{RULES}`" in PAGE


def test_the_rules_of_matching_are_those_of_the_product_in_their_order() -> None:
    assert [name.strip("`") for name, _ in table(PAGE, "Règle, la plus forte d’abord")] == [*map(str, Rule)]


def test_the_perimeters_and_the_measures_are_those_of_the_product() -> None:
    assert {name.strip("`") for name, _ in table(PAGE, "Périmètre")} == {*map(str, Perimeter)}
    assert {*re.findall(r"\(`((?:sdg-)?publications[a-z0-9-]*)`\)", PAGE)} | {"publications"} == {
        *map(str, MeasureKind)
    }


async def imported(client: httpx.AsyncClient, source: str, **sending: Any) -> list[str]:
    """What the command says of the example of a source."""
    (path,) = (ROOT / "docs" / "examples").glob(f"{source}.*")
    said = importing.Sending(source=source, **sending)
    console = Console(quiet=True)
    return [
        plain(line)
        async for each in importing.import_files(client, [path], said, console)
        for line in importing.lines(each)
    ]


def test_every_import_of_the_documents_is_of_a_shipped_file_and_of_options_that_exist() -> None:
    commands = re.findall(r"^\.venv/bin/cadran import (.+)$", f"{PAGE}\n{README}", flags=re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        source, file, *options = shlex.split(command, comments=True)
        assert (ROOT / file).stem == source
        assert (ROOT / file).is_file()
        assert options in ([], ["--dry-run"], ["--extracted-on", DAYS.get(source)])


async def test_the_outputs_that_are_printed_are_true(steward: httpx.AsyncClient) -> None:
    assert "\n".join(await imported(steward, "scopus", dry_run=True)) in README
    assert "\n".join(await imported(steward, "scival")) in PAGE


async def test_the_counts_of_the_examples_are_those_that_the_page_prints(world: World) -> None:
    measures = (MeasureKind.PUBLICATIONS, MeasureKind.TOP_10, MeasureKind.GOALS)
    async with world.client("steward") as client:
        await all_imported(client)
        found = [await counted(client, measure) for measure in measures]
    labels = {each["entity"]: each["label"] for each in found[0]["entities"]}
    rows = table(PAGE, "Entité")
    printed = {name: [cell.strip("*") for cell in cells] for name, *cells in rows}
    parts = [by_entity(found[0]), by_entity(found[0], "fractional"), by_entity(found[1]), by_entity(found[2])]
    signing = {entity: labels[entity] for entity, count in parts[0].items() if count}
    expected = {label: [number(part[entity]) for part in parts] for entity, label in signing.items()}
    assert {name: cells for name, cells in printed.items() if name in labels.values()} == expected
    for row, name in zip(rows[-3:], ("sum", "overlap", "distinct"), strict=True):
        assert [cell.strip("*") for cell in row[1:] if cell] == [str(each[name]) for each in found]


async def all_imported(client: httpx.AsyncClient) -> None:
    for source in ("scopus", "scival", "hal"):
        day = date.fromisoformat(DAYS[source]) if source in DAYS else None
        assert (await imported(client, source, extracted_on=day))[-1].strip() == "C’est enregistré."


async def counted(client: httpx.AsyncClient, measure: str) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"{V1}/counts", params={"year": 2024, "measure": measure})).json()
    return found


def number(text: Any) -> str:
    """« 1,5 » for « 1.5000 »."""
    return f"{float(text):g}".replace(".", ",")


async def test_the_tour_ends_as_the_page_tells(world: World) -> None:
    """Its calls one after the other, as they are printed, with the ids that the answers give."""
    ids: dict[str, str] = {}
    async with world.client("steward") as client:
        await all_imported(client)
        for method, address, body, headers in calls():
            for name, known in ids.items():
                address = address.replace(f"${name}", known)  # noqa: PLW2901 - the id that was answered before
            address = address.replace("2026-03-bis/comparison", "2026-03/comparison")  # noqa: PLW2901 - the only one
            answer = await client.request(method, address, content=body, headers=headers)
            assert answer.is_success, (address, answer.text)
            if method == "POST":
                ids[address.rsplit("/", maxsplit=1)[1].removesuffix("s").upper()] = answer.json()["id"]
        await world.settled()
        view = (await client.get(f"/v1/contracts/{CONTRACT}/bibliometrics?year=2024")).json()
        told = (await client.get(f"/v1/contracts/{CONTRACT}/follow-up?year=2024")).text
    assert [each["group"]["count"] for each in view["indicators"]] == [None, None, None, 2]
    source = "extraction Mars 2026 du 12/03/2026 (définitive), périmètre de l’établissement entier"
    assert f"Bibliométrie Cadran, {source}" in told
    assert source in re.sub(r"\s+", " ", PAGE)


def calls() -> Iterator[tuple[str, str, str | None, dict[str, str]]]:
    """The method, the address, the body and the headers of every curl of the page."""
    for block in re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL):
        for line in re.findall(r"^curl (?:.*\\\n)*.*?(?:\n {7,}.*)*$", block, flags=re.MULTILINE):
            words = shlex.split(line.replace("\\\n", " "), comments=True)[1:]
            options = list(pairwise(words))
            given = [value for name, value in options if name == "-H" and ": " in value]
            (address,) = (word for word in words if word.startswith("$BIB"))
            yield (
                next((value for name, value in options if name == "-X"), "GET"),
                address.replace("$BIB", V1),
                next((value for name, value in options if name == "-d"), None),
                dict(each.split(": ", 1) for each in given),
            )
