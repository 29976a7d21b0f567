"""An instance's facts: what it has once the contract is loaded, a change to each owner's, and all that is stored."""

from typing import Any

from tests.conftest import COP
from tests.crash.instances import Place
from tests.crash.publishing import SCHOOLS, export_of, registry
from tests.crash.stores import State, opened, read

LOADED = {"contracts": 1, "observations": 138, "plans": 1, "steps": 47, "progress": 18, "registries": 1,
          "extractions": 0, "counts": 0}  # fmt: skip
"""What the contract 2018-2022 has of each kind."""
TOLD = {"indicators": 139, "milestones": 66, "bibliometrics": 1}
"""The events of its loading, by owner."""
CHANGED = {"indicators": 2, "milestones": 1, "bibliometrics": 1}
"""By owner, the version of what `change` changes, once it has; of the files, how many there are."""
UNCHANGED = {"indicators": 1, "milestones": 0, "bibliometrics": 0}
SHOWN_CHANGED = LOADED | {"progress": 19, "registries": 2, "counts": 6}
TOLD_CHANGED = {"indicators": 140, "milestones": 67, "bibliometrics": 8}
SHOWN_LOST = {
    "indicators": SHOWN_CHANGED,
    "milestones": SHOWN_CHANGED | {"progress": 18},
    "bibliometrics": SHOWN_CHANGED | {"registries": 1, "counts": 0},
}
"""What is shown after `change` where an owner's facts were lost, and loaded again."""
_RESEARCH = "/bibliometrics/v1"


async def observation(place: Place, year: int) -> Any:
    """The group's students of that year."""
    asked = {"contract": COP, "indicator": "students", "entity": "imt", "year": str(year)}
    async with place.client() as client:
        (found,) = (await client.get("/indicators/v1/observations", params=asked)).json()["items"]
    return found


async def correct(place: Place, found: Any, value: int) -> None:
    statement = {"value": value, "source": "Essai", "reason": "erreur de saisie"}
    async with place.client() as client:
        headers = {"If-Match": f'"{found["version"]}"'}
        answer = await client.put(f"/indicators/v1/observations/{found['id']}", json=statement, headers=headers)
    assert answer.status_code == 200


async def progress(place: Place) -> Any:
    """The group's progress of the first step."""
    async with place.client() as client:
        return (await client.get(await _address(place))).json()


async def start(place: Place) -> None:
    """State for the first time that the first step is in progress."""
    async with place.client() as client:
        answer = await client.put(await _address(place), json={"state": "in_progress"})
    assert answer.status_code == 201


async def _address(place: Place) -> str:
    asked = {"contract": COP, "code": "J1.1-1", "year": "2018"}
    async with place.client() as client:
        (found,) = (await client.get("/milestones/v1/steps", params=asked)).json()["items"]
    return f"/milestones/v1/steps/{found['id']}/progress/imt"


async def publish(place: Place) -> None:
    """A contract that counts publications, and one of them: two perimeters of two schools and their group change."""
    row = {"Title": "Tidal kelp routing", "Year": "2022", "Cited by": "3"}
    file = {"file": ("scopus.csv", export_of({"85000000001": row}))}
    async with place.client() as client:
        answers = [
            await client.put(f"{_RESEARCH}/contracts/recherche", json=registry("recherche", "Recherche", [*SCHOOLS])),
            await client.post(f"{_RESEARCH}/imports", data={"source": "scopus"}, files=file),
        ]
    assert [answer.status_code for answer in answers] == [200, 200]


async def change(place: Place) -> None:
    """One correction, one statement of progress, and one publication."""
    await correct(place, await observation(place, 2022), 14000)
    await start(place)
    await publish(place)


async def versions(place: Place) -> dict[str, int]:
    """Of what `change` changes, by owner."""
    async with place.client() as client:
        files = (await client.get(f"{_RESEARCH}/imports")).json()["items"]
    return {
        "indicators": (await observation(place, 2022))["version"],
        "milestones": (await progress(place))["version"],
        "bibliometrics": len(files),
    }


async def stored(place: Place) -> State:
    """All the databases of an instance, as they are on the disk."""
    async with opened(place.data) as stores:
        return await read(stores)


def lose(place: Place, name: str, files: str = "*") -> None:
    """A database is no more, with what SQLite keeps beside it or without."""
    for file in [*place.data.glob(f"{name}.sqlite3{files}")]:
        file.unlink()
