"""The reconciliation of both contracts, from their packages to the answer: figures added by hand, for every year."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from .printed_2018_2022 import BY_SCHOOL, GROUP, SUMS, YEARS
from .printed_2023_2027 import SUMS as SUMS_2023

Json = dict[str, Any]
OLD, NEW = "cop-2018-2022", "cop-2023-2027"

# Σ of the schools' objectives for 2022 and the group's, added by hand: Σ, group, group − Σ, word
PLEDGED_2022 = {
    "students": ("14702", "14280", "-422", "beyond"),
    "engineering-and-management-students": ("10938", "10580", "-358", "beyond"),
    "research-innovation-revenue": ("69.9", "75.5", "5.6", "short"),
}
# The same for 2027, with the changes since the baselines: Σ, group, Σ's change, group's change, word
PLEDGED_2027 = {
    "students": ("16257", "16450", "0.2050", "0.2090", "short"),
    "engineering-students": ("11289", "11600", "0.1917", "0.2017", "short"),
    "continuing-education-own-resources": ("13.65", "9.3", "1.1945", "0.5000", "beyond"),
    "publications": ("2367", "2207.52", "0.1462", "0.0800", "beyond"),
    "research-innovation-own-resources": ("73.31", "80.115", "0.1275", "0.0500", "beyond"),
    "companies-created": ("100", "81", "0.0417", "0.0000", "beyond"),
    "sme-support-actions": ("5675", "5780.5", "0.0941", "0.1000", "short"),
    "sdg-publications": ("592", "542", "0.0923", "0.0000", "beyond"),
}
# Σ of the schools' points of an intermediate year, and the group's
POINTS = {
    ("students", 2023): ("13762", "13800"),
    ("students", 2025): ("15068", "15120"),
    ("engineering-students", 2023): ("9791", "9970"),
    ("engineering-students", 2025): ("10588", "10825"),
}


async def reconciled(reader: httpx.AsyncClient, contract: str, **asked: str | int) -> dict[str, Json]:
    answer = await reader.get(f"/v1/contracts/{contract}/reconciliation", params=asked)
    assert answer.status_code == 200, answer.text
    return {each["code"]: each for each in answer.json()["indicators"]}


@pytest.mark.parametrize(("indicator", "year"), SUMS)
async def test_sums_of_the_schools_stand_beside_the_groups_value(
    reader: httpx.AsyncClient, indicator: str, year: int
) -> None:
    values = (await reconciled(reader, OLD, year=year))[indicator]["values"]
    assert (values["sum"], values["gap"]) == SUMS[indicator, year]
    assert (values["explained"], values["unexplained"], values["adjustments"]) == (values["sum"], values["gap"], [])
    assert values["completeness"] == {"expected": 9, "received": 9, "missing": []}


@pytest.mark.parametrize("year", YEARS[1:-1])
async def test_a_year_without_school_values_has_no_sum_and_no_gap(reader: httpx.AsyncClient, year: int) -> None:
    for code, line in (await reconciled(reader, OLD, year=year)).items():
        values = line["values"]
        assert (values["sum"], values["gap"], values["unexplained"]) == (None, None, None)
        assert values["completeness"]["received"] == 0
        assert {each["absence"] for each in values["by_entity"]} <= {"not_reported"}
        assert bool(values["by_entity"]) is (code in BY_SCHOOL)


@pytest.mark.parametrize("indicator", sorted(GROUP.keys() - BY_SCHOOL.keys()))
async def test_an_indicator_that_is_not_declined_has_its_declared_value_alone(
    reader: httpx.AsyncClient, indicator: str
) -> None:
    line = (await reconciled(reader, OLD, year=2022))[indicator]
    values = line["values"]
    assert values["declared"] is not None
    assert line["commitments"] is None
    assert (values["sum"], values["computed"], values["gap"], values["by_entity"]) == (None, None, None, [])
    assert values["sentence"] == "Mesuré au niveau du groupe seul."


@pytest.mark.parametrize("indicator", PLEDGED_2022)
async def test_what_the_schools_pledged_for_2022_beside_the_group(reader: httpx.AsyncClient, indicator: str) -> None:
    found = (await reconciled(reader, OLD, year=2022))[indicator]["commitments"]
    assert (found["sum"], found["group"], found["gap"], found["verdict"]) == PLEDGED_2022[indicator]
    assert (found["judged_on"], found["basis_note"]) == ("level", None)


@pytest.mark.parametrize(("indicator", "year"), [place for place in SUMS_2023 if place[1] == 2022])
async def test_values_of_2022_under_the_next_contract(reader: httpx.AsyncClient, indicator: str, year: int) -> None:
    values = (await reconciled(reader, NEW, year=year))[indicator]["values"]
    together, group = SUMS_2023[indicator, year]
    assert (Decimal(values["sum"]), Decimal(values["declared"])) == (Decimal(together), Decimal(group))
    assert Decimal(values["gap"]) == Decimal(group) - Decimal(together)
    assert values["completeness"]["missing"] == []


async def test_two_schools_that_print_the_same_seventeen_companies_are_counted_once(reader: httpx.AsyncClient) -> None:
    values = (await reconciled(reader, NEW, year=2022))["companies-created"]["values"]
    assert [(each["amount"], each["entity"]) for each in values["adjustments"]] == [("-17", "imt-bs")]
    assert (values["sum"], values["explained"], values["declared"], values["unexplained"]) == ("96", "79", "81", "2")


@pytest.mark.parametrize("indicator", ["publications", "sdg-publications"])
async def test_publications_that_schools_share_are_summed_without_being_the_groups_value(
    reader: httpx.AsyncClient, indicator: str
) -> None:
    values = (await reconciled(reader, NEW, year=2022))[indicator]["values"]
    assert (values["sum"] is None, values["computed"]) == (False, None)


@pytest.mark.parametrize("year", [2022, 2027])
@pytest.mark.parametrize("indicator", PLEDGED_2027)
async def test_what_the_schools_pledge_for_2027_beside_the_group(
    reader: httpx.AsyncClient, indicator: str, year: int
) -> None:
    found = (await reconciled(reader, NEW, year=year))[indicator]["commitments"]
    assert found["year"] == found["target"] == 2027
    pledged = tuple(found[each] for each in ("sum", "group", "sum_change", "group_change", "verdict"))
    assert pledged == PLEDGED_2027[indicator]
    assert found["completeness"]["missing"] == []


async def test_a_range_has_both_its_ends(reader: httpx.AsyncClient) -> None:
    found = (await reconciled(reader, NEW, year=2027))["publications"]["commitments"]
    assert (found["group"], found["group_upper"]) == ("2207.52", "2248.4")  # 2 044 + 8 %, + 10 %
    assert (found["gap"], found["gap_upper"]) == ("-159.48", "-118.6")
    assert (found["group_change"], found["group_change_upper"], found["judged_on"]) == ("0.0800", "0.1000", "change")
    assert "+14,6\u00a0%, contre +8,0\u00a0% à +10,0\u00a0% pour le groupe" in found["sentence"]


@pytest.mark.parametrize(("indicator", "year"), POINTS)
async def test_an_intermediate_year_adds_the_points_of_the_paths(
    reader: httpx.AsyncClient, indicator: str, year: int
) -> None:
    found = (await reconciled(reader, NEW, year=year))[indicator]["commitments"]
    assert (found["year"], found["target"]) == (year, 2027)
    assert (found["sum"], found["group"]) == POINTS[indicator, year]


async def test_floors_and_growing_values_say_how_they_are_counted(reader: httpx.AsyncClient) -> None:
    found = (await reconciled(reader, NEW, year=2027))["companies-created"]["commitments"]
    levels = {each["entity"]: (each["level"], each["note"]) for each in found["by_entity"]}
    assert levels["telecom-paris"] == ("30", "plancher, compté pour sa borne")
    assert levels["eurecom"] == ("0", "«\u00a0croissant\u00a0», compté pour sa référence")
    assert levels["imt-bs"] == ("20", None)
    assert "compté pour sa référence\u00a0: EURECOM" in found["basis_note"]


@pytest.mark.parametrize("indicator", ["international-mobility", "publications-per-fte", "employment-rate-6-months"])
async def test_rates_are_never_added(reader: httpx.AsyncClient, indicator: str) -> None:
    line = (await reconciled(reader, NEW, year=2027))[indicator]
    assert (line["values"]["sum"], line["values"]["computed"], line["values"]["gap"]) == (None, None, None)
    assert (line["commitments"]["sum"], line["commitments"]["verdict"]) == (None, "not_comparable")


async def test_an_entity_that_is_not_concerned_is_expected_nowhere(reader: httpx.AsyncClient) -> None:
    line = (await reconciled(reader, NEW, year=2022))["engineering-students"]
    assert line["values"]["completeness"]["expected"] == line["commitments"]["completeness"]["expected"] == 8
    (managers,) = (each for each in line["values"]["by_entity"] if each["entity"] == "imt-bs")
    assert (managers["value"], managers["absence"]) == (None, "not_applicable")
