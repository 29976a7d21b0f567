"""The import of a file by the embedded system, alone in a process; prints what it took, as JSON."""

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

import structlog

from benchmarks.bibliometrics_corpus import Corpus
from benchmarks.bibliometrics_steps import PACKAGE, Meter
from services import embedded, loading, local


def imported(path: Path) -> Meter:
    """The whole import over HTTP in one process, on SQLite, then the same file again."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        settings = local.Settings(data=Path(folder) / "var")
        system = embedded.system(settings)
        running = runner.run(system.__aenter__())
        runner.run(_load(running))
        meter = Meter()
        for name in ("import", "import again"):
            meter.run(name, lambda: runner.run(_import(running, path)))
        runner.run(system.__aexit__(None, None, None))
    return meter


async def _load(system: embedded.System) -> None:
    package = loading.read_package(PACKAGE)
    async with system.client() as client:
        report = await loading.apply(client, Corpus(package).package, dry_run=False)
    assert not report.errors, report.errors[:3]


async def _import(system: embedded.System, path: Path) -> None:
    async with system.client() as client:
        with path.open("rb") as file:
            answer = await client.post(
                "/bibliometrics/v1/imports", data={"source": "scopus"}, files={"file": file}, timeout=600
            )
    answer.raise_for_status()


if __name__ == "__main__":
    imported(Path(sys.argv[1])).tell()
