"""The instants that may be asked for (`asOf`), the same at the gateway and the owner, and refused in French."""

from datetime import UTC, date, datetime

import httpx
import pytest

from tests.conftest import COP, World

OWNED = "/indicators/v1"
PLACES = {
    "a view": f"/v1/contracts/{COP}",
    "the observations": f"{OWNED}/observations",
    "an observation": f"{OWNED}/observations/any",
    "an assessment": f"{OWNED}/contracts/{COP}/assessments/students/imt/2021",
}
REFUSED = {
    "2023-01-31T12:00:00": "le fuseau horaire manque",
    "2023-02-31": "un instant ISO 8601 est attendu",
    "2023": "un instant ISO 8601 est attendu",
    "1700000000": "un instant ISO 8601 est attendu",
    "": "un instant ISO 8601 est attendu",
    "hier": "un instant ISO 8601 est attendu",
    "2199-01-01T00:00:00Z": "pas encore passé",
    date.max.isoformat(): "pas encore passé",
}
everywhere = pytest.mark.parametrize("path", PLACES.values(), ids=PLACES)


async def ask(world: World, path: str, as_of: object) -> httpx.Response:
    async with world.client("reader") as client:
        return await client.get(path, params={"asOf": str(as_of)})


@everywhere
@pytest.mark.parametrize(("asked", "sentence"), REFUSED.items(), ids=REFUSED)
async def test_what_is_no_past_instant_is_refused_in_french(
    still_world: World, path: str, asked: str, sentence: str
) -> None:
    answer = await ask(still_world, path, asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    (error,) = answer.json()["errors"]
    assert error["place"] == "query.asOf"
    assert sentence in error["message"]


@everywhere
async def test_today_is_not_over_and_can_t_be_looked_back_to(still_world: World, path: str) -> None:
    answer = await ask(still_world, path, datetime.now(UTC).date())
    assert answer.status_code == 422
    assert "un jour seul va jusqu’à minuit UTC" in answer.json()["detail"]


@pytest.mark.parametrize("described", ["/openapi.json", "/indicators/openapi.json"])
async def test_every_description_says_what_may_be_asked(still_world: World, described: str) -> None:
    async with still_world.client() as client:
        paths = (await client.get(described)).json()["paths"]
    asked = [each for path in paths.values() for each in path.get("get", {}).get("parameters", [])]
    said = [each["description"] for each in asked if each["name"] == "asOf"]
    assert said
    assert all("Un jour seul" in each and "Un instant à venir est refusé" in each for each in said)
