"""Views built anew, and rows of their owner: beside the judgement alone, asyncpg's own rows, and the same bytes."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from statistics import median

from benchmarks import invented, servers
from benchmarks.calling import Target, burst
from benchmarks.invented import SIZES, code_of
from benchmarks.servers import Deployed, Standing, deployed
from benchmarks.tables import milliseconds, ratio, table
from benchmarks.warm import raw_twin
from services.gateway import facts, generations
from services.gateway.views.follow_up import Moment, follow_up
from shared.database import Database

_ROUNDS, _CALLS = 9, 30
_VIEWS = ["view built anew", "over HTTP", "judged from facts in memory", "ratio", "raw ASGI, same bytes", "ratio"]
_ROWS = ["rows of their owner", "a page of 100", "asyncpg, JSON", "ratio", "one row", "asyncpg, JSON", "ratio"]
_numbers = count()


async def report(ground: Standing) -> AsyncIterator[str]:
    async with AsyncExitStack() as stack:
        system = await stack.enter_async_context(deployed(ground))
        held = {size: await invented.load(system.client, size) for size in SIZES}
        async for line in table(_VIEWS, (_view(ground, system, size) for size in SIZES)):
            yield line
        async for line in table(_ROWS, (_rows(ground, system, size, held[size]) for size in SIZES)):
            yield line


def anew(view: Target) -> Target:
    """A query that was never asked is answered from the database."""
    return replace(view, path=f"{view.path}&n={next(_numbers)}")


async def _view(ground: Standing, system: Deployed, size: int) -> Sequence[str]:
    view = await system.shown(f"/v1/contracts/{code_of(size)}/follow-up?year=2022")
    judge = await _judge(system, size)
    found = []
    async with raw_twin(ground.folder / f"cold-{size}.json", await view.answer()) as raw:
        for _ in range(_ROUNDS):
            ours = (await burst(anew(view), 1)).elapsed
            found.append((ours, judge(), median((await burst(raw, 10)).calls)))
    ours, judged, same = (median(each[place] for each in found) for place in range(3))
    times = [median(each[0] / each[place] for each in found) for place in (1, 2)]
    title = f"follow-up of the group, schools × {size}"
    return [title, milliseconds(ours), milliseconds(judged), ratio(times[0]), milliseconds(same), ratio(times[1])]


async def _judge(system: Deployed, size: int) -> Callable[[], float]:
    """The view as a pure function of the facts, and its JSON, in this process. Gives the seconds of one."""
    database = Database(system.database("gateway"))
    generations.follow(database)
    async with database.reading() as session:
        known = await facts.contract_facts(session, code_of(size))
    await database.close()
    moment = Moment(2022, datetime.now(UTC).date())

    def judge() -> float:
        began = time.perf_counter()
        follow_up(known, moment, "").model_dump_json(by_alias=True)
        return time.perf_counter() - began

    return judge


async def _rows(ground: Standing, system: Deployed, size: int, held: int) -> Sequence[str]:
    contract, port = code_of(size), servers.port()
    page = system.target(f"/indicators/v1/observations?contract={contract}&limit=100", "indicators")
    (first, *_) = (await page.answer()).json()["items"]
    one = system.target(f"/indicators/v1/observations/{first['id']}", "indicators")
    arguments = (str(port), system.database("indicators"))
    async with servers.python("benchmarks.raw_rows", *arguments, port=port, log=ground.folder / "rows.log"):
        pages = await _beside(page, Target(port, f"/page/{contract}"))
        ones = await _beside(one, Target(port, f"/one/{first['id']}"))
    return [f"among {held} of the contract", *pages, *ones]


async def _beside(ours: Target, raw: Target) -> Sequence[str]:
    pairs = [
        (median((await burst(ours, _CALLS)).calls), median((await burst(raw, _CALLS)).calls))
        for _ in range(_ROUNDS // 2 + 1)
    ][1:]
    medians = [milliseconds(median(pair[place] for pair in pairs)) for place in range(2)]
    return [*medians, ratio(median(our / their for our, their in pairs))]
