"""The lint of a contract: what it contradicts, leaves unsaid, or commits to too little."""

from typing import Literal

from pydantic import BaseModel

from .watermark import Watermarked


class LintSummary(BaseModel):
    """How many findings of each severity."""

    error: int
    warning: int
    notice: int


class LintPlace(BaseModel):
    """The table of the contract, and which figure of it."""

    table: str
    indicator: str
    entity: str | None
    year: int | None
    target: str | None


class LintFinding(BaseModel):
    """`error`: settle it before judging; `warning`: somebody should decide; `notice`: good to know when reading."""

    code: str
    severity: Literal["error", "warning", "notice"]
    label: str
    place: LintPlace
    sentence: str
    source: str


class LintView(Watermarked):
    contract: str
    contract_version: int
    summary: LintSummary
    findings: list[LintFinding]
