"""A document proves by its reference or its address; a file goes with its digest."""

import pytest

from services.milestones.domain.evidence import Evidence, evidence_mistakes

SHA = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    "sound",
    [
        Evidence("Rapport d’activité 2024, p. 12"),
        Evidence(address="https://exemple.fr/rapport.pdf?page=2#sommaire"),
        Evidence(address="http://intranet/rapport"),
        Evidence(address=" HTTPS://exemple.fr "),
        Evidence("Rapport", "https://exemple.fr", "rapport.pdf", SHA),
        Evidence("Rapport", None, "rapport.pdf", SHA.upper()),
        Evidence("r" * 1000),
    ],
)
def test_a_document_is_known_by_its_reference_or_its_address(sound: Evidence) -> None:
    assert list(evidence_mistakes(sound)) == []


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (Evidence(), [("reference", "required")]),
        (Evidence(" ", "\t"), [("reference", "required")]),
        (Evidence(file="rapport.pdf", sha256=SHA), [("reference", "required")]),
        (Evidence("R", file="rapport.pdf"), [("sha256", "required")]),
        (Evidence("R", sha256=SHA), [("file", "required")]),
        (Evidence("R", file="f", sha256=SHA[1:]), [("sha256", "form")]),
        (Evidence("R", file="f", sha256="g" * 64), [("sha256", "form")]),
        (Evidence("R", file="f", sha256=f"{SHA[1:]}\uff11"), [("sha256", "form")]),
        (Evidence(address="rapport.pdf"), [("address", "form")]),
        (Evidence(address="javascript:alert(1)"), [("address", "form")]),
        (Evidence(address="https://"), [("address", "form")]),
        (Evidence(address="https://[exemple"), [("address", "form")]),
        (Evidence(address="https://exemple.fr/a b"), [("address", "form")]),
        (Evidence("R", "https://exemple.fr/\x00"), [("address", "form"), ("address", "form")]),
        (Evidence("r" * 1001), [("reference", "form")]),
        (Evidence("a\x00"), [("reference", "form")]),
        (Evidence("R", f"https://exemple.fr/{'a' * 2000}"), [("address", "form")]),
        (Evidence("R", file="f" * 256, sha256=SHA), [("file", "form")]),
    ],
)
def test_each_mistake_of_a_document_is_said(wrong: Evidence, expected: list[tuple[str, str]]) -> None:
    assert [(column, code) for column, code, _ in evidence_mistakes(wrong)] == expected
