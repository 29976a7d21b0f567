"""`python -m benchmarks [NAME…] [--large]`: Cadran beside raw references, in the same run, printed as tables."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable, Sequence

import structlog

from benchmarks import bibliometrics, cold, embedded, machine, past, projecting, relaying, visible, warm
from benchmarks.servers import Standing, standing

_LARGE, _BIBLIOMETRICS = "--large", "bibliometrics"
SUBJECTS: dict[str, Callable[[Standing], AsyncIterator[str]]] = {
    "embedded": embedded.report,
    "warm": warm.report,
    "cold": cold.report,
    "past": past.report,
    "visible": visible.report,
    "relay": relaying.report,
    "projection": projecting.report,
}


def main(arguments: Sequence[str]) -> str:
    """Run the named subjects, or all of them. Returns what is wrong with the names, or nothing."""
    names = [each for each in arguments if each != _LARGE] or [*SUBJECTS, _BIBLIOMETRICS]
    unknown = {*names} - {*SUBJECTS, _BIBLIOMETRICS}
    if unknown:
        return f"{', '.join(sorted(unknown))} ? {', '.join([*SUBJECTS, _BIBLIOMETRICS])}, {_LARGE}"
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    print(machine.line(), flush=True)
    asyncio.run(_run([each for each in names if each in SUBJECTS]))
    if _BIBLIOMETRICS in names:
        for line in bibliometrics.report([bibliometrics.SMALL, *[bibliometrics.LARGE] * (_LARGE in arguments)]):
            print(line, flush=True)
    return ""


async def _run(names: Sequence[str]) -> None:
    """All on one database server and one broker."""
    if not names:
        return
    with standing() as ground:
        for name in names:
            async for line in SUBJECTS[name](ground):
                print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
