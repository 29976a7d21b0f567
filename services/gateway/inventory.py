"""What the read model holds, counted and digested as its owners do, so that the two can be compared."""

from collections.abc import AsyncIterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin

from pydantic_core import from_json
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events.bibliometrics import CountRecorded, MeasuresDefined
from shared.events.catalogue import Fact, FactBody
from shared.inventory import AT_ONCE, LEFT_OUT, Held, digest_of

from .projections import PROJECTIONS


async def held(session: AsyncSession, model: type[Fact]) -> AsyncIterator[Held]:
    """Each subject of a type as it stands in the read model."""
    stored = PROJECTIONS[model]
    alone = select(*stored.newest.__table__.columns)
    query = _with_versions(stored.newest, stored.versions) if stored.versions else alone
    rows = await session.stream(query.execution_options(yield_per=AT_ONCE))
    async for row in rows.mappings():
        fact = fact_of(model, dict(row))
        yield Held(fact.subject, fact.version, digest_of(fact), row.get("versions"))


def _with_versions(newest: type[Any], versions: type[Any]) -> Any:
    """A subject's rows of versions are counted with it."""
    (key,) = newest.__table__.primary_key
    of_version = versions.__table__.columns[key.key]
    kept = select(of_version, func.count().label("versions")).group_by(of_version).subquery()
    counted = func.coalesce(kept.c.versions, 0).label("versions")
    return select(*newest.__table__.columns, counted).outerjoin(kept, kept.c[key.key] == key)


async def version_held(session: AsyncSession, model: type[Fact], subject: str) -> int | None:
    """The newest version of a subject; none where the read model has nothing of it."""
    newest = PROJECTIONS[model].newest
    (key,) = newest.__table__.primary_key
    version: int | None = await session.scalar(select(newest.version).where(key == _key(model, subject)))
    return version


def _key(model: type[Fact], subject: str) -> str:
    """The key of its row: the subject itself, or the part of it that names the thing."""
    if model is CountRecorded:
        return subject
    return subject.split("/")[1] if model is MeasuresDefined and "/" in subject else subject.rpartition("/")[2]


def fact_of(model: type[Fact], row: Mapping[str, Any]) -> Fact:
    """The fact in a row; what the owner alone keeps of it is left out."""
    parts = _parts(model)
    stored = {name: from_json(text) if name in parts and text else text for name, text in row.items()}
    return model.model_validate({**stored, **LEFT_OUT.get(model, {})})


@cache
def _parts(model: type[Fact]) -> frozenset[str]:
    """The fields that are kept as JSON: those that have parts of their own."""
    return frozenset(name for name, field in model.model_fields.items() if _has_parts(field.annotation))


def _has_parts(annotation: Any) -> bool:
    kinds = [each for each in (annotation, *get_args(annotation)) if isinstance(each, type)]
    return get_origin(annotation) is tuple or any(issubclass(each, FactBody) for each in kinds)
