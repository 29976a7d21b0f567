"""The gateway's views as resources: their watermark, their conditional reads, and who may see what was parked."""

import httpx
import pytest

from tests.conftest import World

COP = "cop-2018-2022"
VIEWS = [
    "/v1/contracts",
    f"/v1/contracts/{COP}",
    f"/v1/contracts/{COP}/follow-up",
    f"/v1/contracts/{COP}/follow-up?year=2019",
    f"/v1/contracts/{COP}/entities/imt-bs/follow-up",
]
NEW = {"contract": COP, "indicator": "h-index", "entity": "imt", "year": 2023, "value": "33", "source": "Relevé"}


@pytest.mark.parametrize("path", VIEWS)
async def test_the_tag_of_a_view_is_its_watermark(still_world: World, path: str) -> None:
    async with still_world.client("reader") as client:
        answer = await client.get(path)
    assert answer.headers["ETag"] == f'"{answer.json()["watermark"]}"'
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", VIEWS)
async def test_a_view_that_a_reader_has_already_is_not_sent_again(still_world: World, path: str) -> None:
    async with still_world.client("reader") as client:
        tag = (await client.get(path)).headers["ETag"]
        again = await client.get(path, headers={"If-None-Match": tag})
        other = await client.get(path, headers={"If-None-Match": '"other"'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert other.status_code == 200


async def test_the_watermark_moves_with_a_write_and_only_with_a_write(world: World) -> None:
    async with world.client("steward") as client:
        before = (await client.get(VIEWS[2])).headers["ETag"]
        await client.get("/indicators/v1/observations")
        assert (await client.get(VIEWS[2])).headers["ETag"] == before
        assert (await client.post("/indicators/v1/observations", json=NEW)).status_code == 201
        await world.settled()
        after = await client.get(VIEWS[2], headers={"If-None-Match": before})
        assert (await client.post("/indicators/v1/observations", json=NEW)).status_code == 200
        await world.settled()
        again = await client.get(VIEWS[2])
    assert after.status_code == 200
    assert after.headers["ETag"] != before
    assert again.headers["ETag"] == after.headers["ETag"]


async def test_a_corrected_value_is_in_the_follow_up(world: World) -> None:
    query = {"contract": COP, "indicator": "h-index", "entity": "imt", "year": "2022"}
    stated = {"value": "34", "source": "Relevé", "reason": "Recompté"}
    async with world.client("steward") as client:
        (known,) = (await client.get("/indicators/v1/observations", params=query)).json()["items"]
        place = f"/indicators/v1/observations/{known['id']}"
        answer = await client.put(place, json=stated, headers={"If-Match": '"1"'})
        assert answer.status_code == 200, answer.text
        await world.settled()
        view = (await client.get(f"/v1/contracts/{COP}/follow-up?year=2022")).json()
    (line,) = (each for each in view["indicators"] if each["code"] == "h-index")
    assert (line["declared"], line["change"]["absolute"]) == ("34", "12")  # 34 − 22


async def test_the_list_of_contracts_says_what_can_be_asked_of_each(still_world: World) -> None:
    async with still_world.client("reader") as client:
        items = (await client.get("/v1/contracts")).json()["items"]
    (item,) = (each for each in items if each["code"] == COP)
    assert item == {
        "code": COP,
        "label": "Contrat d’objectifs et de performance 2018-2022",
        "version": 1,
        "start_year": 2018,
        "end_year": 2022,
        "reference_year": 2017,
        "entity": "imt",
        "observed_years": [2017, 2018, 2019, 2020, 2021, 2022],
    }


async def test_an_event_that_was_parked_is_for_operators_alone(still_world: World) -> None:
    statuses = {}
    for role in ("reader", "contributor", "steward", "operator", "administrator"):
        async with still_world.client(role) as client:
            statuses[role] = (await client.get("/v1/parked-events")).status_code
    assert statuses == {"reader": 403, "contributor": 403, "steward": 403, "operator": 200, "administrator": 200}


async def test_where_all_is_well_nothing_is_parked(still_world: World) -> None:
    async with still_world.client("operator") as client:
        assert (await client.get("/v1/parked-events")).json() == {"items": [], "next": None}


@pytest.mark.parametrize("after", ["!!!", "bnVsbA", "WzEuNV0", "WyJhIl0"])
async def test_a_cursor_that_the_list_did_not_give_is_refused(still_world: World, after: str) -> None:
    async with still_world.client("operator") as client:
        answer: httpx.Response = await client.get("/v1/parked-events", params={"after": after})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


ABSENT = [
    ("/v1/contracts/other/follow-up", 404),
    (f"/v1/contracts/{COP}/entities/other/follow-up", 404),
    (f"/v1/contracts/{COP}/follow-up?year=2031", 422),
]


@pytest.mark.parametrize(("path", "status"), ABSENT)
@pytest.mark.parametrize("offered", ["*", "the watermark"])
async def test_a_view_that_is_not_there_is_never_unchanged(
    still_world: World, path: str, status: int, offered: str
) -> None:
    async with still_world.client("reader") as client:
        watermark = (await client.get("/v1/contracts")).headers["ETag"]
        answer = await client.get(path, headers={"If-None-Match": "*" if offered == "*" else watermark})
    assert answer.status_code == status


async def test_a_value_in_current_euros_is_shown_until_one_in_the_contract_s_own_way_is_stated(world: World) -> None:
    figure = {"indicator": "research-innovation-revenue", "entity": "imt-bs", "year": 2020, "source": "Relevé"}
    shown = []
    async with world.client("steward") as client:
        for stated in ({"value": "0.5", "basis": "current-euros"}, {"value": "0.6"}):
            answer = await client.post("/indicators/v1/observations", json=figure | stated | {"contract": COP})
            assert answer.status_code == 201, answer.text
            await world.settled()
            view = (await client.get(f"/v1/contracts/{COP}/entities/imt-bs/follow-up?year=2020")).json()
            (line,) = (each for each in view["indicators"] if each["code"] == "research-innovation-revenue")
            shown.append(line["values"][-1]["value"])
    assert shown == ["0.5", "0.6"]
