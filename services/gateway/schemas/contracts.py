"""A contract as it stands, and the list of those that are followed."""

from pydantic import BaseModel

from .watermark import Watermarked


class ContractItem(BaseModel):
    code: str
    label: str
    version: int
    start_year: int
    end_year: int
    reference_year: int
    entity: str
    observed_years: list[int]


class ContractList(Watermarked):
    items: list[ContractItem]


class ContractView(Watermarked, ContractItem):
    source: str
    note: str | None
    entities: list[dict[str, object]]
    objectives: list[dict[str, object]]
    indicators: list[dict[str, object]]
    benchmarks: list[dict[str, object]]
    deflators: list[dict[str, object]]
    hypotheses: list[dict[str, object]]
    adjustments: list[dict[str, object]]
    printed_changes: list[dict[str, object]]
    printed_values: list[dict[str, object]]
    breaks: list[dict[str, object]]
    notes: list[dict[str, object]]
