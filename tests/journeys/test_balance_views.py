"""The follow-up of the contract 2018-2022 by year and by entity: sums, gaps, completeness, absences, refusals."""

from typing import Any

import httpx
import pytest

from .printed_2018_2022 import BY_SCHOOL, GROUP, SCHOOLS, SUMS, YEARS, figure
from .test_balance import line_of

COP = "/v1/contracts/cop-2018-2022"
Json = dict[str, Any]


@pytest.mark.parametrize("school", SCHOOLS)
async def test_an_entitys_follow_up_is_its_line_of_the_groups(
    reader: httpx.AsyncClient, balance: dict[int, Json], school: str
) -> None:
    own = (await reader.get(f"{COP}/entities/{school}/follow-up?year=2022")).json()
    assert (own["entity"], [line["code"] for line in own["indicators"]]) == (school, list(BY_SCHOOL))
    for line in own["indicators"]:
        within = line_of(balance[2022], line["code"], school)
        for part in ("values", "baseline", "change", "targets"):
            assert line[part] == within[part]


@pytest.mark.parametrize("school", SCHOOLS)
async def test_an_entity_declares_its_own_value_and_sums_nobodys(reader: httpx.AsyncClient, school: str) -> None:
    own = (await reader.get(f"{COP}/entities/{school}/follow-up?year=2022")).json()
    for line in own["indicators"]:
        assert line["declared"] == figure(BY_SCHOOL[line["code"]][school].values[2022])
        assert (line["computed"], line["gap"], line["completeness"]["expected"]) == (None, None, 0)


@pytest.mark.parametrize(("indicator", "year"), SUMS)
def test_the_sum_of_the_schools_stands_beside_the_groups_value(
    balance: dict[int, Json], indicator: str, year: int
) -> None:
    line = line_of(balance[year], indicator)
    assert line["declared"] == figure(GROUP[indicator].values[year])
    assert (line["computed"], line["gap"]) == SUMS[indicator, year]
    assert line["completeness"] == {"expected": 9, "received": 9, "missing": []}


@pytest.mark.parametrize("indicator", BY_SCHOOL)
@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021])
def test_a_year_without_school_values_has_no_sum_and_names_who_is_missing(
    balance: dict[int, Json], indicator: str, year: int
) -> None:
    line = line_of(balance[year], indicator)
    assert (line["computed"], line["gap"]) == (None, None)
    assert line["completeness"] == {"expected": 9, "received": 0, "missing": list(SCHOOLS)}


@pytest.mark.parametrize("indicator", sorted(GROUP.keys() - BY_SCHOOL.keys()))
def test_an_indicator_of_the_group_alone_expects_nothing_of_the_schools(
    balance: dict[int, Json], indicator: str
) -> None:
    line = line_of(balance[2022], indicator)
    assert line["entities"] == []
    assert line["completeness"] == {"expected": 0, "received": 0, "missing": []}


@pytest.mark.parametrize("year", YEARS)
def test_every_year_of_the_contract_can_be_asked_and_the_values_stop_there(balance: dict[int, Json], year: int) -> None:
    assert balance[year]["year"] == year
    for indicator, printed in GROUP.items():
        line = line_of(balance[year], indicator)
        assert [value["year"] for value in line["values"]] == list(range(2017, year + 1))
        assert line["declared"] == figure(printed.values[year])


async def test_without_a_year_the_last_observed_one_is_shown(reader: httpx.AsyncClient) -> None:
    assert (await reader.get(f"{COP}/follow-up")).json()["year"] == 2022


def test_a_change_is_counted_to_the_year_asked(balance: dict[int, Json]) -> None:
    # 13 257 − 11 852 = 1 405, which is 11,85 % of 11 852
    assert line_of(balance[2020], "students")["change"] == {"absolute": "1405", "relative": "0.1185"}


def test_a_rate_changes_in_points_only(balance: dict[int, Json]) -> None:
    # 40,7 % − 36,2 %
    assert line_of(balance[2022], "own-resources-ratio")["change"] == {"absolute": "4.5", "relative": None}


@pytest.mark.parametrize(("year", "total"), [(2018, "1"), (2019, "1"), (2020, "3"), (2021, "5"), (2022, "15")])
def test_a_cumulative_target_counts_the_years_since_its_baseline(
    balance: dict[int, Json], year: int, total: str
) -> None:
    line = line_of(balance[year], "dematerialised-processes")
    assert line["change"] == {"absolute": total, "relative": None}


def test_a_printed_dash_is_an_absence_with_its_reason_and_is_not_zero(balance: dict[int, Json]) -> None:
    first, _, third, *_ = line_of(balance[2022], "dematerialised-processes")["values"]
    assert (first["year"], first["value"], first["absence"]) == (2017, None, "not_measured")
    assert (third["year"], third["value"], third["absence"]) == (2019, "0", None)


def test_every_value_names_its_source(balance: dict[int, Json]) -> None:
    for line in balance[2022]["indicators"]:
        for followed in (line, *line["entities"]):
            assert all(value["source"] for value in followed["values"] if value["value"] is not None)


@pytest.mark.parametrize("year", [2016, 2023])
@pytest.mark.parametrize("view", ["follow-up", "entities/imt-bs/follow-up"])
async def test_a_year_outside_the_contract_is_refused_with_the_years_that_can_be_asked(
    reader: httpx.AsyncClient, view: str, year: int
) -> None:
    answer = await reader.get(f"{COP}/{view}?year={year}")
    assert answer.status_code == 422
    assert answer.json()["detail"] == f"L’année {year} est hors du contrat\u00a0: demandez de 2017 à 2022."


@pytest.mark.parametrize("year", ["deux-mille", "2022.5", "0", "99999", ""])
async def test_a_year_that_is_none_is_refused(reader: httpx.AsyncClient, year: str) -> None:
    answer = await reader.get(f"{COP}/follow-up", params={"year": year})
    assert answer.status_code == 422
    assert [error["place"] for error in answer.json()["errors"]] == ["query.year"]


@pytest.mark.parametrize(
    "path", ["", "/follow-up", "/entities/imt/follow-up", "/follow-up?year=2022", "/entities/imt/follow-up?year=2022"]
)
async def test_an_unknown_contract_is_not_found(reader: httpx.AsyncClient, path: str) -> None:
    answer = await reader.get(f"/v1/contracts/other{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert answer.json()["detail"] == "Le contrat «\u00a0other\u00a0» n’est pas connu ici."


async def test_an_unknown_entity_is_not_found(reader: httpx.AsyncClient) -> None:
    answer = await reader.get(f"{COP}/entities/other/follow-up")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert answer.json()["detail"] == "L’entité «\u00a0other\u00a0» n’est pas dans ce contrat."
