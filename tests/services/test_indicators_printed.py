"""What a contract prints besides its figures: the same one elsewhere, and the years from which it is measured anew."""

import httpx
import pytest
from sqlalchemy import select

from shared.events.indicators import ContractDefined
from shared.outbox import OutboxRow

from .conftest import CONTRACT, Service
from .essai import Package, Row, package

PRINTED = {
    "indicator": "visitors",
    "entity": "nord",
    "subject": "value",
    "year": "2021",
    "value": "112",
    "unit": "visiteurs",
    "text": "112 visiteurs",
    "source": "Page 9",
}
BREAK = {"indicator": "visitors", "year": "2022", "reason": "Les badges sont comptés", "source": "Page 10"}


def with_rows(printed: list[Row], breaks: list[Row]) -> Package:
    return package() | {"printed_values": printed, "breaks": breaks}


async def refused(client: httpx.AsyncClient, tables: Package) -> list[tuple[str, str, str]]:
    answer = await client.put(CONTRACT, json=tables, params={"dryRun": True})
    return [(error["table"], error["column"], error["code"]) for error in answer.json()["errors"]]


async def test_both_tables_are_part_of_the_definition_and_of_its_event(
    service: Service, steward: httpx.AsyncClient
) -> None:
    loaded = await steward.put(CONTRACT, json=with_rows([PRINTED], [BREAK, BREAK | {"entity": "sud"}]))
    assert (loaded.status_code, loaded.json()["created"]) == (200, 3)
    definition = (await steward.get(CONTRACT)).json()["definition"]
    assert definition["printed_values"] == [PRINTED | {"year": 2021, "note": None}]
    assert definition["breaks"][0] == BREAK | {"year": 2022, "entity": None}
    async with service.database.reading() as session:
        query = select(OutboxRow.data).where(OutboxRow.type == ContractDefined.TYPE).order_by(OutboxRow.id.desc())
        told = ContractDefined.model_validate_json((await session.scalars(query)).first() or "").definition
    assert [(each.entity, each.year, str(each.value), each.text) for each in told.printed_values] == [
        ("nord", 2021, "112", "112 visiteurs")
    ]
    assert [(each.entity, each.year) for each in told.breaks] == [(None, 2022), ("sud", 2022)]


async def test_a_contract_without_them_says_the_same_as_before(service: Service, steward: httpx.AsyncClient) -> None:
    assert (await steward.put(CONTRACT, json=with_rows([], []))).json()["unchanged"] == 17
    assert (await steward.get(CONTRACT)).json()["version"] == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"indicator": "students"}, ("printed_values", "indicator", "unknown")),
        ({"entity": "est"}, ("printed_values", "entity", "unknown")),
        ({"subject": "trend"}, ("printed_values", "subject", "enum")),
        ({"year": "1066"}, ("printed_values", "year", "form")),
        ({"value": "beaucoup"}, ("printed_values", "value", "number")),
        ({"text": " "}, ("printed_values", "text", "form")),
    ],
)
async def test_a_wrong_printed_value_is_refused_with_its_place(
    still_steward: httpx.AsyncClient, change: Row, error: tuple[str, str, str]
) -> None:
    assert await refused(still_steward, with_rows([PRINTED | change], [])) == [error]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"indicator": "students"}, ("breaks", "indicator", "unknown")),
        ({"entity": "est"}, ("breaks", "entity", "unknown")),
        ({"reason": " "}, ("breaks", "reason", "form")),
    ],
)
async def test_a_wrong_break_is_refused_with_its_place(
    still_steward: httpx.AsyncClient, change: Row, error: tuple[str, str, str]
) -> None:
    assert await refused(still_steward, with_rows([], [BREAK | change])) == [error]


async def test_one_place_prints_a_figure_once(still_steward: httpx.AsyncClient) -> None:
    printed = [PRINTED, PRINTED | {"value": "113"}, PRINTED | {"source": "Page 11"}]
    assert await refused(still_steward, with_rows(printed, [BREAK, BREAK | {"reason": "Autre"}])) == [
        ("printed_values", "indicator", "repeated"),
        ("breaks", "indicator", "repeated"),
    ]
