"""Tables as they are printed and published: what was measured, beside its reference and its goal."""

from collections.abc import AsyncIterator, Awaitable, Iterable, Sequence

Row = Sequence[str]
_WHOLE = 10


async def table(title: Sequence[str], rows: Iterable[Awaitable[Row]]) -> AsyncIterator[str]:
    """In Markdown, each row as soon as it is known: the first column is text, the others are figures."""
    yield _line(title)
    yield _line(["---", *["--:"] * (len(title) - 1)])
    for row in rows:
        yield _line(await row)
    yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def at_least(ratio: float, goal: float) -> str:
    """« 0.82 (goal ≥ 0.8: met) »."""
    return f"{_ratio(ratio)} (goal ≥ {_short(goal)}: {_verdict(met=ratio >= goal)})"


def at_most(found: float, goal: float, unit: str = "×") -> str:
    return f"{found:.{0 if found >= _WHOLE else 2}f} {unit} (goal ≤ {goal:g} {unit}: {_verdict(met=found <= goal)})"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def ratio(value: float) -> str:
    return _ratio(value)


def _ratio(value: float) -> str:
    return f"{value:.0f} ×" if value >= _WHOLE else f"{value:.2f} ×"


def _short(goal: float) -> str:
    return f"{goal:g} ×"


def _verdict(*, met: bool) -> str:
    return "met" if met else "**missed**"
