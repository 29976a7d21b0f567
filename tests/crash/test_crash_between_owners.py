"""A kill between the owners of a package: what the first ones took stands whole, and the next start brings the rest."""

import signal
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import COP, ROOT
from tests.crash.instances import Place, finished, launched, new_place, running

VERSIONS = {"indicators": "contract_versions", "milestones": "plan_versions", "bibliometrics": "registry_versions"}
"""By owner, the table of what a package defines."""


def defined(place: Place) -> Mapping[str, int]:
    """How many versions each owner has of its part."""
    return {owner: _count(place.data / f"{owner}.sqlite3", table) for owner, table in VERSIONS.items()}


def _count(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as database:
        found: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


@pytest.mark.parametrize(
    ("passage", "milestones"), [("4", 0), ("5", 1)], ids=["after-the-first", "after-the-second"]
)  # the three owners tried, then one or two of them written
async def test_the_next_start_completes_a_package_that_some_owners_took(
    tmp_path: Path, passage: str, milestones: int
) -> None:
    place = new_place(tmp_path)
    async with launched(place, bomb=("owner-commit", passage, "after")) as process:
        assert await process.ended() == -signal.SIGKILL
    assert defined(place) == {"indicators": 1, "milestones": milestones, "bibliometrics": 0}
    async with running(place), place.client() as client:
        for owner in VERSIONS:
            assert (await client.get(f"/{owner}/v1/contracts/{COP}")).json()["version"] == 1
        status, said, _ = await finished(
            place.folder / "again", "load", str(ROOT / "contracts" / COP), **place.env, COLUMNS="100"
        )
        total = next(line for line in said.splitlines() if "total" in line).strip("│ ").split("│")
    assert (status, [cell.strip() for cell in total]) == (0, ["total", "0", "0", "578", "0", "0"])
    assert defined(place) == {"indicators": 1, "milestones": 1, "bibliometrics": 1}
