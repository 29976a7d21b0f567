"""The measures of the contract over the same publications: for one full-time researcher, top 10 %, goals; and lists."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from .conftest import Service
from .test_bibliometrics_counts import COLUMN, reader, service

__all__ = ["reader", "service"]
TOP, PER_FTE, GOALS = "publications-top-10", "publications-per-fte", "sdg-publications"


async def test_for_one_researcher_both_terms_and_the_day_are_shown(reader: httpx.AsyncClient) -> None:
    """Alpha: 4 publications by a half teacher-researcher and 0.8 researcher, its doctoral student left out."""
    found = await calls.counts(reader, year=2023, perimeter="permanent", measure=PER_FTE)
    alpha, beta, gamma = found["entities"]
    assert [Decimal(alpha[name]) for name in ("numerator", "denominator")] == [4, Decimal("1.3")]
    assert (alpha["count"], alpha["counted_on"]) == ("3.076923", "2023-12-31")
    assert (beta["count"], beta["missing"]) == (None, "no_fte")
    assert Decimal(beta["denominator"]) == 0
    assert (gamma["count"], gamma["missing"], gamma["denominator"]) == (None, "no_staff_list", None)
    assert (found["group"]["count"], found["group"]["missing"]) == (None, "incomplete_staff_list")


async def test_staff_that_left_counts_in_the_years_before(reader: httpx.AsyncClient) -> None:
    found = await calls.counts(reader, year=2022, perimeter="permanent", measure=PER_FTE)
    _, beta, _ = found["entities"]
    assert [Decimal(beta[name]) for name in ("count", "numerator", "denominator")] == [2, 1, Decimal("0.5")]


async def test_without_a_year_there_is_no_day_for_the_staff(reader: httpx.AsyncClient) -> None:
    found = await calls.counts(reader, perimeter="permanent", measure=PER_FTE)
    assert set(calls.by_entity(found, "missing").values()) == {"no_year"}


async def test_top_10_counts_percentiles_to_ten_by_field_alone(reader: httpx.AsyncClient) -> None:
    """Weighted: 5, 10, 11, none, 1; in the other column all are 1. Wilson at 95 % of 3 in 4: 0.3006 to 0.9544."""
    found = await calls.counts(reader, year=2023, measure=TOP)
    assert (calls.by_entity(found), calls.together(found)) == ({"alpha": 3, "beta": 2, "gamma": 0}, (5, 2, 3))
    assert found["columns"] == [COLUMN]
    assert calls.by_entity(found, "known") == {"alpha": 4, "beta": 3, "gamma": 1}
    alpha, group = found["entities"][0], found["group"]
    for each in (alpha, group):
        assert (each["known"], round(Decimal(each["low"]), 4), round(Decimal(each["high"]), 4)) == (
            4, Decimal("0.3006"), Decimal("0.9544"),
        )  # fmt: skip
    assert found["excluded"]["no_percentile"] == 5


async def test_goals_are_counted_by_one_version_of_the_classifier(reader: httpx.AsyncClient) -> None:
    """The contract counts 3, 7, 9, 11 and 12: in 2023 publications 1 and 2, by the version before 1 and 3."""
    found = await calls.counts(reader, year=2023, measure=GOALS)
    assert (found["mapping"], found["mappings"]) == ("2023", {"2021": 5, "2023": 5, "openalex": 1})
    assert (calls.by_entity(found), calls.together(found)) == ({"alpha": 2, "beta": 1, "gamma": 0}, (3, 1, 2))
    assert {each["goal"]: each["distinct"] for each in found["goals"]} == {3: 1, 7: 0, 9: 1, 11: 1, 12: 0}
    before = await calls.counts(reader, year=2023, measure=GOALS, mapping="2021")
    assert (calls.by_entity(before), before["mapping"]) == ({"alpha": 2, "beta": 1, "gamma": 1}, "2021")


async def test_other_goals_may_be_asked(reader: httpx.AsyncClient) -> None:
    found = await calls.counts(reader, year=2023, measure=GOALS, goal=1)
    assert (calls.by_entity(found), found["distinct"]) == ({"alpha": 1, "beta": 1, "gamma": 1}, 1)


async def test_without_a_percentile_there_is_no_top_10(service: Service) -> None:
    async with service.client("reader") as client:
        found = await calls.counts(client, year=2022, measure=TOP)
    assert found["missing"] == ["no_field_weighted_column"]
    assert calls.by_entity(found) == {"alpha": None, "beta": None, "gamma": None}
    assert calls.by_entity(found, "missing")["alpha"] == "no_field_weighted_column"


@pytest.mark.parametrize("asked", [
    {"year": 2023}, {"year": 2022}, {}, {"year": 2023, "type": "article"}, {"year": 2023, "perimeter": "permanent"},
    {"year": 2023, "measure": TOP}, {"year": 2023, "measure": GOALS}, {"measure": GOALS},
    {"year": 2023, "measure": GOALS, "type": ["article", "review"]},
    {"year": 2023, "measure": PER_FTE, "perimeter": "permanent"},
])  # fmt: skip
async def test_lists_hold_what_was_counted(reader: httpx.AsyncClient, asked: dict[str, Any]) -> None:
    found = await calls.counts(reader, **asked)
    listing = {"measure": "publications", **asked}
    for entity in found["entities"]:
        listed = await calls.ids(reader, 2, entity=entity["entity"], **listing)
        if entity["count"] is not None:
            assert len(listed) == Decimal(entity["numerator"] or entity["count"])
    assert len(await calls.ids(reader, 3, **listing)) == found["distinct"]


async def test_what_is_excluded_is_listed_by_reason(reader: httpx.AsyncClient) -> None:
    found = await calls.counts(reader, year=2023)
    listed = {reason: await calls.ids(reader, excluded=reason, year=2023) for reason in found["excluded"]}
    assert listed == {
        "cross_check_only": ["openalex:W990013"], "erratum": [files.ref(9)], "hal_outside_scope": ["hal:hal-09990012"],
        "retracted": [files.ref(10)],
    }  # fmt: skip


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
async def test_pages_lose_nothing_and_repeat_nothing(reader: httpx.AsyncClient, limit: int) -> None:
    listed = [each["id"] for each in await calls.publications(reader, limit)]
    assert len(listed) == len(set(listed)) == 17
    assert listed == [each["id"] for each in await calls.publications(reader, 1000)]


async def test_what_stands_may_be_asked_by_its_name(reader: httpx.AsyncClient) -> None:
    assert await calls.counts(reader, extraction="current") == await calls.counts(reader)
    assert await calls.ids(reader, extraction="current") == await calls.ids(reader)


async def test_the_group_s_own_name_is_listed_as_an_entity_s(reader: httpx.AsyncClient) -> None:
    assert await calls.ids(reader, entity="groupe") == [files.ref(7)]


async def test_an_unchanged_answer_is_not_sent_again(reader: httpx.AsyncClient) -> None:
    for path in ("counts", "publications", "imports", f"publications/{files.ref(1)}"):
        first = await reader.get(f"{calls.V1}/{path}")
        again = await reader.get(f"{calls.V1}/{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
