"""Down and up with the volumes kept: nothing is lost."""

import httpx

from tests.compose.conftest import Cadran
from tests.compose.journal import step
from tests.compose.stack import Stack
from tests.compose.stating import Caller
from tests.waiting import eventually


async def test_down_and_up_lose_nothing(stack: Stack, caller: Caller, token: str, cadran: Cadran) -> None:
    facts, views = stack.counts(), await caller.views()
    with step("down, with the volumes kept"):
        stack.compose("down")
        assert stack.containers() == []
    with step("up again"):
        stack.up()
    again = Caller(stack.doors()[0], token)
    with step("the same facts, the same views"):
        assert stack.counts() == facts
        assert await again.views() == views
    with step("cadran verify finds no difference"):
        done = cadran("verify")
        assert done.returncode == 0, done.stdout + done.stderr
    with step("and a write is taken, and seen"):
        await again.states_and_sees(await again.correction())


async def test_what_is_restored_is_what_was_saved(stack: Stack, caller: Caller, token: str, cadran: Cadran) -> None:
    backup = stack.folder / "backup"
    facts, views = stack.counts(), await caller.views()
    with step("deploy/backup.sh, while all runs, as cron runs it"):
        stack.scheduled("backup.sh", str(backup))
    lost = await caller.correction()
    with step("a write after the backup is taken, and seen"):
        await caller.states_and_sees(lost)
    with step("deploy/restore.sh: facts, topics and views of the backup"):
        stack.script("restore.sh", str(backup))
    again = Caller(stack.doors()[0], token)

    async def back() -> bool:
        try:
            return await again.views() == views
        except (AssertionError, httpx.TransportError):  # it starts, and fills
            return False

    with step("the views are those of the backup: nothing is left of the lost future"):
        assert await eventually(back, within=120)
        assert {owner: _facts(rows) for owner, rows in stack.counts().items()} == {
            owner: _facts(rows) for owner, rows in facts.items()
        }
        assert lost.sign not in (await again.ask("GET", lost.view)).text
    with step("cadran verify finds no difference"):
        done = cadran("verify")
        assert done.returncode == 0, done.stdout + done.stderr
    with step("and a write is taken, and seen"):
        await again.states_and_sees(await again.correction())


def _facts(rows: str) -> list[str]:
    return [row for row in rows.splitlines() if not row.startswith("relay")]


def test_a_damaged_backup_is_refused_and_nothing_changes(stack: Stack) -> None:
    facts = stack.counts()
    dump = stack.folder / "backup" / "milestones.dump"
    dump.write_bytes(dump.read_bytes()[:-1])
    with step("a damaged backup is refused"):
        assert "rien n’a changé" in stack.script("restore.sh", str(dump.parent), fails=True)
        assert "existe déjà" in stack.script("backup.sh", str(dump.parent), fails=True)
    assert stack.counts() == facts
    assert "_restored" not in stack.sql("postgres", "SELECT datname FROM pg_database")
