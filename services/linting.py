"""Reading contracts' data packages for their lint, and printing what it finds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shared.intake.tables import Parsed
from shared.sentences import typeset

from .gateway.domain.group.pledges import is_concerned
from .gateway.domain.lint import Book, Figure, Figures, Finding, Place, Severity, lint
from .gateway.domain.values import Stated
from .gateway.history import prevailing
from .indicators.domain.observation import Observation
from .indicators.rows import OBSERVATIONS
from .loading import Package, read_package
from .merging import Refusal
from .refusing import INDICATORS, contract_of, parsed, refusals

Stating = Mapping[tuple[str, str], Mapping[int, Observation]]
_WORDS = {Severity.ERROR: "erreur", Severity.WARNING: "à trancher", Severity.NOTICE: "à savoir"}
_COUNTED = {Severity.ERROR: "erreur(s)", Severity.WARNING: "à trancher", Severity.NOTICE: "à savoir"}
_NOTHING = "rien à signaler"


@dataclass(frozen=True, slots=True)
class Linted:
    """One package: why it could not be read, or what its lint finds."""

    package: Package
    mistakes: Sequence[Refusal]
    findings: Sequence[Finding]

    @property
    def is_wrong(self) -> bool:
        """Whether the package is to be put right, or the contract settled, before anything is judged."""
        return bool(self.mistakes) or any(each.severity is Severity.ERROR for each in self.findings)


def lint_packages(paths: Sequence[Path]) -> list[Linted]:
    """Each package, held against those before it, so that what two contracts print is said once.

    Raises RefusedError on a folder that holds no package.
    """
    linted, read = [], dict[str, Figures]()
    for path in paths:
        package = read_package(path)
        tables = parsed(package, INDICATORS)
        mistakes = refusals(package, datetime.now(UTC).date())
        stated = _stated(tables[OBSERVATIONS])
        figures = _figures(stated)
        book = Book(contract_of(tables), figures, dict(read), _spared(stated))
        findings = [] if mistakes else lint(book)
        linted.append(Linted(package, mistakes, findings))
        read[package.code] = figures
    return linted


def report(linted: Sequence[Linted]) -> Iterator[str]:
    """The lines to print: a title for each package, then its mistakes or its findings, aligned."""
    for each in linted:
        yield typeset(f"{each.package.code} : {_summary(each)}")
        for mistake in each.mistakes:
            yield typeset(f"  refusé : {each.package.place(mistake)} : {mistake['message']}")
        yield from _aligned([(_WORDS[one.severity], _where(one.place), one.sentence) for one in each.findings])


def status(linted: Sequence[Linted]) -> int:
    """1 where a package could not be read or holds an `error`; what is to be decided or known stops nobody."""
    return int(any(each.is_wrong for each in linted))


def _stated(observations: Parsed) -> Stating:
    """As the views show it: in the contract's own perimeter, its own euros winning over current ones."""
    stated: dict[tuple[str, str], dict[int, Observation]] = {}
    for row in prevailing(row for _, row in observations.rows if not row.perimeter):
        stated.setdefault((row.indicator, row.entity), {})[row.year] = row
    return stated


def _figures(stated: Stating) -> Figures:
    figures: dict[tuple[str, str], dict[int, Figure]] = {}
    for cell, years in stated.items():
        figures[cell] = {year: Figure(row.value, row.source) for year, row in years.items() if row.value is not None}
    return figures


def _spared(stated: Stating) -> frozenset[tuple[str, str]]:
    """The entities, with the indicators that do not concern them."""
    absences = {cell: _absences(years) for cell, years in stated.items()}
    return frozenset(cell for cell, years in absences.items() if not is_concerned(years))


def _absences(years: Mapping[int, Observation]) -> dict[int, Stated]:
    return {year: Stated(row.value, row.absence) for year, row in years.items()}


def _summary(linted: Linted) -> str:
    if linted.mistakes:
        return f"à corriger, {len(linted.mistakes)} refus"
    severities = [each.severity for each in linted.findings]
    counts = ((severities.count(severity), severity) for severity in Severity)
    return ", ".join(f"{count} {_COUNTED[severity]}" for count, severity in counts if count) or _NOTHING


def _where(place: Place) -> str:
    """« targets · students, imt, 2027 »; a target's code where it says more than its year."""
    parts = [place.indicator, place.entity, str(place.year or "")]
    target = place.target if place.target and place.target != str(place.year) and place.table == "targets" else None
    return f"{place.table} · {', '.join(part for part in (*parts, target) if part)}"


def _aligned(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for severity, where, sentence in rows:
        yield f"  {severity:<{widths[0]}}  {where:<{widths[1]}}  {sentence}"
