"""What a person reads of an error: a French sentence that says what to do, typeset as French is."""

import re
from collections.abc import Callable, Mapping
from typing import Any

_Context = Mapping[str, Any]
_Sentence = Callable[[_Context], str]


def _choice(context: _Context) -> str:
    expected = str(context.get("expected", ""))
    return f"valeur inconnue ; attendu : {expected.replace(' or ', ', ').replace(chr(39), '')}"


_SENTENCES: dict[str, _Sentence] = {
    "missing": lambda _: "champ obligatoire manquant",
    "missing_argument": lambda _: "champ obligatoire manquant",
    "missing_keyword_only_argument": lambda _: "champ obligatoire manquant",
    "extra_forbidden": lambda _: "champ inconnu ; vérifiez son nom, et les séparateurs de la ligne",
    "unexpected_keyword_argument": lambda _: "champ inconnu ; vérifiez son nom, et les séparateurs de la ligne",
    "string_type": lambda _: "un texte est attendu",
    "string_too_short": lambda c: f"texte trop court (au moins {c['min_length']} caractère(s))",
    "string_too_long": lambda c: f"texte trop long (au plus {c['max_length']} caractères)",
    "string_pattern_mismatch": lambda c: f"la forme attendue est {c['pattern']}",
    "int_type": lambda _: "un nombre entier est attendu",
    "int_parsing": lambda _: "un nombre entier est attendu",
    "int_from_float": lambda _: "un nombre entier est attendu",
    "decimal_type": lambda _: "un nombre est attendu",
    "decimal_parsing": lambda _: "un nombre est attendu",
    "finite_number": lambda _: "un nombre fini est attendu",
    "decimal_max_digits": lambda c: f"au plus {c['max_digits']} chiffres",
    "decimal_max_places": lambda c: f"au plus {c['decimal_places']} décimales",
    "decimal_whole_digits": lambda c: f"au plus {c['whole_digits']} chiffres avant la virgule",
    "bool_type": lambda _: "true ou false est attendu",
    "bool_parsing": lambda _: "true ou false est attendu",
    "enum": _choice,
    "literal_error": _choice,
    "greater_than_equal": lambda c: f"doit être au moins {c['ge']}",
    "less_than_equal": lambda c: f"doit être au plus {c['le']}",
    "greater_than": lambda c: f"doit être supérieur à {c['gt']}",
    "less_than": lambda c: f"doit être inférieur à {c['lt']}",
    "date_from_datetime_parsing": lambda _: "une date AAAA-MM-JJ est attendue",
    "date_parsing": lambda _: "une date AAAA-MM-JJ est attendue",
    "date_type": lambda _: "une date AAAA-MM-JJ est attendue",
    "datetime_parsing": lambda _: "un instant ISO 8601 est attendu, par exemple 2023-01-31T12:00:00Z",
    "datetime_from_date_parsing": lambda _: "un instant ISO 8601 est attendu, par exemple 2023-01-31T12:00:00Z",
    "timezone_aware": lambda _: "le fuseau horaire manque, par exemple 2023-01-31T12:00:00Z",
    "tuple_type": lambda _: "une liste est attendue",
    "list_type": lambda _: "une liste est attendue",
    "dict_type": lambda _: "un objet JSON est attendu",
    "dataclass_type": lambda _: "un objet JSON est attendu",
    "dataclass_exact_type": lambda _: "un objet JSON est attendu",
    "model_attributes_type": lambda _: "un objet JSON est attendu",
    "too_long": lambda c: f"au plus {c['max_length']} éléments",
    "too_short": lambda c: f"au moins {c['min_length']} élément(s)",
    "json_invalid": lambda _: "JSON illisible",
    "value_error": lambda c: str(c.get("error", "valeur refusée")),
}


def sentence(error: Mapping[str, Any]) -> str:
    """The sentence for one of Pydantic's errors (`type`, `ctx`)."""
    make = _SENTENCES.get(error["type"])
    return make(error.get("ctx") or {}) if make else "valeur refusée"


def typeset(text: str) -> str:
    """French spacing: no line breaks inside « », before : ; ? ! or before % and €."""
    text = re.sub(r"« ", "«\u00a0", text)
    text = re.sub(r" (?=[»:%€])", "\u00a0", text)
    return re.sub(r" (?=[;?!])", "\u202f", text)
