"""What is counted along a file to be said once at its end, rather than once a row."""

from collections import Counter
from dataclasses import dataclass, field

from services.bibliometrics.importing.reading import Finding, Severity

_MOST_TYPES = 20
_LIMITS = frozenset({2_000, 20_000})
_SENTENCES: dict[str, tuple[Severity, str, str, str | None]] = {
    "no_author": (
        Severity.NOTICE,
        "une publication sans auteur (« [No author name available] »)",
        "{count} publications sans auteur (« [No author name available] »)",
        "Authors",
    ),
    "no_title": (
        Severity.NOTICE,
        "une publication sans titre (« [No title available] »)",
        "{count} publications sans titre (« [No title available] »)",
        "Title",
    ),
    "secondary": (
        Severity.NOTICE,
        "un document secondaire (connu par les seules références : année 0000 ou type vide), exclu des décomptes",
        (
            "{count} documents secondaires (connus par les seules références : année 0000 ou type vide), "
            "exclus des décomptes"
        ),
        None,
    ),
    "untyped": (
        Severity.WARNING,
        "une publication a une année mais pas de type : elle est tenue pour un document secondaire, à vérifier",
        (
            "{count} publications ont une année mais pas de type : elles sont tenues pour des documents secondaires, "
            "à vérifier"
        ),
        "Document Type",
    ),
    "undated": (
        Severity.WARNING,
        "une publication sans année ne pourra pas être comptée",
        "{count} publications sans année ne pourront pas être comptées",
        "Year",
    ),
    "misaligned": (
        Severity.WARNING,
        (
            "une publication dont les noms et les identifiants d’auteurs ne se correspondent pas un à un : "
            "seul ce qui est certain est gardé"
        ),
        (
            "{count} publications dont les noms et les identifiants d’auteurs ne se correspondent pas un à un : "
            "seul ce qui est certain est gardé"
        ),
        "Author(s) ID",
    ),
    "unplaced_affiliations": (
        Severity.NOTICE,
        (
            "une publication dont les affiliations ne peuvent pas être réparties entre les auteurs : "
            "seules celles du document servent"
        ),
        (
            "{count} publications dont les affiliations ne peuvent pas être réparties entre les auteurs : "
            "seules celles du document servent"
        ),
        "Authors with affiliations",
    ),
    "cut_authors": (
        Severity.WARNING,
        "une publication dont tous les auteurs ne sont pas dans le fichier",
        "{count} publications dont tous les auteurs ne sont pas dans le fichier",
        "Authors",
    ),
    "citations": (
        Severity.WARNING,
        "une publication dont le nombre de citations est illisible",
        "{count} publications dont le nombre de citations est illisible",
        "Cited by",
    ),
    "doi": (
        Severity.WARNING,
        "une publication dont le DOI est illisible : il est ignoré",
        "{count} publications dont le DOI est illisible : il est ignoré",
        "DOI",
    ),
    "doubled_header": (
        Severity.WARNING,
        "l’en-tête est écrit deux fois en haut du fichier : la seconde fois est ignorée",
        "l’en-tête est écrit {count} fois de trop en haut du fichier : elles sont ignorées",
        None,
    ),
    "repeated_header": (
        Severity.WARNING,
        "l’en-tête est répété au milieu du fichier : deux exports y sont mis bout à bout",
        "l’en-tête est répété {count} fois : plusieurs exports sont mis bout à bout",
        None,
    ),
    "content_key": (
        Severity.WARNING,
        "une publication sans identifiant, distinguée par son titre, son année et sa source",
        "{count} publications sans identifiant, distinguées par leur titre, leur année et leur source",
        "EID",
    ),
}


@dataclass(slots=True)
class Tallies:
    """How often each thing was met, and where first; `types` are the document types that nobody has met before."""

    counts: Counter[str] = field(default_factory=Counter)
    rows: dict[str, int] = field(default_factory=dict)
    types: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, row: int) -> None:
        self.counts[code] += 1
        self.rows.setdefault(code, row)

    def findings(self, received: int) -> list[Finding]:
        told = [_of_code(code, self.counts[code], self.rows[code]) for code in _SENTENCES if self.counts[code]]
        return [*told, *self._of_types(), *_of_limits(received)]

    def _of_types(self) -> list[Finding]:
        if not self.types:
            return []
        most = ", ".join(f"« {word} » ({count})" for word, count in self.types.most_common(_MOST_TYPES))
        rest = ", …" if len(self.types) > _MOST_TYPES else ""
        message = f"types de document inconnus, rangés dans « autre » : {most}{rest}"
        return [_finding("unknown_types", Severity.WARNING, message, column="Document Type")]


def _of_code(code: str, count: int, row: int) -> Finding:
    severity, one, several, column = _SENTENCES[code]
    if count == 1:
        return _finding(code, severity, one, row, column)
    return _finding(code, severity, f"{several.format(count=count)} (la première ligne {row})", row, column)


def _of_limits(received: int) -> list[Finding]:
    if received not in _LIMITS:
        return []
    message = (
        f"exactement {received} publications, la limite d’un export de Scopus : le fichier est probablement tronqué ; "
        "exportez en plusieurs fois, par année par exemple"
    )
    return [_finding("truncated", Severity.WARNING, message)]


def _finding(code: str, severity: Severity, message: str, row: int | None = None, column: str | None = None) -> Finding:
    return Finding(code=code, severity=severity, message=message, row=row, column=column)
