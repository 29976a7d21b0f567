"""All the kinds of target that a contract may state, loaded as data and shown with the level that each asks for."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from services import embedded
from services.local import Settings
from tests.conftest import ROOT, World

PACKAGES = ROOT / "tests" / "packages"
FOLLOW_UP = "/v1/contracts/fourteen"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the gateway shows of a target in 2024; `since` is its baseline's year, empty where none counts."""

    place: str
    comparison: str
    operand: str
    level: str | None
    value: str | None = None
    upper: str | None = None
    since: int | None = None
    basis: str | None = None
    accumulation: str = "annual"
    due: int = 2028
    points: tuple[tuple[int, str], ...] = ()


KINDS = {
    "level with a yearly trajectory": Shown(
        "members/reseau/2028", "at_least", "value", "500", "500", points=((2025, "430"), (2026, "450"), (2027, "475"))
    ),
    "level at the end": Shown("women-on-boards/lac/2028", "at_least", "value", "30", "30"),
    "level beyond the contract": Shown("women-on-boards/lac/2031", "at_least", "value", "35", "35", due=2031),
    "above a benchmark that moves": Shown("satisfied-readers/delta/2028", "more_than", "benchmark", "89.5"),
    "growth in current euros, level given": Shown(
        "workshops/reseau/2028", "at_least", "growth", "9.3", "50", since=2023, basis="current-euros"
    ),
    "growth in current euros, no level": Shown(  # 0,9 × 1,5
        "workshops/lac/2028", "at_least", "growth", "1.35", "50", since=2023, basis="current-euros"
    ),
    "growth in constant euros, level given": Shown(  # 76 × 1,05; the 92 printed beside it are current euros
        "patronage/reseau/2028", "at_least", "growth", "79.8", "5", since=2023, basis="constant-euros-2023"
    ),
    "growth in constant euros, no level": Shown(  # 20 × 1,05
        "patronage/lac/2028", "at_least", "growth", "21", "5", since=2023, basis="constant-euros-2023"
    ),
    "two bases at once, current": Shown(  # 4,0 × 1,35
        "european-grants/reseau/2028-current", "at_least", "growth", "5.4", "35", since=2023, basis="current-euros"
    ),
    "two bases at once, constant": Shown(  # 4,0 × 1,20
        "european-grants/reseau/2028-constant", "at_least", "growth", "4.8", "20", since=2023,
        basis="constant-euros-2023",
    ),
    "range of growth": Shown(  # 2 000 × 1,08
        "acquisitions/reseau/2028", "within", "growth_range", "2160", "8", "10", since=2023
    ),
    "stable or growing": Shown("loans-per-reader/delta/2028", "at_least", "baseline", "4.4", since=2023),
    "strictly growing": Shown("sustainable-titles/delta/2028", "more_than", "baseline", "540", since=2023),
    "floor ≥": Shown("opening-hours/lac/2028", "at_least", "value", "38.5", "38.5"),
    "floor >": Shown("opening-hours/delta/2028", "more_than", "value", "45.0", "45"),
    "floor below the baseline": Shown("own-income/reseau/2028", "at_least", "value", "40.0", "40"),
    "decrease from another year, two points": Shown(
        "energy/reseau/2027", "at_most", "value", "114", "114", due=2027, points=((2026, "120"),)
    ),
    "monitoring without a target": Shown("cost-per-loan/reseau/2028", "none", "none", None),
    "monitoring, yearly": Shown("recovery-plan/reseau/annual", "none", "none", None),
    "monitoring, cumulated": Shown("recovery-plan/reseau/cumulative", "none", "none", None, accumulation="cumulative"),
    "points": Shown("digital-loans/reseau/2028", "at_least", "points", "13.7", "7", since=2023),  # 6,7 + 7
    "decrease in percent": Shown(  # 2,50 × 0,9
        "cost-per-loan/lac/2028", "at_most", "growth", "2.25", "-10", since=2023
    ),
    "cumulative level": Shown("acquisitions/lac/2028", "at_least", "value", "1500", "1500", accumulation="cumulative"),
    "growth of a mean": Shown(  # (900 + 950 + 1 000) / 3 × 1,1
        "acquisitions/delta/2028", "at_least", "growth", "1045", "10", since=2023
    ),
    "range of levels": Shown("members/lac/2028", "within", "value", "150", "150", "180"),
    "ceiling <": Shown("members/delta/2028", "less_than", "value", "300", "300"),
}  # fmt: skip

BASELINES = {  # (year, value, years), then the change to 2024 (absolute, relative)
    "members/reseau": ((2023, "400", [2023]), ("19", "0.0475")),
    "energy/reseau": ((2021, "145", [2021]), ("-15", "-0.1034")),  # 15 / 145 = 0,10345
    "own-income/reseau": ((2023, "40.7", [2023]), ("-0.8", None)),  # points
    "acquisitions/delta": ((2023, "950", [2021, 2022, 2023]), ("57", "0.0600")),  # 57 / 950
    "acquisitions/lac": ((2023, "0", [2023]), ("310", None)),  # the sum since 2023
    "members/delta": ((2022, "240.5", [2021, 2022]), (None, None)),  # 2024 is late
    "recovery-plan/reseau": ((None, None, []), (None, None)),
    "cost-per-loan/reseau": ((2023, "3.20", [2023]), ("0.16", "0.0500")),  # 0,16 / 3,20
    "loans-per-reader/delta": ((2023, "4.4", [2023]), ("-0.01", "-0.0023")),  # 0,01 / 4,4 = 0,00227
    "patronage/lac": ((2023, "20", [2023]), (None, None)),  # nothing in 2024
}


@pytest.fixture(scope="module")
async def reader(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    folder: Path = tmp_path_factory.mktemp("fourteen")
    async with embedded.system(Settings(data=folder, contracts=PACKAGES)) as system:
        assert await embedded.load_missing(system, PACKAGES) == ["clean", "fourteen", "steps"]
        async with World(system, folder).client("reader") as client:
            yield client


@pytest.fixture(scope="module")
async def lines(reader: httpx.AsyncClient) -> dict[str, Json]:
    """The line of each « indicator/entity » in 2024."""
    view = (await reader.get(f"{FOLLOW_UP}/follow-up?year=2024")).json()
    return {f"{line['code']}/reseau": line for line in view["indicators"]} | {
        f"{line['code']}/{each['entity']}": each for line in view["indicators"] for each in line["entities"]
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_target_of_each_kind_is_shown_as_it_is_stated(lines: dict[str, Json], kind: str) -> None:
    expected = KINDS[kind]
    place, _, code = expected.place.rpartition("/")
    (target,) = (each for each in lines[place]["targets"] if each["target"] == code)
    assert target["comparison"] == expected.comparison
    assert target["operand"] == {
        "kind": expected.operand,
        "value": expected.value,
        "upper": expected.upper,
        "year": expected.since,
        "benchmark": "pays" if expected.operand == "benchmark" else None,
    }
    assert (target["level"], target["basis"], target["due_year"]) == (expected.level, expected.basis, expected.due)
    assert target["accumulation"] == expected.accumulation
    assert [(point["year"], point["value"]) for point in target["trajectory"]] == list(expected.points)


UPPER = {"range of growth": "2200", "range of levels": "180"}


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_range_has_an_upper_level(lines: dict[str, Json], kind: str) -> None:
    place, _, code = KINDS[kind].place.rpartition("/")
    (target,) = (each for each in lines[place]["targets"] if each["target"] == code)
    assert target["level_upper"] == UPPER.get(kind)


def test_no_target_is_left_out(lines: dict[str, Json]) -> None:
    shown = [f"{place}/{target['target']}" for place, line in lines.items() for target in line["targets"]]
    assert sorted(shown) == sorted(each.place for each in KINDS.values())


@pytest.mark.parametrize("place", BASELINES)
def test_a_change_is_counted_from_the_targets_own_baseline(lines: dict[str, Json], place: str) -> None:
    (year, value, years), (absolute, relative) = BASELINES[place]
    assert lines[place]["baseline"] == {"year": year, "value": value, "years": years}
    assert lines[place]["change"] == {"absolute": absolute, "relative": relative}


@pytest.mark.parametrize(("year", "level"), [(2023, "88.0"), (2024, "89.5"), (2025, "90.25"), (2026, None)])
async def test_a_benchmark_is_that_of_the_year_asked(reader: httpx.AsyncClient, year: int, level: str | None) -> None:
    view = (await reader.get(f"{FOLLOW_UP}/entities/delta/follow-up?year={year}")).json()
    (line,) = (each for each in view["indicators"] if each["code"] == "satisfied-readers")
    assert line["targets"][0]["level"] == level


def test_a_sum_says_who_is_missing_and_has_no_gap_then(lines: dict[str, Json]) -> None:
    line = lines["members/reseau"]
    assert (line["declared"], line["computed"], line["gap"]) == ("419", "165", None)
    assert line["completeness"] == {"expected": 2, "received": 1, "missing": ["delta"]}


@pytest.mark.parametrize("place", ["loans-per-reader/reseau", "sustainable-titles/reseau", "recovery-plan/reseau",
                                   "opening-hours/reseau"])  # fmt: skip
def test_what_cannot_be_added_up_is_not(lines: dict[str, Json], place: str) -> None:
    assert lines[place]["computed"] is None


def test_a_line_without_a_target_counts_from_the_contracts_reference_year(lines: dict[str, Json]) -> None:
    assert lines["own-income/lac"]["targets"] == []
    assert lines["own-income/lac"]["baseline"] == {"year": 2023, "value": None, "years": [2023]}
