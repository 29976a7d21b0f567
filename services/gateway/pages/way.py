"""A way to somewhere: what it is called, and whether the reader is there already."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    label: str
    address: str
    is_here: bool = False
    aside: str | None = None
