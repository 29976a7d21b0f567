"""The table of the faults: what each cost, over all of its seeds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_HEAD = ("fault", "seeds", "acknowledged", "lost", "ghost", "inversions", "time to converge")
_LOST = ("lost", "halved", "not shown", "unread", "unsent", "untold", "versions")
_GHOST = ("ghost", "invented", "doubled")


@dataclass(slots=True)
class Line:
    """One fault; `seconds` is the longest that one of its seeds took to converge."""

    seeds: int = 0
    acknowledged: int = 0
    lost: int = 0
    ghost: int = 0
    inversions: int = 0
    seconds: float = 0.0

    def cells(self) -> tuple[str, ...]:
        counts = (self.seeds, self.acknowledged, self.lost, self.ghost, self.inversions)
        return (*map(str, counts), f"{self.seconds:.1f} s")


@dataclass(slots=True)
class Table:
    lines: dict[str, Line] = field(default_factory=dict)

    def add(self, fault: str, acknowledged: int, complaints: Sequence[str], inversions: int, seconds: float) -> None:
        line = self.lines.setdefault(fault, Line())
        line.seeds += 1
        line.acknowledged += acknowledged
        line.lost += sum(each.startswith(_LOST) for each in complaints)
        line.ghost += sum(each.startswith(_GHOST) for each in complaints)
        line.inversions += inversions
        line.seconds = max(line.seconds, seconds)

    def text(self) -> str:
        rows = [_HEAD, ("---",) * len(_HEAD), *((fault, *line.cells()) for fault, line in self.lines.items())]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
