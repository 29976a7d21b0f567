"""Every way in which a package can contradict itself is refused, with its table, row, column and a sentence."""

from collections.abc import Callable

import httpx
import pytest

from .conftest import CONTRACT
from .essai import INDICATOR, Package, Row, observed, package
from .test_indicators_write_one import plain

Change = Callable[[Package], object]
Place = tuple[str, int, str | None]
TARGET: Row = package()["targets"][0] | {"entity": "nord"}
POINT: Row = {
    "indicator": "visitors",
    "entity": "groupe",
    "target": "2023",
    "year": 2022,
    "value": "350",
    "source": "Page 4",
}
CHANGE: Row = {
    "indicator": "visitors", "entity": "groupe", "subject": "value", "from_year": 2020, "to_year": 2021,
    "value": "10", "unit": "percent", "text": "+10 %", "follows": "true", "source": "Page 4",
}  # fmt: skip
ADJUSTMENT: Row = {"indicator": "visitors", "year": 2020, "amount": "-3", "reason": "Doublons", "source": "Page 4"}


def put(table: str, row: int, **cells: object) -> Change:
    return lambda tables: tables[table][row].update(cells)


def add(table: str, *rows: Row) -> Change:
    return lambda tables: tables.setdefault(table, []).extend(rows)


def target(**cells: object) -> Change:
    return add("targets", TARGET | cells)


def drop(table: str, row: int, column: str) -> Change:
    return lambda tables: tables[table][row].pop(column)


SERIES: Row = {"code": "ailleurs", "label": "Ailleurs", "unit": "%", "source": "Page 4"}
INDEX: Row = {"code": "prix", "label": "Prix", "version": "1", "base_year": 2020, "source": "Page 4"}
YEARLY: Row = {"series": "ailleurs", "year": 2020, "value": "80", "source": "Page 4"}
BLANK = "ce texte est obligatoire, et il est vide"
UNKNOWN = "« other » n’est pas dans le tableau {}"

MISTAKES: list[tuple[str, Change, Place, str]] = [
    ("another code than the address", put("contract", 0, code="autre"), ("contract", 0, "code"),
     "le contrat « autre » n’est pas celui de l’adresse, « essai »"),
    ("ends before it starts", put("contract", 0, end_year=2020), ("contract", 0, "end_year"),
     "l’année de fin précède l’année de début"),
    ("reference after the end", put("contract", 0, reference_year=2024), ("contract", 0, "reference_year"),
     "l’année de référence suit la fin du contrat"),
    ("a year that is none", put("targets", 0, due_year=3000), ("targets", 0, "due_year"),
     "« 3000 » n’est pas une année (1900 à 2200)"),
    ("a year that is a word", put("targets", 0, due_year="bientôt"), ("targets", 0, "due_year"),
     "un nombre entier est attendu"),
    ("a code with a space", put("entities", 2, code="site sud"), ("entities", 2, "code"),
     "« site sud » n’est pas un code : lettres sans accent, chiffres, « - », « . » et « _ », au plus 64"),
    ("a target's code with an accent", target(target="été"), ("targets", 1, "target"),
     "« été » n’est pas un code : lettres sans accent, chiffres, « - », « . » et « _ », au plus 64"),
    ("too many decimals", put("indicators", 0, decimals=11), ("indicators", 0, "decimals"),
     "le nombre de décimales va de 0 à 10"),
    ("a null character", put("indicators", 0, note="a\x00b"), ("indicators", 0, "note"),
     "le texte contient un caractère nul"),
    ("a blank source", put("contract", 0, source=" "), ("contract", 0, "source"), BLANK),
    ("an empty label", put("entities", 1, label=""), ("entities", 1, "label"), BLANK),
    ("a blank unit", put("indicators", 0, unit="\u00a0"), ("indicators", 0, "unit"), BLANK),
    ("a blank domain", put("indicators", 0, domain="\t"), ("indicators", 0, "domain"), BLANK),
    ("a blank method", put("indicators", 0, methodology=" "), ("indicators", 0, "methodology"), BLANK),
    ("a blank text of a target", put("targets", 0, text=""), ("targets", 0, "text"), BLANK),
    ("a blank source of a path", add("trajectory", POINT | {"source": " "}), ("trajectory", 0, "source"), BLANK),
    ("a blank source of an objective", add("objectives", {"code": "O1", "label": "Un", "source": ""}),
     ("objectives", 0, "source"), BLANK),
    ("a blank unit of a series", add("benchmarks", SERIES | {"unit": ""}), ("benchmarks", 0, "unit"), BLANK),
    ("a blank source of a series", add("benchmark_values", YEARLY | {"source": ""}),
     ("benchmark_values", 0, "source"), BLANK),
    ("a blank version of an index", add("deflators", INDEX | {"version": ""}), ("deflators", 0, "version"), BLANK),
    ("a blank source of an index", add("deflator_values", YEARLY | {"source": ""}),
     ("deflator_values", 0, "source"), BLANK),
    ("a blank reason", add("adjustments", ADJUSTMENT | {"reason": "  "}), ("adjustments", 0, "reason"), BLANK),
    ("a blank unit of a hypothesis",
     add("hypotheses", {"code": "inflation", "label": "Inflation", "value": "15", "unit": "", "source": "A"}),
     ("hypotheses", 0, "unit"), BLANK),
    ("a blank text of a change", add("printed_changes", CHANGE | {"text": ""}), ("printed_changes", 0, "text"), BLANK),
    ("a blank note", add("notes", {"text": "", "source": "A"}), ("notes", 0, "text"), BLANK),
    ("a basis in one's own words", target(basis="Constant euros"), ("targets", 1, "basis"),
     "« Constant euros » n’est pas une base : current-euros, constant-euros-AAAA (constant-euros-2022), ou rien"),
    ("a value that would stand in for the observed one", target(baseline_years="2020", baseline_value="90"),
     ("targets", 1, "baseline_value"), "une référence « year » ne donne pas sa valeur : laissez la cellule vide"),
    ("years of no baseline", target(baseline_kind="none", baseline_years="2020"), ("targets", 1, "baseline_years"),
     "une référence « none » ne nomme pas d’année : laissez la cellule vide"),
    ("a number that is none", put("targets", 0, value="beaucoup"), ("targets", 0, "value"),
     "« beaucoup » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    ("a number without end", put("targets", 0, value=1e300), ("targets", 0, "value"),
     "au plus 20 chiffres avant la virgule et 10 après"),
    ("a truth that is none", add("printed_changes", CHANGE | {"follows": "peut-être"}),
     ("printed_changes", 0, "follows"), "true ou false est attendu"),
    ("a missing cell", drop("entities", 1, "label"), ("entities", 1, "label"), "champ obligatoire manquant"),
    ("an unknown kind", put("entities", 1, kind="campus"), ("entities", 1, "kind"),
     "valeur inconnue ; attendu : group, school, subsidiary, other"),
    ("a key given twice", add("entities", {"code": "nord", "label": "Nord", "kind": "school"}),
     ("entities", 3, "code"), "« nord » est déjà donné plus haut (rangée 2)"),
    ("a target given twice", add("targets", package()["targets"][0]), ("targets", 1, "indicator"),
     "« visitors, groupe, 2023 » est déjà donné plus haut (rangée 1)"),
    ("two groups", put("entities", 2, kind="group"), ("entities", 2, "kind"),
     "une entité, et une seule, est le groupe (group)"),
    ("no group", put("entities", 0, kind="school"), ("entities", 0, "kind"),
     "une entité, et une seule, est le groupe (group)"),
    ("an indicator that is its own whole", put("indicators", 0, parent="visitors"), ("indicators", 0, "parent"),
     "« visitors » descend de lui-même"),
    ("an objective that is its own part",
     add("objectives", {"code": "O1", "label": "Un", "source": "A", "parent": "O1"}), ("objectives", 0, "parent"),
     "« O1 » descend de lui-même"),
    ("an unknown parent", put("indicators", 0, parent="other"), ("indicators", 0, "parent"),
     UNKNOWN.format("indicators")),
    ("an unknown objective", put("indicators", 0, objective="other"), ("indicators", 0, "objective"),
     UNKNOWN.format("objectives")),
    ("an unknown numerator", put("indicators", 0, numerator="other"), ("indicators", 0, "numerator"),
     UNKNOWN.format("indicators")),
    ("an unknown denominator", put("indicators", 0, denominator="other"), ("indicators", 0, "denominator"),
     UNKNOWN.format("indicators")),
    ("a target of an unknown indicator", target(indicator="other"), ("targets", 1, "indicator"),
     UNKNOWN.format("indicators")),
    ("a target of an unknown entity", target(entity="other"), ("targets", 1, "entity"), UNKNOWN.format("entities")),
    ("an unknown benchmark", target(comparison="more_than", operand="benchmark", value=None, benchmark="other"),
     ("targets", 1, "benchmark"), UNKNOWN.format("benchmarks")),
    ("an unknown whole of an objective",
     add("objectives", {"code": "O1", "label": "Un", "source": "A", "parent": "other"}), ("objectives", 0, "parent"),
     UNKNOWN.format("objectives")),
    ("a point of an unknown indicator", add("trajectory", POINT | {"indicator": "other"}),
     ("trajectory", 0, "indicator"), UNKNOWN.format("indicators")),
    ("a target that contradicts itself", target(operand="baseline"), ("targets", 1, "value"),
     "l’opérande « baseline » n’a pas de valeur : laissez la cellule vide"),
    ("an unknown deflator", target(deflator="other"), ("targets", 1, "deflator"), UNKNOWN.format("deflators")),
    ("a point of an unknown series", add("benchmark_values", YEARLY | {"series": "other"}),
     ("benchmark_values", 0, "series"), UNKNOWN.format("benchmarks")),
    ("a price of an unknown index", add("deflator_values", YEARLY | {"series": "other"}),
     ("deflator_values", 0, "series"), UNKNOWN.format("deflators")),
    ("an adjustment of an unknown entity", add("adjustments", ADJUSTMENT | {"entity": "other"}),
     ("adjustments", 0, "entity"), UNKNOWN.format("entities")),
    ("a change of an unknown indicator", add("printed_changes", CHANGE | {"indicator": "other"}),
     ("printed_changes", 0, "indicator"), UNKNOWN.format("indicators")),
    ("a note on an unknown entity", add("notes", {"text": "Oui", "source": "A", "entity": "other"}),
     ("notes", 0, "entity"), UNKNOWN.format("entities")),
    ("a point in the due year", add("trajectory", POINT | {"year": 2023}), ("trajectory", 0, "year"),
     "un point de trajectoire précède l’échéance, 2023"),
    ("a point of an unknown target", add("trajectory", POINT | {"target": "2030"}), ("trajectory", 0, "target"),
     "la cible « 2030 » n’est pas dans le tableau targets"),
    ("a target where the indicator is not declined", target(indicator="satisfaction"), ("targets", 1, "entity"),
     "l’indicateur « satisfaction » n’est pas décliné par école : seul « groupe » le renseigne"),
    ("an observation of an unknown entity", add("observations", observed("visitors", "other", 2020, "1")),
     ("observations", 9, "entity"), "l’entité « other » n’est pas dans ce contrat"),
    ("an observation given twice", add("observations", observed("visitors", "nord", 2020, "100")),
     ("observations", 9, "indicator"), "la même observation est déjà donnée plus haut (rangée 2)"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "sentence"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
async def test_a_contradiction_is_refused_at_its_place(
    still_steward: httpx.AsyncClient, change: Change, place: Place, sentence: str
) -> None:
    tables = package()
    change(tables)
    answer = await still_steward.put(CONTRACT, json=tables)
    assert answer.status_code == 422, answer.text
    errors = answer.json()["errors"]
    assert place in [(error["table"], error["row"], error["column"]) for error in errors]
    assert sentence in [plain(error["message"]) for error in errors]
    assert answer.json()["plan"]["rejected"] >= 1


@pytest.mark.parametrize(
    "change",
    [
        add("objectives", {"code": "O1", "label": "Un", "source": "A"}),
        add("trajectory", POINT),
        add("benchmarks", SERIES),
        lambda tables: (add("benchmarks", SERIES)(tables), add("benchmark_values", YEARLY)(tables)),
        lambda tables: (add("deflators", INDEX)(tables), add("deflator_values", YEARLY | {"series": "prix"})(tables)),
        add("adjustments", ADJUSTMENT, ADJUSTMENT | {"entity": "nord"}, ADJUSTMENT | {"reason": "Oublis"}),
        add("printed_changes", CHANGE, CHANGE | {"subject": "target"}),
        add("notes", {"text": "Oui", "source": "A"}, {"text": "Non", "source": "A", "year": 2020}),
        add("hypotheses", {"code": "inflation", "label": "Inflation", "value": "15", "unit": "%", "source": "A"}),
        add("indicators", INDICATOR | {"code": "children", "label": "Dont enfants", "parent": "visitors"}),
        target(),
        target(basis="constant-euros-2022"),
        target(basis="current-euros", note=" "),
    ],
)
async def test_what_is_sound_is_taken(still_steward: httpx.AsyncClient, change: Change) -> None:
    tables = package()
    change(tables)
    answer = await still_steward.put(CONTRACT, json=tables, params={"dryRun": True})
    assert (answer.status_code, answer.json()["errors"]) == (200, [])
