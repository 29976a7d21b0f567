"""What is watched: each alert and each panel is about what the product really measures, and says what to do."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase

from shared.telemetry import metrics

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "deploy" / "observability"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
COMPOSE = (ROOT / "deploy" / "docker-compose.yml").read_text(encoding="utf-8")
SUFFIXES = {"counter": ("_total",), "gauge": ("",), "info": ("_info",), "histogram": ("_bucket", "_count", "_sum")}
OF_PROMETHEUS = {"up", "ALERTS"}
OF_A_TARGET = {"job", "component", "instance"}
OF_AN_ALERT = {"alertname"}
_NAME = re.compile(r"\b(?:cadran|process|python)_[a-z_]+\b|\bup\b|\bALERTS\b")
_BY = re.compile(r"\bby \(([^)]*)\)")
_MATCHED = re.compile(r"([a-z_]+)\s*(?:=~|!~|!=|=)\s*\"")


def _document(name: str) -> Any:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else yaml.safe_load(text)


def _alerts() -> list[dict[str, Any]]:
    return [rule for group in _document("alerts.yml")["groups"] for rule in group["rules"]]


def _panels() -> list[dict[str, Any]]:
    return [each for each in _document("grafana/dashboards/cadran.json")["panels"] if each["type"] != "row"]


def _measured() -> dict[str, set[str]]:
    """Every series of the product, and its labels."""
    families = [each for each in vars(metrics).values() if isinstance(each, MetricWrapperBase)]
    own = {
        each._name + suffix: {*each._labelnames, *({"le"} if suffix == "_bucket" else ())}
        for each in families
        for suffix in SUFFIXES[str(each._type)]
    }
    own["cadran_build_info"].add("version")
    return own | {sample.name: set(sample.labels) for family in REGISTRY.collect() for sample in family.samples
                  if not sample.name.startswith("cadran_")}  # fmt: skip


def _expressions() -> Iterator[tuple[str, str]]:
    for alert in _alerts():
        yield alert["alert"], alert["expr"]
    for panel in _panels():
        for target in panel["targets"]:
            yield panel["title"], target["expr"]


@pytest.mark.parametrize(("where", "expression"), list(_expressions()))
def test_what_is_watched_is_measured(where: str, expression: str) -> None:
    measured = _measured()
    named = set(_NAME.findall(expression))
    assert named, where
    assert named - OF_PROMETHEUS <= measured.keys()
    labels = OF_A_TARGET.union(*(measured.get(name, OF_AN_ALERT) for name in named))
    grouped = {label.strip() for group in _BY.findall(expression) for label in group.split(",")}
    assert grouped | set(_MATCHED.findall(expression)) <= labels


def test_what_is_measured_is_watched() -> None:
    """By an alert or a panel, each of the product's own series, under one of its names at least."""
    watched = {name for _where, expression in _expressions() for name in _NAME.findall(expression)}
    families = [each for each in vars(metrics).values() if isinstance(each, MetricWrapperBase)]
    unwatched = [
        each._name for each in families if not {each._name + end for end in SUFFIXES[str(each._type)]} & watched
    ]
    assert unwatched == []


@pytest.mark.parametrize("alert", _alerts(), ids=lambda alert: alert["alert"])
def test_an_alert_says_what_happens_and_where_to_read_what_to_do(alert: dict[str, Any]) -> None:
    told = alert["annotations"]
    assert alert["labels"]["severity"] in {"warning", "critical"}
    assert told["summary"]
    assert told["description"].endswith(".")
    file, _, anchor = told["runbook"].partition("#")
    assert file == "docs/operations.md"
    assert anchor in {_anchor(title) for title in re.findall(r"^#+ (.*)$", OPERATIONS, re.MULTILINE)}
    assert f"`{alert['alert']}`" in OPERATIONS


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_every_replica_of_every_service_is_found() -> None:
    (job,) = _document("prometheus.yml")["scrape_configs"]
    (names,) = job["dns_sd_configs"]
    assert names["type"] == "A"
    assert set(names["names"]) <= yaml.safe_load(COMPOSE)["services"].keys()
    assert len(names["names"]) == 4
    assert f'CADRAN_METRICS_PORT: "{names["port"]}"' in COMPOSE


def test_the_dashboard_is_found_and_finds_its_data() -> None:
    (source,) = _document("grafana/provisioning/datasources/prometheus.yml")["datasources"]
    (provider,) = _document("grafana/provisioning/dashboards/cadran.yml")["providers"]
    assert provider["options"]["path"] == "/var/lib/grafana/dashboards"
    wanted = {target["datasource"]["uid"] for panel in _panels() for target in panel["targets"]}
    assert wanted == {panel["datasource"]["uid"] for panel in _panels()} == {source["uid"]}


def test_the_panels_have_places_and_names_of_their_own() -> None:
    dashboard = _document("grafana/dashboards/cadran.json")
    assert dashboard["schemaVersion"] >= 39
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    assert len({panel["title"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    taken = [(x, y) for panel in dashboard["panels"] for x, y in _cells(panel["gridPos"])]
    assert len(taken) == len(set(taken))
    assert max(x for x, _y in taken) < 24


def _cells(place: dict[str, int]) -> list[tuple[int, int]]:
    columns, rows = range(place["x"], place["x"] + place["w"]), range(place["y"], place["y"] + place["h"])
    return [(x, y) for x in columns for y in rows]


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool (Debian: prometheus) is not installed")
@pytest.mark.parametrize(
    "command",
    [
        ("check", "config", str(FOLDER / "prometheus.yml")),
        ("check", "rules", "--lint-fatal", str(FOLDER / "alerts.yml")),
        ("test", "rules", str(Path(__file__).parent / "alerts.yml")),
    ],
    ids=["config", "rules", "cases"],
)
def test_prometheus_takes_them(command: tuple[str, ...]) -> None:
    done = subprocess.run(["promtool", *command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
