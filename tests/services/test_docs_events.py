"""The document of the events names every fact, with the subject that is its key."""

import json
import re

from shared.events import schema
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "events.md").read_text("utf-8")
TOLD = dict(re.findall(r"^\| `(fr\.[^`]+)` \| `([^`]+)` \|", PAGE, flags=re.MULTILINE))
EXAMPLES = ROOT / "shared" / "events" / "examples"


def test_every_fact_is_told_and_no_other() -> None:
    assert TOLD.keys() == schema.FACTS.keys()


def test_every_subject_is_of_the_form_that_is_told() -> None:
    subjects = {name: json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))["subject"] for name in TOLD}
    told = {name: re.sub(r"<\w+>", r"[^/]+", form) for name, form in TOLD.items()}
    assert [name for name, subject in subjects.items() if not re.fullmatch(told[name], subject)] == []


def test_every_topic_is_told() -> None:
    assert {f"cadran.{name.split('.')[3]}" for name in schema.FACTS} == {*re.findall(r"`(cadran\.\w+)`", PAGE)}
