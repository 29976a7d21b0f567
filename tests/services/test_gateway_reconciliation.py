"""The reconciliation as a resource: its perimeters, its refusals, its watermark, and what it shows of a past day."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.gateway import facts
from services.gateway.domain.values import SIMULATED
from services.gateway.history import Observed
from services.gateway.views.reconciliation import Asked, reconciliation
from tests.conftest import World

NEW = "cop-2023-2027"
PATH = f"/v1/contracts/{NEW}/reconciliation"
Json = dict[str, Any]


async def read(client: httpx.AsyncClient, indicator: str = "students", **asked: str) -> tuple[Json, Json]:
    """The view and the line of an indicator."""
    answer = await client.get(PATH, params={"year": "2022"} | asked)
    assert answer.status_code == 200, answer.text
    view = answer.json()
    (line,) = (each for each in view["indicators"] if each["code"] == indicator)
    return view, line


async def state(world: World, **stated: Any) -> None:
    body = {"contract": NEW, "indicator": "students", "year": 2022, "source": "Relevé"} | stated
    async with world.client("steward") as client:
        answer = await client.post("/indicators/v1/observations", json=body)
        assert answer.status_code == 201, answer.text
    await world.settled()


async def test_the_contracts_own_perimeter_counts_schools_and_subsidiaries(still_world: World) -> None:
    async with still_world.client("reader") as client:
        view, line = await read(client)
    perimeter = view["perimeter"]
    assert (perimeter["code"], perimeter["label"], perimeter["excluded"]) == (None, "Périmètre du contrat", ["insic"])
    assert len(perimeter["included"]) == line["values"]["completeness"]["expected"] == 9
    assert perimeter["offered"] == [f"hors-{entity}" for entity in perimeter["included"]]
    assert line["values"]["note"] is None


async def test_an_entity_can_be_left_out_and_the_group_still_counts_it(still_world: World) -> None:
    async with still_world.client("reader") as client:
        view, line = await read(client, perimeter="hors-eurecom")
    values = line["values"]
    assert (view["perimeter"]["label"], view["perimeter"]["excluded"]) == (
        "Périmètre du contrat, hors EURECOM",
        ["eurecom", "insic"],
    )
    assert (values["sum"], values["declared"], values["completeness"]["expected"]) == ("13063", "13606", 8)  # − 428
    assert values["note"].endswith("celle du contrat, qui compte encore EURECOM.")
    assert line["commitments"]["note"].endswith("celui du contrat, qui compte encore EURECOM.")
    assert line["commitments"]["sum"] == "15584"  # 16 257 − 673


async def test_a_line_of_the_ledger_about_an_entity_left_out_explains_nothing(still_world: World) -> None:
    async with still_world.client("reader") as client:
        _, line = await read(client, "companies-created", perimeter="hors-imt-bs")
    values = line["values"]
    assert (values["sum"], values["adjustments"], values["unexplained"]) == ("79", [], "2")


async def test_what_the_group_states_of_a_perimeter_is_what_the_sum_is_set_against(world: World) -> None:
    await state(world, entity="imt", value="13180", perimeter="hors-eurecom")
    async with world.client("reader") as client:
        _, without = await read(client, perimeter="hors-eurecom")
        _, whole = await read(client)
    assert (without["values"]["declared"], without["values"]["gap"], without["values"]["note"]) == (
        "13180",
        "117",
        None,
    )
    assert (whole["values"]["declared"], whole["values"]["gap"]) == ("13606", "115")
    assert without["commitments"]["note"].endswith("qui compte encore EURECOM.")  # its target is the contract's


@pytest.mark.parametrize("bases", [("", "current-euros"), ("current-euros", "")])
async def test_in_a_perimeter_the_contracts_own_euros_win_whichever_came_last(
    world: World, bases: tuple[str, str]
) -> None:
    for basis in bases:
        await state(world, entity="imt", value="1" if basis else "13180", perimeter="elargi", basis=basis)
    async with world.client("reader") as client:
        now = world.system.gateway.state.clock().isoformat()
        _, line = await read(client, perimeter="elargi")
        _, then = await read(client, perimeter="elargi", asOf=now)
    assert (line["values"]["declared"], then["values"]["declared"]) == ("13180", "13180")


async def test_a_perimeter_that_the_group_states_can_be_asked_by_its_name(world: World) -> None:
    await state(world, entity="imt", value="14000", perimeter="elargi")
    async with world.client("reader") as client:
        view, line = await read(client, perimeter="elargi")
    assert view["perimeter"]["label"] == "Périmètre «\u00a0elargi\u00a0»"
    assert "elargi" in view["perimeter"]["offered"]
    assert (line["values"]["declared"], line["values"]["sum"]) == ("14000", "13491")


async def test_an_entity_that_has_values_can_be_brought_in_where_it_has_them(world: World) -> None:
    await state(world, entity="insic", indicator="engineering-students", value="180")
    async with world.client("reader") as client:
        view, line = await read(client, "engineering-students", perimeter="avec-insic")
        _, other = await read(client, "students", perimeter="avec-insic")
        _, own = await read(client, "engineering-students")
    assert (view["perimeter"]["excluded"], line["values"]["sum"], line["values"]["unexplained"]) == ([], "9653", "0")
    assert line["values"]["completeness"]["expected"] == 9
    assert (other["values"]["sum"], other["values"]["completeness"]["expected"]) == ("13491", 9)
    assert (own["values"]["sum"], own["values"]["unexplained"]) == ("9473", "180")


@pytest.mark.parametrize("asked", ["avec-insic", "hors-insic", "hors-autre", "avec-eurecom", "imt", ""])
async def test_an_unknown_perimeter_is_refused_with_those_that_may_be_asked(still_world: World, asked: str) -> None:
    async with still_world.client("reader") as client:
        answer = await client.get(PATH, params={"perimeter": asked}, headers={"If-None-Match": "*"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "invalid")
    assert problem["errors"][0]["place"] == "query.perimeter"
    assert (
        f"Le périmètre «\u00a0{asked}\u00a0» n’est pas connu\u00a0: demandez hors-imt-atlantique, " in problem["detail"]
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [("/v1/contracts/other/reconciliation", 404), (f"{PATH}?year=2031", 422), (f"{PATH}?year=deux", 422)],
)
async def test_a_reconciliation_that_is_not_there_is_refused(still_world: World, path: str, status: int) -> None:
    async with still_world.client("reader") as client:
        assert (await client.get(path)).status_code == status


async def test_a_reconciliation_is_for_those_who_may_read(still_world: World) -> None:
    async with still_world.client() as client:
        assert (await client.get(PATH)).status_code == 401


async def test_a_reconciliation_that_a_reader_has_already_is_not_sent_again(still_world: World) -> None:
    async with still_world.client("reader") as client:
        first = await client.get(PATH)
        again = await client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert first.headers["ETag"] == f'"{first.json()["watermark"]}"'
    assert (again.status_code, again.content) == (304, b"")


async def test_without_a_year_it_is_that_of_the_follow_up(still_world: World) -> None:
    async with still_world.client("reader") as client:
        followed = (await client.get(f"/v1/contracts/{NEW}/follow-up")).json()
        assert (await client.get(PATH)).json()["year"] == followed["year"]


async def test_a_past_day_shows_what_was_known_then_of_every_perimeter(world: World) -> None:
    async with world.client("reader") as client:
        before = world.system.gateway.state.clock().isoformat()
        await state(world, entity="imt", value="13180", perimeter="hors-eurecom")
        _, then = await read(client, perimeter="hors-eurecom", asOf=before)
        _, now = await read(client, perimeter="hors-eurecom")
        gone = await client.get(PATH, params={"perimeter": "elargi", "asOf": before})
    assert (then["values"]["declared"], now["values"]["declared"]) == ("13606", "13180")
    assert gone.status_code == 422


@pytest.mark.parametrize(
    ("group", "sentence"),
    [
        ("1000", "soit 100 de moins que le groupe (1\u202f000)\u202f; aucun ajustement ne l’explique."),
        (None, "le groupe n’a pas déclaré de valeur."),
    ],
)
async def test_a_rehearsed_year_says_that_it_is_simulated(still_world: World, group: str | None, sentence: str) -> None:
    async with still_world.system.gateway.state.database.reading() as session:
        known = await facts.contract_facts(session, NEW)
    told = dict.fromkeys((each for each in known.members if each != "insic"), "100") | ({"imt": group} if group else {})
    for entity, value in told.items():
        known.observations.setdefault(("students", entity), {})[2025] = rehearsed(value)
    values = reconciliation(known, Asked(2025), {}, "").indicators[0].values
    assert (values.sum, values.simulated, values.completeness.received) == ("900", True, 9)
    assert values.sentence.startswith("[Simulé] Somme de 9 entités")
    assert values.sentence.endswith(sentence)
    assert {each.status for each in values.by_entity} == {SIMULATED}


def rehearsed(value: str) -> Observed:
    stated: dict[str, Any] = {"absence": None, "source": "Répétition", "note": None, "basis": ""}
    return Observed(value=Decimal(value), status=SIMULATED, recorded_at=datetime(2025, 1, 1, tzinfo=UTC), **stated)
