"""What a process tells of itself at /metrics, and of its imports and its checks."""

from uuid import uuid4

import httpx
import pytest
from fastapi.exceptions import RequestValidationError
from prometheus_client import REGISTRY

from shared.application import Description, create_application
from shared.identity import Identity
from shared.problems import Invalid
from shared.telemetry import measured_import, serve_metrics
from shared.version import VERSION


def _imports(source: str) -> dict[str, float]:
    (family,) = [each for each in REGISTRY.collect() if each.name == "cadran_import_seconds"]
    return {
        sample.labels["outcome"]: sample.value
        for sample in family.samples
        if sample.name.endswith("_count") and sample.labels["source"] == source
    }


@pytest.fixture
def source() -> str:
    return f"essai-{uuid4().hex}"


async def test_a_process_says_which_it_is_and_what_it_takes() -> None:
    port = serve_metrics("127.0.0.1", 0)
    async with httpx.AsyncClient() as caller:
        text = (await caller.get(f"http://127.0.0.1:{port}/metrics")).text
    assert f'cadran_build_info{{version="{VERSION}"}} 1.0' in text
    assert 'cadran_bus_failures_total{operation="publish"}' in text
    for name in ("process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds"):
        assert f"\n{name} " in text
    free = REGISTRY.get_sample_value("cadran_disk_free_ratio")
    assert free is not None
    assert 0 < free < 1


@pytest.mark.parametrize(("told", "outcome"), [("", "done"), ("trial", "trial"), ("paused", "paused")])
def test_an_import_is_measured_as_it_ends(source: str, told: str, outcome: str) -> None:
    with measured_import() as measure:
        measure.source, measure.outcome = source, told
    assert _imports(source) == {outcome: 1}


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Invalid("ligne 2 : année illisible"), "refused"),
        (RequestValidationError([]), "refused"),
        (RuntimeError("panne"), "failed"),
        (KeyboardInterrupt(), "abandoned"),
    ],
)
def test_an_import_that_does_not_end_says_why(source: str, error: BaseException, outcome: str) -> None:
    def work() -> None:
        with measured_import() as measure:
            measure.source = source
            raise error

    with pytest.raises(type(error)):
        work()
    assert _imports(source) == {outcome: 1}


async def test_a_check_is_told_as_it_went() -> None:
    name = f"essai-{uuid4().hex}"

    async def passing() -> None: ...

    async def failing() -> None:
        raise ConnectionError

    identity = Identity(jwks="", issuer="", audience="")
    about = Description(service=name, title="Essai", summary="Essai", version="0")
    checks = {"database": passing, "kafka": failing}
    app = create_application(about, identity=identity, checks=checks, max_body=1000)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service.test") as caller:
        assert (await caller.get("/health/ready")).status_code == 503
    told = [REGISTRY.get_sample_value("cadran_check_up", {"service": name, "check": check}) for check in checks]
    assert told == [1, 0]
