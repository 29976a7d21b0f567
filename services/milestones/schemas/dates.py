"""The bodies of dates: words on the way in, the days between which they lie on the way out."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.milestones.domain.dates import LONGEST_DATE

Words = Annotated[str, Field(min_length=1, max_length=LONGEST_DATE, examples=["T4 2024", "fin 2025", "T2/2026 ?"])]


class DueOut(BaseModel):
    """A date as it was written; it lies between `earliest` and `latest`, both included."""

    model_config = ConfigDict(from_attributes=True)

    earliest: date
    latest: date
    text: str
    doubtful: bool


class ForecastOut(DueOut):
    confidence: str
