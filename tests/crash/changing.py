"""An instance's facts: what it has once the contract is loaded, a change to each owner's, and all that is stored."""

from typing import Any

from tests.conftest import COP
from tests.crash.instances import Place
from tests.crash.stores import State, opened, read

LOADED = {"contracts": 1, "observations": 138, "plans": 1, "steps": 47, "progress": 18}
"""What the contract 2018-2022 has of each kind."""
TOLD = {"indicators": 139, "milestones": 66}
"""The events of its loading, by owner."""
CHANGED = {"observations": 2, "progress": 1}
"""The versions of what `change` changes, once it has."""
UNCHANGED = {"observations": 1, "progress": 0}
SHOWN_CHANGED = LOADED | {"progress": 19}
TOLD_CHANGED = {owner: events + 1 for owner, events in TOLD.items()}


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


async def change(place: Place) -> None:
    """One correction, and one statement of progress."""
    await correct(place, await observation(place, 2022), 14000)
    await start(place)


async def versions(place: Place) -> dict[str, int]:
    """Of the two facts that `change` changes."""
    return {
        "observations": (await observation(place, 2022))["version"],
        "progress": (await progress(place))["version"],
    }


async def stored(place: Place) -> State:
    """All the databases of an instance, as they are on the disk."""
    async with opened(place.data) as stores:
        return await read(stores)


def lose(place: Place, name: str, files: str = "*") -> None:
    """A database is no more, with what SQLite keeps beside it or without."""
    for file in [*place.data.glob(f"{name}.sqlite3{files}")]:
        file.unlink()
