"""What is told in French of a count: where it comes from, what it rests on, and why there is none."""

from datetime import date
from decimal import Decimal
from typing import Protocol

from services.gateway.domain.typography import number, typeset

CURRENT_LABEL = "courant, non gelé"
NOT_COUNTED, NOT_COVERED = "not_counted", "not_covered"
_STATUSES = {"provisional": "provisoire", "definitive": "définitive"}
_PERIMETERS = {"permanent": "périmètre des personnels permanents", "whole": "périmètre de l’établissement entier"}
_MISSING = {
    NOT_COUNTED: "Aucun compte n’a été reçu pour cette entité.",
    NOT_COVERED: "Cette extraction ne porte pas sur cette année.",
    "no_percentile": "Aucune publication n’a de percentile de citation : importez un export SciVal qui les donne.",
    "no_field_weighted_column": (
        "L’export SciVal n’a pas la colonne des percentiles normalisés par domaine : exportez-le avec "
        "« Field-Weighted Outputs in Top Citation Percentiles »."
    ),
    "plain_only": (
        "L’export SciVal ne donne que les percentiles bruts, qui ne sont pas normalisés : exportez-le avec "
        "« Field-Weighted Outputs in Top Citation Percentiles »."
    ),
    "no_goals_column": (
        "Aucun export ne donne les objectifs de développement durable : exportez de SciVal la colonne "
        "« Sustainable Development Goals »."
    ),
    "no_staff_list": "Sans liste de personnels à ce jour, les publications ne se rapportent à aucun ETP.",
    "incomplete_staff_list": (
        "La liste des personnels ne couvre pas toutes les écoles à ce jour : le groupe ne se compte pas d’une partie."
    ),
    "no_fte": "La liste des personnels ne compte aucun ETP chercheur à ce jour : rien ne se divise par zéro.",
    "no_year": "Sans année, il n’y a pas de jour auquel compter les personnels.",
}
_EXCLUDED = {
    "retracted": "Rétractées, d’après une source au moins.",
    "erratum": "Errata : ce qu’ils corrigent compte déjà.",
    "conference_review": "Présentations d’actes : les communications qu’elles présentent comptent.",
    "secondary_document": "Documents secondaires, connus seulement par les références d’autres documents.",
    "no_year": "Sans année de publication : complétez la notice à la source, puis importez de nouveau.",
    "cross_check_only": "Dans OpenAlex seulement, qui sert à recouper et non à compter.",
    "hal_outside_scope": "Dans HAL et non dans Scopus, hors ouvrages, actes et chapitres.",
    "no_percentile": "Sans percentile de citation : on ne sait pas si elles sont parmi les plus citées.",
    "no_field_weighted_column": "Sans percentile normalisé par domaine dans l’export.",
    "plain_only": "Avec le seul percentile brut, qui n’est pas normalisé par domaine.",
    "no_goals_column": "Sans objectifs de développement durable dans l’export.",
}


class Told(Protocol):
    """The extraction that a count comes from."""

    @property
    def label(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def extracted_on(self) -> date: ...


def missing(code: str) -> str:
    """Why there is no count."""
    return typeset(_MISSING.get(code, f"Sans valeur : « {code} »."))


def excluded(code: str) -> str:
    """Which publications are left out for that reason."""
    return typeset(_EXCLUDED.get(code, f"Pour le motif « {code} »."))


def within(code: str) -> str:
    """« périmètre des personnels permanents »."""
    return typeset(_PERIMETERS.get(code, f"périmètre « {code} »"))


def source(extraction: Told, perimeter: str) -> str:
    """« Bibliométrie Cadran, extraction mars 2025 du 14/03/2025 (définitive), périmètre … »."""
    status = _STATUSES.get(extraction.status, extraction.status)
    named = f"extraction {extraction.label} du {day(extraction.extracted_on)} ({status})"
    return f"{typeset(f'Bibliométrie Cadran, {named}')}, {within(perimeter)}"


def day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def division(numerator: Decimal | None, denominator: Decimal | None, on: date | None) -> str | None:
    """« 2 050 publications pour 412,5 ETP chercheur au 31/12/2024 », where both are known."""
    if numerator is None or denominator is None:
        return None
    dated = f" au {day(on)}" if on else ""
    return f"{number(numerator, 0)} publications pour {number(denominator, 1)} ETP chercheur{dated}"


def stated_otherwise(value: Decimal | None, counted: Decimal, decimals: int) -> str | None:
    """« déclaré par ailleurs : 2 070 », where a person stated another value."""
    if value is None or value == counted:
        return None
    return typeset(f"déclaré par ailleurs : {number(value, decimals)}")
