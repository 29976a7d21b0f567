"""Whose step it is: the group's once, or each school's."""

from .plan import EntityKind, Plan
from .step import Scope, Step


def objection(plan: Plan, step: Step, entity: str) -> str | None:
    """Why this entity states nothing of this step, or None."""
    if step.scope is Scope.GROUP:
        groups = [each.code for each in plan.entities if each.kind is EntityKind.GROUP]
        group = " ou ".join(groups)
        return None if entity in groups else f"cette étape est celle du groupe : seul « {group} » la renseigne"
    if entity in {each.code for each in plan.members}:
        return None
    return f"cette étape est celle de chaque école : « {entity} » n’en est pas une de ce contrat"
