"""Who calls, and what the roles of a token give."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Right(StrEnum):
    READ = "read"
    OBSERVE = "observe"
    DEFINE = "define"
    CERTIFY = "certify"
    OPERATE = "operate"


ROLES: dict[str, frozenset[Right]] = {
    "reader": frozenset({Right.READ}),
    "contributor": frozenset({Right.READ, Right.OBSERVE}),
    "steward": frozenset({Right.READ, Right.OBSERVE, Right.DEFINE, Right.CERTIFY}),
    "operator": frozenset({Right.READ, Right.OPERATE}),
    "administrator": frozenset(Right),
}
_BOUND_TO_ENTITIES = frozenset({"contributor"})


@dataclass(frozen=True, slots=True)
class Caller:
    """A checked token. `entities` is None where every entity may be written, else the only ones that may."""

    subject: str
    rights: frozenset[Right] = frozenset()
    entities: frozenset[str] | None = field(default=frozenset())

    def may_write(self, entity: str) -> bool:
        return Right.OBSERVE in self.rights and (self.entities is None or entity in self.entities)


def caller_of(claims: dict[str, Any]) -> Caller:
    """The caller that a token's claims describe: `sub`, `roles`, `entities`; unknown roles give nothing."""
    roles = {str(role) for role in _texts(claims.get("roles"))} & ROLES.keys()
    rights = frozenset[Right]().union(*(ROLES[role] for role in roles))
    unbound = any(Right.OBSERVE in ROLES[role] for role in roles - _BOUND_TO_ENTITIES)
    return Caller(str(claims["sub"]), rights, None if unbound else frozenset(_texts(claims.get("entities"))))


def _texts(claim: Any) -> Sequence[str]:
    return [each for each in claim if isinstance(each, str)] if isinstance(claim, list) else []
