"""The rules of the lint: each with its code, how much it matters, and what a person calls it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import bases, changes, commitments, intentions, parts, twice, units
from .book import Book
from .findings import Finding, Found, Severity

_ERROR, _WARNING, _NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    severity: Severity
    label: str
    find: Callable[[Book], Iterator[Found]]

    def apply(self, book: Book) -> Iterator[Finding]:
        for found in self.find(book):
            yield Finding(
                code=self.code,
                severity=self.severity,
                label=self.label,
                place=found.place,
                sentence=found.sentence,
                source=found.source,
            )


RULES = (
    # What is compared is not of one unit: every verdict on it would be false.
    Rule("mixed-units", _ERROR, "Unités mêlées", units.part_in_another_unit),
    Rule("mixed-units", _ERROR, "Unités mêlées", units.benchmark_in_another_unit),
    # The package holds one unit; a reader of the document may take one figure for the other.
    Rule("mixed-units", _WARNING, "Unités mêlées", units.printed_in_another_unit),
    # Whether the target is met depends on which of the two is read.
    Rule("contradicting-bases", _ERROR, "Euros courants et constants contradictoires", bases.contradicting_targets),
    Rule("contradicting-bases", _ERROR, "Euros courants et constants contradictoires", bases.contradicting_level),
    # Better and worse are not told apart, or are told the wrong way round.
    Rule("no-direction", _ERROR, "Sens manquant", intentions.without_direction),
    Rule("no-direction", _ERROR, "Sens contraire à la cible", intentions.against_direction),
    # Both figures cannot be right.
    Rule("part-larger-than-whole", _ERROR, "Partie plus grande que le tout", parts.part_larger_than_whole),
    Rule("part-larger-than-whole", _ERROR, "Partie plus grande que le tout", parts.parts_larger_than_the_groups_whole),
    # A target due before the contract begins is never judged.
    Rule("horizon", _ERROR, "Échéance avant le contrat", intentions.before_the_start),
    # It is judged, but after the contract: somebody else will answer for it.
    Rule("horizon", _NOTICE, "Échéance après le contrat", intentions.after_the_end),
    # The values are judged, not the printed change; a reader will find the difference and ask.
    Rule("printed-change-does-not-follow", _WARNING, "Évolution qui ne découle pas", changes.does_not_follow),
    Rule("printed-change-does-not-follow", _WARNING, "Évolution qui ne découle pas", changes.level_does_not_follow),
    # The document is right, the package is not.
    Rule("printed-change-follows", _WARNING, "Évolution notée à tort", changes.follows_after_all),
    # One of the two is held; somebody should say that it is the right one.
    Rule("printed-twice", _WARNING, "Imprimé avec deux chiffres", twice.in_the_document),
    Rule("printed-twice", _WARNING, "Imprimé avec deux chiffres", twice.in_two_contracts),
    # « Atteint » will say nothing of what was done.
    Rule("already-met", _WARNING, "Déjà atteint à la référence", intentions.already_met),
    # The group misses its target even if every entity reaches its own.
    Rule("commitments-short", _WARNING, "Engagements insuffisants", commitments.short),
    # The group reaches its target while entities miss theirs.
    Rule("commitments-beyond", _NOTICE, "Engagements au-delà", commitments.beyond),
    # A default applies: half a unit of the last printed decimal.
    Rule("stable-without-tolerance", _NOTICE, "Stable sans tolérance", intentions.stable_without_tolerance),
)
