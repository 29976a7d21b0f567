"""A package's folder and its description must say the same: what is not described would silently be left out."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.loading import packages_in, read_package
from shared.serving import RefusedError
from tests.conftest import COP, ROOT

Resources = list[dict[str, Any]]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "contracts" / COP, tmp_path / COP))


def describe(package: Path, change: Callable[[Resources], None]) -> None:
    file = package / "datapackage.json"
    document = json.loads(file.read_text("utf-8"))
    change(document["resources"])
    file.write_text(json.dumps(document), "utf-8")


def why(package: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        read_package(package)
    return str(refused.value)


@pytest.mark.parametrize("name", ["trajectory.csv", "TRAJECTORY.CSV"])
def test_a_table_that_is_not_described_is_refused_by_name(package: Path, name: str) -> None:
    (package / name).write_text("indicator\n", "utf-8")
    assert (
        why(package)
        == f"{package} : {name} n’est pas décrit dans datapackage.json ; décrivez-le, ou ôtez-le du dossier"
    )


@pytest.mark.parametrize("table", ["targets", "steps", "progress"])
def test_a_table_whose_description_was_forgotten_is_refused_by_name(package: Path, table: str) -> None:
    describe(package, lambda resources: resources.remove(next(each for each in resources if each["name"] == table)))
    assert f"{table}.csv n’est pas décrit" in why(package)


def test_hidden_files_and_other_kinds_are_no_tables(package: Path) -> None:
    for name in ("._observations.csv", ".~lock.observations.csv#", "LISEZMOI.txt", "observations.csv.bak"):
        (package / name).write_text("?", "utf-8")
    assert read_package(package).code == COP


def test_a_path_may_be_written_another_way(package: Path) -> None:
    describe(package, lambda resources: resources[0].update(path=f"./{resources[0]['path']}"))
    assert read_package(package).code == COP


def test_a_table_that_is_described_twice_is_refused(package: Path) -> None:
    describe(package, lambda resources: resources.append(dict(resources[0])))
    line = f"{package}/datapackage.json : le tableau « contract » y est décrit deux fois ; n’en gardez qu’un"
    assert why(package) == line


@pytest.mark.parametrize("path", ["contract.csv", "./contract.csv"])
def test_a_file_that_two_tables_share_is_refused(package: Path, path: str) -> None:
    describe(package, lambda resources: resources.append({"name": "other", "path": path}))
    line = f"{package}/datapackage.json : le fichier « contract.csv » y est décrit deux fois ; n’en gardez qu’un"
    assert why(package) == line


def test_a_folder_without_packages_has_none_and_no_folder_is_refused(tmp_path: Path) -> None:
    assert packages_in(tmp_path) == []
    with pytest.raises(RefusedError, match="n’est pas un dossier"):
        packages_in(tmp_path / "nulle-part")
