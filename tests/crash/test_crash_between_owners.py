"""A kill between the two owners of a package: the first one's part stands whole, and the next start brings the rest."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import COP, ROOT
from tests.crash.instances import Place, finished, launched, new_place, running

BETWEEN = ("owner-commit", "3", "after")  # both owners tried, the first one written
HELD = f"/milestones/v1/contracts/{COP}"


def count(place: Place, owner: str, table: str) -> int:
    with closing(sqlite3.connect(place.data / f"{owner}.sqlite3")) as database:
        found: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


async def test_the_next_start_completes_a_package_that_one_owner_took(tmp_path: Path) -> None:
    place = new_place(tmp_path)
    async with launched(place, bomb=BETWEEN) as process:
        assert await process.ended() == -signal.SIGKILL
    assert (count(place, "indicators", "contracts"), count(place, "milestones", "plans")) == (1, 0)
    async with running(place), place.client() as client:
        assert (await client.get(HELD)).json()["version"] == 1
        status, said, _ = await finished(
            place.folder / "again", "load", str(ROOT / "contracts" / COP), **place.env, COLUMNS="100"
        )
        total = next(line for line in said.splitlines() if "total" in line).strip("│ ").split("│")
    assert (status, [cell.strip() for cell in total]) == (0, ["total", "0", "0", "436", "0", "0"])
    assert (count(place, "indicators", "contract_versions"), count(place, "milestones", "plan_versions")) == (1, 1)
