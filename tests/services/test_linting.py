"""The lint of packages in their folders: what it finds, prints and answers, and what it refuses to read."""

import shutil
from pathlib import Path

import pytest

from services.linting import Linted, lint_packages, report, status
from shared.serving import RefusedError
from tests.conftest import COP, ROOT

from .test_gateway_lint import EXPECTED

CLEAN = ROOT / "tests" / "packages" / "clean"
CONTRACTS = [ROOT / "contracts" / code for code in EXPECTED]


def places(linted: Linted) -> list[tuple[str, str, str | None, int | None]]:
    found = ((each.code, each.place) for each in linted.findings)
    return [(code, place.indicator, place.entity, place.year) for code, place in found]


def test_a_clean_package_has_no_findings() -> None:
    linted = lint_packages([CLEAN])
    assert (list(report(linted)), status(linted)) == (["clean\u00a0: rien à signaler"], 0)


def test_packages_are_linted_one_after_the_other() -> None:
    linted = lint_packages(CONTRACTS)
    lines = list(report(linted))
    assert [places(each) for each in linted] == [EXPECTED[code] for code in EXPECTED]
    assert lines[0] == "cop-2018-2022\u00a0: 16 à trancher, 5 à savoir"
    assert lines[len(EXPECTED[COP]) + 1] == "cop-2023-2027\u00a0: 1 erreur(s), 24 à trancher, 7 à savoir"
    assert lines[1].startswith("  à savoir    targets · students, imt, 2022  ")
    column = lines[1].index("En 2022")
    assert all(line[column - 1] == " " != line[column] for line in lines[1 : len(EXPECTED[COP]) + 1])
    assert (status(linted[:1]), status(linted)) == (0, 1)


def test_two_packages_that_print_a_figure_differently_say_so_once(tmp_path: Path) -> None:
    other = Path(shutil.copytree(CLEAN, tmp_path / "other"))
    change(other / "contract.csv", "clean,", "other,")
    change(other / "observations.csv", "creations,nord,2023,Relevé,26,", "creations,nord,2023,Relevé,27,")
    first, second = lint_packages([CLEAN, other])
    (found,) = second.findings
    assert first.findings == []
    assert found.sentence.translate(str.maketrans("\u00a0", " ")) == (
        "La valeur de 2023 est imprimée avec deux chiffres : 27 créations ici, 26 créations dans clean."
    )


@pytest.mark.parametrize("own_is_last", [False, True])
def test_a_figure_in_the_contracts_own_euros_wins_wherever_it_stands(tmp_path: Path, *, own_is_last: bool) -> None:
    package = Path(shutil.copytree(CLEAN, tmp_path / "package"))
    header = "indicator,entity,year,source,value,absence\n"
    own, current = "creations,nord,2023,Relevé,26,,", "creations,nord,2023,Relevé,27,,current-euros"
    observations = package / "observations.csv"
    rows = observations.read_text("utf-8").removeprefix(header).splitlines()
    rest = [f"{row}," for row in rows if not row.startswith("creations,nord,2023")]
    stated = [current, own] if own_is_last else [own, current]
    observations.write_text("\n".join([f"{header.strip()},basis", *rest, *stated, ""]), "utf-8")
    (linted,) = lint_packages([package])
    assert (linted.mistakes, linted.findings) == ([], [])
    other = Path(shutil.copytree(CLEAN, tmp_path / "other"))
    change(other / "contract.csv", "clean,", "other,")
    assert lint_packages([package, other])[1].findings == []


def test_an_unreadable_package_tells_its_mistakes_first(tmp_path: Path) -> None:
    wrong = Path(shutil.copytree(CLEAN, tmp_path / "wrong"))
    change(
        wrong / "targets.csv", "creations,nord,2028,at_least,value,2028,30", "creations,ouest,2028,at_least,value,x,30"
    )
    change(wrong / "observations.csv", "tours,ville,2023,Relevé,6.7", "tours,nord,2023,Relevé,6.7")
    linted = lint_packages([wrong])
    assert [line.translate(str.maketrans("\u00a0", " ")) for line in report(linted)] == [
        "clean : à corriger, 3 refus",
        "  refusé : targets.csv, ligne 24, colonne entity : « ouest » n’est pas dans le tableau entities",
        "  refusé : targets.csv, ligne 24, colonne due_year : un nombre entier est attendu",
        (
            "  refusé : observations.csv, ligne 29, colonne entity : l’indicateur « tours » n’est pas décliné "
            "par école : seul « ville » le renseigne"
        ),
    ]
    assert (linted[0].findings, status(linted)) == ([], 1)


def test_a_table_of_another_name_is_refused(tmp_path: Path) -> None:
    package = Path(shutil.copytree(CLEAN, tmp_path / "package"))
    change(package / "datapackage.json", '"name": "targets"', '"name": "aims"')
    with pytest.raises(RefusedError, match="aims"):
        lint_packages([package])


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), "utf-8")
