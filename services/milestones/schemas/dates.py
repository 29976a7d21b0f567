"""The bodies of dates: a day on the way in, the days between which words lie on the way out."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(written: Any) -> Any:
    """A number, which Pydantic would count in seconds from 1970, is no date."""
    if isinstance(written, str) and _DAY.fullmatch(written):
        return written
    raise PydanticCustomError("date_parsing", "not an ISO 8601 date")


Day = Annotated[date, BeforeValidator(_day)]


class DueOut(BaseModel):
    """A date as it was written; it lies between `earliest` and `latest`, both included."""

    model_config = ConfigDict(from_attributes=True)

    earliest: date
    latest: date
    text: str
    doubtful: bool


class ForecastOut(DueOut):
    confidence: str
