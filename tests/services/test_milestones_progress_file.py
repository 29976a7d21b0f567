"""The CSV of a contract's progress: what is in it, and what comes back from it as it left."""

import csv
import io
from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.spreadsheets import Dialect, read_table, write_table

from . import jalons
from .jalons import LEASE, MANY, PROGRESS, SALE, Row, items, tell
from .test_indicators_write_one import plain

FILE = f"{MANY}.csv"
DIALECTS = ["machine", "excel"]
LATER = {"state": "postponed", "due": "T2 2023 ?", "reason": "Retard", "note": "=2+2"}
DOCUMENTS = [{"address": "https://exemple.fr/a", "file": "a.pdf", "sha256": "ab" * 32}, {"reference": "+B"}]


async def export(client: httpx.AsyncClient, **asked: Any) -> bytes:
    answer = await client.get(FILE, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.content


async def send_back(client: httpx.AsyncClient, content: bytes, **asked: Any) -> Row:
    answer = await client.post(MANY, content=content, headers={"Content-Type": "text/csv"}, params=asked)
    assert answer.status_code == 200, answer.text
    plan: Row = answer.json()
    return plan


def rows(content: bytes, delimiter: str = ",") -> list[Row]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


async def test_there_is_a_row_for_each_step_and_entity_in_the_contracts_order(still_pilot: httpx.AsyncClient) -> None:
    found = rows(await export(still_pilot))
    assert [f"{each['step']}/{each['year']}/{each['entity']}/{each['state']}" for each in found] == [
        "J1.1-1/2021/groupe/done", "J1.2-1/2021/groupe/planned", "J1.1-2/2022/groupe/planned",
        "J1.2-1/2022/groupe/planned", "J1.2-2/2022/nord/in_progress", "J1.2-2/2022/sud/planned",
        "J1.2-2/2022/filiale/planned", "J2.1-1/2022/groupe/planned", "J1.2-1/2023/groupe/planned",
        "J2.1-2/2023/nord/planned", "J2.1-2/2023/sud/planned", "J2.1-2/2023/filiale/planned",
    ]  # fmt: skip
    assert found[0] | {"title": "", "step": ""} == {
        "milestone": "J1", "line": "J1.1", "step": "", "year": "2021", "entity": "groupe", "state": "done",
        "share": "", "done_on": "2021-12-15", "evidence": "Bail, p. 1", "address": "", "file": "", "sha256": "",
        "due": "", "forecast": "", "confidence": "", "reason": "", "note": "", "title": "", "expected": "T4 2021",
    }  # fmt: skip


async def test_the_file_of_one_entity_has_its_steps_only(still_pilot: httpx.AsyncClient) -> None:
    found = rows(await export(still_pilot, entity="sud"))
    assert [each["step"] for each in found] == ["J1.2-2", "J2.1-2"]
    assert rows(await export(still_pilot, entity="ami")) == []


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        (f"{FILE}?entity=other", "L’entité « other » n’est pas dans ce contrat."),
        ("/milestones/v1/contracts/other/progress.csv", "Aucun jalon n’est connu pour le contrat « other »."),
    ],
)
async def test_what_is_not_known_has_no_file(still_pilot: httpx.AsyncClient, path: str, detail: str) -> None:
    answer = await still_pilot.get(path)
    assert (answer.status_code, plain(answer.json()["detail"])) == (404, detail)


async def test_a_file_that_a_reader_has_already_is_not_sent_again(still_pilot: httpx.AsyncClient) -> None:
    first = await still_pilot.get(FILE)
    again = await still_pilot.get(FILE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Content-Disposition"] == 'attachment; filename="avancement-jalons.csv"'
    assert first.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"


@pytest.fixture
async def busy(pilot: httpx.AsyncClient) -> httpx.AsyncClient:
    """A caller of a service where something is said in every way."""
    said: list[tuple[str, Row]] = [
        (LEASE, {"state": "partly_done", "share": "0.25", "forecast": {"text": "T1 2023", "confidence": "low"}}),
        (SALE, LATER),
        (jalons.of("J1.2-2", 2022, "sud"), {"state": "done", "evidence": DOCUMENTS, "note": "a;b\n« c »"}),
        (jalons.of("J1.2-2", 2022, "filiale"), {"state": "abandoned", "reason": "Sans suite"}),
        (jalons.of("J2.1-2", 2023, "nord"), LATER | {"due": "fin 2024", "note": "'=déjà"}),
        (jalons.of("J2.1-2", 2023, "nord"), {"state": "in_progress", "note": "- un tiret"}),
    ]
    for address, body in said:
        await tell(pilot, address, body)
    return pilot


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_what_left_comes_back_unchanged(busy: httpx.AsyncClient, dialect: str) -> None:
    before = await items(busy, PROGRESS)
    plan = await send_back(busy, await export(busy, dialect=dialect))
    assert (plan["received"], plan["unchanged"], plan["notices"]) == (12, 12, [])
    assert await items(busy, PROGRESS) == before


@pytest.mark.parametrize(("dialect", "delimiter", "share"), [("machine", ",", "0.25"), ("excel", ";", "0,25")])
async def test_what_a_spreadsheet_would_compute_is_made_a_text(
    busy: httpx.AsyncClient, dialect: str, delimiter: str, share: str
) -> None:
    found = {f"{each['step']}/{each['entity']}": each for each in rows(await export(busy, dialect=dialect), delimiter)}
    assert found["J1.1-2/groupe"]["share"] == share
    assert (found["J2.1-1/groupe"]["note"], found["J2.1-1/groupe"]["due"]) == ("'=2+2", "T2 2023 ?")
    assert found["J2.1-2/nord"]["note"] == "'- un tiret"


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_row_that_is_filled_in_keeps_the_other_documents_of_its_step(
    busy: httpx.AsyncClient, dialect: str
) -> None:
    content = (await export(busy, dialect=dialect)).replace("« c »".encode(), "« d »".encode())
    plan = await send_back(busy, content, reason="Coquille")
    assert (plan["updated"], plan["unchanged"]) == (1, 11)
    found = (await busy.get(jalons.of("J1.2-2", 2022, "sud"))).json()
    assert (found["note"], len(found["evidence"]), found["reason"]) == ("a;b\n« d »", 2, "Coquille")


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@a", "'=1", "''=1", "'a", "a'", "a\n=b", 'a "b"', "a;b,c", "é\r\nà"]
)
def test_any_text_is_read_back_as_it_was_written(text: str, dialect: Dialect) -> None:
    content = write_table(["text", "share"], [{"text": text, "share": Decimal("0.5")}], dialect)
    ((line, row),) = read_table(content).rows
    assert (line, row["text"]) == (2, text)
