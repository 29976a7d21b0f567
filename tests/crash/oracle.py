"""The oracle: what the owners' facts and the gateway's read model must say of each other, and of every answer given."""

import asyncio
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import groupby
from time import monotonic
from typing import Any

from tests.crash.kinds import (
    EXTRACTIONS,
    KINDS,
    OBSERVATIONS,
    PROGRESS,
    REGISTRIES,
    STEPS,
    is_written,
    stated,
    told,
)
from tests.crash.stores import OWNERS, Kept, State, Stores, read, topic
from tests.crash.writers import Ledger, Statements

_STEP = 0.02
_PLACES = {
    OBSERVATIONS: ("contract", "indicator", "entity", "year", "perimeter"),
    STEPS: ("contract", "code", "year"),
    PROGRESS: ("step", "entity"),
    REGISTRIES: ("contract",),
    EXTRACTIONS: ("contract", "code"),
}


async def verdict(stores: Stores, ledger: Ledger, *, within: float, but: Sequence[str] = ()) -> list[str]:
    """The complaints that are left once every event is taken in, or so many seconds are over; but for these."""
    deadline = monotonic() + within
    while (found := await _asked(stores, ledger, but)) and monotonic() < deadline:  # noqa: ASYNC110 - no event says it
        await asyncio.sleep(_STEP)
    return found


async def _asked(stores: Stores, ledger: Ledger, but: Sequence[str]) -> list[str]:
    return [each for each in complaints(await read(stores), ledger) if not each.startswith(tuple(but))]


def complaints(state: State, ledger: Ledger) -> list[str]:
    """All that is lost, halved, invented, doubled, unsent or shown otherwise; nothing when all is well."""
    written = statements(state)
    return [*_kept(written, ledger), *_invented(written, ledger), *incoherences(state)]


def incoherences(state: State) -> list[str]:
    """What is wrong whoever wrote."""
    each = [complaint for kept in state.kept.values() for complaint in (*_doubled(kept), *_shown(kept))]
    owners = [complaint for owner in OWNERS for complaint in _told(state, owner)]
    return [*each, *owners, *state.corpus.disagreements(), *_parked(state)]


def statements(state: State) -> Statements:
    """All that was written over HTTP, each by the name that its writer gave it and the version."""
    names = _names(state)
    found: dict[tuple[str, int], Hashable] = {}
    for kind in _PLACES:
        for version in state.kept[kind.subject].versions:
            if is_written(version):
                key = getattr(version, kind.key)
                name, what = stated(kind, version, names.get(key, key))
                found[name, version.version] = what
    return found | state.corpus.statements()


def said_of(state: State, name: str) -> list[Hashable]:
    """What was said of something written over HTTP, in the order of its versions."""
    return [what for (each, _), what in sorted(statements(state).items(), key=lambda one: one[0]) if each == name]


def _names(state: State) -> dict[str, str]:
    """A perimeter or a step's code, by the id of what has it."""
    codes = {row.id: row.code for row in state.kept["steps"].current}
    perimeters = {row.id: row.perimeter for row in state.kept["observations"].current}
    return codes | perimeters | {row.id: codes.get(row.step, row.step) for row in state.kept["progress"].current}


def _kept(written: Statements, ledger: Ledger) -> Iterator[str]:
    for write in ledger.acknowledged:
        if missing := write.statements.items() - written.items():
            yield f"lost: {missing} of {write}"
    for write in ledger.in_doubt:
        if 0 < len(write.statements.items() & written.items()) < len(write.statements):
            yield f"halved: {write}"


def _invented(written: Statements, ledger: Ledger) -> Iterator[str]:
    """What no write said."""
    known = {each for write in [*ledger.acknowledged, *ledger.in_doubt] for each in write.statements.items()}
    yield from (f"invented: {each}" for each in written.items() if each not in known)


def _doubled(kept: Kept) -> Iterator[str]:
    columns = _PLACES.get(kept.kind, (kept.kind.key,))
    places = Counter(tuple(getattr(row, name) for name in columns) for row in kept.current)
    yield from (f"doubled: {place}" for place, count in places.items() if count > 1)
    key = kept.kind.key
    versions = [(getattr(row, key), row.version) for row in kept.versions]
    yield from _gaps({getattr(row, key): row.version for row in kept.current}, versions)


def _gaps(current: Mapping[str, int], versions: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Versions count from 1 to the current one."""
    known = {id_: [version for _, version in each] for id_, each in groupby(sorted(versions), lambda pair: pair[0])}
    for id_ in current.keys() | known.keys():
        if known.get(id_) != list(range(1, current.get(id_, 0) + 1)):
            yield f"versions of {id_}: {known.get(id_)}, current {current.get(id_)}"


def _told(state: State, owner: str) -> Iterator[str]:
    """One event a version, each taken by the bus, and the gateway has read as many of them at least."""
    kinds = [kind for kind in KINDS if kind.owner == owner]
    written = [(kind.subject_of(row), row.version) for kind in kinds for row in state.kept[kind.subject].versions]
    outbox = state.told[owner]
    told_of = [(row.subject, row.sequence) for row in outbox]
    if sorted(written) != sorted(told_of):
        yield f"untold: {set(written) - set(told_of)}, told of nothing: {set(told_of) - set(written)}"
    yield from (f"unsent: {row.subject} {row.sequence}" for row in outbox if row.sent_at is None)
    heard = sum(row.offset + 1 for row in state.positions if topic(row) == owner)
    if heard < len(outbox):
        yield f"unread: {owner} told {len(outbox)} events, and {heard} messages were read"


def _parked(state: State) -> Iterator[str]:
    yield from (f"parked: {row.reason}" for row in state.parked)


def _shown(kept: Kept) -> Iterator[str]:
    """The read model is the owner's rows, column by column."""
    ours, theirs = (_rows(rows, kept.kind.shown) for rows in (kept.current, kept.shown))
    yield from (f"not shown: {row}" for row in ours - theirs)
    yield from (f"ghost: {row}" for row in theirs - ours)


def _rows(rows: Sequence[Any], columns: tuple[str, ...]) -> set[tuple[Hashable, ...]]:
    return {told(row, columns) for row in rows}
