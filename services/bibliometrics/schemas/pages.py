"""Pages of what is listed: the items, and where to go on."""

from pydantic import BaseModel

from .decisions import CandidateOut, ContainerOut, ContestationOut, DecisionOut, MergeOut


class CandidatePage(BaseModel):
    items: list[CandidateOut]
    next: str | None


class DecisionPage(BaseModel):
    items: list[DecisionOut]


class MergePage(BaseModel):
    items: list[MergeOut]
    next: str | None


class ContainerPage(BaseModel):
    items: list[ContainerOut]


class ContestationPage(BaseModel):
    items: list[ContestationOut]
