"""Which entities the Σ counts: those of the contract, or those without one, or with one more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.gateway.domain.definition import Entity

COUNTED = frozenset({"school", "subsidiary"})
"""The kinds that a contract's own perimeter counts; an entity of kind `other` is brought in only when asked."""
WITHOUT, WITH = "hors-", "avec-"
_OWN = "Périmètre du contrat"


@dataclass(frozen=True, slots=True)
class Member:
    code: str
    label: str
    kind: str

    @property
    def is_counted(self) -> bool:
        return self.kind in COUNTED


@dataclass(frozen=True, slots=True)
class Perimeter:
    """`code` is none for the contract's own; `without` and `added` name the entity that it turns on."""

    code: str | None
    label: str
    included: tuple[str, ...]
    excluded: tuple[str, ...]
    without: str | None = None
    added: str | None = None


def counted(entities: Sequence[Entity]) -> tuple[str, ...]:
    """Those of the contract's own perimeter, in the contract's order."""
    return tuple(each.code for each in entities if each.kind in COUNTED)


def offered(members: Sequence[Member], valued: Collection[str], stated: Collection[str]) -> tuple[str, ...]:
    """What may be asked: without a counted entity, with an other one that has values, or as the group states it."""
    without = [WITHOUT + each.code for each in members if each.is_counted]
    added = [WITH + each.code for each in members if not each.is_counted and each.code in valued]
    return (*dict.fromkeys([*without, *added, *sorted(stated)]),)


def perimeter(asked: str | None, members: Sequence[Member]) -> Perimeter:
    """The perimeter of that code, which is one of those offered; the contract's own for none."""
    without, added = _named(asked, WITHOUT, members), _named(asked, WITH, members)
    included = [each.code for each in members if (each.is_counted and each is not without) or each is added]
    excluded = [each.code for each in members if each.code not in included]
    label = _label(asked, without, added)
    return Perimeter(asked, label, tuple(included), tuple(excluded), _code(without), _code(added))


def _named(asked: str | None, prefix: str, members: Sequence[Member]) -> Member | None:
    if asked is None or not asked.startswith(prefix):
        return None
    return next((each for each in members if each.code == asked.removeprefix(prefix)), None)


def _code(member: Member | None) -> str | None:
    return member.code if member else None


def _label(asked: str | None, without: Member | None, added: Member | None) -> str:
    if without:
        return f"{_OWN}, hors {without.label}"
    if added:
        return f"{_OWN}, avec {added.label}"
    return f"Périmètre «\u00a0{asked}\u00a0»" if asked else _OWN
