"""The transactional outbox: an event is stored with the fact it tells, then relayed to the bus until it is taken."""

from .relay import Relay
from .rows import OutboxRow, count, forget, metadata, record, republish

__all__ = ["OutboxRow", "Relay", "count", "forget", "metadata", "record", "republish"]
