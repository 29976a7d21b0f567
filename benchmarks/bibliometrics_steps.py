"""What is done with a file of publications, each way of it alone in a process; prints what each step took, as JSON."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.bibliometrics_corpus import Corpus
from services import loading
from services.bibliometrics.commands.registries import assemble
from services.bibliometrics.domain.attribution import Rules, attribute
from services.bibliometrics.domain.consolidation import consolidated
from services.bibliometrics.domain.exclusion import reason
from services.bibliometrics.domain.matching import Matching, cluster, ref
from services.bibliometrics.domain.publication import Record
from services.bibliometrics.domain.registry import Registry
from services.bibliometrics.domain.signature import Signed
from services.bibliometrics.importing import scopus
from services.bibliometrics.recording.counting import signed_years, tally_all
from services.bibliometrics.rows import KEYS, TABLES

PACKAGE = Path(__file__).parent.parent / "contracts" / "cop-2023-2027"
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Step:
    """Seconds of all the process's threads, seconds of the clock, and the most memory since the process began."""

    name: str
    cpu: float
    seconds: float
    peak: int


def _peak() -> int:
    """The highest resident memory of this process: `getrusage` would tell its parent's, where that was higher."""
    status = Path("/proc/self/status").read_text("ascii")
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


@dataclass(slots=True)
class Meter:
    """Steps in a row; `before` is the memory of a process that has its libraries, and no file yet."""

    before: int = field(default_factory=_peak)
    steps: list[Step] = field(default_factory=list)

    def run(self, name: str, work: Callable[[], _Result]) -> _Result:
        cpu, seconds = time.process_time(), time.perf_counter()
        result = work()
        self.steps.append(Step(name, time.process_time() - cpu, time.perf_counter() - seconds, _peak()))
        return result

    def tell(self) -> None:
        print(json.dumps({"before": self.before, "steps": [asdict(each) for each in self.steps]}))


def by_polars(path: Path) -> Meter:
    import polars as pl  # noqa: PLC0415 - its memory must not be another's

    meter = Meter()
    meter.run("polars", partial(pl.read_csv, path, infer_schema=False))
    return meter


def by_pandas(path: Path) -> Meter:
    import pandas as pd  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; its memory must not be another's

    meter = Meter()
    meter.run("pandas", partial(pd.read_csv, path, dtype=str, keep_default_na=False))
    return meter


def by_cadran(path: Path) -> Meter:
    """From the file to the counts of every measure and year, without a database."""
    registry = _registry()
    rules, meter = Rules.of(registry), Meter()
    reading = meter.run("parse", partial(scopus.read, path, path.name, lambda _: None))
    records = {ref(record): record for _, record in reading.records}
    matching = meter.run("match", partial(cluster, list(records.values()), []))
    signed = meter.run("attribute", partial(_signed, matching, records, rules))
    meter.run("count", partial(tally_all, registry, signed, signed_years(signed)))
    return meter


def _registry() -> Registry:
    body: dict[str, Sequence[Any]] = dict(Corpus(loading.read_package(PACKAGE)).package.body("bibliometrics"))
    return assemble({table: TABLES.parse(table, body.get(table, ())) for table in KEYS})


def _signed(matching: Matching, records: dict[str, Record], rules: Rules) -> list[Signed]:
    return [_of([records[name] for name in each.refs], rules) for each in matching.clusters]


def _of(records: Iterable[Record], rules: Rules) -> Signed:
    together = list(records)
    publication = consolidated(together)
    attributions = attribute(together, publication.year, rules)
    return Signed(publication=publication, excluded=reason(publication), attributions=attributions)


WAYS = {"polars": by_polars, "pandas": by_pandas, "cadran": by_cadran}


if __name__ == "__main__":
    WAYS[sys.argv[1]](Path(sys.argv[2])).tell()
