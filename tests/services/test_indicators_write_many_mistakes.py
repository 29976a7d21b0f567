"""Many rows at once: every mistake of each is said, in French, and the answer is described."""

import threading
from typing import Any

import httpx
import pytest

from services.indicators.rows import TABLES

from .conftest import CONTRACT, Service
from .essai import package
from .test_indicators_write_many import MANY, NEW, WRONG


@pytest.mark.parametrize(
    ("body", "where"),
    [("{", "ligne 1, colonne 1"), ('{"rows":\n [}', "ligne 2, colonne 3"), ("{rows: []}", "ligne 1, colonne 2")],
)
async def test_a_text_that_is_no_json_is_said_in_french_with_its_place(
    still_steward: httpx.AsyncClient, body: str, where: str
) -> None:
    answer = await still_steward.post(MANY, content=body, headers={"Content-Type": "application/json"})
    assert answer.json()["detail"] == (f'Le corps attendu est {{"rows": [{{…}}]}}\u00a0: JSON illisible, {where}.')


async def test_two_wrong_numbers_and_more_in_one_row_are_all_said(still_steward: httpx.AsyncClient) -> None:
    row = {"indicator": "visits", "entity": "nord", "year": "MMXX", "value": "beaucoup", "status": "sûr"}
    answer = await still_steward.post(MANY, json={"rows": [row]})
    assert [(error["row"], error["column"], error["code"]) for error in answer.json()["errors"]] == [
        (0, "indicator", "unknown"), (0, "year", "int_parsing"), (0, "source", "missing"), (0, "value", "number"),
        (0, "status", "enum"),
    ]  # fmt: skip


async def test_a_row_that_cannot_be_read_is_still_of_the_callers_entities_only(service: Service) -> None:
    async with service.client("contributor", entities=["sud"]) as client:
        answer = await client.post(MANY, json={"rows": [WRONG]})
    assert [(error["column"], error["code"]) for error in answer.json()["errors"]] == [
        ("entity", "forbidden"), ("value", "number"),
    ]  # fmt: skip


async def test_the_plan_is_described(still_service: Service) -> None:
    described = still_service.app.openapi()
    for path, verb in ((CONTRACT.replace("essai", "{contract}"), "put"), (MANY.replace("essai", "{contract}"), "post")):
        schema = described["paths"][path][verb]["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/PlanOut"}
    assert set(described["components"]["schemas"]["PlanOut"]["required"]) == {
        "received", "created", "updated", "unchanged", "rejected", "removed", "tables", "changes", "notices", "dryRun",
        "errors",
    }  # fmt: skip


async def test_rows_are_read_beside_the_loop_so_that_other_calls_go_on(
    still_steward: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = list[threading.Thread]()

    parse = TABLES.parse

    def watched(table: str, rows: Any) -> Any:
        threads.append(threading.current_thread())
        return parse(table, rows)

    monkeypatch.setattr(TABLES, "parse", watched)
    await still_steward.post(MANY, json={"rows": [NEW]}, params={"dryRun": True})
    await still_steward.put(CONTRACT, json=package(), params={"dryRun": True})
    assert threads
    assert threading.main_thread() not in threads
