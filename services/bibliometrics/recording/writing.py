"""When something is written, and by whom."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Writing:
    """The instant of a write, and its author's subject."""

    at: datetime
    by: str
