"""What is to be said of a whole file: its rows in error, each up to a point, and what happened in how many of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from services.bibliometrics.importing.reading import Finding, Severity

MOST_ROWS = 50


class Happening(StrEnum):
    """What is counted row by row."""

    CUT = "authors_cut"
    LOST_NAMES = "authors_apart"
    UNREAD_IDS = "author_ids"
    UNREAD_GOALS = "goals"
    UNREAD_DATE = "full_date"


_SAYINGS = {
    Happening.CUT: (
        ("{} publication a une liste d’auteurs coupée", "{} publications ont une liste d’auteurs coupée"),
        " : le personnel au-delà du 500e auteur est invisible ; vérifiez dans Scopus",
    ),
    Happening.LOST_NAMES: (
        ("{} publication n’a pas", "{} publications n’ont pas"),
        " autant de noms d’auteurs que d’identifiants, ou des noms mal séparés : seuls les identifiants y sont gardés",
    ),
    Happening.UNREAD_IDS: (
        (
            "{} identifiant d’auteur illisible est laissé de côté",
            "{} identifiants d’auteurs illisibles sont laissés de côté",
        ),
        " (fichier enregistré par un tableur ?) : exportez à nouveau, sans ouvrir le fichier",
    ),
    Happening.UNREAD_GOALS: (
        (
            "{} cellule d’objectifs de développement durable sans « SDG n » reste vide",
            "{} cellules d’objectifs de développement durable sans « SDG n » restent vides",
        ),
        "",
    ),
    Happening.UNREAD_DATE: (
        ("{} date de publication illisible est laissée vide", "{} dates de publication illisibles sont laissées vides"),
        "",
    ),
}


def _agreed(count: int, one: str, several: str) -> str:
    return (one if count <= 1 else several).format(count)


@dataclass(slots=True)
class Tally:
    """What is gathered while the rows go by."""

    errors: list[Finding] = field(default_factory=list)
    more: Counter[str] = field(default_factory=Counter)
    happened: Counter[Happening] = field(default_factory=Counter)
    first: dict[Happening, int] = field(default_factory=dict)
    unknown_types: Counter[str] = field(default_factory=Counter)
    type_rows: dict[str, int] = field(default_factory=dict)
    years: Counter[int] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)

    def error(self, finding: Finding) -> None:
        """Keeps the first errors of a code, counts the others."""
        self.more[finding.code] += 1
        if self.more[finding.code] <= MOST_ROWS:
            self.errors.append(finding)

    def happens(self, code: Happening, row: int, times: int = 1) -> None:
        """Counts what is said once for all the rows, with the first of them."""
        self.happened[code] += times
        self.first.setdefault(code, row)

    def unknown_type(self, raw: str, row: int) -> None:
        """Counts a type that nobody knows."""
        self.unknown_types[raw] += 1
        self.type_rows.setdefault(raw, row)

    def findings(self) -> Iterator[Finding]:
        """The errors, then the warnings."""
        yield from self.errors
        for code, count in self.more.items():
            if count > MOST_ROWS:
                rest = _agreed(count - MOST_ROWS, "{} autre ligne", "{} autres lignes")
                yield _whole(code, Severity.ERROR, f"et {rest} avec la même erreur")
        for code, count in self.happened.items():
            (one, several), rest = _SAYINGS[code]
            message = _agreed(count, one, several) + rest
            yield Finding(code=code, severity=Severity.WARNING, message=message, row=self.first[code])
        yield from self._of_types()
        yield from self._of_keys()

    def _of_types(self) -> Iterator[Finding]:
        for raw, count in self.unknown_types.most_common(MOST_ROWS):
            publications = _agreed(count, "{} publication", "{} publications")
            message = f"type de publication inconnu : « {raw} » ({publications}), classé dans « autre »"
            yield Finding(
                code="type_unknown", severity=Severity.WARNING, message=message, row=self.type_rows[raw], column="type"
            )

    def _of_keys(self) -> Iterator[Finding]:
        repeated = sum(count - 1 for count in self.keys.values() if count > 1)
        if repeated:
            rows = _agreed(repeated, "{} ligne a", "{} lignes ont")
            message = f"{rows} l’identifiant d’une ligne précédente : la même publication, deux fois"
            yield _whole("repeated", Severity.NOTICE, message)


def _whole(code: str, severity: Severity, message: str) -> Finding:
    return Finding(code=code, severity=severity, message=message)
