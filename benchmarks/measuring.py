"""Timing two things in turn, and quoting the median of each and of their ratio."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median

Step = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Median seconds of the product and of its reference, and the median of the pairwise ratios."""

    title: str
    reference: str
    seconds: float
    reference_seconds: float
    ratio: float

    def row(self) -> str:
        times = f"{self.seconds * 1000:.2f} ms | {self.reference} | {self.reference_seconds * 1000:.2f} ms"
        return f"| {self.title} | {times} | {self.ratio:.1f} × |"


async def seconds(step: Step) -> float:
    began = time.perf_counter()
    await step()
    return time.perf_counter() - began


async def compare(title: str, step: Step, reference: str, raw: Step, *, rounds: int) -> Compared:
    """Run both in turn, so that a machine that slows down slows both; the first round is not counted."""
    pairs = [(await seconds(step), await seconds(raw)) for _ in range(rounds + 1)][1:]
    return Compared(
        title,
        reference,
        median(ours for ours, _ in pairs),
        median(theirs for _, theirs in pairs),
        median(ours / theirs for ours, theirs in pairs),
    )
