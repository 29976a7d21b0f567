"""The rules of counting, as they are read."""

from pydantic import BaseModel


class ExclusionOut(BaseModel):
    """A reason for which a publication is not counted."""

    code: str
    label: str
    explanation: str


class RulesOut(BaseModel):
    """The version of the rules, what they leave out in their order, and what they keep."""

    version: str
    excluded: list[ExclusionOut]
    kept: str
