"""The small contract with milestones, for the tests of loading and of lint: its folder, what it holds, how it loads."""

import json
import shutil
from pathlib import Path
from typing import Any

import httpx

from services.embedded import System
from services.loading import Package, Report, apply, read_package
from services.owners import OWNERS
from shared import outbox
from tests.conftest import ROOT

OWNED = ("milestones", "milestone_lines", "steps", "milestone_results", "progress")
ROWS = {
    "contract": 1, "entities": 3, "indicators": 1, "observations": 3,
    "milestones": 1, "milestone_lines": 1, "steps": 3, "milestone_results": 1, "progress": 2,
}  # fmt: skip
NOTHING = dict.fromkeys(OWNERS, 0)
WHOLE = {"indicators": 4, "milestones": 8, "bibliometrics": 0}
"""The contract and 3 observations; the plan, 5 steps and 2 statements; nothing of publications."""


def small_package(folder: Path) -> Path:
    """A copy in this folder, to be changed."""
    return Path(shutil.copytree(ROOT / "tests" / "packages" / "steps", folder / "steps"))


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), "utf-8")


def without_milestones(folder: Path) -> Package:
    descriptor = folder / "datapackage.json"
    document = json.loads(descriptor.read_text("utf-8"))
    document["resources"] = [each for each in document["resources"] if each["name"] not in OWNED]
    descriptor.write_text(json.dumps(document), "utf-8")
    for table in OWNED:
        (folder / f"{table}.csv").unlink()
    return read_package(folder)


async def load(client: httpx.AsyncClient, package: Package, *, dry_run: bool = False) -> Report:
    report = await apply(client, package, dry_run=dry_run)
    for counts in (report.plan, *report.plan["tables"].values()):
        assert counts["received"] == sum(counts[each] for each in ("created", "updated", "unchanged", "rejected"))
    return report


def counters(report: Report) -> tuple[int, ...]:
    """Created, updated, unchanged, removed, rejected."""
    return tuple(report.plan[name] for name in ("created", "updated", "unchanged", "removed", "rejected"))


def told(package: Package, report: Report) -> list[str]:
    return [f"{package.place(error)} : {error['message']}" for error in report.errors]


async def kept(system: System) -> dict[str, int]:
    """How many events each owner has recorded."""
    return {owner: await outbox.count(app.state.database) for owner, app in system.owners.items()}


async def steps(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    items = (await client.get("/milestones/v1/steps", params={"contract": "steps", **asked})).json()["items"]
    return [f"{item['code']} {item['year']}" for item in items]
