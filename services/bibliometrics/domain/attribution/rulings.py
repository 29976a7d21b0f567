"""What stands of an entity's attribution once decisions have been taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.bibliometrics.domain.registry import Perimeter

from .evidence import Attribution, Clue, Evidence, Ruling, Verdict

_Verdicts = Mapping[Perimeter, Verdict]
_CARRIED = {
    (Perimeter.WHOLE, Verdict.REMOVED): Perimeter.PERMANENT,
    (Perimeter.PERMANENT, Verdict.ATTRIBUTED): Perimeter.WHOLE,
}
"""The perimeter that a verdict on another settles as well, permanent being within whole."""


def stands(entity: str, evidence: Sequence[Evidence], decisions: Iterable[Ruling]) -> Attribution:
    """An entity's attribution: a decision wins over evidence, and the latest over the earlier ones."""
    latest = _latest(decisions)
    settled = _settled(latest)
    permanent = _holds(Perimeter.PERMANENT, evidence, settled)
    whole = permanent or _holds(Perimeter.WHOLE, evidence, settled)
    found = (each for each in evidence if permanent or each.perimeter is Perimeter.WHOLE)
    reasons = (*found, *_decided(latest, settled))
    return Attribution(entity=entity, permanent=permanent, whole=whole, evidence=reasons)


def _latest(decisions: Iterable[Ruling]) -> dict[Perimeter, Verdict]:
    """The last verdict on each perimeter, in the order in which they were given."""
    latest: dict[Perimeter, Verdict] = {}
    for ruling in decisions:
        latest.pop(ruling.perimeter, None)
        latest[ruling.perimeter] = ruling.verdict
    return latest


def _settled(latest: _Verdicts) -> dict[Perimeter, Verdict]:
    settled: dict[Perimeter, Verdict] = {}
    for perimeter, verdict in latest.items():
        settled[perimeter] = verdict
        if (perimeter, verdict) in _CARRIED:
            settled[_CARRIED[perimeter, verdict]] = verdict
    return settled


def _holds(perimeter: Perimeter, evidence: Iterable[Evidence], settled: _Verdicts) -> bool:
    if perimeter in settled:
        return settled[perimeter] is Verdict.ATTRIBUTED
    return any(each.perimeter is perimeter for each in evidence)


def _decided(latest: _Verdicts, settled: _Verdicts) -> Iterator[Evidence]:
    """The decisions that no later one has undone, by perimeter."""
    for perimeter, verdict in sorted(latest.items()):
        if settled[perimeter] is verdict:
            yield Evidence(perimeter=perimeter, rule=Clue.DECISION, value=verdict.value)
