"""The document of the back-test prints what the product answers."""

import math
from collections.abc import Iterator
from typing import Any

from tests.conftest import COP, ROOT, World

from .test_gateway_outlook import read

DOCUMENT = ROOT / "docs" / "back-test.md"
HEAD = ("indicator", "said in", "projected", "80 % interval", "came", "inside", "said", "was", "error", "unchanged")
QUANTILES = {1: 3.0777, 2: 1.8856, 3: 1.6377}  # Student's, at 0.90


async def test_the_document_prints_the_computed_table(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{COP}/back-test")
    assert "\n".join(table(view)) in DOCUMENT.read_text(encoding="utf-8")


async def test_the_document_prints_the_computed_totals(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{COP}/back-test")
    assert "\n".join(totals(view)) in DOCUMENT.read_text(encoding="utf-8")


async def test_the_document_compares_with_least_squares_and_shorter_histories(still_world: World) -> None:
    view = await read(still_world, f"/v1/contracts/{COP}/follow-up?year=2022")
    assert "\n".join(others(view)) in DOCUMENT.read_text(encoding="utf-8")


def table(view: dict[str, Any]) -> Iterator[str]:
    """The rows of the document, in the order of the answer."""
    yield f"| {' | '.join(HEAD)} |"
    yield "|---|---|--:|--:|--:|---|---|---|--:|--:|"
    for item in view["items"]:
        for trial in (each for each in item["trials"] if each["projection"]["value"]):
            yield f"| {' | '.join(_row(item, trial))} |"


def _row(item: dict[str, Any], trial: dict[str, Any]) -> tuple[str, ...]:
    projection, inside = trial["projection"], {True: "yes", False: "**no**"}
    was = item["status"] or "–"
    said = trial["status"] or "–"
    return (
        item["indicator"], str(trial["year"]), projection["value"], f"{projection['low']} to {projection['high']}",
        item["actual"], inside[trial["inside"]], said if trial["right"] is not False else f"**{said}**", was,
        _percent(trial["error"]), _percent(trial["unchanged_error"]),
    )  # fmt: skip


def totals(view: dict[str, Any]) -> Iterator[str]:
    found = view["totals"]
    yield f"- projected: {found['projected']}; not enough history: {found['insufficient']}"
    yield f"- inside the 80 % interval: {found['inside']} of {found['projected']} ({_percent(found['share_inside'])})"
    yield (
        f"- verdict right: {found['right']} of {found['judged']} ({_percent(found['share_right'])}); had the last "
        f"value simply been repeated: {found['unchanged_right']}"
    )
    yield f"- interval wholly on one side of the level: {found['affirmed']}, of which right: {found['affirmed_right']}"
    yield (
        f"- mean absolute error: {_percent(found['mean_error'])} of the value that came; had the last value "
        f"simply been repeated: {_percent(found['mean_unchanged_error'])}"
    )


def _percent(ratio: str) -> str:
    return f"{float(ratio) * 100:.1f} %"


def others(view: dict[str, Any]) -> Iterator[str]:
    """What the roads not taken would have given, in floats: nothing of this is in the product."""
    series = [_series(each) for each in view["indicators"]]
    yield "| method | said in | inside | mean half-width, of the value that came |"
    yield "|---|---|--:|--:|"
    for name, fit in (("random walk with drift", _drift), ("least squares", _line)):
        for year in (2019, 2020, 2021):
            held = [fit({each: known[each] for each in known if each <= year}) for known in series]
            inside = sum(abs(at - known[2022]) <= reach for (at, reach), known in zip(held, series, strict=True))
            width = sum(reach / known[2022] for (_, reach), known in zip(held, series, strict=True)) / len(series)
            yield f"| {name} | {year} | {inside} of {len(series)} | {width * 100:.1f} % |"


def _series(line: dict[str, Any]) -> dict[int, float]:
    values = {each["year"]: float(each["value"]) for each in line["values"] if each["value"] is not None}
    if line["targets"][0]["accumulation"] == "annual":
        return values
    return {year: sum(values[each] for each in values if each <= year) for year in range(2017, 2023)}


def _drift(known: dict[int, float]) -> tuple[float, float]:
    changes = [known[year] - known[year - 1] for year in known if year - 1 in known]
    count, horizon = len(changes), 2022 - max(known)
    mean = sum(changes) / count
    spread = math.sqrt(sum((each - mean) ** 2 for each in changes) / (count - 1))
    reach = QUANTILES[count - 1] * spread * math.sqrt(horizon * (1 + horizon / count))
    return known[max(known)] + horizon * mean, reach


def _line(known: dict[int, float]) -> tuple[float, float]:
    count, middle = len(known), sum(known) / len(known)
    level, square = sum(known.values()) / count, sum((year - middle) ** 2 for year in known)
    slope = sum((year - middle) * (known[year] - level) for year in known) / square
    errors = [known[year] - level - slope * (year - middle) for year in known]
    spread = math.sqrt(sum(each**2 for each in errors) / (count - 2))
    away = 2022 - middle
    return level + slope * away, QUANTILES[count - 2] * spread * math.sqrt(1 + 1 / count + away**2 / square)
