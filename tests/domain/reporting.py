"""What entities and the group stated, for the tests of the group's value."""

from collections.abc import Mapping
from decimal import Decimal

from services.gateway.domain.group.aggregation import GroupValue, Reported, group_value_in
from services.gateway.domain.values import Stated


def group_value(aggregation: str, declared: Decimal | None, by_entity: Mapping[str, Stated]) -> GroupValue:
    """The group's value from what was stated of one year alone."""
    entities = {entity: {2025: stated} for entity, stated in by_entity.items()}
    group = {2025: Stated(declared)}
    return group_value_in(Reported(aggregation=aggregation, unit="", group=group, entities=entities), 2025)
