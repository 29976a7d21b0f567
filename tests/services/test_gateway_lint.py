"""The lint of the two real contracts over HTTP, written by hand from their text."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from services.gateway import facts, history
from tests.conftest import COP, World

NEXT = "cop-2023-2027"
Place = tuple[str, str, str, int]  # code, indicator, entity, year

CHANGE, TWICE = "printed-change-does-not-follow", "printed-twice"
SHORT, BEYOND, MET = "commitments-short", "commitments-beyond", "already-met"
STABLE, HORIZON, UNITS, BASES = "stable-without-tolerance", "horizon", "mixed-units", "contradicting-bases"
MANAGERS, REVENUE = "engineering-and-management-students", "research-innovation-revenue"
CONTINUING, RESEARCH = "continuing-education-own-resources", "research-innovation-own-resources"

EXPECTED: dict[str, list[Place]] = {
    COP: [
        (BEYOND, "students", "imt", 2022),  # Σ 14 702, 14 280
        (BEYOND, MANAGERS, "imt", 2022),  # Σ 10 938, 10 580
        (MET, MANAGERS, "imt-mines-albi", 2022),  # 789 → 770
        (MET, MANAGERS, "eurecom", 2022),  # 289 → 270
        (SHORT, REVENUE, "imt", 2022),  # Σ 69,9, 75,5
        (STABLE, "a-rank-publications-per-fte", "imt", 2022),
        (STABLE, "h-index", "imt", 2022),
        (STABLE, "companies-surviving-3-years", "imt", 2022),
        (CHANGE, "training-cost-per-student", "imt", 2022),  # +0,3 %, +0,8 %
        (CHANGE, "training-cost-per-student-subsidised", "imt", 2022),  # −11 %, −12 %
        (CHANGE, REVENUE, "imt-atlantique", 2022),  # 5 %, +6 %
        (CHANGE, REVENUE, "imt-nord-europe", 2022),  # 12 %, +11 %
        (CHANGE, REVENUE, "imt-mines-ales", 2022),  # the target: 15 %, +16 %
        (CHANGE, REVENUE, "imt-mines-ales", 2022),  # the value: −1 %, −2 %
        (CHANGE, REVENUE, "telecom-sudparis", 2022),  # 13 %, +12 %
        (CHANGE, "research-contract-share", "imt", 2022),  # +2,5 pts, +2 pts
        (CHANGE, "international-double-degrees", "imt", 2022),  # +1,8 pts, +1,7 pts
        (TWICE, "students", "imt-mines-albi", 2022),  # 924, 932
        (TWICE, MANAGERS, "imt-mines-albi", 2022),  # 814, 810
        (TWICE, MANAGERS, "eurecom", 2022),  # 229, 39
        (TWICE, REVENUE, "imt-nord-europe", 2022),  # 6,8, 7,8 (note 16)
    ],
    NEXT: [
        (SHORT, "students", "imt", 2027),  # Σ 16 257, 16 450
        (SHORT, "engineering-students", "imt", 2027),  # Σ 11 289, 11 600
        (HORIZON, "women-in-engineering-intake", "imt", 2030),
        (BEYOND, CONTINUING, "imt", 2027),  # Σ 13,65, 9,3
        (MET, CONTINUING, "imt-atlantique", 2027),  # 0 → 0
        (MET, CONTINUING, "eurecom", 2027),  # 0 → 0
        (BEYOND, "publications", "imt", 2027),  # Σ +14,6 %, +8 to 10 %
        (STABLE, "publications-top-10", "imt", 2027),
        (STABLE, "publications-per-fte", "imt", 2027),
        (BEYOND, RESEARCH, "imt", 2027),  # Σ 65,02 → 73,31 constant, +12,7 %, +5 %
        (MET, RESEARCH, "imt-nord-europe", 2027),  # 7,5 → 7,5
        (BASES, "research-innovation-own-resources-eu", "imt", 2027),  # +35 % is +17,4 %, not +20 %
        (STABLE, "companies-created", "imt", 2027),
        (SHORT, "sme-support-actions", "imt", 2027),  # Σ 5 187 → 5 675, +9,4 %, +10 %
        (MET, "own-resources-ratio", "imt", 2027),  # 40,7 → 40
        *((SHORT, "students", "imt", year) for year in (2023, 2024, 2025, 2026)),
        *((SHORT, "engineering-students", "imt", year) for year in (2023, 2024, 2025, 2026)),
        (CHANGE, RESEARCH, "telecom-paris", 2027),  # 25 %, 10,9 → 13,7
        (CHANGE, RESEARCH, "eurecom", 2027),  # +46 %, 7 646 → 11 228
        (TWICE, "students", "imt-mines-albi", 2022),  # 932, 924
        (TWICE, "students", "eurecom", 2021),  # 463, 377 without doctorates
        (TWICE, "students", "eurecom", 2027),  # 673, 550 without doctorates
        (TWICE, "engineering-students", "imt-mines-albi", 2022),  # 810, 814
        (TWICE, "engineering-students", "eurecom", 2022),  # 39, 229
        (UNITS, RESEARCH, "imt-bs", 2023),  # 640 k€ to 1 130 k€
        (UNITS, RESEARCH, "eurecom", 2021),  # 7 646 k€ to 13 563 k€
    ],
}
SILENT = {COP: {}, NEXT: {("companies-created", 2027): "beyond", ("sdg-publications", 2027): "beyond"}}
"""« Stable ou croissant » has nothing beyond it."""
SENTENCES = {
    (COP, "research-contract-share"): (
        "« +2,5 pts » est imprimé pour 2017-2022 ; les valeurs imprimées (37 → 39) donnent +2,0 pts."
    ),
    (NEXT, "own-resources-ratio"): (
        "La cible de 2027 (au moins 40,0 %) est déjà atteinte à la référence : 40,7 % en 2022."
    ),
    (NEXT, CONTINUING): (
        "En 2027, les cibles des 9 entités concernées font ensemble 13,65 M€ (+119,5 % depuis 6,22), "
        "pour +50 % au groupe : elles vont au-delà de 69,5 pts."
    ),
    (NEXT, "sme-support-actions"): (
        "En 2027, les cibles des 9 entités concernées font ensemble 5 675 actions (+9,4 % depuis 5 187), "
        "pour +10 % au groupe : elles restent en deçà de 0,6 pt."
    ),
    (NEXT, RESEARCH): (
        "En 2027, les cibles des 9 entités concernées font ensemble 73,31 M€ en euros constants de 2022 "
        "(+12,7 % depuis 65,02), pour +5 % au groupe : elles vont au-delà de 7,7 pts."
    ),
}


async def read(client: httpx.AsyncClient, code: str) -> dict[str, Any]:
    answer = await client.get(f"/v1/contracts/{code}/lint")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def places(body: dict[str, Any]) -> list[Place]:
    found = ((each["code"], each["place"]) for each in body["findings"])
    return [(code, place["indicator"], place["entity"], place["year"]) for code, place in found]


@pytest.mark.parametrize("code", EXPECTED)
async def test_a_real_contract_has_these_findings_and_no_other(still_world: World, code: str) -> None:
    async with still_world.client("reader") as client:
        body = await read(client, code)
    assert places(body) == EXPECTED[code]
    assert (body["contract"], body["contract_version"]) == (code, 1)
    assert body["summary"] == {
        severity: Counter(each["severity"] for each in body["findings"])[severity]
        for severity in ("error", "warning", "notice")
    }


@pytest.mark.parametrize(("code", "indicator"), SENTENCES)
async def test_a_sentence_is_french_and_carries_its_figures(still_world: World, code: str, indicator: str) -> None:
    async with still_world.client("reader") as client:
        findings = (await read(client, code))["findings"]
    said = next(each for each in findings if each["place"]["indicator"] == indicator)
    assert said["sentence"].translate(str.maketrans("\u00a0\u202f", "  ")) == SENTENCES[code, indicator]
    assert not any(f" {mark}" in said["sentence"] for mark in ":;%€»")
    assert said["source"]
    assert said["label"]


@pytest.mark.parametrize(("code", "years", "compared"), [(COP, [2022], 3), (NEXT, [*range(2023, 2028)], 16)])
async def test_the_lint_says_of_commitments_what_the_reconciliation_does(
    still_world: World, code: str, years: Sequence[int], compared: int
) -> None:
    async with still_world.client("reader") as client:
        found = [place for place in places(await read(client, code)) if place[0] in {SHORT, BEYOND}]
        verdicts = await reconciled(client, code, years)
    assert len(verdicts) == compared
    assert {(indicator, year): f"commitments-{verdicts[indicator, year]}" for _, indicator, _, year in found} == {
        (indicator, year): word for word, indicator, _, year in found
    }
    silent = verdicts.keys() - {(indicator, year) for _, indicator, _, year in found}
    assert {place: verdicts[place] for place in silent} == SILENT[code]


async def reconciled(client: httpx.AsyncClient, code: str, years: Sequence[int]) -> dict[tuple[str, int], str]:
    """The verdict on the commitments of each indicator that adds up, by the year that it is of."""
    verdicts = {}
    for year in years:
        answer = await client.get(f"/v1/contracts/{code}/reconciliation", params={"year": year})
        for each in answer.json()["indicators"]:
            if each["aggregation"] in {"sum", "distinct", "cumulative"} and each["commitments"]:
                verdicts[each["code"], each["commitments"]["year"]] = each["commitments"]["verdict"]
    return verdicts


async def test_a_watermark_tags_the_lint_and_an_unknown_contract_has_none(still_world: World) -> None:
    async with still_world.client("reader") as client:
        answer = await client.get(f"/v1/contracts/{COP}/lint")
        tag = answer.headers["ETag"]
        again = await client.get(f"/v1/contracts/{COP}/lint", headers={"If-None-Match": tag})
        unknown = await client.get("/v1/contracts/none/lint")
    assert tag == f'"{answer.json()["watermark"]}"'
    assert (again.status_code, unknown.status_code) == (304, 404)


async def test_a_figure_that_two_contracts_print_differently_is_found_in_both(world: World) -> None:
    query = {"contract": COP, "indicator": "students", "entity": "imt", "year": "2022"}
    stated = {"value": "13600", "source": "Relevé", "reason": "Recompté"}
    async with world.client("steward") as client:
        (known,) = (await client.get("/indicators/v1/observations", params=query)).json()["items"]
        place = f"/indicators/v1/observations/{known['id']}"
        assert (await client.put(place, json=stated, headers={"If-Match": '"1"'})).status_code == 200
        await world.settled()
        found = {code: (await read(client, code))["findings"][-1] for code in (COP, NEXT)}
    for code, other in ((COP, NEXT), (NEXT, COP)):
        assert (found[code]["code"], found[code]["place"]["table"]) == (TWICE, "observations")
        assert found[code]["sentence"].endswith(f"étudiants dans {other}.")


async def test_of_other_contracts_only_the_figures_that_this_one_holds_are_read(still_world: World) -> None:
    async with still_world.system.gateway.state.database.reading() as session:
        own, other = [await facts.contract_facts(session, code) for code in (COP, NEXT)]
        shared = await history.also_stated(session, COP, None)
        before = await history.also_stated(session, COP, datetime(2000, 1, 1, tzinfo=UTC))
    expected = {
        cell: {year: row for year, row in years.items() if year in own.years(*cell)}
        for cell, years in other.observations.items()
    }
    assert shared == {NEXT: {cell: years for cell, years in expected.items() if years}}
    assert before == {}
