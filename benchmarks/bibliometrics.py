"""The work on publications step by step, beside what it takes polars and pandas to read the same file, as tables."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.bibliometrics_corpus import Corpus
from benchmarks.bibliometrics_steps import PACKAGE, WAYS, Step
from services import loading

SMALL, LARGE = 20_000, 200_000
_ROUNDS = {SMALL: 3, LARGE: 1}
_PROJECT = Path(__file__).parent.parent
_OURS = ("parse", "match", "attribute", "count")
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """The median of each step's seconds of processor, and the memory that it came to above an empty process."""

    count: int
    size: int
    seconds: dict[str, float]
    memory: dict[str, int]

    @property
    def all_steps(self) -> float:
        return sum(self.seconds[each] for each in _OURS)


@dataclass(frozen=True, slots=True)
class _Run:
    before: int
    steps: list[Step]


def report(sizes: Sequence[int]) -> Iterator[str]:
    """Every table, line by line, as soon as it is known."""
    corpus = Corpus(loading.read_package(PACKAGE))
    with tempfile.TemporaryDirectory() as folder:
        path, found = Path(folder) / "scopus.csv", []
        for count in sizes:
            corpus.write(path, count)
            found.append(_measured(path, count))
            yield from _speed(found[-1])
            if count == SMALL:
                yield from _imports(path, found[-1])
    yield from _memory(found)
    if len(found) > 1:
        yield from _growth(found[0], found[-1])


def _measured(path: Path, count: int) -> Measured:
    """Each way in turn, each in a process of its own."""
    rounds = [_run("benchmarks.bibliometrics_steps", way, path) for _ in range(_ROUNDS[count]) for way in WAYS]
    names = dict.fromkeys(step.name for run in rounds for step in run.steps)
    seconds = {name: [step.cpu for run in rounds for step in run.steps if step.name == name] for name in names}
    memory = {
        name: [step.peak - run.before for run in rounds for step in run.steps if step.name == name] for name in names
    }
    return Measured(
        count,
        path.stat().st_size,
        {name: median(each) for name, each in seconds.items()},
        {name: int(median(each)) for name, each in memory.items()},
    )


def _run(module: str, *arguments: str | Path) -> _Run:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    told = subprocess.run(command, cwd=_PROJECT, check=True, capture_output=True, text=True).stdout
    document = json.loads(told.splitlines()[-1])
    return _Run(document["before"], [Step(**each) for each in document["steps"]])


def _speed(found: Measured) -> Iterator[str]:
    what = f"{found.count} publications, {found.size / _MIB:.0f} MiB"
    yield f"\n| {what} | CPU | publications/s | of polars | of pandas |"
    yield "|---|--:|--:|--:|--:|"
    for step in _OURS:
        yield _line(found, step, found.seconds[step])
    yield _line(found, "all four", found.all_steps)
    for reference in ("polars", "pandas"):
        yield _line(found, f"{reference}, the file as text", found.seconds[reference])


def _line(found: Measured, title: str, seconds: float) -> str:
    polars, pandas = (f"{seconds / found.seconds[each]:.1f} ×" for each in ("polars", "pandas"))
    return f"| {title} | {seconds:.2f} s | {found.count / seconds:.0f} | {polars} | {pandas} |"


def _imports(path: Path, found: Measured) -> Iterator[str]:
    """The service, once, beside the steps that it takes too."""
    run = _run("benchmarks.bibliometrics_service", path)
    yield f"\n| {found.count} publications, to SQLite | CPU | elapsed | publications/s | the four steps | memory |"
    yield "|---|--:|--:|--:|--:|--:|"
    for step in run.steps:
        speed, ratio = found.count / step.cpu, step.cpu / found.all_steps
        memory = f"{(step.peak - run.before) / _MIB:.0f} MiB"
        yield f"| {step.name} | {step.cpu:.1f} s | {step.seconds:.1f} s | {speed:.0f} | {ratio:.1f} × | {memory} |"


def _memory(found: Sequence[Measured]) -> Iterator[str]:
    yield "\n| most memory, beyond the libraries' | publications | file | memory | ratio |\n|---|--:|--:|--:|--:|"
    for each in found:
        for title, step in (("parse", "parse"), ("all four", "count"), ("polars", "polars"), ("pandas", "pandas")):
            memory, ratio = each.memory[step] / _MIB, each.memory[step] / each.size
            yield f"| {title} | {each.count} | {each.size / _MIB:.0f} MiB | {memory:.0f} MiB | {ratio:.1f} × |"


def _growth(small: Measured, large: Measured) -> Iterator[str]:
    yield f"\n| {large.count} publications for {small.count} | CPU |\n|---|--:|"
    for step in (*_OURS, "polars", "pandas"):
        yield f"| {step} | {large.seconds[step] / small.seconds[step]:.1f} × |"
