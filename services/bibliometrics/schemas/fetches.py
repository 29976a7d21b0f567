"""Fetches: what is asked of Scopus or HAL, and how far it is."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=r"^[^\x00]+$")]
_Collection = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")]
_Type = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]{0,29}$")]
_Structure = Annotated[int, Field(ge=1, lt=2**31)]
_Years = Annotated[list[Annotated[int, Field(ge=1800, le=2200)]], Field(min_length=1, max_length=50)]
BOOKS = ("OUV", "COUV", "DOUV")


class ScopusFetchIn(BaseModel):
    """A search of Scopus, in its own words."""

    source: Literal["scopus"]
    query: _Text = Field(description="Par exemple « AF-ID(60012345) ».")
    years: _Years | None = Field(None, description="Années de publication, ajoutées à la recherche.")


class HalFetchIn(BaseModel):
    """Deposits of HAL: by its own filters, or by collections and structures, books alone unless `types` says else."""

    source: Literal["hal"]
    query: list[_Text] | None = Field(None, min_length=1, max_length=20, description="Filtres de Solr, tous appliqués.")
    collections: list[_Collection] = Field([], max_length=200)
    structures: list[_Structure] = Field([], max_length=200)
    types: list[_Type] | None = Field(None, max_length=50, description="Par défaut les ouvrages : OUV, COUV, DOUV.")
    years: _Years | None = None

    @model_validator(mode="after")
    def _is_bounded(self) -> "HalFetchIn":
        """Nobody means the whole of HAL."""
        if not (self.query or self.collections or self.structures):
            sentence = "dites ce qui est cherché : « query », « collections » ou « structures »"
            raise PydanticCustomError("value_error", sentence, {"error": sentence})
        return self


FetchIn = Annotated[ScopusFetchIn | HalFetchIn, Field(discriminator="source")]


class FetchOut(BaseModel):
    """A fetch: `running` may mean interrupted; `paused` and `failed` are resumed, from where they stopped if they can.

    `remaining` and `resets_at` are the key's quota, `resumes_at` when it is worth going on; `report` is the import's.
    """

    id: str
    source: str
    query: list[str]
    status: str
    pages: int
    received: int
    total: int | None
    remaining: int | None
    resets_at: datetime | None
    resumes_at: datetime | None
    message: str
    note: str
    extracted_on: date | None
    import_id: str | None
    report: dict[str, Any] | None
    started_at: datetime
    started_by: str
    updated_at: datetime
    allowed_actions: list[str] = Field(serialization_alias="allowedActions")


class FetchPage(BaseModel):
    items: list[FetchOut]
