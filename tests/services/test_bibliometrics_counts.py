"""Counting seventeen publications of three entities, worked out by hand: sums, overlaps, and the group's, each once."""

from collections.abc import AsyncIterator
from decimal import Decimal

import httpx
import pytest

from tests.databases import Folder

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from .bibliometrics_files import ALPHA, BETA, DOCTOR, ELSEWHERE, FORMER, GAMMA, GROUP, MOREL, NOEL, PERRIN, paper
from .conftest import Service

COLUMN = "Field-Weighted Outputs in Top Citation Percentiles, per percentile"
PLAIN = "Outputs in Top Citation Percentiles, per percentile"
GOALS_2021, GOALS_2023 = "Sustainable Development Goals (2021)", "Sustainable Development Goals (2023)"
SIGNED = files.scopus(
    paper(1, (PERRIN, ALPHA)),
    paper(2, (PERRIN, ALPHA), (60, BETA)),
    paper(3, (MOREL, ALPHA), (60, BETA), (61, GAMMA), **{"Document Type": "Conference paper"}),
    paper(4, (60, BETA), (62, BETA), **{"Document Type": "Review"}),
    paper(5, (60, BETA), (PERRIN, ALPHA)),
    paper(6, (61, GAMMA)),
    paper(7, (63, GROUP)),
    paper(8, (64, ELSEWHERE)),
    paper(9, (65, ALPHA), **{"Document Type": "Erratum"}),
    paper(10, (60, BETA), **{"Document Type": "Retracted"}),
    paper(14, (DOCTOR, ALPHA)),
    paper(15, (66, FORMER)),
    paper(16, (NOEL, BETA), (66, FORMER), year=2022),
    paper(17, (66, ALPHA), year=2022),
)
STRUCTURE = {"authIdHasStructure_fs": ["1-1_FacetSep_Xavier Tiers_JoinSep_500002_FacetSep_Labo"]}
DEPOSITED = files.hal(files.deposit(11, "COUV", **STRUCTURE), files.deposit(12, "ART", **STRUCTURE))
CROSSED = files.openalex(files.work(13, ALPHA), files.work(1, ALPHA))


def ranked(number: int, weighted: str, goals_2021: str, goals_2023: str) -> dict[str, str]:
    """A row of SciVal; in the column that is not weighted all are the most cited of all."""
    return files.measured(number, **{COLUMN: weighted, PLAIN: "1", GOALS_2021: goals_2021, GOALS_2023: goals_2023})


MEASURED = files.scival(
    ranked(1, "5", "SDG 9: Industry", "SDG 3: Good Health and Well-being| SDG 9: Industry"),
    ranked(2, "10", "-", "SDG 11: Cities"),
    ranked(3, "11", "SDG 3: Good Health and Well-being", "SDG 1: No Poverty"),
    ranked(4, "-", "-", "-"),
    ranked(5, "1", "-", "-"),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
async def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """All the files are in; nobody writes any more."""
    folder = tmp_path_factory.mktemp("counts")
    place = Folder(folder) if request.param == "sqlite" else request.getfixturevalue("postgresql")
    async with calls.opened(place, folder) as opened:
        async with opened.client("steward") as client:
            await calls.load(client)
            for source, content in (
                ("hal", DEPOSITED),
                ("scopus", SIGNED),
                ("openalex", CROSSED),
                ("scival", MEASURED),
            ):
                await calls.take(client, source, content)
        yield opened


@pytest.fixture
async def reader(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("reader") as client:
        yield client


async def test_each_entity_its_publications_and_the_group_each_once(reader: httpx.AsyncClient) -> None:
    found = await calls.counts(reader, year=2023)
    assert calls.by_entity(found) == {"alpha": 5, "beta": 5, "gamma": 2}
    assert calls.together(found) == (12, 4, 8)
    assert (found["group"]["entity"], found["group"]["count"]) == ("groupe", 8)
    assert (found["group_only"], found["unattributed"]) == (1, 2)
    assert calls.pairs(found) == {("alpha", "beta"): 3, ("alpha", "gamma"): 1, ("beta", "gamma"): 1}
    assert found["excluded"] == {"cross_check_only": 1, "erratum": 1, "hal_outside_scope": 1, "retracted": 1}


async def test_what_is_asked_is_said_again(reader: httpx.AsyncClient) -> None:
    found = await calls.counts(reader, year=2023, type=["review", "article"])
    asked = ("contract", "extraction", "measure", "perimeter", "year", "types", "rules", "missing")
    assert [found[name] for name in asked] == [
        "boreal", "current", "publications", "whole", 2023, ["article", "review"], "2026-1", [],
    ]  # fmt: skip
    assert found["watermark"] == "bibliometrics@5"


async def test_the_parts_of_the_entities_make_the_publications(reader: httpx.AsyncClient) -> None:
    """1, 14 alone; 2, 5 halves; 3 in three: alpha 3⅓. Beta 4, 11 alone: 3⅓. Gamma 6 alone: 1⅓. Together 8."""
    found = await calls.counts(reader, year=2023)
    assert calls.by_entity(found, "fractional") == {"alpha": "3.3333", "beta": "3.3333", "gamma": "1.3333"}
    assert Decimal(found["group"]["fractional"]) == found["distinct"]


async def test_permanent_staff_signs_less_and_who_has_no_list_has_no_count(reader: httpx.AsyncClient) -> None:
    found = await calls.counts(reader, year=2023, perimeter="permanent")
    assert calls.by_entity(found) == {"alpha": 4, "beta": 0, "gamma": None}
    assert calls.by_entity(found, "missing") == {"alpha": None, "beta": None, "gamma": "no_staff_list"}
    assert (found["group"]["count"], found["group"]["missing"]) == (None, "incomplete_staff_list")


async def test_the_permanent_perimeter_never_exceeds_the_whole(reader: httpx.AsyncClient) -> None:
    whole = set(await calls.ids(reader, entity="alpha", perimeter="whole"))
    permanent = set(await calls.ids(reader, entity="alpha", perimeter="permanent"))
    assert permanent == {files.ref(number) for number in (1, 2, 3, 5)}
    assert permanent < whole


async def test_types_that_are_asked_count_alone(reader: httpx.AsyncClient) -> None:
    found = await calls.counts(reader, year=2023, type="article")
    assert (calls.by_entity(found), calls.together(found)) == ({"alpha": 4, "beta": 2, "gamma": 1}, (7, 2, 5))
    assert found["excluded"] == {"cross_check_only": 1, "hal_outside_scope": 1}
    several = await calls.counts(reader, year=2023, type=["review", "book_chapter"])
    assert calls.by_entity(several) == {"alpha": 0, "beta": 2, "gamma": 0}


async def test_a_former_name_holds_until_it_was_left(reader: httpx.AsyncClient) -> None:
    """« Institut Ancien » was alpha's until 2022: it is nobody's in 2023."""
    found = await calls.counts(reader, year=2022)
    assert (calls.by_entity(found), calls.together(found)) == ({"alpha": 2, "beta": 1, "gamma": 0}, (3, 1, 2))


async def test_without_a_year_all_years_count(reader: httpx.AsyncClient) -> None:
    found = await calls.counts(reader)
    assert (calls.by_entity(found), calls.together(found)) == ({"alpha": 7, "beta": 6, "gamma": 2}, (15, 5, 10))


async def test_a_year_without_publications_is_zero(reader: httpx.AsyncClient) -> None:
    found = await calls.counts(reader, year=1999)
    assert (calls.by_entity(found), calls.together(found)) == ({"alpha": 0, "beta": 0, "gamma": 0}, (0, 0, 0))


@pytest.mark.parametrize("asked", [
    {"year": "MMXX"}, {"perimeter": "all"}, {"type": "poème"}, {"measure": "h-index"}, {"year": 10**9}, {"goal": "x"},
])  # fmt: skip
async def test_what_cannot_be_asked_is_refused(reader: httpx.AsyncClient, asked: dict[str, str]) -> None:
    answer = await reader.get(f"{calls.V1}/counts", params=asked)
    assert answer.status_code == 422
    assert [each["place"].split("[")[0] for each in answer.json()["errors"]] == [f"query.{name}" for name in asked]


async def test_the_registry_of_another_contract_is_not_found(reader: httpx.AsyncClient) -> None:
    for path in ("counts", "publications"):
        answer = await reader.get(f"{calls.V1}/{path}", params={"contract": "inconnu"})
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_counts_need_a_token(service: Service) -> None:
    async with service.client() as nobody:
        assert (await nobody.get(f"{calls.V1}/counts")).status_code == 401
