"""Recording observations: what a set of rows would do to those that are known, then doing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from shared import outbox
from shared.events.indicators import ObservationRecorded
from shared.identity import Caller
from shared.intake.mistakes import Mistake
from shared.intake.plans import Outcome, Plan
from shared.intake.tables import Parsed
from shared.versions import last_said

from .checking import mistake, row_mistakes
from .domain.concerned import Concerned
from .domain.observation import STATED, Key, Observation, key_of, says_the_same
from .rows import OBSERVATIONS
from .staging import Staging
from .tables import ObservationRow, ObservationVersionRow

PACKAGE = "package"
_KEY = ("indicator", "entity", "year", "basis", "perimeter")
_FEW, _AT_ONCE = 50, 500


@dataclass(slots=True)
class Recording:
    """One write of observations. `origin` is `package` or `api`; `reason` holds for rows that give none."""

    contract: str
    concerned: Concerned
    caller: Caller
    origin: str
    reason: str | None
    known: dict[Key, ObservationRow] = field(default_factory=dict)
    packaged: dict[Key, ObservationVersionRow] = field(default_factory=dict)
    changes: list[tuple[Outcome, Observation]] = field(default_factory=list)
    rows: list[Observation] = field(default_factory=list)

    async def plan(self, session: AsyncSession, parsed: Parsed, plan: Plan) -> None:
        """Add to the plan what these rows would do."""
        self.rows = [row for _, row in parsed.rows]
        await self._read(session)
        plan.outcomes[OBSERVATIONS] = [Outcome.REJECTED] * parsed.received
        mistakes = [*row_mistakes(parsed, self.concerned), *self._forbidden(parsed)]
        plan.reject(mistakes)
        wrong = {each.row for each in mistakes}
        for place, row in parsed.rows:
            if place not in wrong:
                self._decide(place, row, plan)

    async def _read(self, session: AsyncSession) -> None:
        query = select(ObservationRow).where(ObservationRow.contract == self.contract)
        if len(self.rows) <= _FEW:
            columns = tuple_(*(getattr(ObservationRow, name) for name in _KEY))
            query = query.where(columns.in_([key_of(row) for row in self.rows]))
        self.known = {key_of_row(row): row for row in await session.scalars(query)}
        if self.origin == PACKAGE:
            self.packaged = await _packaged(session, self.contract)

    def _forbidden(self, parsed: Parsed) -> Iterator[Mistake]:
        """The rows of entities that this caller may not write for."""
        read = {place: row.entity for place, row in parsed.rows}
        unread = {place: cells["entity"] for place, cells in parsed.unread.items() if "entity" in cells}
        for place, entity in (read | unread).items():
            if not self.caller.may_write(entity):
                yield mistake(place, "entity", "forbidden", f"ce jeton ne permet pas d’écrire pour « {entity} »")

    def _decide(self, place: int, row: Observation, plan: Plan) -> None:
        known, packaged = self.known.get(key_of(row)), self.packaged.get(key_of(row))
        outcome = _outcome(known, packaged, row)
        if outcome is Outcome.UPDATED and known and not (row.reason or self.reason or "").strip():
            message = (
                f"une autre valeur est déjà enregistrée ({shown(known)}, version {known.version}) : "
                "une correction donne son motif (reason)"
            )
            plan.reject([mistake(place, "reason", "reason-required", message)])
            return
        plan.outcomes[OBSERVATIONS][place] = outcome
        if outcome is not Outcome.UNCHANGED:
            self.changes.append((outcome, row))
            plan.changes.append(_change(known, row))

    async def apply(self, session: AsyncSession, at: datetime) -> list[str]:
        """Write what the plan found, with a version and an event for each change; other calls have their turns.

        Returns the notices: which simulated values went.
        """
        for start in range(0, len(self.changes), _AT_ONCE):
            written = [self._write(outcome, row, at) for outcome, row in self.changes[start : start + _AT_ONCE]]
            session.add_all(written)
            await session.flush()
            for row in written:
                session.add(_version_of(row))
                outbox.record(session, fact_of(row), at=at)
            await session.flush()
        observed = {(row.indicator, row.year) for _, row in self.changes}
        return await Staging(at, self.caller.subject).give_way(session, self.contract, observed, self.concerned)

    def _write(self, outcome: Outcome, stated: Observation, at: datetime) -> ObservationRow:
        row = self.known.get(key_of(stated)) or self._new(stated)
        for name in STATED:
            setattr(row, name, getattr(stated, name))
        row.version += 1
        row.reason = (stated.reason or self.reason) if outcome is Outcome.UPDATED else stated.reason
        row.recorded_at, row.recorded_by, row.origin = at, self.caller.subject, self.origin
        return row

    def _new(self, stated: Observation) -> ObservationRow:
        """The identifier follows from the key, so that the same figure has the same one in every database."""
        key = key_of(stated)
        id_ = str(uuid5(NAMESPACE_URL, "/".join(["urn:cadran:observations", self.contract, *map(str, key)])))
        return ObservationRow(id=id_, contract=self.contract, version=0, **dict(zip(_KEY, key, strict=True)))

    async def written(self, session: AsyncSession) -> ObservationRow:
        """The observation of a recording of one row, as it stands."""
        (row,) = self.rows
        query = select(ObservationRow).where(ObservationRow.contract == self.contract)
        same = [getattr(ObservationRow, name) == part for name, part in zip(_KEY, key_of(row), strict=True)]
        return (await session.scalars(query.where(*same))).one()


def key_of_row(row: ObservationRow) -> Key:
    return (row.indicator, row.entity, row.year, row.basis, row.perimeter)


def restate(known: ObservationRow, statement: Mapping[str, object]) -> dict[str, Any]:
    """A row that states a known observation's key with another statement."""
    return {**statement, **{name: getattr(known, name) for name in _KEY}}


def shown(row: ObservationRow | Observation) -> str:
    return format(row.value, "f") if row.value is not None else f"absence : {row.absence}"


def fact_of(row: ObservationRow) -> ObservationRecorded:
    return ObservationRecorded.model_validate(row, from_attributes=True)


async def _packaged(session: AsyncSession, contract: str) -> dict[Key, ObservationVersionRow]:
    """What a package stated last of each observation: to say it again changes nothing, even after a correction."""
    said = await last_said(session, ObservationRow, ObservationVersionRow, PACKAGE, ObservationRow.contract == contract)
    return {key_of_row(row): version for row, version in said}


def _outcome(known: ObservationRow | None, packaged: ObservationVersionRow | None, row: Observation) -> Outcome:
    if known is None:
        return Outcome.CREATED
    repeated = says_the_same(known, row) or (packaged is not None and says_the_same(packaged, row))
    return Outcome.UNCHANGED if repeated else Outcome.UPDATED


def _change(known: ObservationRow | None, row: Observation) -> dict[str, Any]:
    place = {"indicator": row.indicator, "entity": row.entity, "year": row.year}
    return {**place, "before": shown(known) if known else None, "after": shown(row)}


def _version_of(row: ObservationRow) -> ObservationVersionRow:
    copied = ("id", "version", *STATED, "reason", "recorded_at", "recorded_by", "origin")
    return ObservationVersionRow(**{name: getattr(row, name) for name in copied})
