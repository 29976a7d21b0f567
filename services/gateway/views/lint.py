"""The lint of a contract as a view, with the figures that other contracts print of the same thing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from services.gateway.domain.group.pledges import is_concerned
from services.gateway.domain.lint import Book, Figure, Figures, Finding, Severity, lint
from services.gateway.facts import ContractFacts
from services.gateway.history import Observations
from services.gateway.schemas.lint import LintFinding, LintSummary, LintView


def lint_view(facts: ContractFacts, others: Mapping[str, Observations], watermark: str) -> LintView:
    """`others` are what other contracts print of the same figures."""
    elsewhere = {code: figures_of(observations) for code, observations in others.items()}
    spared = frozenset(cell for cell in facts.observations if not is_concerned(facts.stated(*cell)))
    findings = lint(Book(facts.definition, figures_of(facts.observations), elsewhere, spared))
    return LintView(
        contract=facts.definition.header.code,
        contract_version=facts.version,
        summary=LintSummary(**summary(findings)),
        findings=[LintFinding.model_validate(asdict(each)) for each in findings],
        watermark=watermark,
    )


def summary(findings: Sequence[Finding]) -> Mapping[str, int]:
    counts = Counter(each.severity for each in findings)
    return {severity.value: counts[severity] for severity in Severity}


def figures_of(observations: Observations) -> Figures:
    """What was really observed."""
    figures: dict[tuple[str, str], dict[int, Figure]] = {}
    for cell, years in observations.items():
        for year, row in years.items():
            if row.value is not None and not row.is_simulated:
                figures.setdefault(cell, {})[year] = Figure(row.value, row.source)
    return figures
