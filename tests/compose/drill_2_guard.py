"""What a container may do: read, and write where it is said; nothing is published but the door."""

from typing import Any

import pytest

from tests.compose.journal import step
from tests.compose.stack import ONCE, SERVICES, Stack, service_of

_ABSENT = ("pip", "pip3", "gcc", "cc", "make", "curl")


@pytest.fixture
def containers(stack: Stack) -> dict[str, dict[str, Any]]:
    return {service_of(each): each for each in stack.containers()}


def test_all_run_and_what_runs_once_has_ended_well(containers: dict[str, dict[str, Any]]) -> None:
    assert containers.keys() == {*SERVICES, *ONCE}
    assert {containers[each]["State"]["Health"]["Status"] for each in SERVICES} == {"healthy"}
    assert {containers[each]["State"]["ExitCode"] for each in ONCE} == {0}


def test_no_container_can_write_its_own_files_or_gain_rights(containers: dict[str, dict[str, Any]]) -> None:
    with step("read-only roots, no capability, no new privilege, no root"):
        for each in containers.values():
            host = each["HostConfig"]
            assert host["ReadonlyRootfs"]
            assert (host["CapDrop"], host["CapAdd"], host["Privileged"]) == (["ALL"], None, False)
            assert host["SecurityOpt"] == ["no-new-privileges:true"]


def test_no_container_is_root(stack: Stack, containers: dict[str, dict[str, Any]]) -> None:
    users = {each: stack.docker("exec", containers[each]["Id"], "id", "-u").strip() for each in SERVICES}
    services = dict.fromkeys(("indicators", "milestones", "bibliometrics", "gateway"), "10001")
    assert users == {"postgres": "999", "kafka": "1000", **services}


def test_each_container_is_bounded_and_its_log_turns(containers: dict[str, dict[str, Any]]) -> None:
    for each in containers.values():
        host = each["HostConfig"]
        assert host["Memory"] > 0
        assert host["NanoCpus"] > 0
        assert host["PidsLimit"] > 0
        assert host["LogConfig"]["Config"].keys() == {"max-size", "max-file"}
    assert {containers[each]["HostConfig"]["RestartPolicy"]["Name"] for each in SERVICES} == {"unless-stopped"}


def test_only_the_door_is_published(containers: dict[str, dict[str, Any]]) -> None:
    published = {name: each["HostConfig"]["PortBindings"] for name, each in containers.items()}
    assert {name for name, ports in published.items() if ports} == {"gateway"}
    assert [binding["HostIp"] for binding in published["gateway"]["8000/tcp"]] == ["127.0.0.1"]


def test_nothing_that_builds_is_left_in_the_image(stack: Stack) -> None:
    with step("the image has no pip, no compiler, no setuptools"):
        run = ["run", "--rm", "--network", "none", "--entrypoint", "sh", "cadran-drill", "-c"]
        found = f"for each in {' '.join(_ABSENT[:-1])}; do command -v $each && exit 1; done; true"
        assert stack.docker(*run, found) == ""
        stack.docker(*run, "python -c 'import pip'", fails=True)
        stack.docker(*run, "python -c 'import setuptools'", fails=True)
        stack.docker(*run, "/usr/local/bin/python3 -c 'import pip'", fails=True)


def test_databases_and_broker_reach_nothing_outside(stack: Stack, containers: dict[str, dict[str, Any]]) -> None:
    for name in ("postgres", "kafka"):
        (network,) = containers[name]["NetworkSettings"]["Networks"]
        assert stack.docker("network", "inspect", "-f", "{{.Internal}}", network).strip() == "true"
