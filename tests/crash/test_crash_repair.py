"""Killed again while it repairs what was lost: the next start finishes the work."""

import signal
from pathlib import Path

import pytest

from tests.crash import oracle
from tests.crash.instances import Place, launched, new_place, running
from tests.crash.test_startup import correct, observation, stored


@pytest.fixture
async def place(tmp_path: Path) -> Place:
    """An instance that has run, with one correction, and was killed."""
    place = new_place(tmp_path)
    async with running(place) as process:
        await correct(place, await observation(place, 2022), 14000)
        process.send(signal.SIGKILL)
        assert await process.ended() == -signal.SIGKILL
    return place


async def killed(place: Place, point: str, passage: str, side: str) -> None:
    async with launched(place, bomb=(point, passage, side)) as process:
        assert await process.ended() == -signal.SIGKILL, process.complained


async def shown_after_a_start(place: Place) -> oracle.State:
    async with running(place):
        pass
    state = await stored(place)
    assert oracle.incoherences(state) == []
    return state


def lose(place: Place, name: str) -> None:
    for file in [*place.data.glob(f"{name}.sqlite3*")]:
        file.unlink()


@pytest.mark.parametrize(
    "bomb",
    [
        ("migration", "2", "after"),
        ("republish-commit", "1", "before"),
        ("republish-commit", "1", "after"),
        ("publish", "1", "before"),
        ("projection", "70", "after"),
        ("position-commit", "1", "before"),
        ("position-commit", "1", "after"),
        ("mark-sent", "1", "after"),
    ],
    ids="-".join,
)
async def test_views_that_were_lost_come_back(place: Place, bomb: tuple[str, str, str]) -> None:
    lose(place, "gateway")
    await killed(place, *bomb)
    state = await shown_after_a_start(place)
    assert (len(state.shown), len(state.outbox)) == (138, 140)


@pytest.mark.parametrize(
    "bomb",
    [
        ("clear-commit", "1", "before"),
        ("clear-commit", "1", "after"),
        ("owner-event", "70", "after"),
        ("owner-commit", "1", "before"),
        ("owner-commit", "1", "after"),
        ("publish", "1", "after"),
    ],
    ids="-".join,
)
async def test_facts_that_were_lost_are_loaded_once_and_leave_no_ghosts(
    place: Place, bomb: tuple[str, str, str]
) -> None:
    lose(place, "indicators")
    await killed(place, *bomb)
    state = await shown_after_a_start(place)
    assert (len(state.shown), len(state.outbox)) == (138, 139)


@pytest.mark.parametrize("name", ["indicators", "gateway"])
async def test_the_journal_of_a_lost_file_does_not_come_back_with_it(place: Place, name: str) -> None:
    """Only the database file is lost: what SQLite kept beside it since the kill belongs to nothing any more."""
    assert (place.data / f"{name}.sqlite3-wal").stat().st_size > 0
    (place.data / f"{name}.sqlite3").unlink()
    state = await shown_after_a_start(place)
    assert (len(state.shown), len(state.outbox)) == (138, {"indicators": 139, "gateway": 140}[name])


async def test_killed_at_every_start_it_comes_through_in_the_end(place: Place) -> None:
    lose(place, "gateway")
    for point in ("migration", "republish-commit", "publish", "projection", "position-commit", "mark-sent"):
        await killed(place, point, "1", "after")
    state = await shown_after_a_start(place)
    assert (len(state.shown), len(state.outbox)) == (138, 140)
